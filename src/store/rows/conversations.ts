/**
 * Conversations as rows. A turn's decision is saved here by compare-and-set on the version,
 * together with a lease that keeps other processes away until its effects are carried out.
 */
import { type Conversation, type Holder, passTo } from '../../domain/conversation';
import type { Waiting } from '../../domain/desk/queue';
import type { Collection, Database, Filter } from '../collection';
import { insertNew } from '../insert-new';

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

/** At most `limit`, from the beginning or after the last that was read. */
export interface Page<Last> {
  limit: number;
  after?: Last;
}

export interface Conversations {
  /** Declares the indexes its queries need. */
  prepare(): Promise<void>;
  find(id: string): Promise<Held | null>;
  /** Writes a conversation that is not there yet as it is given, its first decision with it; false when it is there by now. */
  begin(conversation: Conversation, lease?: Lease): Promise<boolean>;
  /**
   * Saves `next` with its version raised by one, if nobody saved since `before` and nobody else holds the lease; false when
   * lost. Throws IllegalPass when `before` may not become `next`.
   */
  save(before: Pick<Conversation, 'holder'>, next: Conversation, lease: Lease, now: number): Promise<boolean>;
  /** The effects saved under this lease are carried out: forget them and free the conversation. */
  settle(id: string, lease: Lease): Promise<void>;
  /** Conversations whose effects were saved and not carried out in time (their process died), or later than `beyond`, which none can rightly be. */
  unsettled(now: number, limit: number, beyond: number): Promise<Held[]>;
  /** What waits for one of these services, the next first; a page goes on after the last of the one before. */
  queue(town: string, services: string[], page: Page<Pick<Waiting, 'place' | 'id'>>): Promise<Conversation[]>;
  /** How many of a service's stand before this one; of the same place the lesser id does. */
  ahead(town: string, service: string, own: Waiting): Promise<number>;
  /** How many wait in a town: for a service, or for any. */
  waiting(town: string, service?: string): Promise<number>;
  /** What an agent holds now, or held last (`bot`), by id; a page goes on after the last of the one before. */
  ofAgent(agent: string, holder: Holder, page: Page<string>): Promise<Conversation[]>;
  /** Conversations that changed before a moment, were carried out since, and were not told. */
  untold(before: number, limit: number): Promise<Conversation[]>;
  /** The feed has this version; nothing happens when it has changed since. */
  told(id: string, version: number): Promise<void>;
  /** Its lines up to this one reached the citizen's page: the conversation's town, or null when that was known. */
  reached(id: string, line: number): Promise<string | null>;
  /** Its citizen has read up to this line: the conversation's town, or null when that was known. */
  read(id: string, line: number): Promise<string | null>;
  /** Its citizen has it open at this moment; no change that anybody is told of. */
  seen(id: string, at: number): Promise<void>;
  /** All that wait for somebody in a town, or are held by somebody there, in no order. */
  atDesk(town: string, holder: 'queue' | 'agent'): Promise<Conversation[]>;
  /** Closed before a moment (ISO), the last first. */
  closed(town: string, before: string, limit: number): Promise<Conversation[]>;
  /** In which colleagues were named who have not read it yet, the last named first. */
  mentioning(town: string, limit: number): Promise<Conversation[]>;
  /** Those whose closing can no longer be taken back, and whose citizens have not heard of it. */
  toSettle(now: number, limit: number): Promise<Conversation[]>;
  /** Those that changed at a moment (ISO) or since, the first that did first. */
  changedSince(at: string, limit: number): Promise<Conversation[]>;
  /** Conversations in which the moment to come back to something unfinished has passed. */
  toRemind(now: number, limit: number): Promise<Conversation[]>;
}

const FREE: Lease = { owner: '', until: 0 };

/** More than this a town's desk does not hold at once. */
const MOST_AT_DESK = 5000;

function present({ _id, leaseOwner, leaseUntil, ...rest }: ConversationRow): Held {
  return { conversation: { id: _id, ...rest } as Conversation, lease: { owner: leaseOwner, until: leaseUntil } };
}

function byPlace(a: Conversation, b: Conversation): number {
  const [first, second] = [a, b].map(({ queue }) => queue?.place ?? 0) as [number, number];
  return first - second || (a.id < b.id ? -1 : 1);
}

