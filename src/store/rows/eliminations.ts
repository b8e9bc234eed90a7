/**
 * The list of what was taken away, or waits to be handed to the archives: which request, of which topic, when, and by which
 * rule. Nothing of a citizen. Kept for good: it is what a town shows when it is asked where something is.
 */
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

interface Row extends Elimination {
  _id: string;
  [field: string]: unknown;
}

export interface Eliminations {
  /** Declares the indexes its queries need. */
  prepare(): Promise<void>;
  /** Once for each thing: the same again changes its fate alone. */
  note(elimination: Elimination): Promise<void>;
  /** Adds to how many conversations went on a day. */
  count(town: string, day: string, number: number): Promise<void>;
  /** Of these days (YYYY-MM-DD, both included), oldest first. */
  list(town: string, from: string, to: string, limit: number): Promise<Elimination[]>;
  waiting(town: string, limit: number): Promise<Elimination[]>;
}

const present = ({ _id: _, ...rest }: Row): Elimination => rest;

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
    async count(town, day, number) {
      const _id = `${town}:conversations:${day}`;
      const one = { town, what: 'conversations', day, fate: 'erased', why: 'retention' } as const;
      if (!(await insertNew(rows, { _id, ...one, count: number }))) await rows.changeIf({ _id }, { $inc: { count: number } });
    },
    async list(town, from, to, limit) {
      return (await rows.find({ town, day: { $gte: from, $lte: to } }, { sort: [['day', 1]], limit })).map(present);
    },
    async waiting(town, limit) {
      return (await rows.find({ town, fate: 'to-transfer' }, { sort: [['day', 1]], limit })).map(present);
    },
  };
}
