/** The end of requests: over, seen by few alone, handed to the archives or without anybody's name (`domain/retention.ts`). */
import type { Ticket } from '../../../domain/ticket/ticket';
import type { Collection } from '../../collection';
import { present, type TicketRow } from './row';

export interface TicketEnds {
  /** Over since before a moment (milliseconds since 1970) and still in use, the longest first. */
  ended(town: string, topic: string, before: number, limit: number): Promise<Ticket[]>;
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

export function createTicketEnds(rows: Collection<TicketRow>): TicketEnds {
  return {
    async ended(town, topic, before, limit) {
      const found = await rows.find({ town, topic, endedAt: { $lt: before } }, { sort: [['endedAt', 1]], limit });
      return found.map(present);
    },
    async restrict(id, restrictedAt) {
      await rows.changeIf({ _id: id, endedAt: { $exists: true } }, { $set: { restrictedAt }, $unset: ['endedAt'] });
    },
    async restricted(town, topic, before, limit) {
      const found = await rows.find({ town, topic, restrictedAt: { $lt: before } }, { sort: [['restrictedAt', 1]], limit });
      return found.map(present);
    },
    async setAside(id) {
      await rows.changeIf({ _id: id, restrictedAt: { $exists: true } }, { $set: { isSetAside: true }, $unset: ['restrictedAt'] });
    },
    async anonymise(town, reference, erasedAt) {
      for (;;) {
        const [row] = await rows.find({ town, reference }, { limit: 1 });
        if (!row || row.erasedAt !== undefined) return;
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
