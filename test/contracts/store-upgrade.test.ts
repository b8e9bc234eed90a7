/** Upgrades run in order, once, by one process at a time, and a newer database is left alone. */
import { type Database, type SchemaStep, upgrade } from '../../src/store';
import { upgrades } from '../../src/store/upgrades';
import { describeBacks, newName } from '../support/scratch';

const SCHEMA_ROW = { _id: 'schema' };

/** Two real steps: tickets get a town, then their state takes a new word. */
function stepsOf(ran: string[]): SchemaStep[] {
  return [
    {
      to: 1,
      name: 'tickets carry their town',
      async run(database) {
        ran.push('town');
        while (await database.collection('tickets').updateIf({ town: { $exists: false } }, { $set: { town: 'bellerive' } }));
      },
    },
    {
      to: 3,
      name: 'a new ticket is open',
      async run(database) {
        ran.push('open');
        while (await database.collection('tickets').updateIf({ state: 'new' }, { $set: { state: 'open' } }));
      },
    },
  ];
}

const tickets = (database: Database) => database.collection('tickets').find({}, { sort: [['_id', 1]] });

describeBacks('an upgrade', (_back, scratch) => {
  test('requests of the first schema stand in the states of today, and so does their history', async () => {
    const database = await scratch().open();
    await upgrade(database, upgrades.slice(0, 1));
    const rows = database.collection('tickets');
    for (const state of ['received', 'in-progress', 'waiting', 'done', 'rejected', 'cancelled'])
      await rows.insert({
        _id: state,
        state,
        history: [
          { id: '1', state: 'received' },
          { id: '2', text: 'x' },
          { id: '3', state },
        ],
      });
    await upgrade(database, upgrades.slice(0, 2));
    const now = (await rows.find({})).map(({ _id, state, history }) => [
      _id,
      state,
      (history as object[])[2],
      (history as object[])[0],
    ]);
    const first = { id: '1', state: 'new' };
    expect(new Map(now.map(([id, ...rest]) => [id, rest]))).toEqual(
      new Map(
        Object.entries({
          received: 'new',
          'in-progress': 'in-progress',
          waiting: 'in-progress',
          done: 'resolved',
          rejected: 'refused',
          cancelled: 'withdrawn',
        }).map(([before, state]) => [before, [state, { id: '3', state }, first]]),
      ),
    );
  });

  test('a request that a helper made is its citizen’s, who is written to where they write from; the helper follows it', async () => {
    const database = await scratch().open();
    await upgrade(database, upgrades.slice(0, 4));
    const [mother, daughter] = ['+33639980001', 'sms-daughter'];
    const contact = { kind: 'phone', value: mother };
    const helper = { name: 'Léa', conversation: daughter, contact, isTold: false, at: '2026-11-01T10:00:00.000Z' };
    const made = { town: 't', conversation: daughter, channel: 'sms', address: '+33639980002', state: 'new' };
    await database.collection('conversations').insert({ _id: 'sms-mother', town: 't', channel: 'sms', address: mother });
    await database.collection('tickets').insert({ _id: 'a', ...made, reference: 'A', helper });
    await database.collection('tickets').insert({ _id: 'b', ...made, reference: 'B' });
    await upgrade(database, upgrades.slice(0, 5));
    expect(await tickets(database)).toMatchObject([
      { _id: 'a', conversation: 'sms-mother', channel: 'sms', address: mother, helper },
      { _id: 'b', conversation: daughter, address: made.address },
    ]);
    expect(await database.collection('followers').find({})).toMatchObject([
      { town: 't', reference: 'A', conversation: daughter, address: made.address, isQuiet: true },
    ]);
  });

  test('takes an old database through every step in order, and a second start does nothing', async () => {
    const database = await scratch().open();
    await database.collection('tickets').insert({ _id: 'a', state: 'new' });
    await database.collection('tickets').insert({ _id: 'b', state: 'closed' });
    const ran: string[] = [];
    const told: string[] = [];
    expect(await upgrade(database, stepsOf(ran), { onStep: ({ to, name }) => told.push(`${to} ${name}`) })).toBe(3);
    expect(ran).toEqual(['town', 'open']);
    expect(told).toEqual(['1 tickets carry their town', '3 a new ticket is open']);
    const expected = [
      { _id: 'a', state: 'open', town: 'bellerive' },
      { _id: 'b', state: 'closed', town: 'bellerive' },
    ];
    expect(await tickets(database)).toEqual(expected);
    expect(await upgrade(database, stepsOf(ran))).toBe(3);
    expect(ran).toEqual(['town', 'open']);
    expect(await database.collection('meta').find(SCHEMA_ROW)).toEqual([{ _id: 'schema', version: 3, owner: null, until: 0 }]);
  });

  test('goes on from where an earlier version ended', async () => {
    const database = await scratch().open();
    const ran: string[] = [];
    expect(await upgrade(database, stepsOf(ran).slice(0, 1))).toBe(1);
    expect(await upgrade(database, stepsOf(ran))).toBe(3);
    expect(ran).toEqual(['town', 'open']);
  });

  test('a process that slept past its lease writes nothing more once it wakes', async () => {
    const database = await scratch().open();
    const ran: string[] = [];
    await database.collection('tickets').insert({ _id: 'a', state: 'new' });
    const leaseMs = 400;
    let isFirst = true;
    const sleepy: SchemaStep = {
      to: 1,
      name: 'falls asleep',
      async run(mine) {
        ran.push('begun');
        if (!isFirst) return;
        isFirst = false;
        // Nothing of this process moves meanwhile: no timer renews the lease.
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 2 * leaseMs);
        await mine.collection('tickets').updateIf({ _id: 'a' }, { $set: { state: 'overwritten' } });
        ran.push('written');
      },
    };
    expect(await upgrade(database, [sleepy], { leaseMs })).toBe(1);
    expect(ran).toEqual(['begun', 'begun']);
    expect(await tickets(database)).toEqual([{ _id: 'a', state: 'new' }]);
  });

  test('of five processes that start together, one does each step and all wait for it', async () => {
    const name = newName();
    const databases = await Promise.all(Array.from({ length: 5 }, () => scratch().open(name)));
    const ran: string[] = [];
    const slow = stepsOf(ran).map((step) => ({
      ...step,
      async run(database: Database) {
        await step.run(database);
        await new Promise((resolve) => setTimeout(resolve, 150));
        ran.push(`${step.to} done`);
      },
    }));
    const seen = await Promise.all(
      databases.map(async (database) => {
        await upgrade(database, slow);
        return ran.length;
      }),
    );
    expect(ran).toEqual(['town', '1 done', 'open', '3 done']);
    expect(seen).toEqual([4, 4, 4, 4, 4]);
  });

  test('refuses a database that a newer version wrote, politely, and changes nothing', async () => {
    const database = await scratch().open();
    const ran: string[] = [];
    await upgrade(database, stepsOf(ran));
    await database.collection('tickets').insert({ _id: 'a', state: 'new' });
    const error = await upgrade(database, stepsOf([]).slice(0, 1)).catch((reason) => reason);
    expect(error).toMatchObject({ code: 'schema-too-new', found: 3, known: 1 });
    expect(error.message).toMatch(/newer Guichet \(schema 3; this one knows up to 1\).*Nothing was changed.*backup/);
    expect(await tickets(database)).toEqual([{ _id: 'a', state: 'new' }]);
    expect(await database.collection('meta').find(SCHEMA_ROW)).toEqual([{ _id: 'schema', version: 3, owner: null, until: 0 }]);
  });

  test('a step that fails says which, keeps what was reached, and is tried again at the next start', async () => {
    const database = await scratch().open();
    const ran: string[] = [];
    const [first, second] = stepsOf(ran) as [SchemaStep, SchemaStep];
    const broken = { ...second, run: () => Promise.reject(new Error('no room')) };
    await expect(upgrade(database, [first, broken])).rejects.toThrow(
      'The upgrade to schema 3 (a new ticket is open) failed: no room',
    );
    expect(await database.collection('meta').find(SCHEMA_ROW)).toMatchObject([{ version: 1, owner: null }]);
    expect(await upgrade(database, [first, second])).toBe(3);
    expect(ran).toEqual(['town', 'open']);
  });

  test('a process that died upgrading is waited for only until its lease ends, and a slow one keeps its lease', async () => {
    const database = await scratch().open();
    const until = Date.now() + 600;
    await database.collection('meta').insert({ _id: 'schema', version: 1, owner: 'a process that is gone', until });
    const ran: string[] = [];
    const [first, second] = stepsOf(ran) as [SchemaStep, SchemaStep];
    const slow = {
      ...second,
      run: (on: Database) => second.run(on).then(() => new Promise<void>((resolve) => setTimeout(resolve, 900))),
    };
    await Promise.all([upgrade(database, [first, slow], { leaseMs: 400 }), upgrade(database, [first, slow], { leaseMs: 400 })]);
    expect(Date.now()).toBeGreaterThanOrEqual(until + 900);
    expect(ran).toEqual(['open']);
  });

  test('steps out of order are refused before anything runs', async () => {
    const database = await scratch().open();
    const ran: string[] = [];
    await expect(upgrade(database, stepsOf(ran).reverse())).rejects.toThrow(/steps go upwards/);
    expect(ran).toEqual([]);
  });
});
