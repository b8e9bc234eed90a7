/**
 * The embedded back: one SQLite file under the data folder, nothing to install and nothing to run beside.
 * A row is an id and its JSON; what a repository declares as an index is an index on expressions. A row is
 * changed here, in a transaction that nobody else can enter, and written back whole.
 */
import { applyChanges, jsonText, readChanges } from './changes';
import type { Collection, Database, Document, Filter, FindOptions } from './collection';
import { DuplicateKey, StoreMisuse } from './collection';
import { readDocument, readFilter, readName, readOptions } from './filter';
import { isConstraint, type OpenFile, openFile } from './sqlite-file';
import { indexSql, orderSql, quoted, type Sql, whereSql } from './sqlite-sql';

/** Opens or makes the file. Throws when the folder cannot be written or the file is no database. */
export async function openSqlite(path: string): Promise<Database> {
  const file = openFile(path);
  const tables = new Set<string>();

  async function makeTable(name: string): Promise<void> {
    await file.write(() =>
      file.run(`CREATE TABLE IF NOT EXISTS ${quoted(name)} (id TEXT PRIMARY KEY NOT NULL, doc TEXT NOT NULL)`),
    );
    tables.add(name);
  }

  function collection<T extends Document>(given: string): Collection<T> {
    const name = readName(given);
    const table = quoted(name);
    const insertion = `INSERT INTO ${table} (id, doc) VALUES (?, ?)`;
    const replacement = `UPDATE ${table} SET doc=? WHERE id=?`;

    const selection = (columns: string, filter: Filter, options?: FindOptions): Sql => {
      const { sort, limit } = readOptions(options);
      const { text, values } = whereSql(readFilter(filter));
      if (limit !== undefined) values.push(limit);
      return { text: `SELECT ${columns} FROM ${table}${text}${orderSql(sort)}${limit === undefined ? '' : ' LIMIT ?'}`, values };
    };

    return {
      name,

      async insert(document) {
        const id = readDocument(document);
        const text = jsonText(document);
        if (!tables.has(name)) await makeTable(name);
        await file.write(() => file.prepare(insertion).run([id, text]));
      },

      async find(filter, options) {
        const { text, values } = selection('doc', filter, options);
        if (!tables.has(name)) await makeTable(name);
        const rows = await file.read(() => {
          if (options?.limit !== 1) return file.prepare(text).all(values);
          const row = file.prepare(text).get(values);
          return row ? [row] : [];
        });
        return rows.map((row) => JSON.parse(row[0] as string) as T);
      },

      async updateIf(filter, changes, options) {
        const { text, values } = selection('id, doc', filter, { ...options, limit: 1 });
        const read = readChanges(changes);
        if (!tables.has(name)) await makeTable(name);
        return file.write(() => {
          const row = file.prepare(text).get(values);
          if (!row) return null;
          const document = JSON.parse(row[1] as string) as T;
          applyChanges(document, read);
          file.prepare(replacement).run([jsonText(document), row[0]!]);
          return document;
        });
      },

      async remove(filter) {
        const { text, values } = whereSql(readFilter(filter));
        if (!tables.has(name)) await makeTable(name);
        return file.write(() => file.prepare(`DELETE FROM ${table}${text}`).run(values).changes);
      },

      async count(filter) {
        const { text, values } = selection('count(*)', filter);
        if (!tables.has(name)) await makeTable(name);
        return file.read(() => Number(file.prepare(text).get(values)![0]));
      },

      async index(fields, options) {
        const wanted = indexSql(name, fields, options);
        if (!tables.has(name)) await makeTable(name);
        await file.write(() => makeIndex(file, name, options.name, wanted));
      },

      async explain(filter, options) {
        const { text, values } = selection('doc', filter, options);
        if (!tables.has(name)) await makeTable(name);
        const plan = await file.read(() => {
          const explanation = file.prepare(`EXPLAIN QUERY PLAN ${text}`);
          const rows = explanation.all(values);
          // An EXPLAIN read to its end stays open and keeps its table from being dropped; reading one row closes it.
          explanation.get(values);
          return rows.map((row) => String(row[3]));
        });
        return indexInPlan(plan, Object.keys(filter).length === 0);
      },
    };
  }

  return {
    kind: 'sqlite',
    collection,
    ping: () => file.read(() => void file.prepare('SELECT 1').get([])),
    async drop() {
      await file.write(() => {
        const names = file.prepare(`SELECT name FROM sqlite_master WHERE type='table' AND name NOT LIKE 'sqlite_%'`).all([]);
        for (const [table] of names) file.run(`DROP TABLE ${quoted(String(table))}`);
      });
      tables.clear();
    },
    close: file.close,
  };
}

/** Inside a write: makes an index, all of its statements or none. */
function makeIndex(file: OpenFile, table: string, name: string, wanted: Array<{ name: string; text: string }>): void {
  const { name: sqlName, text: sql } = wanted[0]!;
  const present = file
    .prepare(`SELECT name, sql FROM sqlite_master WHERE type='index' AND tbl_name=? AND sql IS NOT NULL`)
    .all([table]);
  const same = present.find((row) => row[0] === sqlName);
  if (same?.[1] === sql) return;
  if (same) throw new StoreMisuse(`An index ${name} of ${table} exists with another meaning; give the new one a new name`);
  const columns = (text: string) => text.slice(text.indexOf(' ON '));
  if (present.some((row) => columns(String(row[1])) === columns(sql)))
    throw new StoreMisuse(`${table} has an index on the fields of ${name} already`);
  file.run('SAVEPOINT making_index');
  try {
    for (const { text } of wanted) file.run(text);
  } catch (error) {
    file.run('ROLLBACK TO making_index');
    throw isConstraint(error) ? new DuplicateKey(name) : error;
  } finally {
    file.run('RELEASE making_index');
  }
}

/** The index of an EXPLAIN QUERY PLAN. Walking a whole index is a scan, unless the question was for everything in its order. */
function indexInPlan(plan: string[], isEverything: boolean): string | null {
  const names = plan
    .filter((line) => line.startsWith('SEARCH ') || line.startsWith('SCAN '))
    .map((line) => {
      if (line.startsWith('SCAN ') && !isEverything) return null;
      const name = / USING (?:COVERING )?INDEX (\S+)/.exec(line)?.[1];
      if (!name) return null;
      return name.startsWith('sqlite_autoindex_') ? '_id' : name.slice(name.indexOf('.') + 1);
    });
  return names.length === 0 || names.includes(null) ? null : names[0]!;
}
