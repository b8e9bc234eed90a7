/** Many at once: nothing lost, nothing twice. Handoff and 'no reply twice' stand on these. */
import assert from 'node:assert/strict';
import { DuplicateKey } from '../collection';
import type { StoreCase } from './case';

const WRITERS = 50;

const atOnce = <T>(many: number, work: (who: number) => Promise<T>) =>
  Promise.all(Array.from({ length: many }, (_, who) => work(who)));

export const raceCases: StoreCase[] = [
  {
    name: 'of 50 writers with a compare-and-set, none loses one of 1,000 increments',
    race: true,
    async run(fresh) {
      const rows = fresh();
      await rows.insert({ _id: 'a', version: 0, total: 0 });
      await atOnce(WRITERS, async () => {
        for (let done = 0; done < 20; ) {
          const [seen] = await rows.find({ _id: 'a' });
          const { version, total } = seen as unknown as { version: number; total: number };
          if (await rows.changeIf({ _id: 'a', version }, { $set: { version: version + 1, total: total + 1 } })) done += 1;
          else await new Promise((resolve) => setTimeout(resolve, Math.random() * 20));
        }
      });
      assert.deepEqual(await rows.find({}), [{ _id: 'a', version: 1000, total: 1000 }]);
    },
  },
  {
    name: 'of 1,000 sums and appends at once on one row, none is lost',
    race: true,
    async run(fresh) {
      const rows = fresh();
      await rows.insert({ _id: 'a' });
      await atOnce(WRITERS, async (who) => {
        for (let n = 0; n < 20; n += 1) await rows.updateIf({ _id: 'a' }, { $inc: { total: 1 }, $push: { lines: who * 20 + n } });
      });
      const [row] = await rows.find({ _id: 'a' });
      assert.equal(row?.total, 1000);
      assert.equal(new Set(row?.lines as number[]).size, 1000);
    },
  },
  {
    name: 'of 50 claimers of 200 rows, no two get the same and none is left',
    race: true,
    async run(fresh) {
      const rows = fresh();
      await rows.index(['state', 'dueAt'], { name: 'by-due' });
      await atOnce(200, (n) => rows.insert({ _id: `r${n}`, state: 'waiting', dueAt: n % 17 }));
      const claimed: string[] = [];
      await atOnce(WRITERS, async (who) => {
        for (;;) {
          const row = await rows.updateIf(
            { state: 'waiting', dueAt: { $lte: 17 } },
            { $set: { state: 'taken', by: `w${who}` } },
            { sort: [['dueAt', 1]] },
          );
          if (!row) return;
          assert.equal(row.by, `w${who}`);
          claimed.push(row._id);
        }
      });
      assert.equal(claimed.length, 200, `${claimed.length} claims of 200 rows`);
      assert.equal(new Set(claimed).size, 200);
    },
  },
  {
    name: 'of 100 writers of one id, and of one unique value, exactly one writes',
    race: true,
    async run(fresh) {
      const rows = fresh();
      await rows.index(['address'], { name: 'by-address', unique: true });
      const sameId = await Promise.allSettled(
        Array.from({ length: 100 }, (_, n) => rows.insert({ _id: 'sms:SM1', address: `a${n}` })),
      );
      const sameValue = await Promise.allSettled(
        Array.from({ length: 100 }, (_, n) => rows.insert({ _id: `c${n}`, address: 'one' })),
      );
      for (const [outcomes, index] of [
        [sameId, '_id'],
        [sameValue, 'by-address'],
      ] as const) {
        assert.equal(outcomes.filter(({ status }) => status === 'fulfilled').length, 1, index);
        for (const outcome of outcomes) {
          if (outcome.status === 'rejected')
            assert.ok(outcome.reason instanceof DuplicateKey && outcome.reason.index === index, String(outcome.reason));
        }
      }
      assert.equal(await rows.count({}), 2);
    },
  },
  {
    name: 'two handovers of one conversation at once: one passes, the other sees that it is too late',
    race: true,
    async run(fresh) {
      const rows = fresh();
      await atOnce(100, (n) => rows.insert({ _id: `c${n}`, holder: 'queue', agent: null }));
      const won = await atOnce(100, async (n) => {
        const claims = await atOnce(4, (agent) =>
          rows.updateIf({ _id: `c${n}`, holder: 'queue', agent: null }, { $set: { holder: 'agent', agent: `agent ${agent}` } }),
        );
        return claims.filter(Boolean).length;
      });
      assert.deepEqual(won, Array(100).fill(1));
    },
  },
];
