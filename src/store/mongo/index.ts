/**
 * The back for a metropolis, or for many towns together: many processes on one MongoDB. Acknowledged means that a
 * majority of the servers have it in their journal. A server that is down, at the start or later, is a
 * StoreUnavailable for whoever asked meanwhile; the connection comes back by itself.
 */
import { existsSync } from 'node:fs';
import os from 'node:os';
import type { Collection as MongoCollection, Sort } from 'mongodb';
import { MongoClient, WriteConcern } from 'mongodb';
import { jsonText, plainCopy, type ReadChanges, readChanges } from '../changes';
import { type Collection, type Database, type Document, type IndexOptions, StoreAddressFault } from '../collection';
import { openFileFolder } from '../files/folder';
import { createMongoFiles } from '../files/gridfs';
import { readDocument, readFilter, readName, readOptions, readPath } from '../filter';
import { type Trouble, watchWrites } from '../write-watch';
import { translate } from './errors';
import { createGroups, type Groups, MARK } from './groups';
import { indexInPlan, mongoFilter, mongoUpdate } from './query';
import { watchServer } from './watch';

export interface MongoOptions {
  uri: string;
  /** The database, when not the one the address names; `guichet` when neither does. */
  database?: string;
  /** Hears once when the server goes away and once when it is back. */
  onTrouble?: (event: Trouble) => void;
}

/** Used unless the address says otherwise: a caller hears soon that the server is away, and tries again. */
const DEFAULTS = {
  appName: 'guichet',
  serverSelectionTimeoutMS: 2000,
  connectTimeoutMS: 5000,
  socketTimeoutMS: 20_000,
  heartbeatFrequencyMS: 2000,
};

/** How long closing waits for answers under way: less than an operator's patience with a process told to stop. */
const FAREWELL_MS = 5000;

/** Not the address's choice: 'we have it' means that neither a crash nor a failover loses it. */
const DURABLE = new WriteConcern('majority', 10_000, true);

/** What the address itself sets wins over our defaults. */
function connect(uri: string): MongoClient {
  const asked = uri.slice(uri.indexOf('?')).toLowerCase();
  const defaults = Object.entries(DEFAULTS).filter(([name]) => !asked.includes(`${name.toLowerCase()}=`));
  try {
    // Handed in because the driver would fetch `os` by a dynamic import, which a test runner's sandbox refuses.
    return new MongoClient(uri, { ...Object.fromEntries(defaults), retryWrites: true, runtimeAdapters: { os } });
  } catch (error) {
    const written =
      'Write it as mongodb://user:password@host:27017/guichet, with signs such as @ : / in a password as %40 %3A %2F.';
    throw new StoreAddressFault(`MONGODB_URI cannot be used: ${(error as Error).message}. ${written}`);
  }
}

/** Rows and changes larger than this go alone, so that neither their size nor their time is others' trouble. */
const MOST_GROUPED = 64 * 1024;
/** What no caller sees of a row. */
const SHOWN = { [MARK]: 0 };

const databaseIn = (uri: string) => /^mongodb(?:\+srv)?:\/\/[^/]+\/([^?/]+)/.exec(uri)?.[1];

