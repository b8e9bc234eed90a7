/**
 * Conversations as rows. A turn's decision is saved here by compare-and-set on the version,
 * together with a lease that keeps other processes away until its effects are carried out.
 */
import type { Conversation } from '../../domain/conversation';
import { type Collection, type Database, DuplicateKey } from '../collection';

interface ConversationRow extends Omit<Conversation, 'id'> {
  _id: string;
  leaseOwner: string;
  /** Milliseconds since 1970; 0 when free. */
  leaseUntil: number;
  [field: string]: unknown;
}

export interface Lease {
  owner: string;
  /** Milliseconds since 1970. */
  until: number;
}

export interface Held {
  conversation: Conversation;
  lease: Lease;
}

export interface Conversations {
  /** Declares the indexes its queries need. */
  prepare(): Promise<void>;
  find(id: string): Promise<Held | null>;
  /** Writes a new conversation unless it exists; the one that stands there afterwards. */
  open(conversation: Conversation): Promise<Held>;
  /** Saves `next` with its version raised by one, if nobody saved since and nobody else holds the lease; false when lost. */
  save(next: Conversation, lease: Lease, now: number): Promise<boolean>;
  /** The effects saved with this version are carried out: forget them and free the conversation. */
  settle(id: string, version: number): Promise<void>;
  /** Conversations whose effects were saved and not carried out in time (their process died), or later than `beyond`, which none can rightly be. */
  unsettled(now: number, limit: number, beyond: number): Promise<Conversation[]>;
  /** Conversations in which the moment to come back to something unfinished has passed. */
  toRemind(now: number, limit: number): Promise<Conversation[]>;
}

function present({ _id, leaseOwner, leaseUntil, ...rest }: ConversationRow): Held {
  return { conversation: { id: _id, ...rest } as Conversation, lease: { owner: leaseOwner, until: leaseUntil } };
}

export function createConversations(database: Database): Conversations {
  const rows: Collection<ConversationRow> = database.collection('conversations');

  async function find(id: string): Promise<Held | null> {
    const [row] = await rows.find({ _id: id }, { limit: 1 });
    return row ? present(row) : null;
  }

  return {
    async prepare() {
      await rows.index(['leaseUntil'], { name: 'lease' });
      await rows.index(['memory.remindAt'], { name: 'reminder' });
    },
    find,
    async open({ id, ...rest }) {
      try {
        await rows.insert({ _id: id, ...rest, leaseOwner: '', leaseUntil: 0 });
      } catch (error) {
        if (!(error instanceof DuplicateKey)) throw error;
      }
      const held = await find(id);
      if (!held) throw new Error('A conversation vanished while it was being opened');
      return held;
    },
    async save(next, lease, now) {
      const { id, version, memory, holder, lines, pending, lastCauses, updatedAt } = next;
      const changes = {
        $set: {
          version: version + 1,
          memory,
          holder,
          lines,
          pending,
          lastCauses,
          updatedAt,
          leaseOwner: lease.owner,
          leaseUntil: lease.until,
        },
      };
      return rows.changeIf({ _id: id, version, leaseUntil: { $lte: now } }, changes);
    },
    async settle(id, version) {
      await rows.changeIf({ _id: id, version }, { $set: { pending: null, leaseOwner: '', leaseUntil: 0 } });
    },
    async unsettled(now, limit, beyond) {
      const spans = [{ $gt: 0, $lt: now }, { $gt: beyond }];
      const found = await Promise.all(spans.map((leaseUntil) => rows.find({ leaseUntil }, { sort: [['leaseUntil', 1]], limit })));
      return found.flat().map((row) => present(row).conversation);
    },
    async toRemind(now, limit) {
      const found = await rows.find({ 'memory.remindAt': { $gt: 0, $lte: now } }, { sort: [['memory.remindAt', 1]], limit });
      return found.map((row) => present(row).conversation);
    },
  };
}
