/**
 * Inbox and outbox as rows: what came in before it is acted on, what goes out before it is
 * sent. Ids are derived from the provider's, so that writing the same thing twice writes it once.
 */

import type { ChannelName } from '../../domain/conversation';
import type { Activity } from '../../domain/message/activity';
import type { Lane } from '../../domain/message/courier';
import { type Changes, type Collection, type Database, DuplicateKey, type Filter, type FindOptions } from '../collection';
import { findInGroups } from '../find-in-groups';

interface Letter {
  _id: string;
  town: string;
  conversation: string;
  address: string;
  activity: Activity;
  /** Order within the conversation: milliseconds of arrival, then a running number, as sortable text. */
  order: string;
  attempts: number;
  /** Milliseconds since 1970: not before. */
  dueAt: number;
  /** How long it was to wait when `dueAt` was set: a longer wait means that the clock was set back. */
  waitMs?: number;
  reason?: string;
  [field: string]: unknown;
}

export interface InboxRow extends Letter {
  channel: ChannelName;
  /** Milliseconds during which more of the same thought may follow. */
  pauseMs?: number;
  /** What it only pointed at has been brought in. */
  isFetched?: boolean;
  state: 'new' | 'done' | 'dead';
  /** What became of an agent's action, once it is done. */
  answer?: Record<string, unknown>;
}

export interface OutboxRow extends Letter {
  /** By which lane it leaves. */
  channel: Lane;
  /** `unknown`: it may have left; reconciled before any resend. */
  state: 'due' | 'sending' | 'unknown' | 'sent' | 'dead' | 'cancelled';
  /** Milliseconds since 1970: while sending, when its process must have finished. */
  leaseUntil: number;
  providerId?: string;
  /** The provider's id of a sending that failed and was tried again: its receipts say nothing any more. */
  failedId?: string;
  /** Last receipt of the provider: 'delivered', 'read', 'failed'… */
  receipt?: string;
  /** Milliseconds since 1970: when the provider is asked what became of it, unless a last receipt comes before. */
  askAt?: number;
  /** The row that goes instead of this one, on another channel. */
  fallback?: string;
  /** The row this one goes instead of. */
  insteadOf?: string;
  /** Not sent once this line of a conversation has reached its citizen's page. */
  unlessReached?: { conversation: string; line: number };
  /** The alert of danger that it tells people of, by its reference. */
  alert?: string;
  /** What was written once to many that it is one of. */
  campaign?: string;
}

/** One of the two piles; both are worked the same way. */
export interface Pile<Row extends Letter & { state: string }> {
  /** Declares the indexes its queries need. */
  prepare(): Promise<void>;
  /** `'known'` when a row with this id stands there already. */
  write(row: Row): Promise<'new' | 'known'>;
  get(id: string): Promise<Row | null>;
  /** The open rows of one conversation, oldest first. */
  ofConversation(conversation: string, limit: number): Promise<Row[]>;
  /** Rows in this state of all conversations whose id begins so, from a place in their order on; conversation by conversation. */
  ofThreads(prefix: string, state: Row['state'], order: string, limit: number): Promise<Row[]>;
  /** What a conversation had done before, newest first. */
  lately(conversation: string, limit: number): Promise<Row[]>;
  /** Open rows whose time has come (after `after`, where it is given), in any conversation, oldest first; then those later than `beyond`, which none can rightly be. */
  due(now: number, limit: number, beyond?: number, after?: number): Promise<Row[]>;
  /** Changes a row if it is still in one of these states (and meets `where`); whether it was. */
  move(id: string, from: Array<Row['state']>, changes: Changes, where?: Filter): Promise<boolean>;
  list(state: string, limit: number): Promise<Row[]>;
  count(state: string): Promise<number>;
  /** When the oldest row that is still open came in: milliseconds since 1970, or null. */
  oldest(): Promise<number | null>;
}

