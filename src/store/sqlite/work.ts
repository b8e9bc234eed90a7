/**
 * What is done in the thread that holds the database file, in plain words that can be sent to it: the
 * questions of `sqlite.ts`, checked and put into SQL there, and the work they make here.
 */
import { applyChanges, jsonText } from '../changes';
import type { Document } from '../collection';
import { DuplicateKey, StoreMisuse } from '../collection';
import { isConstraint, type OpenFile, openFile } from './database-file';
import { quoted, type Sql } from './sql';

/** One piece of work; `table` is made when it is not there yet. */
export type Work =
  | { do: 'insert'; table: string; id: string; row: string }
  /** Gives the JSON of the rows found. */
  | ({ do: 'find'; table: string; isOne: boolean } & Sql)
  /** `text` selects id and JSON of one row, `changes` are the JSON of what `readChanges` gave; gives the JSON of the row after the change, or null. */
  | ({ do: 'update'; table: string; changes: string } & Sql)
  /** The same; gives whether there was one. */
  | ({ do: 'change'; table: string; changes: string } & Sql)
  | ({ do: 'remove'; table: string } & Sql)
  | ({ do: 'count'; table: string } & Sql)
  | { do: 'index'; table: string; name: string; wanted: WantedIndex[] }
  | ({ do: 'explain'; table: string } & Sql)
  | { do: 'ping' }
  | { do: 'drop' }
  | { do: 'close' };

export interface WantedIndex {
  name: string;
  text: string;
}

/** Does one piece of work. */
export type DoWork = (work: Work) => Promise<unknown>;

/** Opens or makes the file. Throws when the folder cannot be written or the file is no database. */
export function openWork(path: string): DoWork {
  const file = openFile(path);
  const tables = new Set<string>();

  async function ready(table: string): Promise<void> {
    if (tables.has(table)) return;
    await file.write(() =>
      file.run(`CREATE TABLE IF NOT EXISTS ${quoted(table)} (id TEXT PRIMARY KEY NOT NULL, doc TEXT NOT NULL)`),
    );
    tables.add(table);
  }

  function update({ table, text, values, changes }: Extract<Work, { do: 'update' | 'change' }>): string | null {
    const found = file.prepare(text).get(values);
    if (!found) return null;
    const document = JSON.parse(found[1] as string) as Document;
    applyChanges(document, JSON.parse(changes));
    const row = jsonText(document);
    file.prepare(`UPDATE ${quoted(table)} SET doc=? WHERE id=?`).run([row, found[0]!]);
    return row;
  }

  function find({ text, values, isOne }: Extract<Work, { do: 'find' }>): string[] {
    const rows = isOne ? [file.prepare(text).get(values)] : file.prepare(text, 'many').all(values);
    return rows.flatMap((row) => (row ? [row[0] as string] : []));
  }

  function drop(): void {
    const names = file.prepare(`SELECT name FROM sqlite_master WHERE type='table' AND name NOT LIKE 'sqlite_%'`, 'many').all([]);
    for (const [table] of names) file.run(`DROP TABLE ${quoted(String(table))}`);
    tables.clear();
  }

  return async (work) => {
    if ('table' in work && !tables.has(work.table)) await ready(work.table);
    switch (work.do) {
      case 'insert':
        return file.write(
          () => void file.prepare(`INSERT INTO ${quoted(work.table)} (id, doc) VALUES (?, ?)`).run([work.id, work.row]),
        );
      case 'find':
        return file.read(() => find(work));
      case 'update':
        return file.write(() => update(work));
      case 'change':
        return file.write(() => update(work) !== null);
      case 'remove':
        return file.write(() => file.prepare(work.text).run(work.values).changes);
      case 'count':
        return file.read(() => Number(file.prepare(work.text).get(work.values)![0]));
      case 'index':
        return file.write(() => makeIndex(file, work));
      case 'explain':
        return file.read(() => explain(file, work));
      case 'ping':
        return file.write(() => keepOne(file));
      case 'drop':
        return file.write(drop);
      case 'close':
        return file.close();
    }
  };
}

/** As large as a message's rows, so that what a message would meet is met here first. */
const PROBE_BYTES = 16 * 1024;

function keepOne(file: OpenFile): void {
  file.run('CREATE TABLE IF NOT EXISTS readiness (id INTEGER PRIMARY KEY, doc BLOB NOT NULL)');
  file.prepare('INSERT OR REPLACE INTO readiness (id, doc) VALUES (1, randomblob(?))').run([PROBE_BYTES]);
}

/** The lines of the plan. An EXPLAIN read to its end stays open and keeps its table from being dropped; reading one row closes it. */
function explain(file: OpenFile, { text, values }: Sql): string[] {
  const explanation = file.prepare(`EXPLAIN QUERY PLAN ${text}`, 'many');
  const rows = explanation.all(values);
  explanation.get(values);
  return rows.map((row) => String(row[3]));
}

/** Inside a write: makes an index, all of its statements or none. */
function makeIndex(file: OpenFile, { table, name, wanted }: Extract<Work, { do: 'index' }>): void {
  const { name: sqlName, text: sql } = wanted[0]!;
  const present = file
    .prepare(`SELECT name, sql FROM sqlite_master WHERE type='index' AND tbl_name=? AND sql IS NOT NULL`, 'many')
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
