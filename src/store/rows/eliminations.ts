/**
 * The list of what was taken away, or waits to be handed to the archives: which request, of which topic, when, and by which
 * rule. Nothing of a citizen. Kept for good: it is what a town shows when it is asked where something is.
 */
import { randomUUID } from 'node:crypto';
import type { Collection, Database } from '../collection';
import { insertNew } from '../insert-new';

export interface Elimination {
  town: string;
  /** `ticket:47HZ-B7WS`, or `conversations` for all of a day. */
  what: string;
  topic?: string;
  openedAt?: string;
  /** How many, of conversations. */
  count?: number;
  /** YYYY-MM-DD. */
  day: string;
  fate: 'erased' | 'to-transfer' | 'transferred';
  /** `retention`, or `asked` when its citizen asked for it. */
  why: 'retention' | 'asked';
}

/** Conversations that are being taken away: kept until that is done, so that whoever comes after a crash can end it. */
export interface Batch {
  day: string;
  key: string;
  conversations: string[];
}

interface Row extends Omit<Elimination, 'fate'> {
  _id: string;
  fate: Elimination['fate'] | 'going';
  going?: Omit<Batch, 'day'>;
  [field: string]: unknown;
}

export interface Eliminations {
  /** Declares the indexes its queries need. */
  prepare(): Promise<void>;
  /** Once for each thing: the same again changes its fate alone. */
  note(elimination: Elimination): Promise<void>;
  /** Writes down what is about to go; null while another batch of that day is not ended. */
  begin(town: string, day: string, conversations: string[]): Promise<Batch | null>;
  /** It went: so many are added to those of its day, once, whoever else ends the same. */
  end(town: string, batch: Batch, gone: number): Promise<void>;
  /** Those that were begun and not ended. */
  begun(town: string): Promise<Batch[]>;
  /** Of these days (YYYY-MM-DD, both included), oldest first. */
  list(town: string, from: string, to: string, limit: number): Promise<Elimination[]>;
  waiting(town: string, limit: number): Promise<Elimination[]>;
}

const present = ({ _id: _, going: __, fate, ...rest }: Row): Elimination => ({
  ...rest,
  fate: fate === 'going' ? 'erased' : fate,
});

const idOf = (town: string, day: string) => `${town}:conversations:${day}`;

export function createEliminations(database: Database): Eliminations {
  const rows: Collection<Row> = database.collection('eliminations');

  return {
    async prepare() {
      await rows.index(['town', 'day'], { name: 'day' });
      await rows.index(['town', 'fate', 'day'], { name: 'fate' });
    },
    async note(elimination) {
      const _id = `${elimination.town}:${elimination.what}`;
      const { fate, day } = elimination;
      if (!(await insertNew(rows, { _id, ...elimination }))) await rows.changeIf({ _id }, { $set: { fate, day } });
    },
    async begin(town, day, conversations) {
      const _id = idOf(town, day);
      const going = { key: randomUUID(), conversations };
      const one = { town, what: 'conversations', day, fate: 'going', why: 'retention' } as const;
      const isBegun =
        (await insertNew(rows, { _id, ...one, count: 0, going })) ||
        (await rows.changeIf({ _id, fate: 'erased' }, { $set: { fate: 'going', going } }));
      return isBegun ? { day, ...going } : null;
    },
    async end(town, { day, key }, gone) {
      const itself = { _id: idOf(town, day), 'going.key': key };
      await rows.changeIf(itself, { $set: { fate: 'erased' }, $inc: { count: gone }, $unset: ['going'] });
    },
    async begun(town) {
      const found = await rows.find({ town, fate: 'going' });
      return found.flatMap(({ day, going }) => (going ? [{ day, ...going }] : []));
    },
    async list(town, from, to, limit) {
      return (await rows.find({ town, day: { $gte: from, $lte: to } }, { sort: [['day', 1]], limit })).map(present);
    },
    async waiting(town, limit) {
      return (await rows.find({ town, fate: 'to-transfer' }, { sort: [['day', 1]], limit })).map(present);
    },
  };
}
