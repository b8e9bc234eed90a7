/** The store's contract on every back, and the few things that are a back's own. */
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Database, openDatabase, StoreUnavailable } from '../../src/store';
import { runStoreCase, storeCases } from '../../src/store/contract';
import { describeBacks } from '../support/scratch';
import { until } from '../support/until';

const CASE_LIMIT_MS = 240_000;

describeBacks('the store', (_back, scratch) => {
  let database: Database;
  beforeAll(async () => {
    database = await scratch().open();
  });

  test.each(storeCases.map((one) => [one.name, one] as const))(
    '%s',
    async (_name, one) => {
      await runStoreCase(one, database);
    },
    CASE_LIMIT_MS,
  );

  test('a database reopened holds what was written, its indexes too', async () => {
    const name = `guichet_test_reopened_${process.pid}`;
    const first = await scratch().open(name);
    await first.collection('tickets').index(['reference'], { name: 'by-reference', unique: true });
    await first.collection('tickets').insert({ _id: 'a', reference: 'B1' });
    const second = await scratch().open(name);
    expect(await second.collection('tickets').find({ reference: 'B1' })).toEqual([{ _id: 'a', reference: 'B1' }]);
    expect(await second.collection('tickets').explain({ reference: 'B1' })).toBe('by-reference');
    await expect(second.collection('tickets').insert({ _id: 'b', reference: 'B1' })).rejects.toMatchObject({
      code: 'duplicate-key',
      index: 'by-reference',
    });
  });

  test('a dropped database is empty and takes new rows', async () => {
    const one = await scratch().open();
    await one.collection('a').insert({ _id: '1' });
    await one.drop();
    expect(await one.collection('a').count({})).toBe(0);
    await one.collection('a').insert({ _id: '1' });
    expect(await one.collection('a').count({})).toBe(1);
  });

  test('two processes that change the same many rows at once: each row is changed by one, who hears it, and the others hear that they are late', async () => {
    const name = `guichet_test_two_${process.pid}`;
    const both = [await scratch().open(name), await scratch().open(name)];
    const rows = both[0]!.collection('rows');
    const many = Array.from({ length: 60 }, (_, n) => `r${n}`);
    await Promise.all(many.map((_id) => rows.insert({ _id, version: 0 })));
    for (let version = 0; version < 5; version += 1) {
      // Each also has rows that nobody else wants: in one command some find their row and some do not.
      const change = async (by: number) => {
        const wanted = many.filter((_, n) => n % 3 !== by);
        const set = { version: version + 1, by };
        const changed = both[by]!.collection('rows');
        const outcomes = await Promise.allSettled(wanted.map((_id) => changed.changeIf({ _id, version }, { $set: set })));
        return new Map(outcomes.map((outcome, at) => [wanted[at]!, outcome]));
      };
      const [first, second] = (await Promise.all([change(0), change(1)])) as [
        Awaited<ReturnType<typeof change>>,
        Awaited<ReturnType<typeof change>>,
      ];
      const found = new Map((await rows.find({})).map((row) => [row._id, row]));
      for (const id of many) {
        expect(found.get(id)?.version).toBe(version + 1);
        [first, second].forEach((outcomes, by) => {
          const outcome = outcomes.get(id);
          if (outcome) expect([id, outcome]).toEqual([id, { status: 'fulfilled', value: found.get(id)?.by === by }]);
        });
      }
    }
  });

  test('closing waits for the writes under way; afterwards every question is refused', async () => {
    const name = `guichet_test_closed_${process.pid}`;
    const one = await scratch().open(name);
    const rows = one.collection('rows');
    await rows.insert({ _id: 'first' });
    const writes = Array.from({ length: 50 }, (_, n) => rows.insert({ _id: `r${n}` }));
    await Promise.all([one.close(), ...writes]);
    await expect(rows.insert({ _id: 'late' })).rejects.toBeInstanceOf(StoreUnavailable);
    await expect(rows.find({})).rejects.toBeInstanceOf(StoreUnavailable);
    await expect(one.ping()).rejects.toBeInstanceOf(StoreUnavailable);
    await one.close();
    const again = await scratch().open(name);
    expect(await again.collection('rows').count({})).toBe(51);
  });

  test('names that could leave their place are refused', () => {
    for (const name of ['', 'a.b', 'a"b', 'system.users', '$cmd', 'a b', 'x'.repeat(100)]) {
      expect(() => database.collection(name)).toThrow(/name/);
    }
  });
});

describe('the log of the embedded store', () => {
  let folder: string;
  let database: Database;
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'guichet-log-'));
    database = await openDatabase({ kind: 'sqlite', file: join(folder, 'guichet.db') });
  });
  afterEach(async () => {
    await database.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const sizeOf = (name: string) => statSync(join(folder, name)).size;
  const write = async (count: number, from = 0) => {
    const rows = database.collection('rows');
    for (let n = from; n < from + count; n += 1) await rows.insert({ _id: `r${n}`, words: 'x'.repeat(5000) });
  };

  test('is moved into the file once nobody writes, long before it is full, and what comes next stands at its beginning again', async () => {
    await write(40);
    const written = sizeOf('guichet.db-wal');
    expect(written).toBeLessThan(4_000_000);
    await until('the rows to be in the file', () => sizeOf('guichet.db') > 40 * 5000);
    for (let round = 1; round <= 3; round += 1) {
      const before = sizeOf('guichet.db');
      await write(40, round * 40);
      await until('these to be there too', () => sizeOf('guichet.db') > before + 35 * 5000);
    }
    // Four times as much was written.
    expect(sizeOf('guichet.db-wal')).toBeLessThan(written * 2.5);
    expect(await database.collection('rows').count({})).toBe(160);
  });

  test('has a bound where somebody writes without a pause', async () => {
    let most = 0;
    const rows = database.collection('rows');
    const writes = Array.from({ length: 40 }, (_, group) => group);
    for (const group of writes) {
      await Promise.all(Array.from({ length: 100 }, (_, n) => rows.insert({ _id: `r${group}-${n}`, words: 'x'.repeat(8000) })));
      most = Math.max(most, sizeOf('guichet.db-wal'));
    }
    expect(most).toBeGreaterThan(8_000_000);
    expect(most).toBeLessThan(25_000_000);
  });
});

describe('an address that cannot be used says so', () => {
  const folder = mkdtempSync(join(tmpdir(), 'guichet-open-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('a file that is no database', async () => {
    const file = join(folder, 'letter.db');
    writeFileSync(file, 'Madame, Monsieur, '.repeat(500));
    await expect(openDatabase({ kind: 'sqlite', file })).rejects.toThrow(/letter\.db cannot be opened: .*not a database/);
  });

  test('a folder where a file should be', async () => {
    await expect(openDatabase({ kind: 'sqlite', file: folder })).rejects.toThrow(/cannot be opened/);
  });

  test('a MongoDB address, without repeating its password', async () => {
    for (const uri of [
      'http://user:sesame@host/',
      'mongodb://user:ses ame/@host:99999/',
      'mongodb://user:sesame@host/?nonsense=1',
    ]) {
      const error = await openDatabase({ kind: 'mongo', uri }).then(
        () => null,
        (reason: Error) => reason,
      );
      expect(error?.message).toMatch(/^MONGODB_URI cannot be used: /);
      expect(error?.message).not.toMatch(/ses ?ame/);
    }
  });
});
