/**
 * Who wants to hear of what: one row for a conversation and a theme. Whoever ends a subscription leaves no row (the ledger says
 * when and in which words); whoever says STOP keeps one that is `stopped`, so that it can be told how many were passed over.
 */
import type { Subscription } from '../../../domain/listening/subscription';
import type { Collection, Database } from '../../collection';
import { changeOrInsert } from '../../insert-new';

type Row = Omit<Subscription, 'id'> & { _id: string; [field: string]: unknown };

export interface SubscriptionRows {
  /** Declares the indexes its queries need. */
  prepare(): Promise<void>;
  /** Asked for again, it stands as asked for last. */
  add(subscription: Omit<Subscription, 'id' | 'state'>): Promise<void>;
  end(town: string, theme: string, conversation: string): Promise<void>;
  /** Everything of an address, after STOP. */
  stop(town: string, address: string): Promise<void>;
  /** In the order of their ids, after the last of the page before. */
  of(town: string, theme: string, limit: number, after: string): Promise<Subscription[]>;
  get(town: string, theme: string, conversation: string): Promise<Subscription | null>;
  ofAddress(town: string, address: string): Promise<Subscription[]>;
  erase(town: string, address: string): Promise<void>;
}

/** A town declares no more themes. */
const MOST = 100;

export function createSubscriptions(database: Database): SubscriptionRows {
  const rows: Collection<Row> = database.collection('subscriptions');
  const present = ({ _id, ...rest }: Row): Subscription => ({ id: _id, ...rest });
  const idOf = (town: string, theme: string, conversation: string) => `${town}:${theme}:${conversation}`;
  return {
    async prepare() {
      await rows.index(['town', 'theme', '_id'], { name: 'theme' });
      await rows.index(['town', 'address'], { name: 'address' });
    },
    async add(subscription) {
      const { town, theme, conversation } = subscription;
      const changes = { $set: { ...subscription, state: 'on' }, ...(subscription.sector ? {} : { $unset: ['sector'] }) };
      await changeOrInsert(rows, { _id: idOf(town, theme, conversation), ...subscription, state: 'on' }, changes);
    },
    async end(town, theme, conversation) {
      await rows.remove({ _id: idOf(town, theme, conversation) });
    },
    async stop(town, address) {
      while (await rows.changeIf({ town, address, state: 'on' }, { $set: { state: 'stopped' } }));
    },
    of: async (town, theme, limit, after) =>
      (await rows.find({ town, theme, _id: { $gt: after } }, { sort: [['_id', 1]], limit })).map(present),
    async get(town, theme, conversation) {
      const [row] = await rows.find({ _id: idOf(town, theme, conversation) }, { limit: 1 });
      return row ? present(row) : null;
    },
    ofAddress: async (town, address) => (await rows.find({ town, address }, { limit: MOST })).map(present),
    async erase(town, address) {
      await rows.remove({ town, address });
    },
  };
}