/** Resolves at once, whether the server answers or not. Throws when the address cannot be one. */
export async function openMongo({ uri, database, onTrouble = () => {} }: MongoOptions): Promise<Database> {
  const client = connect(uri);
  const watch = watchServer(client, onTrouble);
  const writes = watchWrites(onTrouble);
  const underWay = new Set<Promise<unknown>>();
  const db = client.db(database ?? databaseIn(uri) ?? 'guichet', { writeConcern: DURABLE });

  /** Asks the server, in the port's terms of what may go wrong. */
  async function ask<T>(work: () => Promise<T>, indexName?: string): Promise<T> {
    const answer = work();
    underWay.add(answer);
    try {
      return await answer;
    } catch (error) {
      throw translate(error, indexName);
    } finally {
      underWay.delete(answer);
    }
  }

  /** As `ask`, for what the server has to write: it may answer questions and yet have no room. */
  async function write<T>(work: () => Promise<T>, indexName?: string): Promise<T> {
    try {
      const written = await ask(work, indexName);
      writes.wrote();
      return written;
    } catch (error) {
      writes.failed(error);
      throw error;
    }
  }

  const groups = new Map<string, Groups>();
  function groupsOf(rows: MongoCollection<Document>): Groups {
    const known = groups.get(rows.collectionName) ?? createGroups(rows);
    groups.set(rows.collectionName, known);
    return known;
  }

  function collection<T extends Document>(given: string): Collection<T> {
    const rows = db.collection<Document>(readName(given));
    const grouped = groupsOf(rows);
    const sorted = (sort: Array<[string, 1 | -1]>) => (sort.length === 0 ? {} : { sort: sort as Sort });

    return {
      name: given,

      async insert(document) {
        readDocument(document);
        // Through JSON, so that both backs keep the same thing of a Date, an undefined or a NaN.
        const text = jsonText(document);
        const plain = JSON.parse(text) as Document;
        await write<unknown>(() => (text.length > MOST_GROUPED ? rows.insertOne(plain) : grouped.insert(plain)));
      },

      async find(filter, options) {
        const { sort, limit } = readOptions(options);
        const bounds = { ...sorted(sort), ...(limit === undefined ? {} : { limit }) };
        const cursor = rows.find(mongoFilter(readFilter(filter)), { ...bounds, projection: SHOWN });
        return ask(() => cursor.toArray() as Promise<Document[]>) as Promise<T[]>;
      },

      async updateIf(filter, changes, options) {
        const { sort } = readOptions(options);
        const query = mongoFilter(readFilter(filter));
        const update = mongoUpdate(plainCopy(readChanges(changes)));
        return write(() =>
          rows.findOneAndUpdate(query, update, { ...sorted(sort), projection: SHOWN, returnDocument: 'after' }),
        ) as Promise<T | null>;
      },

      async changeIf(filter, changes) {
        const { _id: id } = filter;
        const query = mongoFilter(readFilter(filter));
        const text = jsonText(readChanges(changes));
        const update = mongoUpdate(JSON.parse(text) as ReadChanges);
        if (typeof id === 'string' && text.length <= MOST_GROUPED) return write(() => grouped.change({ id, query, update }));
        return write(async () => (await rows.updateOne(query, update)).matchedCount > 0);
      },

      async remove(filter, options) {
        const { limit } = readOptions(options);
        const query = mongoFilter(readFilter(filter));
        if (limit === undefined) return write(async () => (await rows.deleteMany(query)).deletedCount);
        const found = await ask(() => rows.find(query, { limit, projection: { _id: 1 } }).toArray());
        if (found.length === 0) return 0;
        // What has changed meanwhile, and is asked for no more, stays.
        const these = { $and: [query, { _id: { $in: found.map(({ _id }) => _id) } }] };
        return write(async () => (await rows.deleteMany(these)).deletedCount);
      },

      async count(filter) {
        const query = mongoFilter(readFilter(filter));
        return ask(() => rows.countDocuments(query));
      },

      async index(fields, options) {
        const keys = Object.fromEntries(fields.map((path) => [readPath(path), 1 as const]));
        await write(() => rows.createIndex(keys, indexOptions(fields, options)), options.name);
      },

      async explain(filter, options) {
        const { sort, limit } = readOptions(options);
        const cursor = rows.find(mongoFilter(readFilter(filter)), { ...sorted(sort), ...(limit === undefined ? {} : { limit }) });
        const explained = await ask(() => cursor.explain('queryPlanner'));
        return indexInPlan(explained.queryPlanner?.winningPlan, Object.keys(filter).length === 0);
      },
    };
  }

  return {
    kind: 'mongo',
    collection,
    async openFiles(folder) {
      return createMongoFiles(db, ask, existsSync(folder) ? await openFileFolder(folder) : null);
    },
    async ping() {
      // A server may answer and yet take no write: a secondary, a full disk.
      await write(() =>
        db.collection<{ _id: string; n: number }>('readiness').updateOne({ _id: 'probe' }, { $inc: { n: 1 } }, { upsert: true }),
      );
    },
    async drop() {
      await ask(() => db.dropDatabase());
    },
    async close() {
      watch.stop();
      await Promise.race([Promise.allSettled(underWay), new Promise((resolve) => setTimeout(resolve, FAREWELL_MS).unref())]);
      await client.close();
    },
  };
}

function indexOptions(fields: string[], options: IndexOptions) {
  const present = Object.fromEntries(fields.map((path) => [path, { $exists: true }]));
  return {
    name: readName(options.name),
    ...(options.unique ? { unique: true } : {}),
    ...(options.whenPresent ? { partialFilterExpression: present } : {}),
  };
}
