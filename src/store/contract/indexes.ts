/** What an index forbids, and that questions find it. */
import assert from 'node:assert/strict';
import type { Filter, FindOptions } from '../collection';
import { DuplicateKey, StoreMisuse } from '../collection';
import type { StoreCase } from './case';

const takenIn = (name: string) => (error: unknown) => error instanceof DuplicateKey && error.index === name;

export const indexCases: StoreCase[] = [
  {
    name: 'a unique index over several fields refuses the same together, by its name',
    async run(fresh) {
      const rows = fresh();
      await rows.index(['conversation', 'place.line'], { name: 'by-line', unique: true });
      await rows.insert({ _id: 'a', conversation: 'c1', place: { line: 1 } });
      await rows.insert({ _id: 'b', conversation: 'c1', place: { line: 2 } });
      await rows.insert({ _id: 'c', conversation: 'c2', place: { line: 1 } });
      await assert.rejects(rows.insert({ _id: 'd', conversation: 'c1', place: { line: 2 } }), takenIn('by-line'));
      assert.equal(await rows.remove({ _id: 'b' }), 1);
      await rows.insert({ _id: 'd', conversation: 'c1', place: { line: 2 } });
    },
  },
  {
    name: 'in a unique index a missing field counts as null, and null as any value',
    async run(fresh) {
      const rows = fresh();
      await rows.index(['town', 'email'], { name: 'by-email', unique: true });
      await rows.insert({ _id: 'a', town: 'bellerive' });
      await assert.rejects(rows.insert({ _id: 'b', town: 'bellerive', email: null }), takenIn('by-email'));
      await rows.insert({ _id: 'c', town: 'valmont', email: null });
      await rows.insert({ _id: 'd', town: 'bellerive', email: '' });
      await rows.insert({ _id: 'e' });
      await assert.rejects(rows.insert({ _id: 'f', town: null }), takenIn('by-email'));
    },
  },
  {
    name: 'rows that lack a field stand outside an index of present fields',
    async run(fresh) {
      const rows = fresh();
      await rows.index(['carrier', 'sid'], { name: 'by-sid', unique: true, whenPresent: true });
      await rows.insert({ _id: 'a', carrier: 'twilio' });
      await rows.insert({ _id: 'b', carrier: 'twilio' });
      await rows.insert({ _id: 'c', carrier: 'twilio', sid: 'SM1' });
      await rows.insert({ _id: 'd', sid: 'SM1' });
      await assert.rejects(rows.updateIf({ _id: 'b' }, { $set: { sid: 'SM1' } }), takenIn('by-sid'));
      await rows.insert({ _id: 'e', carrier: 'twilio', sid: null });
      await assert.rejects(rows.insert({ _id: 'f', carrier: 'twilio', sid: null }), takenIn('by-sid'));
      assert.equal(await rows.explain({ carrier: 'twilio', sid: 'SM1' }), 'by-sid');
      assert.equal(await rows.count({ carrier: 'twilio' }), 4);
    },
  },
  {
    name: 'an index declared again is nothing; under another meaning it is refused',
    async run(fresh) {
      const rows = fresh();
      await rows.insert({ _id: 'a', town: 'x', n: 1 });
      await rows.insert({ _id: 'b', town: 'x', n: 1 });
      await rows.index(['town', 'n'], { name: 'by-n' });
      await Promise.all([1, 2, 3].map(() => rows.index(['town', 'n'], { name: 'by-n' })));
      await assert.rejects(rows.index(['town'], { name: 'by-n' }), StoreMisuse);
      await assert.rejects(rows.index(['town', 'n'], { name: 'other' }), StoreMisuse);
      await assert.rejects(rows.index(['n'], { name: 'no name' }), StoreMisuse);
      await assert.rejects(rows.index(['n; DROP'], { name: 'n' }), StoreMisuse);
      await assert.rejects(rows.index(['town'], { name: 'one-a-town', unique: true }), takenIn('one-a-town'));
      await rows.insert({ _id: 'c', town: 'x', n: 1 });
    },
  },
  {
    name: 'explain names the index of a question, and says null when it would read everything',
    async run(fresh) {
      const rows = fresh();
      await rows.index(['state', 'dueAt'], { name: 'by-due' });
      await rows.index(['town', 'reference'], { name: 'by-reference', unique: true });
      for (let n = 0; n < 50; n += 1) await rows.insert({ _id: `r${n}`, state: 'waiting', dueAt: n, town: 't', reference: n });
      const asked: Array<[Filter, FindOptions, string | null]> = [
        [{ _id: 'r1' }, {}, '_id'],
        [{ _id: { $in: ['r1', 'r2'] } }, {}, '_id'],
        [{ _id: 'r1', state: 'waiting' }, {}, '_id'],
        [{ state: 'waiting' }, {}, 'by-due'],
        [{ state: null }, {}, 'by-due'],
        [{ state: 'waiting', dueAt: { $lte: 7 } }, { sort: [['dueAt', 1]], limit: 1 }, 'by-due'],
        [{ state: { $in: ['waiting', 'taken'] } }, {}, 'by-due'],
        [{ town: 't', reference: 3 }, {}, 'by-reference'],
        [{ town: 't' }, { sort: [['reference', -1]], limit: 5 }, 'by-reference'],
        [{ town: 't', colour: 'red' }, {}, 'by-reference'],
        [{ dueAt: { $lte: 7 } }, {}, null],
        [{ reference: 3 }, {}, null],
        [{ colour: 'red' }, { sort: [['state', 1]] }, null],
        [{ colour: 'red' }, {}, null],
        [
          {},
          {
            sort: [
              ['state', 1],
              ['dueAt', 1],
            ],
            limit: 5,
          },
          'by-due',
        ],
        [{}, {}, null],
      ];
      for (const [filter, options, name] of asked) {
        assert.equal(await rows.explain(filter, options), name, `${JSON.stringify(filter)} ${JSON.stringify(options)}`);
      }
    },
  },
];
