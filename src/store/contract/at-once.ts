/** Many writes at once may share a command or a transaction: each caller still hears of their own, and none suffers for another. */
import assert from 'node:assert/strict';
import { type Changes, DuplicateKey, StoreMisuse } from '../collection';
import { findInGroups } from '../find-in-groups';
import type { StoreCase } from './case';

const outcomeOf = (outcome: PromiseSettledResult<unknown>) =>
  outcome.status === 'fulfilled'
    ? outcome.value
    : outcome.reason instanceof DuplicateKey
      ? `taken: ${outcome.reason.index}`
      : outcome.reason instanceof StoreMisuse
        ? 'misuse'
        : String(outcome.reason);

export const atOnceCases: StoreCase[] = [
  {
    name: 'of questions asked at once, each is given its own first rows, whatever others ask for',
    async run(fresh) {
      const rows = fresh();
      await rows.index(['town', 'address', 'at'], { name: 'address' });
      const given = Array.from({ length: 60 }, (_, n) => ({
        ...{ _id: `r${n}`, town: n % 2 === 0 ? 'a' : 'b', at: n },
        // One has many more rows than it asks for.
        address: n < 30 ? 'crowd' : `one${n % 6}`,
      }));
      await Promise.all(given.map((row) => rows.insert(row)));
      const find = findInGroups(rows, 'address', [['at', -1]]);
      const asked = ['a', 'b', 'a'].flatMap((town) =>
        ['crowd', 'one1', 'one2', 'nobody'].map((value) => ({ value, besides: { town }, limit: 3 })),
      );
      for (const some of [asked, asked.filter(({ value }) => value !== 'crowd'), asked.slice(1, 2)]) {
        const expected = some.map(({ value, besides: { town }, limit }) =>
          given
            .filter((row) => row.address === value && row.town === town)
            .reverse()
            .slice(0, limit),
        );
        assert.deepEqual(await Promise.all(some.map(find)), expected);
      }
    },
  },
  {
    name: 'of rows written at once, those that are taken are refused by name and all others stand',
    race: true,
    async run(fresh) {
      const rows = fresh();
      await rows.index(['address'], { name: 'by-address', unique: true });
      await rows.insert({ _id: 'r7', address: 'held' });
      const large = 'é'.repeat(80_000);
      const given = Array.from({ length: 60 }, (_, n) => ({
        _id: `r${n}`,
        address: n % 20 === 11 ? 'held' : `a${n}`,
        ...(n === 30 ? { large } : {}),
      }));
      const outcomes = await Promise.allSettled(given.map((row) => rows.insert(row)));
      const expected = given.map((_, n) => (n === 7 ? 'taken: _id' : n % 20 === 11 ? 'taken: by-address' : undefined));
      assert.deepEqual(outcomes.map(outcomeOf), expected);
      const stand = given.filter((_, n) => expected[n] === undefined);
      const byId = (a: { _id: string }, b: { _id: string }) => (a._id < b._id ? -1 : 1);
      assert.deepEqual((await rows.find({})).sort(byId), [...stand, { _id: 'r7', address: 'held' }].sort(byId));
    },
  },
  {
    name: 'of changes made at once to many rows, each hears whether its own row met its filter, and a bad one harms no other',
    race: true,
    async run(fresh) {
      const rows = fresh();
      await rows.index(['address'], { name: 'by-address', unique: true });
      await Promise.all(
        Array.from({ length: 60 }, (_, n) => rows.insert({ _id: `r${n}`, address: `a${n}`, version: 1, text: 'x' })),
      );
      const kind = (n: number) =>
        n % 10 === 3 ? 'late' : n % 10 === 5 ? 'bad' : n % 10 === 7 ? 'taken' : n === 59 ? 'gone' : 'good';
      const change = (n: number) => {
        const $set = { version: 2, by: n };
        switch (kind(n)) {
          case 'late':
            return rows.changeIf({ _id: `r${n}`, version: 0 }, { $set });
          case 'bad':
            return rows.changeIf({ _id: `r${n}`, version: 1 }, { $set, $inc: { text: 1 } });
          case 'taken':
            return rows.changeIf({ _id: `r${n}`, version: 1 }, { $set: { ...$set, address: 'a0' } });
          case 'gone':
            return rows.changeIf({ _id: 'none', version: 1 }, { $set });
          default:
            return rows.changeIf({ _id: `r${n}`, version: 1 }, { $set });
        }
      };
      const all = Array.from({ length: 60 }, (_, n) => n);
      const expected = { late: false, gone: false, bad: 'misuse', taken: 'taken: by-address', good: true };
      const outcomes = await Promise.allSettled(all.map(change));
      assert.deepEqual(
        outcomes.map(outcomeOf),
        all.map((n) => expected[kind(n)]),
      );
      const found = new Map((await rows.find({})).map((row) => [row._id, row]));
      for (const n of all) {
        const before = { _id: `r${n}`, address: `a${n}`, version: 1, text: 'x' };
        assert.deepEqual(found.get(`r${n}`), kind(n) === 'good' ? { ...before, version: 2, by: n } : before);
      }
      assert.equal(found.size, 60);
      // None of them meets its filter any more.
      const again = await Promise.all(all.filter((n) => kind(n) === 'good').map(change));
      assert.ok(again.every((changed) => !changed));
    },
  },
  {
    name: 'of changes made at once to many rows in the same way, each hears whether its own row met its filter, and a bad one harms no other',
    race: true,
    async run(fresh) {
      const rows = fresh();
      await rows.index(['address'], { name: 'by-address', unique: true });
      const all = Array.from({ length: 60 }, (_, n) => n);
      // Every fifth is another state, and every seventh cannot be added to.
      const row = (n: number) => ({
        _id: `r${n}`,
        address: `a${n}`,
        state: n % 5 === 0 ? 'done' : 'new',
        times: n % 7 === 0 ? 'never' : n,
      });
      await Promise.all(all.map((n) => rows.insert(row(n))));
      const atOnce = (id: (n: number) => string, changes: Changes) =>
        Promise.allSettled(all.map((n) => rows.changeIf({ _id: id(n), state: 'new' }, changes)));
      const isNew = (n: number) => n % 5 !== 0;

      const counted = await atOnce((n) => `r${n}`, { $inc: { times: 1 }, $set: { counted: true } });
      const kept = (n: number) => isNew(n) && n % 7 !== 0;
      assert.deepEqual(
        counted.map(outcomeOf),
        all.map((n) => (isNew(n) && !kept(n) ? 'misuse' : isNew(n))),
      );
      const found = new Map((await rows.find({})).map((one) => [one._id, one]));
      for (const n of all)
        assert.deepEqual(found.get(`r${n}`), kept(n) ? { ...row(n), times: n + 1, counted: true } : row(n), `row ${n}`);

      // Only one row can have it: whose it is, the others hear.
      const claimed = (await atOnce((n) => `r${n}`, { $set: { address: 'one' } })).map(outcomeOf);
      assert.equal(claimed.filter((one) => one === true).length, 1);
      const [owner] = await rows.find({ address: 'one' });
      assert.equal(owner?._id, `r${claimed.indexOf(true)}`);
      assert.deepEqual(
        claimed.filter((one) => one !== true),
        all.filter((n) => n !== claimed.indexOf(true)).map((n) => (isNew(n) ? 'taken: by-address' : false)),
      );

      const done = await atOnce((n) => (n % 3 === 0 ? `none${n}` : `r${n}`), { $set: { state: 'done' } });
      assert.deepEqual(
        done.map(outcomeOf),
        all.map((n) => n % 3 !== 0 && isNew(n)),
      );
      assert.equal(await rows.count({ state: 'new' }), all.filter((n) => n % 3 === 0 && isNew(n)).length);
    },
  },
  {
    name: 'of many who change one row from the same state at once, exactly one hears that it did',
    race: true,
    async run(fresh) {
      const rows = fresh();
      const ids = ['a', 'b', 'c'];
      await Promise.all(ids.map((_id) => rows.insert({ _id, version: 0, by: -1 })));
      for (let version = 0; version < 10; version += 1) {
        const asked = Array.from({ length: 30 }, (_, who) => ({ who, id: ids[who % 3]! }));
        const won = await Promise.all(
          asked.map(({ who, id }) => rows.changeIf({ _id: id, version }, { $set: { version: version + 1, by: who } })),
        );
        const winners = asked.filter((_, at) => won[at]);
        assert.deepEqual(winners.map(({ id }) => id).sort(), ids);
        for (const { who, id } of winners) assert.equal((await rows.find({ _id: id }))[0]?.by, who);
      }
    },
  },
];
