/**
 * A YAML file that remembers its lines, so that every complaint about it can point at the
 * very line a clerk typed. Reads, checks against a schema, and says what is wrong in plain words.
 * A file in which nothing is wrong is read by js-yaml, in a fifth of the time: its lines are only looked for when asked for.
 */
import { CORE_SCHEMA, load } from 'js-yaml';
import { z } from 'zod';
import { editDistance, fold } from '../../domain/language/words';
import type { Fault } from '../fault';
import type { Path, Source } from './yaml-lines';

export type { Path, Source, SourceText } from './yaml-lines';

/** Reads YAML; `source` is null when the file cannot be understood as YAML at all. */
export function readYaml(file: string, text: string): { source: Source | null; faults: Fault[] } {
  const value = readQuickly(text);
  // A parser that knows lines is slow to load, and in a good file nobody asks for them.
  const readWithLines = (...of: [string, string]) =>
    (require('./yaml-lines') as typeof import('./yaml-lines')).readWithLines(...of);
  if (value === undefined) return readWithLines(file, text);
  let whole: Source | null | undefined;
  const withLines = (): Source | null => {
    if (whole === undefined) whole = readWithLines(file, text).source;
    return whole;
  };
  const lineOf = (path: Path) => withLines()?.lineOf(path) ?? 1;
  return { source: { file, value, lineOf, texts: () => withLines()?.texts() ?? [] }, faults: [] };
}

/** Undefined where the stricter of the two parsers stumbles, or an alias might unfold without end: the other may read it, or says why not. */
function readQuickly(text: string): unknown {
  try {
    return load(text, { schema: CORE_SCHEMA, maxAliases: 0 });
  } catch {
    return undefined;
  }
}

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
