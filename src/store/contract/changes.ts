/** What a change does to a row, and that a change that cannot be made leaves the row as it was. */
import assert from 'node:assert/strict';
import type { Changes } from '../collection';
import { DuplicateKey, StoreMisuse } from '../collection';
import type { StoreCase } from './case';

export const changeCases: StoreCase[] = [
  {
    name: 'set, unset, add and append, at the top and within, in one change',
    async run(fresh) {
      const rows = fresh();
      await rows.insert({ _id: 'a', memory: { misses: 2, old: 1, keep: true }, lines: 4, gone: 1, nothing: null });
      const expected = {
        _id: 'a',
        memory: { misses: 0, keep: true, offered: [{ title: 'Oui' }] },
        lines: 6.5,
        nothing: { now: ['something'] },
        address: { pin: { lat: 1 } },
        visits: 1,
        notes: { first: ['x'] },
      };
      const changed = await rows.updateIf(
        { _id: 'a' },
        {
          $set: {
            'memory.misses': 0,
            'memory.offered': [{ title: 'Oui' }],
            'address.pin.lat': 1,
            nothing: { now: ['something'] },
          },
          $unset: ['gone', 'memory.old', 'never.was'],
          $inc: { lines: 2.5, visits: 1 },
          $push: { 'notes.first': 'x' },
        },
      );
      assert.deepEqual(changed, expected);
      assert.deepEqual(await rows.updateIf({ _id: 'a' }, { $unset: ['lines.below'] }), expected);
      assert.deepEqual(await rows.find({}), [expected]);
    },
  },
  {
    name: 'one row changes, the first in the order asked, and only when it still matches',
    async run(fresh) {
      const rows = fresh();
      for (const n of [3, 1, 2]) await rows.insert({ _id: `r${n}`, n, state: 'waiting' });
      const first = await rows.updateIf({ state: 'waiting' }, { $set: { state: 'taken' } }, { sort: [['n', 1]] });
      assert.deepEqual(first, { _id: 'r1', n: 1, state: 'taken' });
      const last = await rows.updateIf({ state: 'waiting' }, { $set: { state: 'taken' } }, { sort: [['n', -1]] });
      assert.equal(last?._id, 'r3');
      assert.equal(await rows.updateIf({ _id: 'r1', state: 'waiting' }, { $inc: { n: 1 } }), null);
      assert.deepEqual(await rows.find({ state: 'waiting' }), [{ _id: 'r2', n: 2, state: 'waiting' }]);
    },
  },
  {
    name: 'a change whose row nobody asks back says whether there was one, and changes one row only',
    async run(fresh) {
      const rows = fresh();
      await rows.index(['reference'], { name: 'by-reference', unique: true });
      await rows.insert({ _id: 'a', n: 1, reference: 'B1' });
      await rows.insert({ _id: 'b', n: 1, reference: 'B2' });
      assert.equal(await rows.changeIf({ _id: 'a', n: 1 }, { $set: { 'held.by': 'me' }, $inc: { n: 1 } }), true);
      assert.equal(await rows.changeIf({ _id: 'a', n: 1 }, { $inc: { n: 1 } }), false);
      // What it finds as it should be was found all the same.
      assert.equal(await rows.changeIf({ _id: 'a', n: 2 }, { $set: { n: 2 } }), true);
      assert.equal(await rows.changeIf({ n: { $gt: 0 } }, { $inc: { n: 10 } }), true);
      assert.equal((await rows.find({ n: { $gt: 10 } })).length, 1);
      await assert.rejects(rows.changeIf({ _id: 'b' }, { $set: { reference: 'B1' } }), DuplicateKey);
      await assert.rejects(rows.changeIf({ _id: 'a' }, { $inc: { held: 1 } }), StoreMisuse);
      assert.deepEqual((await rows.find({ _id: 'a' }))[0]?.held, { by: 'me' });
    },
  },
  {
    name: 'a list grows by appending to thousands, in order',
    async run(fresh) {
      const rows = fresh();
      const total = 3000;
      const already = 2900;
      await rows.insert({ _id: 'a', lines: Array.from({ length: already }, (_, n) => ({ n, text: 'ligne' })) });
      for (let n = already; n < total; n += 1) await rows.updateIf({ _id: 'a' }, { $push: { lines: { n, text: 'ligne' } } });
      const [row] = await rows.find({ _id: 'a' });
      assert.deepEqual(
        (row as unknown as { lines: Array<{ n: number }> }).lines.map(({ n }) => n),
        Array.from({ length: total }, (_, n) => n),
      );
    },
  },
  {
    name: 'a change that cannot be made is refused and changes nothing',
    async run(fresh) {
      const rows = fresh();
      const row = { _id: 'a', text: 'x', list: [1], nothing: null, n: 1 };
      await rows.insert(row);
      const refused = [
        {},
        { $set: {} },
        { $set: { n: undefined } },
        { $set: { _id: 'b' } },
        { $unset: ['_id'] },
        { $set: { n: 2 }, $inc: { n: 1 } },
        { $inc: { n: 1 }, $unset: ['n.below'] },
        { $set: { inner: {}, 'inner.x': 1 } },
        { $unset: ['n', 'n'] },
        { $inc: { n: Number.NaN } },
        { $inc: { n: '1' } },
        { $set: { $n: 1 } },
        { $set: { 'list.0': 2 } },
        { $set: { '__proto__.x': 2 } },
        { $rename: { n: 'm' } },
        { $push: { list: undefined } },
        { $set: { n: 5 }, $inc: { text: 1 } },
        { $set: { n: 5 }, $inc: { nothing: 1 } },
        { $set: { n: 5 }, $push: { text: 1 } },
        { $set: { n: 5 }, $push: { nothing: 1 } },
        { $set: { n: 5, 'text.below': 1 } },
        { $set: { n: 5, 'nothing.below': 1 } },
        { $set: { n: 5, 'list.below': 1 } },
        { $set: { n: 5 }, $inc: { 'text.below': 1 } },
      ] as unknown as Changes[];
      for (const changes of refused) {
        await assert.rejects(rows.updateIf({ _id: 'a' }, changes), StoreMisuse, JSON.stringify(changes));
      }
      assert.deepEqual(await rows.find({}), [row]);
    },
  },
  {
    name: 'a change that would take a value another row holds is refused and changes nothing',
    async run(fresh) {
      const rows = fresh();
      await rows.index(['reference'], { name: 'by-reference', unique: true });
      await rows.insert({ _id: 'a', reference: 'B1', n: 1 });
      await rows.insert({ _id: 'b', reference: 'B2', n: 1 });
      const taken = rows.updateIf({ _id: 'b' }, { $set: { reference: 'B1' }, $inc: { n: 1 } });
      await assert.rejects(taken, (error) => error instanceof DuplicateKey && error.index === 'by-reference');
      assert.deepEqual(await rows.find({ _id: 'b' }), [{ _id: 'b', reference: 'B2', n: 1 }]);
      assert.equal((await rows.updateIf({ _id: 'b' }, { $set: { reference: 'B2' }, $inc: { n: 1 } }))?.n, 2);
    },
  },
  {
    name: 'among writes made at once, the refused one fails alone',
    async run(fresh) {
      const rows = fresh();
      await rows.insert({ _id: 'r7', n: -1 });
      const writes = Array.from({ length: 20 }, (_, n) => rows.insert({ _id: `r${n}`, n }));
      const outcomes = await Promise.allSettled([...writes, rows.updateIf({ _id: 'r7' }, { $inc: { _id: 1 } })]);
      const failed = outcomes.flatMap((outcome, at) => (outcome.status === 'rejected' ? [at] : []));
      assert.deepEqual(failed, [7, 20]);
      assert.equal(await rows.count({ n: { $gte: 0 } }), 19);
    },
  },
];
