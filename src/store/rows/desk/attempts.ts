/**
 * How often something was tried, counted over all processes within a stretch of time. Who is counted stands there as a hash:
 * no name and no network address is kept.
 */
import { createHash } from 'node:crypto';
import type { Collection, Database } from '../../collection';
import { insertNew } from '../../insert-new';

interface AttemptRow {
  _id: string;
  count: number;
  /** When counting begins anew (milliseconds since 1970). */
  until: number;
  [field: string]: unknown;
}

export interface AttemptCounts {
  /** Declares the indexes its queries need. */
  prepare(): Promise<void>;
  /** One more within `forMs`, which begin with the first; how often by now, and when counting begins anew. */
  add(whose: string, forMs: number, now: number): Promise<{ count: number; until: number }>;
  /** One less. */
  takeBack(whose: string): Promise<void>;
  forget(whose: string): Promise<void>;
  /** Takes those away whose time is over. */
  sweep(now: number): Promise<void>;
}

const idOf = (whose: string) => createHash('sha256').update(whose).digest('hex');

export function createAttemptCounts(database: Database): AttemptCounts {
  const rows: Collection<AttemptRow> = database.collection('attempts');
  return {
    prepare: () => rows.index(['until'], { name: 'until' }),
    async add(whose, forMs, now) {
      const _id = idOf(whose);
      for (;;) {
        const counted = await rows.updateIf({ _id, until: { $gt: now, $lte: now + forMs } }, { $inc: { count: 1 } });
        if (counted) return { count: counted.count, until: counted.until };
        const first = { count: 1, until: now + forMs };
        // Over, or further ahead than any can be: another clock wrote it.
        for (const until of [{ $lte: now }, { $gt: now + forMs }])
          if (await rows.changeIf({ _id, until }, { $set: first })) return first;
        if (await insertNew(rows, { _id, ...first })) return first;
      }
    },
    async takeBack(whose) {
      await rows.changeIf({ _id: idOf(whose), count: { $gt: 0 } }, { $inc: { count: -1 } });
    },
    async forget(whose) {
      await rows.remove({ _id: idOf(whose) });
    },
    async sweep(now) {
      await rows.remove({ until: { $lt: now } });
    },
  };
}
