/** The store's contract on every back, and the few things that are a back's own. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Database, openDatabase, StoreUnavailable } from '../../src/store';
import { runStoreCase, storeCases } from '../../src/store/contract';
import { describeBacks } from '../support/scratch';

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