function createPile<Row extends Letter & { state: string }>(
  database: Database,
  name: string,
  open: Array<Row['state']>,
): Pile<Row> {
  const rows: Collection<Row> = database.collection(name);
  const state = { $in: open };
  const sort: FindOptions['sort'] = [['order', 1]];

  /** Every message asks this of its conversation. */
  const openOf = findInGroups(rows, 'conversation', sort);

  return {
    async prepare() {
      await rows.index(['conversation', 'state', 'order'], { name: 'conversation' });
      await rows.index(['state', 'dueAt'], { name: 'due' });
      await rows.index(['state', 'order'], { name: 'oldest' });
    },
    async write(row) {
      try {
        await rows.insert(row);
        return 'new';
      } catch (error) {
        if (error instanceof DuplicateKey) return 'known';
        throw error;
      }
    },
    async get(id) {
      const [row] = await rows.find({ _id: id }, { limit: 1 });
      return row ?? null;
    },
    ofConversation: (conversation, limit) => openOf({ value: conversation, besides: { state }, limit }),
    ofThreads: (prefix, state, order, limit) =>
      rows.find(
        { conversation: { $gte: prefix, $lt: `${prefix}\u{10ffff}` }, state, order: { $gte: order } },
        {
          sort: [
            ['conversation', 1],
            ['state', 1],
            ['order', 1],
          ],
          limit,
        },
      ),
    lately: (conversation, limit) => rows.find({ conversation, state: 'done' }, { sort: [['order', -1]], limit }),
    // One state at a time: of a hundred thousand that are due, an index gives the first without sorting them all.
    async due(now, limit, beyond, after) {
      const come = after === undefined ? { $lte: now } : { $gt: after, $lte: now };
      const spans = [come, ...(beyond === undefined ? [] : [{ $gt: beyond }])];
      const found = await Promise.all(
        spans.flatMap((dueAt) => open.map((state) => rows.find({ state, dueAt }, { sort: [['dueAt', 1]], limit }))),
      );
      return found
        .flat()
        .sort((a, b) => a.dueAt - b.dueAt)
        .slice(0, limit);
    },
    move: (id, from, changes, where) => rows.changeIf({ ...where, _id: id, state: { $in: from } }, changes),
    list: (state, limit) => rows.find({ state }, { sort: [['dueAt', -1]], limit }),
    count: (state) => rows.count({ state }),
    async oldest() {
      const first = await Promise.all(open.map((state) => rows.find({ state }, { sort: [['order', 1]], limit: 1 })));
      const times = first.flat().map(({ order }) => Number.parseInt(order, 10));
      return times.length > 0 ? Math.min(...times) : null;
    },
  };
}

export interface Mail {
  inbox: Pile<InboxRow>;
  outbox: Pile<OutboxRow>;
  /** Whether a message at the provider already stands as the sending of another row, or as one of this row that failed. */
  isTaken(providerId: string, outboxId: string): Promise<boolean>;
  /** The letter that left under this id of the provider's. */
  sentAs(providerId: string): Promise<OutboxRow | null>;
  /** Messages that were sent long ago and have had no last receipt, longest first. */
  unanswered(now: number, limit: number): Promise<OutboxRow[]>;
  /** When the oldest row of each pile that waits for its work came in: milliseconds since 1970, or null. */
  oldest(): Promise<Array<{ pile: string; at: number | null }>>;
  /** Letters of what was written once to many, by state. */
  countOf(campaign: string, state: OutboxRow['state']): Promise<number>;
  /** Those of them that have not begun to leave stay here; returns how many. */
  withdraw(campaign: string): Promise<number>;
  /** How many rows wait or were given up: the figures an operator watches. */
  counts(): Promise<Array<{ pile: string; state: string; count: number }>>;
}

export function createMail(database: Database): Mail {
  const inbox = createPile<InboxRow>(database, 'inbox', ['new']);
  const outbox = createPile<OutboxRow>(database, 'outbox', ['due', 'sending', 'unknown']);
  const sent: Collection<OutboxRow> = database.collection('outbox');
  const counted = [
    ...(['new', 'dead'] as const).map((state) => ({ pile: 'inbox', state, of: inbox })),
    ...(['due', 'sending', 'unknown', 'dead'] as const).map((state) => ({ pile: 'outbox', state, of: outbox })),
  ];
  return {
    inbox,
    outbox: {
      ...outbox,
      async prepare() {
        await outbox.prepare();
        await sent.index(['providerId'], { name: 'provider' });
        await sent.index(['failedId'], { name: 'failed' });
        await sent.index(['askAt'], { name: 'unanswered' });
        await sent.index(['campaign', 'state'], { name: 'campaign', whenPresent: true });
      },
    },
    async isTaken(providerId, outboxId) {
      const owners = await sent.find({ providerId }, { limit: 2 });
      if (owners.some(({ _id }) => _id !== outboxId)) return true;
      return (await sent.find({ failedId: providerId }, { limit: 1 })).length > 0;
    },
    sentAs: async (providerId) => (await sent.find({ providerId }, { limit: 1 }))[0] ?? null,
    unanswered: (now, limit) => sent.find({ askAt: { $lte: now } }, { sort: [['askAt', 1]], limit }),
    countOf: (campaign, state) => sent.count({ campaign, state }),
    async withdraw(campaign) {
      let count = 0;
      while (await sent.changeIf({ campaign, state: 'due' }, { $set: { state: 'cancelled', reason: 'stopped' } })) count += 1;
      return count;
    },
    oldest: async () => [
      { pile: 'inbox', at: await inbox.oldest() },
      { pile: 'outbox', at: await outbox.oldest() },
    ],
    counts: () => Promise.all(counted.map(async ({ pile, state, of }) => ({ pile, state, count: await of.count(state) }))),
  };
}
