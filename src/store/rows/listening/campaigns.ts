/** What was written once to many, and how far each has come: its cursor moves by compare-and-set, so that no two batches overlap. */
import type { Campaign } from '../../../domain/listening/campaign';
import type { Collection, Database } from '../../collection';
import { insertNew } from '../../insert-new';

type Row = Omit<Campaign, 'id'> & { _id: string; [field: string]: unknown };

export interface Campaigns {
  /** Declares the indexes its queries need. */
  prepare(): Promise<void>;
  /** False where one with this id stands already. */
  open(campaign: Campaign): Promise<boolean>;
  get(town: string, id: string): Promise<Campaign | null>;
  /** Newest first. */
  list(town: string, limit: number): Promise<Campaign[]>;
  /** Being sent, oldest first. */
  sending(limit: number): Promise<Campaign[]>;
  /** Polls whose time is over at a moment (milliseconds since 1970) and whose results nobody has begun to send. */
  over(now: number, limit: number): Promise<Campaign[]>;
  /** Moves on from where it was read; false where another process has moved it, or it was stopped. */
  advance(campaign: Campaign, to: Pick<Campaign, 'cursor' | 'state' | 'handed' | 'skipped'>): Promise<boolean>;
  /** Whether this call stopped it. */
  stop(town: string, id: string): Promise<boolean>;
  close(town: string, id: string): Promise<void>;
}

export function createCampaigns(database: Database): Campaigns {
  const rows: Collection<Row> = database.collection('campaigns');
  const present = ({ _id, closesAt: _, ...rest }: Row): Campaign => ({ id: _id, ...rest }) as Campaign;
  return {
    async prepare() {
      await rows.index(['town', 'at'], { name: 'town' });
      await rows.index(['state', 'at'], { name: 'state' });
      await rows.index(['closesAt'], { name: 'closing' });
    },
    open: ({ id, ...rest }) => insertNew(rows, { _id: id, ...rest, ...(rest.poll ? { closesAt: rest.poll.closesAt } : {}) }),
    async get(town, id) {
      const [row] = await rows.find({ _id: id, town }, { limit: 1 });
      return row ? present(row) : null;
    },
    list: async (town, limit) => (await rows.find({ town }, { sort: [['at', -1]], limit })).map(present),
    sending: async (limit) => (await rows.find({ state: 'sending' }, { sort: [['at', 1]], limit })).map(present),
    over: async (now, limit) => (await rows.find({ closesAt: { $lte: now } }, { sort: [['closesAt', 1]], limit })).map(present),
    advance: ({ id, cursor }, to) =>
      rows.changeIf(
        { _id: id, state: 'sending', 'cursor.theme': cursor.theme, 'cursor.after': cursor.after },
        { $set: { ...to } },
      ),
    stop: (town, id) => rows.changeIf({ _id: id, town, state: 'sending' }, { $set: { state: 'stopped' } }),
    async close(town, id) {
      await rows.changeIf({ _id: id, town }, { $set: { 'poll.isClosed': true }, $unset: ['closesAt'] });
    },
  };
}
