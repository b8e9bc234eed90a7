/** Power cuts, shared files, full disks, servers that go away: whatever was acknowledged is still there, and the work goes on. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import SqliteFile from 'libsql';
import { type Database, DuplicateKey, openDatabase, StoreUnavailable, type Trouble, whileAway } from '../../src/store';
import { translate } from '../../src/store/mongo/errors';
import { HOW_TO_GET_MONGO, hasMongo, type MongoServer, startMongo } from '../../tools/mongo-server';
import { until } from '../support/until';

const WRITER = join(__dirname, '../support/store-writer.js');
const HANDS = 16;

interface Writer {
  /** Ids acknowledged so far. */
  done: string[];
  /** Refusals heard so far. */
  refused: string[];
  until(condition: () => boolean): Promise<void>;
  kill9(): Promise<void>;
  ended(): Promise<number | null>;
}

function startWriter(file: string, prefix: string, rounds: number, limitKib?: number): Writer {
  const command = [process.execPath, WRITER, file, prefix, String(rounds)];
  const child = limitKib
    ? spawn('bash', ['-c', `ulimit -f ${limitKib}; exec "$@"`, 'bash', ...command])
    : spawn(command[0]!, command.slice(1));
  const done: string[] = [];
  const refused: string[] = [];
  let complaint = '';
  createInterface({ input: child.stdout }).on('line', (line) => {
    const [word = '', ...rest] = line.split(' ');
    (word === 'done' ? done : refused).push(rest.join(' '));
  });
  child.stderr.on('data', (data) => {
    complaint += data;
  });
  const closed = once(child, 'close');
  const ended = async () => {
    await closed;
    if (complaint) throw new Error(complaint);
    return child.exitCode;
  };
  return {
    done,
    refused,
    ended,
    async until(condition) {
      while (!condition()) {
        if (child.exitCode !== null) throw new Error(`The writer ended early: ${complaint}`);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    },
    async kill9() {
      child.kill('SIGKILL');
      await ended();
    },
  };
}

async function everythingIn(database: Database, ids: string[]): Promise<string[]> {
  const present = new Map((await database.collection('rows').find({})).map((row) => [row._id, row.state]));
  return ids.filter((id) => present.get(id) !== 'done');
}

async function shared(database: Database): Promise<{ version: number; by: Record<string, number> }> {
  const [row] = await database.collection('counters').find({ _id: 'shared' });
  return row as unknown as { version: number; by: Record<string, number> };
}

describe('the embedded store', () => {
  const folder = mkdtempSync(join(tmpdir(), 'guichet-crash-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  async function prepared(name: string): Promise<{ file: string; database: Database }> {
    const file = join(folder, name);
    const database = await openDatabase({ kind: 'sqlite', file });
    await database.collection('rows').index(['state'], { name: 'by-state' });
    await database.collection('counters').insert({ _id: 'shared', version: 0 });
    return { file, database };
  }

  test('killed with -9 in the middle, again and again, it reopens with every acknowledged write', async () => {
    const { file, database } = await prepared('killed.db');
    await database.close();
    const acknowledged: string[] = [];
    for (let round = 0; round < 4; round += 1) {
      const writer = startWriter(file, `r${round}`, 0);
      await writer.until(() => writer.done.length > 150 * (round + 1));
      await writer.kill9();
      acknowledged.push(...writer.done);
      const reopened = await openDatabase({ kind: 'sqlite', file });
      expect(await everythingIn(reopened, acknowledged)).toEqual([]);
      const { version, by } = await shared(reopened);
      expect(by[`r${round}`]).toBeGreaterThanOrEqual(writer.done.length);
      expect(by[`r${round}`]).toBeLessThanOrEqual(writer.done.length + HANDS);
      expect(version).toBe(Object.values(by).reduce((sum, one) => sum + one, 0));
      await reopened.close();
    }
    expect(new SqliteFile(file).pragma('integrity_check', { simple: true })).toMatchObject({ integrity_check: 'ok' });
  });

  test('two processes write to one file and a third dies among them: nothing lost, nothing counted twice', async () => {
    const { file, database } = await prepared('two.db');
    const rounds = 40;
    const writers = [startWriter(file, 'one', rounds), startWriter(file, 'two', rounds)];
    const dying = startWriter(file, 'dying', 0);
    await dying.until(() => dying.done.length > 30);
    await dying.kill9();
    expect(await Promise.all(writers.map((writer) => writer.ended()))).toEqual([0, 0]);
    const ids = [...writers, dying].flatMap((writer) => writer.done);
    expect(writers.map((writer) => writer.done.length)).toEqual([rounds * HANDS, rounds * HANDS]);
    expect(writers.flatMap((writer) => writer.refused)).toEqual([]);
    expect(await everythingIn(database, ids)).toEqual([]);
    const { version, by } = await shared(database);
    expect([by.one, by.two]).toEqual([rounds * HANDS, rounds * HANDS]);
    expect(version).toBe((by.one ?? 0) + (by.two ?? 0) + (by.dying ?? 0));
    await database.close();
  });

  test('while another process holds the file, writes wait and the event loop does not', async () => {
    const { file, database } = await prepared('held.db');
    const other = new SqliteFile(file);
    other.exec('BEGIN IMMEDIATE');
    let settled = false;
    const write = database
      .collection('rows')
      .insert({ _id: 'a' })
      .finally(() => {
        settled = true;
      });
    let longestMs = 0;
    for (let beforeMs = performance.now(), untilMs = beforeMs + 600; beforeMs < untilMs; ) {
      await new Promise((resolve) => setTimeout(resolve, 1));
      longestMs = Math.max(longestMs, performance.now() - beforeMs);
      beforeMs = performance.now();
    }
    expect(await database.collection('counters').count({})).toBe(1);
    expect(settled).toBe(false);
    other.exec('COMMIT');
    other.close();
    await write;
    expect(await database.collection('rows').count({ _id: 'a' })).toBe(1);
    // A wait inside SQLite would have held the loop for all 600 ms; the rest is for a busy machine.
    expect(longestMs).toBeLessThan(1000);
    await database.close();
  });

  test('a disk that is full refuses writes as unavailable, and loses nothing of what it took', async () => {
    const { file, database } = await prepared('full.db');
    const writer = startWriter(file, 'full', 0, 4096);
    await writer.until(() => writer.refused.length > 20);
    await writer.kill9();
    expect(writer.done.length).toBeGreaterThan(50);
    expect(writer.refused[0]).toMatch(/cannot be used just now/);
    expect(await everythingIn(database, writer.done)).toEqual([]);
    await database.collection('rows').insert({ _id: 'there is room again' });
    await database.close();
  });
});

if (!hasMongo({ own: true })) console.warn(HOW_TO_GET_MONGO);
const describeMongo = hasMongo({ own: true }) ? describe : describe.skip;

test('a socket that ends under a command is a server that is away, and not a fault of ours', () => {
  for (const code of ['EPIPE', 'ECONNRESET', 'ENOTCONN', 'ERR_SOCKET_CLOSED', 'ERR_STREAM_WRITE_AFTER_END']) {
    const ended = Object.assign(new Error('This socket has been ended by the other party'), { code });
    expect([code, translate(ended)]).toEqual([code, expect.any(StoreUnavailable)]);
  }
  const ours = new TypeError('no such thing');
  expect(translate(ours)).toBe(ours);
});

describeMongo('a MongoDB server that goes away', () => {
  const PATIENCE_MS = 60_000;
  let server: MongoServer;
  const troubles: Trouble[] = [];
  const opened: Database[] = [];

  async function open(onTrouble?: (event: Trouble) => void): Promise<Database> {
    const database = await openDatabase({ kind: 'mongo', uri: server.uri, database: 'guichet_test', onTrouble });
    opened.push(database);
    return database;
  }

  beforeAll(async () => {
    server = (await startMongo({ own: true }))!;
  });

  afterAll(async () => {
    for (const database of opened) await database.close();
    await server?.stop();
  });

  test('stopped, killed and restarted under load, loses nothing and doubles nothing for callers who try again', async () => {
    const database = await open((event) => troubles.push(event));
    const rows = database.collection('rows');
    const counters = database.collection('counters');
    await rows.index(['state'], { name: 'by-state' });
    await counters.insert({ _id: 'shared', total: 0 });
    const done: string[] = [];
    let waits = 0;
    let stop = false;

    const patiently = <T>(work: () => Promise<T>) =>
      whileAway(
        () =>
          work().catch((error) => {
            if (error instanceof StoreUnavailable) waits += 1;
            throw error;
          }),
        PATIENCE_MS,
      );

    const hand = async (who: number) => {
      for (let n = 1; !stop; n += 1) {
        const _id = `w${who}-${n}`;
        // An id that can be derived again: one that is taken on the second try is our own.
        await patiently(() =>
          rows.insert({ _id, state: 'waiting' }).catch((error) => {
            if (!(error instanceof DuplicateKey)) throw error;
          }),
        );
        await patiently(() => rows.changeIf({ _id }, { $set: { state: 'done' } }));
        // A sum that says whose it is: finding nothing on the second try means it was done at the first.
        const mark = `by.w${who}`;
        await patiently(() =>
          counters.updateIf(
            { _id: 'shared', [mark]: n === 1 ? { $exists: false } : n - 1 },
            { $inc: { total: 1 }, $set: { [mark]: n } },
          ),
        );
        done.push(_id);
      }
    };
    let failure: unknown;
    const hands = Array.from({ length: HANDS }, (_, who) =>
      hand(who).catch((error) => {
        failure ??= error;
      }),
    );
    // A hand that gave up would be waited for without end: it says why instead.
    const more = async (count: number) => {
      const wanted = done.length + count;
      await until(`${wanted} to be done (${waits} waits so far)`, () => done.length >= wanted || failure, 2 * PATIENCE_MS);
      if (failure) throw failure;
    };

    await more(100);
    await server.kill9();
    await new Promise((resolve) => setTimeout(resolve, 3000));
    await server.restart();
    await more(100);
    await server.restart();
    await more(100);
    await server.kill9();
    await server.restart();
    await more(100);
    stop = true;
    await Promise.all(hands);
    if (failure) throw failure;

    expect(waits).toBeGreaterThan(0);
    const present = new Map((await rows.find({})).map((row) => [row._id, row.state]));
    expect(done.filter((id) => present.get(id) !== 'done')).toEqual([]);
    expect(present.size).toBe(done.length);
    const [total] = await counters.find({ _id: 'shared' });
    expect(total?.total).toBe(done.length);
    expect(troubles.length).toBeGreaterThanOrEqual(2);
    troubles.forEach((event, at) => {
      expect(event.state).toBe(at % 2 === 0 ? 'down' : 'up');
    });
    expect(troubles.at(-1)).toEqual({ state: 'up' });
    expect(troubles[0]?.reason).toEqual(expect.any(String));
  }, 300_000);

  test('down at the start is told once with the reason, refuses at once, and works as soon as it is up', async () => {
    await server.kill9();
    const events: Trouble[] = [];
    const database = await open((event) => events.push(event));
    const askedMs = performance.now();
    await expect(database.ping()).rejects.toBeInstanceOf(StoreUnavailable);
    await expect(database.collection('rows').insert({ _id: 'early' })).rejects.toBeInstanceOf(StoreUnavailable);
    expect(performance.now() - askedMs).toBeLessThan(8000);
    await new Promise((resolve) => setTimeout(resolve, 2500));
    expect(events).toEqual([{ state: 'down', reason: expect.stringMatching(/ECONNREFUSED/) }]);
    await server.restart();
    await whileAway(() => database.collection('rows').insert({ _id: 'early' }), PATIENCE_MS);
    expect(await database.collection('rows').count({ _id: 'early' })).toBe(1);
    await database.ping();
    expect(events.map(({ state }) => state)).toEqual(['down', 'up']);
  });
});
