/** The end of requests: over, seen by few alone, handed to the archives or without anybody's name (`domain/retention.ts`). */
import type { Hold, Ticket } from '../../../domain/ticket/ticket';
import type { Collection, Filter } from '../../collection';
import { present, type TicketRow } from './row';

export interface TicketEnds {
  /** Over since before a moment (milliseconds since 1970) and still in use, the longest first. */
  ended(town: string, topic: string, before: number, limit: number): Promise<Ticket[]>;
  /** Kept from now on, whatever its age; whether it was free. */
  hold(id: string, hold: Hold): Promise<boolean>;
  /** Whether it was held. */
  release(id: string): Promise<boolean>;
  /** The longest held first. */
  held(town: string, limit: number): Promise<Ticket[]>;
  /** Of a topic's requests in this phase that are not held: since when the first is (milliseconds since 1970), how many since before a moment. */
  comingEnd(
    town: string,
    topic: string,
    phase: 'endedAt' | 'restrictedAt',
    before: number,
  ): Promise<{ since: number; due: number } | null>;
  /** From now on for few eyes alone; nothing where it is open again. */
  restrict(id: string, at: number): Promise<void>;
  /** Restricted since before a moment, the longest first. */
  restricted(town: string, topic: string, before: number, limit: number): Promise<Ticket[]>;
  /** It stays restricted, and waits to be handed to the archives. */
  setAside(id: string): Promise<void>;
  /** Takes away whatever says who made it or what they said; what, where about and when stays, to be counted. */
  anonymise(town: string, reference: string, at: number): Promise<void>;
}

/** What is kept of a request whose citizen is forgotten; a field that is new is taken away unless it stands here. */
const KEPT_ANONYMOUS = [
  ...[
    '_id',
    'town',
    'reference',
    'state',
    'topic',
    'service',
    'sector',
    'title',
    'priority',
    'channel',
    'language',
    'delayDays',
    'publicId',
  ],
  ...['history', 'revision', 'openedAt', 'updatedAt', 'reopened', 'due', 'unheardFrom'],
  // Written anew, empty.
  ...['answers', 'files', 'words', 'conversation', 'address', 'erasedAt'],
];

const FREE: Filter = { hold: { $exists: false } };

export function createTicketEnds(rows: Collection<TicketRow>): TicketEnds {
  return {
    async ended(town, topic, before, limit) {
      const found = await rows.find({ town, topic, endedAt: { $lt: before }, ...FREE }, { sort: [['endedAt', 1]], limit });
      return found.map(present);
    },
    async restrict(id, restrictedAt) {
      await rows.changeIf({ _id: id, endedAt: { $exists: true } }, { $set: { restrictedAt }, $unset: ['endedAt'] });
    },
    async restricted(town, topic, before, limit) {
      const found = await rows.find(
        { town, topic, restrictedAt: { $lt: before }, ...FREE },
        { sort: [['restrictedAt', 1]], limit },
      );
      return found.map(present);
    },
    async setAside(id) {
      await rows.changeIf({ _id: id, restrictedAt: { $exists: true } }, { $set: { isSetAside: true }, $unset: ['restrictedAt'] });
    },
    async hold(id, hold) {
      return rows.changeIf(
        { _id: id, hold: { $exists: false }, erasedAt: { $exists: false } },
        { $set: { hold }, $inc: { revision: 1 } },
      );
    },
    async release(id) {
      return rows.changeIf({ _id: id, hold: { $exists: true } }, { $unset: ['hold'], $inc: { revision: 1 } });
    },
    async held(town, limit) {
      const found = await rows.find({ town, 'hold.at': { $gt: '' } }, { sort: [['hold.at', 1]], limit });
      return found.map(present);
    },
    async comingEnd(town, topic, phase, before) {
      const passed = (moment: Filter[string]): Filter => ({ town, topic, [phase]: moment, ...FREE });
      const [first] = await rows.find(passed({ $gt: 0 }), { sort: [[phase, 1]], limit: 1 });
      return first ? { since: Number(first[phase]), due: await rows.count(passed({ $lt: before })) } : null;
    },
    async anonymise(town, reference, erasedAt) {
      for (;;) {
        const [row] = await rows.find({ town, reference }, { limit: 1 });
        if (!row || row.erasedAt !== undefined || row.hold) return;
        const kept = new Set(KEPT_ANONYMOUS);
        const gone = Object.keys(row).filter((name) => !kept.has(name));
        const history = row.history.map(({ id, at, by, kind, state, isPublic }) => ({ id, at, by, kind, state, isPublic }));
        const { latitude, longitude } = row.place ?? {};
        // To about a hundred metres: enough for a map of the town, too little for a door.
        const about = (degrees: number) => Math.round(degrees * 1000) / 1000;
        const place =
          latitude === undefined || longitude === undefined
            ? {}
            : { place: { text: '', latitude: about(latitude), longitude: about(longitude), precision: 'street' } };
        const changes = {
          $set: { answers: [], files: [], words: '', conversation: '', address: '', ...place, history, erasedAt },
          $unset: place.place ? gone.filter((name) => name !== 'place') : gone,
          $inc: { revision: 1 },
        };
        if (await rows.changeIf({ _id: row._id, revision: row.revision }, changes)) return;
      }
    },
  };
}
