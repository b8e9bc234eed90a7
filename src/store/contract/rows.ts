/** What is written is what is read: whole, in order, in any script, of any size a citizen can cause. */
import assert from 'node:assert/strict';
import { DuplicateKey, StoreMisuse } from '../collection';
import type { StoreCase } from './case';

const MEGABYTE = 1024 * 1024;

export const rowCases: StoreCase[] = [
  {
    name: 'a row is read back as it was written',
    async run(fresh) {
      const rows = fresh();
      const row = {
        _id: 'a',
        text: "L'été à Bellerive, 12 €",
        nothing: null,
        yes: true,
        no: false,
        zero: 0,
        tenth: 0.1,
        large: Number.MAX_SAFE_INTEGER,
        below: -7,
        empty: '',
        list: [1, 'two', null, { three: [] }],
        nested: { deep: { deeper: { at: '2026-11-21T08:30:00.000Z' } }, none: {} },
      };
      await rows.insert(row);
      assert.deepEqual(await rows.find({}), [row]);
      assert.deepEqual(await rows.find({ 'nested.deep.deeper.at': { $lte: '2026-11-21T08:30:00.000Z' } }), [row]);
    },
  },
  {
    name: 'a row is kept as its JSON: undefined is left out and a date is its ISO text',
    async run(fresh) {
      const rows = fresh();
      const at = new Date(0);
      await rows.insert({ _id: 'a', gone: undefined, at, list: [undefined], odd: Number.NaN, inner: { gone: undefined } });
      const changed = await rows.updateIf({ _id: 'a' }, { $set: { later: { at, gone: undefined }, gone: undefined } });
      const expected = { _id: 'a', at: at.toISOString(), list: [null], odd: null, inner: {}, later: { at: at.toISOString() } };
      assert.deepEqual(changed, expected);
      assert.deepEqual(await rows.find({}), [expected]);
    },
  },
  {
    name: 'a row and what was given to make it share nothing',
    async run(fresh) {
      const rows = fresh();
      const memory = { dialogs: ['form'] };
      await rows.insert({ _id: 'a', memory });
      const changed = await rows.updateIf({ _id: 'a' }, { $set: { draft: memory } });
      memory.dialogs.push('later');
      assert.deepEqual(changed, { _id: 'a', memory: { dialogs: ['form'] }, draft: { dialogs: ['form'] } });
      assert.deepEqual(await rows.find({}), [changed]);
    },
  },
  {
    name: 'the same _id twice is refused by name, and the first row stays',
    async run(fresh) {
      const rows = fresh();
      await rows.insert({ _id: 'sms:SM1', n: 1 });
      await assert.rejects(
        rows.insert({ _id: 'sms:SM1', n: 2 }),
        (error) => error instanceof DuplicateKey && error.index === '_id',
      );
      assert.deepEqual(await rows.find({ _id: 'sms:SM1' }), [{ _id: 'sms:SM1', n: 1 }]);
      await assert.rejects(rows.insert({ _id: '' }), StoreMisuse);
      await assert.rejects(rows.insert({ _id: 5 as unknown as string }), StoreMisuse);
    },
  },
  {
    name: 'a name that a database could act on is refused wherever it stands, and nothing is written',
    async run(fresh) {
      const rows = fresh();
      await rows.insert({ _id: 'a', list: [] });
      for (const name of ['_bsontype', '$ne', '$', 'a.b', '.', '__proto__', 'constructor', 'zero\0']) {
        const value = JSON.parse(`{"deep":[{${JSON.stringify(name)}:"ObjectId"}]}`);
        await assert.rejects(rows.insert({ _id: 'b', value }), StoreMisuse, name);
        await assert.rejects(rows.updateIf({ _id: 'a' }, { $set: { value } }), StoreMisuse, name);
        await assert.rejects(rows.changeIf({ _id: 'a' }, { $push: { list: value } }), StoreMisuse, name);
      }
      assert.deepEqual(await rows.find({}), [{ _id: 'a', list: [] }]);
    },
  },
  {
    name: 'a collection nobody wrote to is empty',
    async run(fresh) {
      const rows = fresh();
      assert.deepEqual(await rows.find({ a: 1 }, { sort: [['a', 1]], limit: 5 }), []);
      assert.equal(await rows.count({}), 0);
      assert.equal(await rows.updateIf({ a: 1 }, { $set: { a: 2 } }), null);
      assert.equal(await rows.remove({}), 0);
    },
  },
  {
    name: 'the same question with other values and another limit answers for its own',
    async run(fresh) {
      const rows = fresh();
      for (const kind of ['consent', 'attempt']) await rows.insert({ _id: kind, kind, town: 't' });
      for (const limit of [10, 1, 1, 10, 1]) {
        for (const kind of ['attempt', 'consent', 'feedback']) {
          const found = await rows.find({ kind, town: 't' }, { sort: [['_id', -1]], limit });
          assert.deepEqual(
            found.map(({ _id }) => _id),
            kind === 'feedback' ? [] : [kind],
          );
        }
      }
    },
  },
  {
    name: 'sort and limit, by several fields, up and down, and into the document',
    async run(fresh) {
      const rows = fresh();
      for (let n = 0; n < 30; n += 1) await rows.insert({ _id: `r${n}`, group: n % 3, at: { hour: 30 - n } });
      const found = await rows.find(
        { group: { $ne: 1 } },
        {
          sort: [
            ['group', -1],
            ['at.hour', 1],
          ],
          limit: 12,
        },
      );
      const expected = [29, 26, 23, 20, 17, 14, 11, 8, 5, 2, 27, 24].map((n) => `r${n}`);
      assert.deepEqual(
        found.map(({ _id }) => _id),
        expected,
      );
    },
  },
  {
    name: 'sorting upwards gives missing and null, then numbers, then texts by code point',
    async run(fresh) {
      const rows = fresh();
      const ordered = [
        {},
        { v: null },
        { v: -2 },
        { v: 0.5 },
        { v: 10 },
        { v: 'Zoé' },
        { v: 'abc' },
        { v: 'été' },
        { v: '～' },
        { v: '😀' },
      ];
      for (const at of [7, 2, 9, 0, 5, 1, 8, 4, 3, 6]) await rows.insert({ _id: `r${at}`, ...ordered[at] });
      const ids = ordered.map((_, at) => `r${at}`);
      const up = await rows.find(
        {},
        {
          sort: [
            ['v', 1],
            ['_id', 1],
          ],
        },
      );
      assert.deepEqual(
        up.map(({ _id }) => _id),
        ids,
      );
      const down = await rows.find(
        {},
        {
          sort: [
            ['v', -1],
            ['_id', -1],
          ],
        },
      );
      assert.deepEqual(
        down.map(({ _id }) => _id),
        ids.reverse(),
      );
      const flags = fresh();
      for (const v of [true, false]) await flags.insert({ _id: String(v), v });
      assert.deepEqual(
        (await flags.find({}, { sort: [['v', 1]] })).map(({ v }) => v),
        [false, true],
      );
    },
  },
  {
    name: 'count and remove take every match and only those',
    async run(fresh) {
      const rows = fresh();
      for (let n = 0; n < 10; n += 1) await rows.insert({ _id: `r${n}`, n });
      assert.equal(await rows.count({ n: { $gte: 4 } }), 6);
      assert.equal(await rows.remove({ n: { $gte: 4, $lt: 8 } }), 4);
      assert.equal(await rows.count({}), 6);
      assert.equal(await rows.remove({}), 6);
    },
  },
  {
    name: 'with a limit, remove takes so many of the matches at a time, and in the end all of them and nothing else',
    async run(fresh) {
      const rows = fresh();
      await rows.index(['of', 'state'], { name: 'of' });
      for (let n = 0; n < 30; n += 1) await rows.insert({ _id: `r${n}`, of: `c${n % 3}`, state: n < 27 ? 'done' : 'new' });
      const filter = { of: { $in: ['c0', 'c1', 'c9'] }, state: 'done' };
      const gone: number[] = [];
      while (gone.at(-1) !== 0) gone.push(await rows.remove(filter, { limit: 7 }));
      assert.deepEqual(gone, [7, 7, 4, 0]);
      assert.deepEqual([await rows.count({ of: 'c2' }), await rows.count({ state: 'new' }), await rows.count({})], [10, 3, 12]);
      await assert.rejects(rows.remove(filter, { limit: 0 }), StoreMisuse);
    },
  },
  {
    name: 'what of several removers and a changer at once is removed is removed once, and what changed in time stays',
    async run(fresh) {
      const rows = fresh();
      await Promise.all(Array.from({ length: 60 }, (_, n) => rows.insert({ _id: `r${n}`, state: 'done' })));
      const [kept, ...gone] = await Promise.all([
        rows.changeIf({ _id: 'r59', state: 'done' }, { $set: { state: 'new' } }),
        ...Array.from({ length: 8 }, () => rows.remove({ state: 'done' }, { limit: 20 })),
      ]);
      const left = await rows.find({});
      assert.equal(
        gone.reduce((sum, many) => sum + many, 0),
        60 - left.length,
      );
      if (kept) assert.ok(left.some(({ _id, state }) => _id === 'r59' && state === 'new'));
    },
  },
  {
    name: 'any text is only a text: other scripts, quotes, queries, control characters, half a character',
    async run(fresh) {
      const rows = fresh();
      const texts = [
        'Où est la mairie ? 😀 𝒳',
        'أين دار البلدية؟',
        `'); DROP TABLE "x"; --`,
        '{"$ne":null}',
        '[1]',
        'null',
        'true',
        '1',
        '$.a',
        'a\u0000b',
        'line\nbreak\u2028\t\\ud83d',
        '%_*?',
      ];
      for (const [n, text] of texts.entries()) await rows.insert({ _id: `${n}:${text}`, text, key: { text } });
      for (const [n, text] of texts.entries()) {
        assert.deepEqual(
          (await rows.find({ text })).map(({ _id }) => _id),
          [`${n}:${text}`],
        );
        const changed = await rows.updateIf(
          { _id: `${n}:${text}`, 'key.text': { $in: [text] } },
          { $set: { copy: text, 'key.copy': [text] } },
        );
        assert.deepEqual(changed, { _id: `${n}:${text}`, text, key: { text, copy: [text] }, copy: text });
      }
      await rows.insert({ _id: 'half', text: 'a\ud83d!' });
      assert.equal((await rows.find({ _id: 'half' }))[0]?.text, 'a\ufffd!');
      assert.equal(await rows.count({ text: 'a\ud83d!' }), 1);
      assert.equal(await rows.count({}), texts.length + 1);
    },
  },
  {
    name: 'the same question for many rows and then for one, about something else, is answered anew',
    async run(fresh) {
      const rows = fresh();
      await rows.insert({ _id: 'a', kind: 'attempt', at: 1 });
      const sort: Array<[string, 1 | -1]> = [['at', -1]];
      const ask = async (kind: string, limit: number) => (await rows.find({ kind, at: { $gte: 0 } }, { sort, limit })).length;
      for (const limits of [
        [10, 1],
        [1, 10],
        [2, 2],
      ] as const) {
        assert.equal(await ask('attempt', limits[0]), 1);
        assert.equal(await ask('consent', limits[1]), 0);
      }
      assert.deepEqual(
        await Promise.all([ask('attempt', 10), ask('consent', 1), ask('attempt', 1), ask('consent', 10)]),
        [1, 0, 1, 0],
      );
    },
  },
  {
    name: 'a document of one megabyte is written, changed and found',
    async run(fresh) {
      const rows = fresh();
      await rows.index(['town', 'n'], { name: 'by-town' });
      const text = 'é'.repeat(MEGABYTE / 2);
      await rows.insert({ _id: 'large', text, town: 'bellerive', n: 1 });
      const changed = await rows.updateIf({ town: 'bellerive', n: 1 }, { $inc: { n: 1 }, $set: { more: text } });
      assert.equal(changed?.n, 2);
      const [found] = await rows.find({ town: 'bellerive', n: 2 });
      assert.ok(found?.text === text && found?.more === text, 'the long texts came back changed');
    },
  },
];