export function createConversations(database: Database): Conversations {
  const rows: Collection<ConversationRow> = database.collection('conversations');

  async function find(id: string): Promise<Held | null> {
    const [row] = await rows.find({ _id: id }, { limit: 1 });
    return row ? present(row) : null;
  }

  /** A number that only grows: the town, or null when it stood there or beyond. */
  async function further(id: string, field: 'reachedLine' | 'readLine', line: number): Promise<string | null> {
    const changes = { $set: { [field]: line } };
    const grown = await rows.updateIf({ _id: id, [field]: { $lt: line } }, changes);
    return (grown ?? (await rows.updateIf({ _id: id, [field]: { $exists: false } }, changes)))?.town ?? null;
  }

  return {
    async prepare() {
      await rows.index(['updatedAt'], { name: 'changed' });
      await rows.index(['leaseUntil'], { name: 'lease' });
      await rows.index(['memory.remindAt'], { name: 'reminder' });
      await rows.index(['untoldAt'], { name: 'untold', whenPresent: true });
      await rows.index(['town', 'holder', 'queue.service', 'queue.place', '_id'], { name: 'queue' });
      await rows.index(['queue.agent', 'holder', '_id'], { name: 'agent' });
      await rows.index(['town', 'queue.closedAt'], { name: 'closed' });
      await rows.index(['queue.settleAt'], { name: 'settle' });
      await rows.index(['town', 'queue.mentionedAt'], { name: 'mentioned', whenPresent: true });
    },
    find,
    begin: ({ id, ...rest }, { owner, until } = FREE) =>
      insertNew(rows, { _id: id, ...rest, leaseOwner: owner, leaseUntil: until }),
    async save(before, next, lease, now) {
      const { id, version, memory, lines, pending, lastCauses, updatedAt, untoldAt } = next;
      const { holder, queue } = passTo(before, next.holder, next.queue ?? null);
      const changes = {
        $set: {
          version: version + 1,
          memory,
          holder,
          queue,
          lines,
          pending,
          lastCauses,
          updatedAt,
          untoldAt,
          leaseOwner: lease.owner,
          leaseUntil: lease.until,
        },
      };
      return rows.changeIf({ _id: id, version, leaseUntil: { $lte: now } }, changes);
    },
    async settle(id, { owner, until }) {
      await rows.changeIf(
        { _id: id, leaseOwner: owner, leaseUntil: until },
        { $set: { pending: null, leaseOwner: '', leaseUntil: 0 } },
      );
    },
    async unsettled(now, limit, beyond) {
      const spans = [{ $gt: 0, $lt: now }, { $gt: beyond }];
      const found = await Promise.all(spans.map((leaseUntil) => rows.find({ leaseUntil }, { sort: [['leaseUntil', 1]], limit })));
      return found.flat().map(present);
    },
    async queue(town, services, { limit, after }) {
      const holder = 'queue';
      const found = await Promise.all(
        services.map(async (service) => {
          const waiting = { town, holder, 'queue.service': service };
          const later = { ...waiting, ...(after ? { 'queue.place': { $gt: after.place } } : {}) };
          const [same, next] = await Promise.all([
            // Two that came in the same moment go by their ids.
            after
              ? rows.find({ ...waiting, 'queue.place': after.place, _id: { $gt: after.id } }, { sort: [['_id', 1]], limit })
              : [],
            rows.find(later, {
              sort: [
                ['queue.place', 1],
                ['_id', 1],
              ],
              limit,
            }),
          ]);
          return [...same, ...next];
        }),
      );
      const inOrder = found.flat().map((row) => present(row).conversation);
      return inOrder.sort(byPlace).slice(0, limit);
    },
    async ahead(town, service, { id, place }) {
      const inLine = { town, holder: 'queue', 'queue.service': service };
      const [sooner, same] = await Promise.all([
        rows.count({ ...inLine, 'queue.place': { $lt: place } }),
        rows.count({ ...inLine, 'queue.place': place, _id: { $lt: id } }),
      ]);
      return sooner + same;
    },
    waiting: (town, service) => rows.count({ town, holder: 'queue', ...(service ? { 'queue.service': service } : {}) }),
    async ofAgent(agent, holder, { limit, after }) {
      const held: Filter = { 'queue.agent': agent, holder, ...(after === undefined ? {} : { _id: { $gt: after } }) };
      const found = await rows.find(held, { sort: [['_id', 1]], limit });
      return found.map((row) => present(row).conversation);
    },
    async changedSince(at, limit) {
      const found = await rows.find({ updatedAt: { $gte: at } }, { sort: [['updatedAt', 1]], limit });
      return found.map((row) => present(row).conversation);
    },
    async untold(before, limit) {
      const found = await rows.find({ untoldAt: { $lt: before } }, { sort: [['untoldAt', 1]], limit });
      return found.map((row) => present(row).conversation).filter(({ pending }) => pending === null);
    },
    async told(id, version) {
      await rows.changeIf({ _id: id, version }, { $unset: ['untoldAt'] });
    },
    async atDesk(town, holder) {
      return (await rows.find({ town, holder }, { limit: MOST_AT_DESK })).map((row) => present(row).conversation);
    },
    async closed(town, before, limit) {
      const found = await rows.find(
        { town, 'queue.closedAt': { $gt: '', $lt: before } },
        { sort: [['queue.closedAt', -1]], limit },
      );
      return found.map((row) => present(row).conversation);
    },
    async mentioning(town, limit) {
      const found = await rows.find({ town, 'queue.mentionedAt': { $gt: '' } }, { sort: [['queue.mentionedAt', -1]], limit });
      return found.map((row) => present(row).conversation);
    },
    reached: (id, line) => further(id, 'reachedLine', line),
    read: (id, line) => further(id, 'readLine', line),
    async seen(id, at) {
      await rows.changeIf({ _id: id }, { $set: { seenAt: at } });
    },
    async toSettle(now, limit) {
      const found = await rows.find({ 'queue.settleAt': { $gt: 0, $lte: now } }, { sort: [['queue.settleAt', 1]], limit });
      return found.map((row) => present(row).conversation);
    },
    async toRemind(now, limit) {
      const found = await rows.find({ 'memory.remindAt': { $gt: 0, $lte: now } }, { sort: [['memory.remindAt', 1]], limit });
      return found.map((row) => present(row).conversation);
    },
  };
}
