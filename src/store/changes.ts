/**
 * What may be changed in a row: read and checked once for both backs, and carried out here for
 * the back that has no update language of its own. The rules are MongoDB's: paths that overlap are
 * refused, a sum needs a number, a push needs a list, and nothing is built below a text.
 */
import type { Changes, Document } from './collection';
import { StoreMisuse } from './collection';
import { readPath, refuseNames } from './filter';

export interface ReadChanges {
  set: Array<[string, unknown]>;
  unset: string[];
  inc: Array<[string, number]>;
  push: Array<[string, unknown]>;
}

/** The JSON of a value. Half of a surrogate pair, which is no text in any database, becomes U+FFFD. */
export function jsonText(value: unknown): string {
  const text = JSON.stringify(value);
  if (!/\\ud[89a-f]/.test(text)) return text;
  return text.replace(/\\(?:(ud[89a-f][0-9a-f]{2})|.)/g, (sequence, lone?: string) => (lone ? '\ufffd' : sequence));
}

/** A value as it will be read back: plain JSON, sharing nothing with the caller's. */
export function plainCopy<T>(value: T): T {
  if (value === null || typeof value === 'boolean' || Number.isFinite(value)) return value;
  return JSON.parse(jsonText(value)) as T;
}

/** JSON has no word for a function or a symbol either: like undefined, they are left out. */
const isSayable = (value: unknown) => value !== undefined && typeof value !== 'function' && typeof value !== 'symbol';

/** The changes, checked; the values are still the caller's own until they are copied or put into words. */
export function readChanges(changes: Changes): ReadChanges {
  const { $set = {}, $unset = [], $inc = {}, $push = {}, ...unknown } = changes;
  const stranger = Object.keys(unknown)[0];
  if (stranger) throw new StoreMisuse(`The store has no change ${JSON.stringify(stranger)}`);
  const read: ReadChanges = { set: [], unset: $unset.map(readPath), inc: [], push: [] };
  for (const [path, value] of Object.entries($set)) {
    if (!isSayable(value)) continue;
    refuseNames(value);
    read.set.push([readPath(path), value]);
  }
  for (const [path, by] of Object.entries($inc)) {
    if (!Number.isFinite(by)) throw new StoreMisuse(`$inc on ${path} needs a finite number`);
    read.inc.push([readPath(path), by]);
  }
  for (const [path, element] of Object.entries($push)) {
    if (!isSayable(element)) throw new StoreMisuse(`$push on ${path} needs a value`);
    refuseNames(element);
    read.push.push([readPath(path), element]);
  }
  refuseOverlaps([...read.set, ...read.inc, ...read.push].map(([path]) => path).concat(read.unset));
  return read;
}

function refuseOverlaps(paths: string[]): void {
  if (paths.length === 0) throw new StoreMisuse('A change that changes nothing');
  for (const [at, path] of paths.entries()) {
    if (path === '_id' || path.startsWith('_id.')) throw new StoreMisuse('An _id never changes');
    for (const other of paths.slice(at + 1)) {
      if (other === path || other.startsWith(`${path}.`) || path.startsWith(`${other}.`)) {
        throw new StoreMisuse(`Two changes meet at ${path} and ${other}`);
      }
    }
  }
}

type Fields = Record<string, unknown>;
const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);

/** The object that holds the last step of a path and that step; objects on the way are made when asked. */
function reach(document: Fields, path: string, make: boolean): [Fields, string] | null {
  const steps = path.split('.');
  const last = steps.pop() as string;
  let at = document;
  for (const step of steps) {
    if (!Object.hasOwn(at, step)) {
      if (!make) return null;
      at[step] = {};
    }
    const next = at[step];
    if (!isFields(next)) {
      if (!make) return null;
      throw new StoreMisuse(`Cannot write ${path}: ${step} is not an object`);
    }
    at = next;
  }
  return [at, last];
}

/** Carries the changes out on a document of one's own. Throws StoreMisuse half-way: the document is then thrown away. */
export function applyChanges(document: Document, changes: ReadChanges): void {
  for (const [path, value] of changes.set) {
    const [holder, field] = reach(document, path, true)!;
    holder[field] = value;
  }
  for (const path of changes.unset) {
    const found = reach(document, path, false);
    if (found) delete found[0][found[1]];
  }
  for (const [path, by] of changes.inc) {
    const [holder, field] = reach(document, path, true)!;
    const before = Object.hasOwn(holder, field) ? holder[field] : 0;
    if (typeof before !== 'number') throw new StoreMisuse(`$inc on ${path}: it does not hold a number`);
    holder[field] = before + by;
  }
  for (const [path, element] of changes.push) {
    const [holder, field] = reach(document, path, true)!;
    const list = Object.hasOwn(holder, field) ? holder[field] : [];
    if (!Array.isArray(list)) throw new StoreMisuse(`$push on ${path}: it does not hold a list`);
    list.push(element);
    holder[field] = list;
  }
}
