/** What a filter finds and what it leaves; kinds are strict, null is not missing, and nothing else is a question. */
import assert from 'node:assert/strict';
import type { Collection, Filter, FindOptions } from '../collection';
import { StoreMisuse } from '../collection';
import type { StoreCase } from './case';

async function ids(rows: Collection, filter: Filter): Promise<string> {
  return (await rows.find(filter, { sort: [['_id', 1]] })).map(({ _id }) => _id).join(' ');
}

async function fill(rows: Collection, values: Record<string, unknown>): Promise<void> {
  for (const [_id, v] of Object.entries(values)) await rows.insert({ _id, v });
}

/** Asks each question twice, without an index and with one: an index may only make it faster. */
async function finds(rows: Collection, expected: Array<[Filter, string]>): Promise<void> {
  for (const [filter, found] of expected) assert.equal(await ids(rows, filter), found, JSON.stringify(filter));
  await rows.index(['v'], { name: 'by-v' });
  for (const [filter, found] of expected) {
    assert.equal(await ids(rows, filter), found, `${JSON.stringify(filter)} with an index`);
    assert.equal(await rows.count(filter), found === '' ? 0 : found.split(' ').length, `count of ${JSON.stringify(filter)}`);
  }
}

export const filterCases: StoreCase[] = [
  {
    name: 'null is found as a value, and a missing field is not null',
    async run(fresh) {
      const rows = fresh();
      await fill(rows, { missing: undefined, null: null, one: 1, text: 'x' });
      await finds(rows, [
        [{ v: null }, 'null'],
        [{ v: { $eq: null } }, 'null'],
        [{ v: { $ne: null } }, 'missing one text'],
        [{ v: { $in: [null, 1] } }, 'null one'],
        [{ v: { $in: ['x', 2] } }, 'text'],
        [{ v: { $exists: true } }, 'null one text'],
        [{ v: { $exists: false } }, 'missing'],
        [{ v: { $ne: 1 } }, 'missing null text'],
        [{ v: { $exists: true, $ne: null } }, 'one text'],
        [{ v: { $lt: 5 } }, 'one'],
        [{ v: { $gte: '' } }, 'text'],
      ]);
    },
  },
  {
    name: 'a number, its text and a yes are three values; ranges stay within one kind',
    async run(fresh) {
      const rows = fresh();
      await fill(rows, { n0: 0, n1: 1, n2: 2.5, t1: '1', tx: 'x', yes: true, no: false, nothing: null });
      await finds(rows, [
        [{ v: 1 }, 'n1'],
        [{ v: '1' }, 't1'],
        [{ v: true }, 'yes'],
        [{ v: false }, 'no'],
        [{ v: { $ne: true } }, 'n0 n1 n2 no nothing t1 tx'],
        [{ v: { $in: [1, true, 'x'] } }, 'n1 tx yes'],
        [{ v: { $in: [0, null] } }, 'n0 nothing'],
        [{ v: { $in: [] } }, ''],
        [{ v: { $gt: 0 } }, 'n1 n2'],
        [{ v: { $gte: 0, $lt: 2.5 } }, 'n0 n1'],
        [{ v: { $lte: 'x' } }, 't1 tx'],
        [{ v: { $gt: '1' } }, 'tx'],
        [{ v: { $gt: 0, $ne: 1 } }, 'n2'],
      ]);
    },
  },
  {
    name: 'conditions on several fields must all hold, within the document too',
    async run(fresh) {
      const rows = fresh();
      await rows.insert({ _id: 'a', at: { street: 'rue des Lilas', pin: { lat: 48.1 } }, open: true });
      await rows.insert({ _id: 'b', at: { street: 'rue des Lilas' }, open: false });
      await rows.insert({ _id: 'c', at: 'rue des Lilas', open: true });
      assert.equal(await ids(rows, { 'at.street': 'rue des Lilas' }), 'a b');
      assert.equal(await ids(rows, { 'at.street': 'rue des Lilas', open: true }), 'a');
      assert.equal(await ids(rows, { 'at.pin.lat': { $gt: 48, $lt: 49 } }), 'a');
      assert.equal(await ids(rows, { 'at.pin': { $exists: false } }), 'b c');
      await rows.updateIf({ _id: 'b' }, { $push: { 'at.files': { id: 'f' } } });
      assert.equal(await ids(rows, { 'at.files': { $exists: true } }), 'b');
      assert.equal(await ids(rows, { _id: { $in: ['a', 'c', 'zz'] }, open: true }), 'a c');
      assert.equal(await ids(rows, { _id: { $gt: 'a' } }), 'b c');
      assert.equal(await ids(rows, {}), 'a b c');
      const many = Array.from({ length: 10_000 }, (_, n) => `r${n}`);
      assert.equal(await ids(rows, { _id: { $in: [...many.slice(1), 'b'] } }), 'b');
    },
  },
  {
    name: 'what is no plain question is refused before it reaches the database',
    async run(fresh) {
      const rows = fresh();
      await rows.insert({ _id: 'a', v: 1 });
      const filters = [
        { v: undefined },
        { v: Number.NaN },
        { v: [1] },
        { v: new Date(0) },
        { v: {} },
        { v: { $regex: '.*' } },
        { v: { $ne: { $gt: '' } } },
        { v: { $eq: undefined } },
        { v: { $in: 'abc' } },
        { v: { $in: Array(10_001).fill(1) } },
        { v: { $in: [{ $ne: 1 }] } },
        { v: { $gt: null } },
        { v: { $exists: 1 } },
        { v: { inner: 1 } },
        { $where: 'true' },
        { $or: [{ v: 1 }] },
        { 'v.$gt': 1 },
        { 'v.0': 1 },
        { 'v..w': 1 },
        { 'v"': 1 },
        { "v') OR 1=1 --": 1 },
        { 'v.__proto__.w': 1 },
        { '': 1 },
      ] as unknown as Filter[];
      for (const filter of filters) {
        const asked = Object.entries(filter).map(([path, value]) => `${path}: ${String(value)}`)[0];
        await assert.rejects(rows.find(filter), StoreMisuse, `find ${asked}`);
        await assert.rejects(rows.count(filter), StoreMisuse, `count ${asked}`);
        await assert.rejects(rows.remove(filter), StoreMisuse, `remove ${asked}`);
        await assert.rejects(rows.updateIf(filter, { $set: { v: 2 } }), StoreMisuse, `updateIf ${asked}`);
        await assert.rejects(rows.changeIf(filter, { $set: { v: 2 } }), StoreMisuse, `changeIf ${asked}`);
      }
      const options = [
        { limit: 0 },
        { limit: -1 },
        { limit: 1.5 },
        { sort: [['v', 2]] },
        { sort: [['$v', 1]] },
      ] as unknown as FindOptions[];
      for (const option of options) await assert.rejects(rows.find({}, option), StoreMisuse, JSON.stringify(option));
      assert.deepEqual(await rows.find({}), [{ _id: 'a', v: 1 }]);
    },
  },
];
