/** Empty databases for tests, one of each kind at hand, and their taking away. */
import { randomBytes } from 'node:crypto';
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Database, openDatabase, StoreUnavailable } from '../../src/store';
import { HOW_TO_GET_MONGO, hasMongo, startMongo } from '../../tools/mongo-server';

export interface Scratch {
  /** Opens a database nobody has used; with the name of an earlier one, that one again. */
  open(name?: string): Promise<Database>;
  /** Where its server is, for looking behind the port; the embedded back has none. */
  uri?: string;
  /** Drops and closes everything that was opened. */
  end(): Promise<void>;
}

export interface Back {
  kind: Database['kind'];
  /** Why it cannot be tried here, or null. */
  missing: string | null;
  start(): Promise<Scratch>;
}

export const newName = () => `guichet_test_${randomBytes(6).toString('hex')}`;

async function scratchOf(openOne: (name: string) => Promise<Database>, finish: () => Promise<void>): Promise<Scratch> {
  const opened: Database[] = [];
  return {
    async open(name = newName()) {
      const database = await openOne(name);
      opened.push(database);
      return database;
    },
    async end() {
      for (const database of opened) {
        await database.drop().catch((error) => {
          // A test may close its own.
          if (!(error instanceof StoreUnavailable)) throw error;
        });
        await database.close();
      }
      await finish();
    },
  };
}

async function startSqlite(): Promise<Scratch> {
  const folder = mkdtempSync(join(tmpdir(), 'guichet-sqlite-'));
  return scratchOf(
    (name) => openDatabase({ kind: 'sqlite', file: join(folder, `${name}.db`) }),
    async () => rmSync(folder, { recursive: true, force: true }),
  );
}

async function startMongoScratch(): Promise<Scratch> {
  const server = (await startMongo())!;
  const scratch = await scratchOf((database) => openDatabase({ kind: 'mongo', uri: server.uri, database }), server.stop);
  return { ...scratch, uri: server.uri };
}

/** Every back of the store; a new one is added here and told by the suites what it lacks. */
export const backs: Back[] = [
  { kind: 'sqlite', missing: null, start: startSqlite },
  { kind: 'mongo', missing: hasMongo() ? null : HOW_TO_GET_MONGO, start: startMongoScratch },
];

/** Tells `npm test` what is skipped here and why; it says so at the end. */
export function noteSkip(reason: string): void {
  if (process.env.GUICHET_SKIPS) appendFileSync(process.env.GUICHET_SKIPS, `${reason}\n`);
}

/** Declares the same tests for every back; one that cannot be tried is skipped aloud. */
export function describeBacks(title: string, declare: (back: Back, scratch: () => Scratch) => void): void {
  for (const back of backs) {
    if (back.missing) noteSkip(back.missing);
    const describeIt = back.missing ? describe.skip : describe;
    describeIt(`${title} on ${back.kind}`, () => {
      let scratch: Scratch;
      beforeAll(async () => {
        scratch = await back.start();
      });
      afterAll(() => scratch?.end());
      declare(back, () => scratch);
    });
  }
}
