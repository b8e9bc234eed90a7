/**
 * The embedded back: one SQLite file under the data folder, nothing to install and nothing to run beside.
 * A row is an id and its JSON; what a repository declares as an index is an index on expressions. Questions are
 * checked and worded here; a thread beside holds the file and waits for the disk.
 */
import { jsonText, readChanges } from '../changes';
import type { Changes, Collection, Database, Document, Filter, FindOptions } from '../collection';
import { openFileFolder } from '../files/folder';
import { readDocument, readFilter, readName, readOptions } from '../filter';
import { type Trouble, watchWrites } from '../write-watch';
import { indexSql, orderSql, quoted, type Sql, whereSql } from './sql';
import { openSqliteThread } from './thread';
import type { Work } from './work';

/** Opens or makes the file. Rejects when the folder cannot be written or the file is no database. */
export async function openSqlite(path: string, onTrouble: (event: Trouble) => void = () => {}): Promise<Database> {
  const thread = await openSqliteThread(path);
  const watch = watchWrites(onTrouble);

  async function write<T>(work: Work): Promise<T> {
    try {
      const given = await thread.ask<T>(work);
      // What changed no row was never written: it says nothing of the disk.
      if (given !== null && given !== false && given !== 0) watch.wrote();
      return given;
    } catch (error) {
      watch.failed(error);
      throw error;
    }
  }

  function collection<T extends Document>(given: string): Collection<T> {
    const table = readName(given);

    const selection = (columns: string, filter: Filter, options?: FindOptions): Sql => {
      const { sort, limit } = readOptions(options);
      const { text, values } = whereSql(readFilter(filter));
      // One row has a text of its own: the driver gives a statement that was read to its end the former values when it is then asked for one.
      if (limit !== undefined && limit !== 1) values.push(limit);
      const limited = limit === undefined ? '' : limit === 1 ? ' LIMIT 1' : ' LIMIT ?';
      return { text: `SELECT ${columns} FROM ${quoted(table)}${text}${orderSql(sort)}${limited}`, values };
    };

    const update = (filter: Filter, changes: Changes, options?: FindOptions) => {
      const one = selection('id, doc', filter, { ...options, limit: 1 });
      return { do: 'update' as const, table, changes: jsonText(readChanges(changes)), ...one };
    };

    return {
      name: table,

      async insert(document) {
        await write({ do: 'insert', table, id: readDocument(document), row: jsonText(document) });
      },

      async find(filter, options) {
        const isOne = options?.limit === 1;
        const rows = await thread.ask<string[]>({ do: 'find', table, isOne, ...selection('doc', filter, options) });
        return Array.from(rows, (row) => JSON.parse(row) as T);
      },

      async updateIf(filter, changes, options) {
        const row = await write<string | null>(update(filter, changes, options));
        return row === null ? null : (JSON.parse(row) as T);
      },

      async changeIf(filter, changes) {
        return write<boolean>({ ...update(filter, changes), do: 'change' });
      },

      async remove(filter, options) {
        const { text, values } = whereSql(readFilter(filter));
        const { limit } = readOptions(options);
        if (limit === undefined)
          return write<number>({ do: 'remove', table, text: `DELETE FROM ${quoted(table)}${text}`, values });
        const some = `DELETE FROM ${quoted(table)} WHERE rowid IN (SELECT rowid FROM ${quoted(table)}${text} LIMIT ?)`;
        return write<number>({ do: 'remove', table, text: some, values: [...values, limit] });
      },

      async count(filter) {
        return thread.ask<number>({ do: 'count', table, ...selection('count(*)', filter) });
      },

      async index(fields, options) {
        await write({ do: 'index', table, name: options.name, wanted: indexSql(table, fields, options) });
      },

      async explain(filter, options) {
        const plan = await thread.ask<string[]>({ do: 'explain', table, ...selection('doc', filter, options) });
        return indexInPlan(plan, Object.keys(filter).length === 0);
      },
    };
  }

  return {
    kind: 'sqlite',
    collection,
    openFiles: openFileFolder,
    ping: () => write<void>({ do: 'ping' }),
    drop: () => thread.ask<void>({ do: 'drop' }),
    close: thread.close,
  };
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
