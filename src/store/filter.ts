/**
 * Reads what a repository asks of the store and refuses what the port does not take, so that both
 * backs see the same checked questions. Nothing a citizen typed can become an operator here:
 * operators are a closed list, and the values beside them are plain values.
 */
import { unfitNameIn } from '../domain/http/untrusted-json';
import type { Document, Filter, FindOptions, Value } from './collection';
import { StoreMisuse } from './collection';

export type Term =
  | { path: string; operator: '$eq' | '$ne'; value: Value }
  | { path: string; operator: '$in'; value: Value[] }
  | { path: string; operator: '$lt' | '$lte' | '$gt' | '$gte'; value: string | number }
  | { path: string; operator: '$exists'; value: boolean };

/** Values in one `$in`: what every back takes in one question. */
const LIST_LIMIT = 10_000;

const NAME = /^[A-Za-z][\w-]{0,80}$/;
const PATH = /^[A-Za-z_][\w-]*(\.[A-Za-z_][\w-]*)*$/;

/** Paths come from code and are few; the bound is for a caller that builds them from its data. */
const knownPaths = new Set<string>();
const KNOWN_PATHS_LIMIT = 5000;

/** A dotted path of plain names, as it is. Numbers are no steps: an array has no addressable elements here. */
export function readPath(path: string): string {
  if (knownPaths.has(path)) return path;
  if (typeof path !== 'string' || path.length > 200 || !PATH.test(path) || path.split('.').includes('__proto__')) {
    throw new StoreMisuse(`Not a field path: ${JSON.stringify(path)}`);
  }
  if (knownPaths.size < KNOWN_PATHS_LIMIT) knownPaths.add(path);
  return path;
}

/** The name of a collection or an index. */
export function readName(name: string): string {
  if (typeof name !== 'string' || !NAME.test(name))
    throw new StoreMisuse(`Not a collection or index name: ${JSON.stringify(name)}`);
  return name;
}

function isValue(value: unknown): value is Value {
  return value === null || typeof value === 'string' || typeof value === 'boolean' || Number.isFinite(value);
}

function readValue(path: string, value: unknown): Value {
  if (isValue(value)) return value;
  throw new StoreMisuse(`The filter on ${path} needs a text, a finite number, a boolean or null, and got ${describe(value)}`);
}

function describe(value: unknown): string {
  return Array.isArray(value) ? 'a list' : typeof value === 'object' ? 'an object' : String(value);
}

function readTerm(path: string, operator: string, value: unknown): Term {
  switch (operator) {
    case '$eq':
    case '$ne':
      return { path, operator, value: readValue(path, value) };
    case '$in':
      if (!Array.isArray(value) || value.length > LIST_LIMIT)
        throw new StoreMisuse(`$in on ${path} needs a list of at most ${LIST_LIMIT}`);
      return { path, operator, value: value.map((one) => readValue(path, one)) };
    case '$lt':
    case '$lte':
    case '$gt':
    case '$gte':
      if (typeof value !== 'string' && !Number.isFinite(value))
        throw new StoreMisuse(`${operator} on ${path} needs a text or a finite number`);
      return { path, operator, value: value as string | number };
    case '$exists':
      if (typeof value !== 'boolean') throw new StoreMisuse(`$exists on ${path} needs true or false`);
      return { path, operator, value };
    default:
      throw new StoreMisuse(`The store has no operator ${JSON.stringify(operator)} (asked on ${path})`);
  }
}

/** Every condition of a filter as one term; all must hold. */
export function readFilter(filter: Filter): Term[] {
  const terms: Term[] = [];
  for (const [key, asked] of Object.entries(filter)) {
    const path = readPath(key);
    if (isValue(asked)) {
      terms.push({ path, operator: '$eq', value: asked });
      continue;
    }
    const prototype = typeof asked === 'object' ? Object.getPrototypeOf(asked) : undefined;
    if (prototype !== Object.prototype && prototype !== null) readValue(path, asked);
    const conditions = Object.entries(asked);
    if (conditions.length === 0) throw new StoreMisuse(`The filter on ${path} is empty`);
    for (const [operator, value] of conditions) terms.push(readTerm(path, operator, value));
  }
  return terms;
}

/** Sort and limit, checked. A limit of zero is a mistake on one back and 'no limit' on the other, so it is refused. */
export function readOptions(options: FindOptions = {}): { sort: Array<[string, 1 | -1]>; limit: number | undefined } {
  const { sort = [], limit } = options;
  for (const [path, direction] of sort) {
    readPath(path);
    if (direction !== 1 && direction !== -1) throw new StoreMisuse(`The sort on ${path} needs 1 or -1`);
  }
  if (limit !== undefined && (!Number.isSafeInteger(limit) || limit < 1))
    throw new StoreMisuse(`A limit is a whole number from 1, not ${limit}`);
  return { sort, limit };
}

/** The id of a document to be written. */
export function readDocument(document: Document): string {
  const { _id } = document;
  if (typeof _id !== 'string' || _id === '') throw new StoreMisuse('A document needs an _id: a text that is not empty');
  refuseNames(document);
  return _id;
}

/** Names within a value that one database would take for an operator, a path or a type of its own, and another would keep. */
export function refuseNames(value: unknown): void {
  const name = unfitNameIn(value);
  if (name !== null) throw new StoreMisuse(`Not a field's name: ${JSON.stringify(name)}`);
}
