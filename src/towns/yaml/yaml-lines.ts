/**
 * YAML with the line of every word, for a file in which something is wrong or odd: what is no YAML, where it stands, and
 * every text in it.
 */
import { type Document, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, visit, type YAMLParseError } from 'yaml';
import type { Fault } from '../fault';
import { misindented } from './indents';

export type Path = readonly PropertyKey[];

export interface Source {
  file: string;
  value: unknown;
  /** Line of what stands at a path; of the nearest thing around it when nothing does. */
  lineOf(path: Path): number;
  /** Every text that stands in it. */
  texts(): SourceText[];
}

export interface SourceText {
  path: Path;
  text: string;
  line: number;
  /** What stands on its last line behind a #, when it is not between quotes: a note, or the rest of a text that was cut. */
  note?: string;
  /** The line of it that begins with a dash, where it was to be the next of a list: indented deeper, it is read as going on. */
  swallowed?: number;
}

/** As `readYaml`. */
export function readWithLines(file: string, text: string): { source: Source | null; faults: Fault[] } {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const cause = document.errors.length > 0 ? misindented(file, text) : null;
  if (cause) return { source: null, faults: [cause] };
  const faults = document.errors.map((error): Fault => {
    const line = lines.linePos(startOf(error, document)).line || 1;
    const fix = YAML_CURES[error.code] ?? 'Look at the indentation, the quotes and the colons on this line and the one before.';
    const plain = likelyCause(error, text.split(/\r?\n/)[line - 1] ?? '');
    const message = `This is not valid YAML: ${firstLine(error.message)}`;
    return { file, line, severity: 'fault', code: 'yaml', ...(plain ?? { message, fix }) };
  });
  if (faults.length > 0) return { source: null, faults };
  try {
    const source: Source = {
      file,
      value: document.toJS(),
      lineOf: (path) => lineIn(document, lines, path),
      texts: () => [...textsIn(document.contents, text, lines, [])],
    };
    return { source, faults };
  } catch (error) {
    return { source: null, faults: [unfolding(file, lines.linePos(firstAlias(document)).line || 1, error as Error)] };
  }
}

/** A text between quotes, and the sign right behind it that shows it was not to end there. */
const ENDED_EARLY = /(?:^\s*|[-:,[{]\s+|[[{])(?:'(?:[^']|'')*'|"(?:[^"\\]|\\.)*")(?=[^\s,\]}:#])/;

/** What clerks most often meant to write, in their words; null where it can only be guessed at. */
function likelyCause(error: YAMLParseError, line: string): Pick<Fault, 'message' | 'fix'> | null {
  const ended = ENDED_EARLY.exec(line)?.[0];
  if (ended?.endsWith("'"))
    return {
      message: `The text between single quotes ends at an apostrophe: ${ended.trim().slice(-30)}`,
      fix: 'Put the whole text between double quotes: "…".',
    };
  if (ended)
    return {
      message: `The text between double quotes ends at a quote within it: ${ended.trim().slice(-30)}`,
      fix: 'Write « … » within the text.',
    };
  if (error.code !== 'BLOCK_AS_IMPLICIT_KEY') return null;
  return {
    message: 'A text that holds a colon and a space stands here without quotes.',
    fix: 'Put the whole text between double quotes: "…".',
  };
}

/** Aliases that stand for aliases that stand for aliases unfold into more than any memory holds; the parser stops in time. */
function unfolding(file: string, line: number, error: Error): Fault {
  const isBomb = /alias count/i.test(error.message);
  const message = isBomb
    ? 'The aliases (*name) of this file unfold into far too much.'
    : `An alias (*name) cannot be followed: ${firstLine(error.message)}`;
  return { file, line, severity: 'fault', code: 'yaml', message, fix: 'Write the text out where it is used, without & and *.' };
}

function firstAlias(document: Document): number {
  let start = 0;
  visit(document, {
    Alias(_, { range }) {
      start = range?.[0] ?? 0;
      return visit.BREAK;
    },
  });
  return start;
}

/** A quote left open is noticed at the end of the file; the clerk wants the line where it was opened. */
function startOf(error: YAMLParseError, document: Document): number {
  let start = error.pos[0];
  if (error.code !== 'MISSING_CHAR') return start;
  visit(document, {
    Scalar(_, { type, range }) {
      if (type?.startsWith('QUOTE') && range && range[0] < error.pos[0] && error.pos[0] <= range[2]) start = range[0];
    },
  });
  return start;
}

const YAML_CURES: Record<string, string> = {
  DUPLICATE_KEY: 'The same field is written twice: keep one of the two.',
  TAB_AS_INDENT: 'Replace the tab by spaces.',
  BAD_INDENT: 'Line this up with the fields beside it.',
  MISSING_CHAR: 'A quote, a bracket or a colon is missing; put texts that hold a colon between quotes.',
};

function lineIn(document: Document, lines: LineCounter, path: Path): number {
  let node = document.contents as Node | null;
  let offset = node?.range?.[0] ?? 0;
  for (const part of path) {
    let next: unknown = null;
    if (isMap(node)) {
      const pair = node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(part));
      if (!pair) break;
      offset = (pair.key as Node).range?.[0] ?? offset;
      next = pair.value;
    } else if (isSeq(node)) {
      next = node.items[Number(part)];
      if (!next) break;
      offset = (next as Node).range?.[0] ?? offset;
    }
    node = next as Node | null;
  }
  return lines.linePos(offset).line || 1;
}

function* textsIn(node: unknown, whole: string, lines: LineCounter, path: Path): Generator<SourceText> {
  if (isMap(node)) {
    for (const { key, value } of node.items) if (isScalar(key)) yield* textsIn(value, whole, lines, [...path, String(key.value)]);
  } else if (isSeq(node)) {
    for (const [index, item] of node.items.entries()) yield* textsIn(item, whole, lines, [...path, index]);
  } else if (isScalar(node) && typeof node.value === 'string') {
    const [start, end] = node.range ?? [0, 0];
    const note = node.type === 'PLAIN' ? /^[ \t]+#(.*)/.exec(whole.slice(end, end + 300))?.[1] : undefined;
    const line = lines.linePos(start).line || 1;
    const dash = node.type === 'PLAIN' ? whole.slice(start, end).search(/(?<=\n[ \t]*)- /) : -1;
    yield {
      path,
      text: node.value,
      line,
      ...(note !== undefined && { note }),
      ...(dash >= 0 && { swallowed: lines.linePos(start + dash).line }),
    };
  }
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0]!.trim();
}
