/** The nightly tidying, cut off with -9 in the middle of its work: what is over is gone, all of it, and counted once. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../../src/config';
import { type Database, openDatabase } from '../../src/store';
import { createStore } from '../../src/store/store';
import { fill, PER_CONVERSATION } from '../../tools/bench/fill';
import { describeBacks, newName } from '../support/scratch';
import { until } from '../support/until';

const TOWN = 'bellerive';
const TURNS = 1000;
const DAY_MS = 24 * 3600_000;
/** A year and a half later than the tests' day. */
const LATER = String(Number(process.env.TEST_CLOCK_SHIFT_MS) + 550 * DAY_MS);
const TABLES = ['inbox', 'transcript', 'conversations'];

describeBacks('retention', (back, scratch) => {
  const folder = mkdtempSync(join(tmpdir(), 'guichet-retention-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  function envOf(): Record<string, string> {
    if (back.kind === 'sqlite') return { DATA_DIR: folder };
    const at = new URL(scratch().uri!);
    at.pathname = `/${newName()}`;
    return { DATA_DIR: folder, STORE: 'mongo', MONGODB_URI: at.href };
  }

  const idsOf = async (database: Database, table: string) =>
    (await database.collection(table).find({})).map((row) => String(row.conversation ?? row._id));

  test('killed with -9, it ends what it had begun: nothing of what is over is left, what is not is whole', async () => {
    const env = envOf();
    const database = await openDatabase(readConfig(env).store);
    const store = createStore(database);
    await fill(database, 0, TURNS);
    // One waits for a person, one has a request that is worked on.
    await database.collection('conversations').updateIf({ _id: 'past-3' }, { $set: { holder: 'queue' } });
    const request = { town: TOWN, channel: 'web', address: 'dl_past-5', state: 'new', topic: 'report_street_light' };
    await database.collection('tickets').insert({ _id: 'k', ...request, reference: 'R', openedAt: '2026-01-01', history: [] });

    const { eliminations } = store;
    const run = (): ChildProcess =>
      spawn(process.execPath, [join(__dirname, '../../dist/tools/retention.js'), 'run', TOWN], {
        env: { ...process.env, ...env, TEST_CLOCK_SHIFT_MS: LATER },
        stdio: ['ignore', 'ignore', 'inherit'],
      });
    const child = run();
    const ended = once(child, 'exit');
    // In the middle: some of what was begun is gone.
    await until(async () => (await database.collection('transcript').count({})) < TURNS * 2);
    child.kill('SIGKILL');
    await ended;
    expect(await once(run(), 'exit')).toEqual([0, null]);

    const stay = ['past-3', 'past-5'];
    for (const table of TABLES) expect(new Set(await idsOf(database, table))).toEqual(new Set(stay));
    expect(await database.collection('transcript').count({})).toBe(stay.length * PER_CONVERSATION * 2);
    expect(await eliminations.begun(TOWN)).toEqual([]);
    const listed = await eliminations.list(TOWN, '0000-00-00', '9999-12-31', 10);
    expect(listed).toMatchObject([{ what: 'conversations', fate: 'erased', count: TURNS / PER_CONVERSATION - stay.length }]);
    await database.drop();
    await database.close();
  });

  test('whoever writes again while their conversation goes is heard, and begins anew', async () => {
    const database = await scratch().open();
    const store = createStore(database);
    await store.prepare();
    await fill(database, 0, 20);
    const pace = { rows: () => 7, rest: async () => {} };
    const before = '2026-06-01T00:00:00.000Z';
    const both = ['past-0', 'past-1'];
    expect(await store.traces.end(TOWN, both, before, pace)).toEqual(both);
    const at = '2026-06-02T00:00:00.000Z';
    const [old] = await store.transcript.after('past-0', 0, 1);
    const letter = (await store.mail.inbox.lately('past-0', 1))[0]!;
    await store.mail.inbox.write({ ...letter, _id: 'web:past-0:new', state: 'new', order: `0${Date.parse(at)}-000001` });
    await store.transcript.write({ ...old!, id: 'web:past-0:new', line: 1, at });
    // Begun anew before the rest of the old one is gone, or before it is looked at again after a crash.
    await store.traces.forget(both, before, pace);
    expect((await store.mail.inbox.ofConversation('past-0', 5)).map(({ _id }) => _id)).toEqual(['web:past-0:new']);
    expect((await store.transcript.after('past-0', 0, 5)).map(({ id }) => id)).toEqual(['web:past-0:new']);
    expect(await database.collection('transcript').count({})).toBe(1);
  });
});
