/**
 * Who follows a request that somebody else made: neighbours who reported the same thing, and whoever's own request was put
 * together with it. They hear what becomes of it; nobody ever sees who else does.
 */
import type { ChannelName } from '../../domain/conversation';
import type { Collection, Database } from '../collection';
import { findInGroups } from '../find-in-groups';
import { insertNew } from '../insert-new';

export interface Follower {
  /** `<town>:<reference>:<conversation>`: one conversation follows a request once. */
  id: string;
  town: string;
  reference: string;
  conversation: string;
  channel: ChannelName;
  address: string;
  /** Of their own request, where that was put together with this one. */
  own?: string;
  /** Acts for its citizen, who alone is to hear the news. */
  isQuiet?: boolean;
  /** ISO. */
  at: string;
}

type Row = Omit<Follower, 'id'> & { _id: string; [field: string]: unknown };

export interface Followers {
  /** Declares the indexes its queries need. */
  prepare(): Promise<void>;
  /** Following twice is following once. */
  add(follower: Omit<Follower, 'id'>): Promise<void>;
  remove(town: string, reference: string, conversation: string): Promise<void>;
  /** In the order of their ids, after the last of the page before. */
  of(town: string, reference: string, limit: number, after?: string): Promise<Follower[]>;
  count(town: string, reference: string): Promise<number>;
  /** What an address follows, the newest first. */
  followedBy(town: string, channel: string, address: string, limit: number): Promise<Follower[]>;
}

export function createFollowers(database: Database): Followers {
  const rows: Collection<Row> = database.collection('followers');
  const byAddress = findInGroups(rows, 'address', [['at', -1]]);
  const present = ({ _id, ...rest }: Row): Follower => ({ id: _id, ...rest });
  const idOf = (town: string, reference: string, conversation: string) => `${town}:${reference}:${conversation}`;
  return {
    async prepare() {
      await rows.index(['town', 'reference', '_id'], { name: 'request' });
      await rows.index(['town', 'channel', 'address', 'at'], { name: 'address' });
    },
    async add(follower) {
      await insertNew(rows, { _id: idOf(follower.town, follower.reference, follower.conversation), ...follower });
    },
    async remove(town, reference, conversation) {
      await rows.remove({ _id: idOf(town, reference, conversation) });
    },
    async of(town, reference, limit, after = '') {
      return (await rows.find({ town, reference, _id: { $gt: after } }, { sort: [['_id', 1]], limit })).map(present);
    },
    count: (town, reference) => rows.count({ town, reference }),
    async followedBy(town, channel, address, limit) {
      return (await byAddress({ value: address, besides: { town, channel }, limit })).map(present);
    },
  };
}
