/**
 * What a town has sent today, in pieces that cost money: a number a day and town, over all processes. A warning and the
 * ceiling are each said once a day, by whoever passes them first.
 */
import type { Collection, Database } from '../collection';
import { insertNew } from '../insert-new';

interface DayRow {
  _id: string;
  pieces: number;
  [field: string]: unknown;
}

export interface Spending {
  /** @param day YYYY-MM-DD; the pieces of the day with these. */
  add(town: string, day: string, pieces: number): Promise<number>;
  of(town: string, day: string): Promise<number>;
  /** Whether this is the first time that it is said on this day. */
  isNews(town: string, day: string, what: 'near' | 'reached'): Promise<boolean>;
}

export function createSpending(database: Database): Spending {
  const rows: Collection<DayRow> = database.collection('spending');
  const idOf = (town: string, day: string) => `${town}:${day}`;
  return {
    async add(town, day, pieces) {
      for (;;) {
        const row = await rows.updateIf({ _id: idOf(town, day) }, { $inc: { pieces } });
        if (row) return row.pieces;
        await insertNew(rows, { _id: idOf(town, day), pieces: 0 });
      }
    },
    async of(town, day) {
      const [row] = await rows.find({ _id: idOf(town, day) }, { limit: 1 });
      return row?.pieces ?? 0;
    },
    isNews: (town, day, what) => rows.changeIf({ _id: idOf(town, day), [what]: { $exists: false } }, { $set: { [what]: true } }),
  };
}
