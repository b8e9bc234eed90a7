/**
 * What is counted, one small row for each thing that happened, and what a finished day came to. A tally's id is derived
 * from the message that caused it, so that a replay counts once; a day is worked out from its tallies by arithmetic, so
 * that two processes that do it write the same. Tallies go after some weeks, days stay.
 */
import type { Collection, Database } from '../collection';
import { changeOrInsert, insertNew } from '../insert-new';

export interface Tally {
  town: string;
  /** Milliseconds since 1970. */
  at: number;
  /** `markOf` the conversation. */
  of: string;
  what: /** The citizen wrote; at most one in a quarter of an hour of a conversation. */
    | 'contact'
    /** A topic was answered or begun. */
    | 'topic'
    | 'request'
    /** Passed to the queue of a service, or left as a message for a person. */
    | 'handover'
    | 'feedback'
    /** An agent took it from the queue, or the citizen left: `ms` is how long it had waited. */
    | 'taken'
    | 'left'
    /** An agent closed it: `ms` is how long they had it. */
    | 'handled'
    | 'reopened'
    /** A request that a service called done was opened again by its citizen. */
    | 'unsolved';
  channel: string;
  topic?: string;
  service?: string;
  ms?: number;
  isUseful?: boolean;
  /** The longest wait the citizen was told, minutes. */
  toldMinutes?: number;
}

type TallyRow = Tally & { _id: string; [field: string]: unknown };

/** What a day came to, as plain JSON: `figures` is the reader's own shape. */
export interface CountedDay<Figures> {
  town: string;
  /** YYYY-MM-DD in the town's time zone. */
  day: string;
  figures: Figures;
}

interface DayRow {
  _id: string;
  town: string;
  day: string;
  figures: unknown;
  [field: string]: unknown;
}

export interface Tallies {
  /** Declares the indexes its queries need. */
  prepare(): Promise<void>;
  /** Under an id that stands there already: nothing. */
  write(id: string, tally: Tally): Promise<void>;
  /** Oldest first; milliseconds since 1970, the end not included. */
  between(town: string, from: number, to: number): Promise<Tally[]>;
  /** When the oldest of a town was written; null without any. */
  oldest(town: string): Promise<number | null>;
  /** Removes what is older; how many. */
  forget(town: string, before: number): Promise<number>;
  /** Keeps what a day came to, in place of what was kept before. */
  keepDay(counted: CountedDay<unknown>): Promise<void>;
  /** Days of a town, the last included, oldest first. */
  days(town: string, from: string, to: string): Promise<Array<CountedDay<unknown>>>;
}

export function createTallies(database: Database): Tallies {
  const rows: Collection<TallyRow> = database.collection('tallies');
  const days: Collection<DayRow> = database.collection('days');
  return {
    async prepare() {
      await rows.index(['town', 'at'], { name: 'town' });
      await days.index(['town', 'day'], { name: 'town' });
    },
    async write(id, tally) {
      await insertNew(rows, { _id: id, ...tally });
    },
    between: (town, from, to) => rows.find({ town, at: { $gte: from, $lt: to } }, { sort: [['at', 1]] }),
    async oldest(town) {
      const [row] = await rows.find({ town }, { sort: [['at', 1]], limit: 1 });
      return row?.at ?? null;
    },
    forget: (town, before) => rows.remove({ town, at: { $lt: before } }),
    async keepDay({ town, day, figures }) {
      await changeOrInsert(days, { _id: `${town}:${day}`, town, day, figures }, { $set: { figures } });
    },
    async days(town, from, to) {
      const found = await days.find({ town, day: { $gte: from, $lte: to } }, { sort: [['day', 1]] });
      return found.map(({ day, figures }) => ({ town, day, figures }));
    },
  };
}
