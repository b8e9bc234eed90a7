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
}

/** Notes a fault at a path of a YAML file. */
export type Complain = (
  path: readonly PropertyKey[],
  code: string,
  message: string,
  fix: string,
  severity?: Fault['severity'],
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
