/**
 * A YAML file that remembers its lines, so that every complaint about it can point at the
 * very line a clerk typed. Reads, checks against a schema, and says what is wrong in plain words.
 */
import { type Document, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, visit, type YAMLParseError } from 'yaml';
import { z } from 'zod';
import { editDistance, fold } from '../../domain/language/words';
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
}

/** Reads YAML; `source` is null when the file cannot be understood as YAML at all. */
export function readYaml(file: string, text: string): { source: Source | null; faults: Fault[] } {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const cause = document.errors.length > 0 ? misindented(file, text) : null;
  if (cause) return { source: null, faults: [cause] };
  const faults = document.errors.map(
    (error): Fault => ({
      file,
      line: lines.linePos(startOf(error, document)).line || 1,
      severity: 'fault',
      code: 'yaml',
      message: `This is not valid YAML: ${firstLine(error.message)}`,
      fix: YAML_CURES[error.code] ?? 'Look at the indentation, the quotes and the colons on this line and the one before.',
    }),
  );
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
  BLOCK_AS_IMPLICIT_KEY: 'Put texts that hold a colon between quotes.',
};

/** Checks a source against a schema; the value is null when it does not fit. */
export function fitTo<T>(schema: z.ZodType<T>, source: Source): { value: T | null; faults: Fault[] } {
  const result = schema.safeParse(source.value);
  if (result.success) return { value: result.data, faults: [] };
  return { value: null, faults: result.error.issues.flatMap((issue) => plainFaults(issue, source, schema)) };
}

type Issue = z.core.$ZodIssue;

function plainFaults(issue: Issue, source: Source, schema: z.ZodType): Fault[] {
  const at = (path: Path, code: string, message: string, fix: string): Fault => ({
    file: source.file,
    line: source.lineOf(path),
    severity: 'fault',
    code,
    message,
    fix,
  });
  if (issue.code === 'unrecognized_keys') {
    const known = fieldsAt(schema, issue.path);
    return issue.keys.map((key) => {
      const meant = known.find((name) => editDistance(fold(key), name, 2) <= 2);
      const fix = meant
        ? `Did you mean "${meant}"?`
        : `Remove it${known.length ? `; the fields here are: ${known.join(', ')}` : ''}.`;
      return at([...issue.path, key], 'unknown-field', `There is no field "${key}" here.`, fix);
    });
  }
  const name = nameOf(issue.path);
  if (valueAt(source.value, issue.path) === undefined) {
    const hint = MISSING[String(issue.path.at(-1))];
    return [
      at(
        issue.path,
        'missing-field',
        hint?.[0] ?? `${name} is missing.`,
        hint?.[1] ?? `Add a line "${String(issue.path.at(-1))}: …".`,
      ),
    ];
  }
  if (issue.code === 'custom') {
    const fix = typeof issue.params?.fix === 'string' ? issue.params.fix : 'Correct the value.';
    return [at(issue.path, 'bad-value', `${name} ${issue.message}.`, fix)];
  }
  if (issue.code === 'invalid_value') {
    return [at(issue.path, 'bad-value', `${name} has a value that is not known.`, `Write one of: ${issue.values.join(', ')}.`)];
  }
  if (issue.code === 'too_small') {
    const isEmptyText = issue.origin === 'string' || issue.origin === 'array';
    const message = isEmptyText ? `${name} is empty or too short.` : `${name} must be at least ${issue.minimum}.`;
    return [at(issue.path, 'bad-value', message, isEmptyText ? 'Write it out, or remove the line.' : 'Correct the number.')];
  }
  if (issue.code === 'invalid_key') {
    return [
      at(issue.path, 'unknown-field', `There is no field "${String(issue.path.at(-1))}" here.`, issue.issues[0]?.message ?? ''),
    ];
  }
  if (issue.code === 'invalid_type') {
    const [kind, fix] = KINDS[issue.expected] ?? [issue.expected, 'Correct the value.'];
    return [at(issue.path, 'bad-value', `${name} must be ${kind}.`, fix)];
  }
  return [at(issue.path, 'bad-value', `${name}: ${issue.message}.`, 'Correct the value.')];
}

const KINDS: Record<string, [string, string]> = {
  string: ['text', 'Put the value between quotes.'],
  record: ['a list of fields', 'Write one field per line underneath, indented: "name: value".'],
  object: ['a list of fields', 'Write one field per line underneath, indented: "name: value".'],
  array: ['a list', 'Write one item per line underneath, each after a dash: "- item".'],
  boolean: ['true or false', 'Write true or false, without quotes.'],
  number: ['a number', 'Write digits only, without quotes.'],
  int: ['a whole number', 'Write digits only, without quotes.'],
  tuple: ['a pair', 'Write two values between square brackets: [a, b].'],
};

const MISSING: Record<string, [string, string]> = {
  ask: ['This question of the form has no wording.', 'Add "ask:" with the question in each language of the town.'],
  label: ['There is no label here.', 'Add "label:" with a short name in each language of the town; it is what the citizen sees.'],
  title: ['The topic has no title.', 'Add "title:" with a short name in each language of the town.'],
  phrases: ['The topic has no phrases.', 'Add "phrases:" with at least 12 ways of saying it in each language of the town.'],
  required: ['Nothing says whether this question must be answered.', 'Add "required: true" or "required: false".'],
};

/** Names of the fields a schema knows at a path. */
function fieldsAt(schema: z.ZodType, path: Path): string[] {
  let here: unknown = unwrapped(schema);
  for (const part of path) {
    if (here instanceof z.ZodObject) here = unwrapped(here.shape[String(part)]);
    else if (here instanceof z.ZodArray) here = unwrapped(here.element);
    else if (here instanceof z.ZodRecord) here = unwrapped(here.valueType);
  }
  return here instanceof z.ZodObject ? Object.keys(here.shape) : [];
}

function unwrapped(schema: unknown): unknown {
  return schema instanceof z.ZodOptional ? unwrapped(schema.unwrap()) : schema;
}

function nameOf(path: Path): string {
  const last = path.at(-1);
  if (last === undefined) return 'The file';
  if (typeof last !== 'number') return `"${String(last)}"`;
  const list = path.slice(0, -1).filter((part) => typeof part === 'string');
  return `Item ${last + 1} of "${list.slice(-2).join('.')}"`;
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>((inner, part) => (inner as Record<PropertyKey, unknown> | null | undefined)?.[part], value);
}

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
    yield { path, text: node.value, line: lines.linePos(start).line || 1, ...(note !== undefined && { note }) };
  }
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0]!.trim();
}
