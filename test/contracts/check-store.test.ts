/** The suite can fail: a store that loses races is caught and called by its name; and the operator's command runs it all. */
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os, { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MongoClient } from 'mongodb';
import { type Collection, type Database, type Document, openDatabase } from '../../src/store';
import { storeCases } from '../../src/store/contract';
import { checkStore } from '../../src/store/contract/check';
import { HOW_TO_GET_MONGO, hasMongo, startMongo } from '../../tools/mongo-server';

const LIMIT_MS = 180_000;
const COMMAND = join(__dirname, '../../dist/tools/check-store.js');

/** A store such as exists in the wild: it looks, and then it writes, and in between others do too. */
function careless(database: Database): Database {
  return {
    ...database,
    collection<T extends Document>(name: string): Collection<T> {
      const rows = database.collection<T>(name);
      return {
        ...rows,
        async updateIf(filter, changes, options) {
          const [seen] = await rows.find(filter, { ...options, limit: 1 });
          return seen ? rows.updateIf({ _id: seen._id }, changes) : null;
        },
        async changeIf(filter, changes) {
          const [seen] = await rows.find(filter, { limit: 1 });
          return seen ? rows.changeIf({ _id: seen._id }, changes) : false;
        },
        async insert(document) {
          if (await rows.count({ _id: document._id })) return;
          await rows.insert(document);
        },
      };
    },
  };
}

function run(environment: Record<string, string | undefined>): Promise<{ code: number; output: string; errors: string }> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [COMMAND],
      { env: { ...process.env, MONGODB_URI: undefined, ...environment } },
      (error, output, errors) => {
        resolve({ code: error ? Number(error.code) : 0, output, errors });
      },
    );
  });
}

describe('npm run check-store', () => {
  const folder = mkdtempSync(join(tmpdir(), 'guichet-check-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test(
    'tells in capitals of a store that loses races',
    async () => {
      const database = await openDatabase({ kind: 'sqlite', file: join(folder, 'careless.db') });
      const lines: string[] = [];
      expect(await checkStore(careless(database), (line) => lines.push(line))).toBe(false);
      const text = lines.join('\n');
      expect(text).toMatch(/^FAILS {2}OF 50 WRITERS WITH A COMPARE-AND-SET/m);
      expect(text).toMatch(/^FAILS {2}OF 50 CLAIMERS OF 200 ROWS/m);
      expect(text).toMatch(/^fails {2}the same _id twice is refused/m);
      expect(text).toMatch(/^holds {2}a row is read back as it was written/m);
      expect(lines.at(-1)).toMatch(/^THIS SERVER LOSES RACES AND MUST NOT BE USED/);
      await database.close();
    },
    LIMIT_MS,
  );

  test(
    'on the embedded store: everything holds, and nothing is left behind',
    async () => {
      const { code, output, errors } = await run({ DATA_DIR: folder });
      expect({ code, errors }).toEqual({ code: 0, errors: '' });
      expect(output).toContain(`${storeCases.length} of ${storeCases.length} promises hold.`);
      expect(readdirSync(folder).filter((name) => name.includes('check'))).toEqual([]);
    },
    LIMIT_MS,
  );

  test(
    'on a server that does not answer: says so, and not the password',
    async () => {
      const { code, output, errors } = await run({
        MONGODB_URI: 'mongodb://user:sesame@127.0.0.1:9/?serverSelectionTimeoutMS=300',
      });
      expect(code).toBe(2);
      expect(errors).toMatch(/The store could not be checked: MongoDB cannot be used just now/);
      expect(output + errors).not.toContain('sesame');
    },
    LIMIT_MS,
  );

  (hasMongo() ? test : test.skip)(
    'on a MongoDB server: everything holds, and the scratch database is gone',
    async () => {
      const server = (await startMongo())!;
      const client = new MongoClient(server.uri, { runtimeAdapters: { os } });
      try {
        const { code, output, errors } = await run({ MONGODB_URI: server.uri });
        expect({ code, errors }).toEqual({ code: 0, errors: '' });
        expect(output.match(/^holds /gm)).toHaveLength(storeCases.length);
        const name = /scratch database (\w+)/.exec(output)?.[1];
        const { databases } = await client.db('admin').admin().listDatabases();
        expect(databases.map((one) => one.name)).not.toContain(name);
      } finally {
        await client.close();
        await server.stop();
      }
    },
    LIMIT_MS,
  );
});

if (!hasMongo()) console.warn(HOW_TO_GET_MONGO);
