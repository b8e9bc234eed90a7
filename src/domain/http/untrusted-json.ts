/**
 * JSON from outside, before anything is known of who sent it: read within bounds, so that no body costs more than
 * its bytes, and asked for names that one database would take and another refuse.
 */

/** Objects, lists and plain values in one body; a message of any client has a tenth of it. */
const MOST_VALUES = 2000;

/** The sentence says what is wrong with the body. */
export class UnreadableJson extends Error {}

/** An empty body is an empty object. Throws UnreadableJson. */
export function readJson(text: string): unknown {
  if (text.trim() === '') return {};
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    throw new UnreadableJson('The body is not JSON');
  }
  if (hasMoreValues(body)) throw new UnreadableJson(`A body may hold ${MOST_VALUES} values, lists and objects`);
  return body;
}

/** Counted without recursion and no further than the limit: a nest may be as deep as the body is long. */
function hasMoreValues(body: unknown): boolean {
  const open = [body];
  for (let seen = 0; open.length > 0; seen += 1) {
    if (seen + open.length > MOST_VALUES) return true;
    const value = open.pop();
    if (typeof value !== 'object' || value === null) continue;
    if (Array.isArray(value) && value.length > MOST_VALUES) return true;
    for (const name in value) {
      open.push((value as Record<string, unknown>)[name]);
      if (open.length > MOST_VALUES) return true;
    }
  }
  return false;
}

/** Operators, paths, marks of a database's own types, and what JavaScript acts on. */
const UNFIT = /^\$|[.\0]|\p{Surrogate}|^(__proto__|constructor|prototype|_bsontype)$/u;

/** The first name within a value that not every database keeps as it is, or null. Values are plain JSON, nested no deeper than `depth`. */
export function unfitNameIn(value: unknown, depth = 64): string | null {
  if (typeof value !== 'object' || value === null || depth < 0) return null;
  if (Array.isArray(value)) {
    for (const inner of value) {
      const found = unfitNameIn(inner, depth - 1);
      if (found !== null) return found;
    }
    return null;
  }
  for (const name of Object.keys(value)) {
    if (UNFIT.test(name)) return name;
    const found = unfitNameIn((value as Record<string, unknown>)[name], depth - 1);
    if (found !== null) return found;
  }
  return null;
}
