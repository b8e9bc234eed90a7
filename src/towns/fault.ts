/**
 * What is wrong in a town's folder, told to the clerk who can mend it: where it stands,
 * what is wrong, what to do. A fault stops publication; a warning asks for a look.
 */

export interface Fault {
  /** Path as the clerk knows it: `towns/bellerive/topics/faq_passport.yml`. */
  file: string;
  /** Counted from 1. */
  line: number;
  severity: 'fault' | 'warning';
  /** Stable word for the kind of fault, for programs. */
  code: string;
  message: string;
  fix: string;
  /** Of a text that a language lacks, or has too much of: the language. */
  language?: string;
}

/** Notes a fault at a path of a YAML file. */
export type Complain = (
  path: readonly PropertyKey[],
  code: string,
  message: string,
  fix: string,
  severity?: Fault['severity'],
  language?: string,
) => void;

/**
 * Faults that come with time or concern how well the bot understands, not whether the folder can be read: an answer
 * past its date is simply not served, so it must not keep a town hall's front door shut at the next restart.
 */
const SERVED_ALL_THE_SAME: ReadonlySet<string> = new Set(['expired', 'few-phrases', 'phrase-twice', 'phrase-claimed']);

/** Whether a town with this fault must not be opened. */
export function isBlocking(fault: Fault): boolean {
  return fault.severity === 'fault' && !SERVED_ALL_THE_SAME.has(fault.code);
}

/** By file, then line, then words: the order in which a person mends them. */
export function sortFaults(faults: readonly Fault[]): Fault[] {
  const order = (left: Fault, right: Fault) =>
    compare(left.file, right.file) || left.line - right.line || compare(left.message, right.message);
  return [...faults].sort(order);
}

/** Beyond so many of one kind in one file they are one thing to mend: a file copied whole, a language left out. */
const MOST_ALIKE = 3;
const MOST_LINES = 8;
/** A language that is missing in more files than this was never begun there: it is said once. */
const MOST_FILES = 3;

/** The same fault, again and again in one file, said once with a count. What it quotes first may differ. */
export function gathered(faults: readonly Fault[]): Fault[] {
  const alike = new Map<string, Fault[]>();
  for (const fault of faults) {
    const key = [fault.file, fault.severity, fault.code, fault.message.replace(/"[^"]*"/, '')].join('\0');
    alike.set(key, [...(alike.get(key) ?? []), fault]);
  }
  return [...alike.values()].flatMap((some) => {
    if (some.length <= MOST_ALIKE) return some;
    const [first, ...others] = some as [Fault, ...Fault[]];
    const lines = [...new Set(others.map(({ line }) => line))];
    const where = lines.slice(0, MOST_LINES).join(', ') + (lines.length > MOST_LINES ? '…' : '');
    return [{ ...first, message: `${first.message} The same goes for ${others.length} more in this file (lines ${where}).` }];
  });
}

/** What one language lacks in many files, said once for all of them: the files were copied from a town that speaks others. */
export function gatheredByLanguage(faults: readonly Fault[]): Fault[] {
  const alike = new Map<string, Fault[]>();
  for (const fault of faults) {
    const key = fault.language === undefined ? '' : [fault.severity, fault.code, fault.language].join('\0');
    alike.set(key, [...(alike.get(key) ?? []), fault]);
  }
  return [...alike].flatMap(([key, some]) => {
    const files = [...new Set(some.map(({ file }) => file))];
    if (key === '' || files.length <= MOST_FILES) return some;
    const [first] = some as [Fault];
    const named = files.slice(1, 1 + MOST_LINES).map((file) => file.split('/').at(-1));
    const others = `${named.join(', ')}${files.length - 1 > MOST_LINES ? '…' : ''}`;
    const message = `${first.message} The same goes for ${some.length - 1} more text(s) in ${files.length} files (${others}).`;
    return [{ ...first, message }];
  });
}

/** One fault as two lines of text. */
export function faultText(fault: Fault): string {
  return `${fault.file}:${fault.line}: ${fault.severity}: ${fault.message}\n    ${fault.fix}`;
}

/** Thrown when towns cannot be opened; carries every fault, not only the first. */
export class TownFaults extends Error {
  readonly code = 'town-faults';
  constructor(readonly faults: Fault[]) {
    super(`The towns cannot be opened, ${faults.length} fault(s) to mend:\n${faults.map(faultText).join('\n')}`);
  }
}

function compare(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
