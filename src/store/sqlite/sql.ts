/**
 * Words for SQLite: a checked filter as a WHERE, a sort as an ORDER BY, an index as its DDL. Values are
 * always bound; what stands in the text are paths and names that `filter.ts` has let through.
 */
import type { IndexOptions, Value } from '../collection';
import type { Term } from '../filter';
import { readName, readPath } from '../filter';

export interface Sql {
  text: string;
  /** Never a boolean: the driver cannot bind one. */
  values: Array<string | number>;
}

interface Field {
  value: string;
  kind: string;
}

const fields = new Map<string, Field>();
const FIELDS_LIMIT = 5000;

/** SQL for a path: its value and its JSON kind. An index only serves a query that says exactly the same words. */
function field(path: string): Field {
  let found = fields.get(path);
  if (!found) {
    const at = `'$.${readPath(path)
      .split('.')
      .map((step) => `"${step}"`)
      .join('.')}'`;
    found = path === '_id' ? { value: 'id', kind: `'text'` } : { value: `json_extract(doc,${at})`, kind: `json_type(doc,${at})` };
    if (fields.size < FIELDS_LIMIT) fields.set(path, found);
  }
  return found;
}

// SQLite orders numbers before texts, so `x > 5` alone would find every text, and it reads true as 1.
// The kind beside each comparison keeps the kinds strict; it costs about a microsecond a row found.
const KINDS = { string: `='text'`, number: ` IN ('integer','real')` };

function kindOf(value: string | number): string {
  return typeof value === 'string' ? KINDS.string : KINDS.number;
}

function equals({ value, kind }: Field, wanted: Value, values: Sql['values']): string {
  if (wanted === null) return `(${value} IS NULL AND ${kind}='null')`;
  if (typeof wanted === 'boolean') return `(${value}=${wanted ? 1 : 0} AND ${kind}='${wanted}')`;
  values.push(wanted);
  return `(${value}=? AND ${kind}${kindOf(wanted)})`;
}

function isOneOf(at: Field, wanted: Value[], values: Sql['values']): string {
  const parts: string[] = [];
  for (const kind of ['string', 'number'] as const) {
    const some = wanted.filter((value) => typeof value === kind) as Array<string | number>;
    if (some.length === 0) continue;
    values.push(...some);
    parts.push(`(${at.value} IN (${some.map(() => '?').join(',')}) AND ${at.kind}${KINDS[kind]})`);
  }
  for (const other of new Set(wanted)) {
    if (other === null || typeof other === 'boolean') parts.push(equals(at, other, values));
  }
  return parts.length === 0 ? '0' : parts.length === 1 ? parts[0]! : `(${parts.join(' OR ')})`;
}

const SIGNS = { $lt: '<', $lte: '<=', $gt: '>', $gte: '>=' };

function condition(term: Term, values: Sql['values']): string {
  const at = field(term.path);
  switch (term.operator) {
    case '$eq':
      return equals(at, term.value, values);
    case '$ne':
      return `${equals(at, term.value, values)} IS NOT 1`;
    case '$in':
      return isOneOf(at, term.value, values);
    case '$exists':
      return term.value ? `${at.kind} IS NOT NULL` : `(${at.value} IS NULL AND ${at.kind} IS NULL)`;
    default:
      values.push(term.value);
      return `(${at.value}${SIGNS[term.operator]}? AND ${at.kind}${kindOf(term.value)})`;
  }
}

export function whereSql(terms: Term[]): Sql {
  const values: Sql['values'] = [];
  if (terms.length === 0) return { text: '', values };
  return { text: ` WHERE ${terms.map((term) => condition(term, values)).join(' AND ')}`, values };
}

export function orderSql(sort: Array<[string, 1 | -1]>): string {
  if (sort.length === 0) return '';
  return ` ORDER BY ${sort.map(([path, direction]) => `${field(path).value}${direction === 1 ? '' : ' DESC'}`).join(',')}`;
}

/** A double-quoted SQL name. */
export function quoted(name: string): string {
  return `"${name}"`;
}

/** Index names are global in an SQLite file, so they carry their table's. */
const sqlName = (table: string, name: string) => `${table}.${name}`;
const NULLS = '+nulls';

/** The name a repository gave to the index that SQLite complains of. */
export function indexNameIn(message: string): string | null {
  const found = /index '[^.']+\.([^']+)'/.exec(message)?.[1];
  return found?.endsWith(NULLS) ? found.slice(0, -NULLS.length) : (found ?? null);
}

/**
 * The statements that make an index, by name. SQLite lets any number of NULLs into a unique index; a second,
 * nearly always empty one over the rows with a null brings the promise of the port back.
 */
export function indexSql(table: string, paths: string[], options: IndexOptions): Array<{ name: string; text: string }> {
  const name = sqlName(table, readName(options.name));
  const unique = options.unique ? 'UNIQUE ' : '';
  const at = paths.map(field);
  const make = (index: string, columns: string[], where = '') =>
    `CREATE ${unique}INDEX ${quoted(index)} ON ${quoted(table)} (${columns.join(',')})${where}`;
  const made = [
    {
      name,
      text: make(
        name,
        at.map((one) => one.value),
      ),
    },
  ];
  if (options.unique) {
    const some = at.map((one) => `${one.value} IS NULL`).join(' OR ');
    const all = options.whenPresent ? at.map((one) => ` AND ${one.kind} IS NOT NULL`).join('') : '';
    const columns = at.map((one) => `ifnull(${one.value},x'00')`);
    made.push({ name: name + NULLS, text: make(name + NULLS, columns, ` WHERE (${some})${all}`) });
  }
  return made;
}
