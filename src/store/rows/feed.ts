/**
 * The feed of each town as rows that are only ever added. A number belongs to whoever inserts it first, and nobody
 * takes one before the one before it stands: so there are no gaps, and the order is the same for every reader.
 */
import type { FeedEntry } from '../../domain/feed';
import type { Collection, Database } from '../collection';
import { insertNew } from '../insert-new';

interface EntryRow extends FeedEntry {
  _id: string;
  [field: string]: unknown;
}

export interface Feed {
  /** The number of the last entry; 0 where there is none. */
  last(town: string): Promise<number>;
  /** False when another entry has this number. */
  add(entry: FeedEntry): Promise<boolean>;
  /** Oldest first. The first follows `seq`, unless what came between is no longer kept. */
  after(town: string, seq: number, limit: number): Promise<FeedEntry[]>;
  /** Takes entries made before a moment (ISO) away, never the last: the numbers must go on. Whether there may be more. */
  forget(town: string, before: string, limit: number): Promise<boolean>;
}

const DIGITS = 12;
const idOf = (town: string, seq: number) => `${town}:${String(seq).padStart(DIGITS, '0')}`;
/** The sign after the colon: no entry of the town is beyond it. */
const endOf = (town: string) => `${town};`;

export function createFeed(database: Database): Feed {
  const rows: Collection<EntryRow> = database.collection('feed');
  const present = ({ town, seq, at, changes }: EntryRow): FeedEntry => ({ town, seq, at, changes });

  async function last(town: string): Promise<number> {
    const found = await rows.find({ _id: { $gt: `${town}:`, $lt: endOf(town) } }, { sort: [['_id', -1]], limit: 1 });
    return found[0]?.seq ?? 0;
  }

  return {
    last,
    async add(entry) {
      return insertNew(rows, { _id: idOf(entry.town, entry.seq), ...entry });
    },
    async after(town, seq, limit) {
      const found = await rows.find({ _id: { $gt: idOf(town, seq), $lt: endOf(town) } }, { sort: [['_id', 1]], limit });
      return found.map(present);
    },
    async forget(town, before, limit) {
      const oldest = await rows.find({ _id: { $gt: `${town}:`, $lt: endOf(town) } }, { sort: [['_id', 1]], limit });
      const over = oldest.slice(0, -1).filter(({ at }) => at < before);
      const end = over.at(-1);
      if (end) await rows.remove({ _id: { $gt: `${town}:`, $lte: end._id } });
      return over.length > 0 && over.length === limit - 1;
    },
  };
}
