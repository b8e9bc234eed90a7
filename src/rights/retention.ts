/**
 * Every night, by one process of several: requests that are over pass from use to few eyes, and from there out of the house;
 * quiet conversations and old lines of the audit log go. In small batches with rests between them, so that citizens who
 * write at night wait for nothing; what is not done by morning goes on the next night.
 */
import { randomUUID } from 'node:crypto';
import { DateTime } from 'luxon';
import { type Retention, retentionOf } from '../domain/retention';
import { isOpen } from '../domain/ticket/states';
import type { Town, Towns } from '../domain/town';
import type { Conversations } from '../store/rows/conversations';
import type { Audit } from '../store/rows/desk/audit';
import type { Eliminations } from '../store/rows/eliminations';
import type { Jobs } from '../store/rows/jobs';
import type { Tickets } from '../store/rows/tickets';
import type { Traces } from '../store/rows/traces';
import type { Erasing } from './erasing';

export interface RetentionParts {
  towns: Pick<Towns, 'list' | 'topics' | 'topic'>;
  tickets: Tickets;
  traces: Traces;
  audit: Pick<Audit, 'forget'>;
  conversations: Pick<Conversations, 'find'>;
  eliminations: Eliminations;
  jobs: Jobs;
  erasing: Erasing;
  clock: () => Date;
  log: (level: 'info' | 'warn', event: string, fields?: Record<string, unknown>) => void;
  /** How often it is looked whether it is night. */
  everyMs?: number;
}

export interface Done {
  restricted: number;
  erased: number;
  toTransfer: number;
  conversations: number;
}

const DAY_MS = 24 * 60 * 60 * 1000;
const MINUTE_MS = 60_000;
/** Hours of the town's night. */
const [FROM, TO] = [1, 6];
const NIGHT_MS = (TO - FROM) * 60 * MINUTE_MS;
const BATCH = 50;
/** As long as a batch took, and this at least. */
const LEAST_REST_MS = 20;

export function createRetention(parts: RetentionParts) {
  const { towns, tickets, traces, audit, conversations, eliminations, jobs, erasing, clock, log, everyMs = MINUTE_MS } = parts;
  const owner = randomUUID();
  const doneOn = new Map<string, string>();
  let timer: NodeJS.Timeout | undefined;
  let working = Promise.resolve();
  let isStopped = false;

  /** Does batches until one is not full; each hands over how many it dealt with. */
  async function inBatches(mayGoOn: () => boolean, batch: () => Promise<number>): Promise<number> {
    let all = 0;
    while (mayGoOn() && !isStopped) {
      const from = performance.now();
      const done = await batch();
      all += done;
      if (done < BATCH) break;
      await new Promise((resolve) => setTimeout(resolve, Math.max(LEAST_REST_MS, performance.now() - from)));
    }
    return all;
  }

  /** One town, now: from all that is over to all that is due; `mayGoOn` is asked before each batch. */
  async function run(town: Town, mayGoOn: () => boolean = () => true): Promise<Done> {
    const done: Done = { restricted: 0, erased: 0, toTransfer: 0, conversations: 0 };
    const rules = town.retention;
    if (!rules) return done;
    const now = clock().getTime();
    const day = DateTime.fromMillis(now, { zone: town.timeZone }).toISODate() ?? '';
    for (const { id: topic, retention } of towns.topics(town.id)) {
      const { inUse, restricted, end } = retentionOf(rules, retention);
      done.restricted += await inBatches(mayGoOn, async () => {
        const found = await tickets.ended(town.id, topic, now - inUse * DAY_MS, BATCH);
        for (const { id } of found) await tickets.restrict(id, now);
        return found.length;
      });
      const gone = await inBatches(mayGoOn, () => leave(town.id, topic, now - restricted * DAY_MS, day, end));
      if (end === 'erase') done.erased += gone;
      else done.toTransfer += gone;
    }
    done.conversations = await forgetConversations(
      town,
      new Date(now - rules.conversations * DAY_MS).toISOString(),
      day,
      mayGoOn,
    );
    await audit.forget(town.id, now - rules.audit * DAY_MS);
    return done;
  }

  /** The end of a topic's requests that were restricted before a moment. */
  async function leave(town: string, topic: string, before: number, day: string, end: Retention['end']): Promise<number> {
    const found = await tickets.restricted(town, topic, before, BATCH);
    for (const ticket of found) {
      const { reference, openedAt } = ticket;
      const fate = end === 'erase' ? 'erased' : 'to-transfer';
      await eliminations.note({ town, what: `ticket:${reference}`, topic, openedAt, day, fate, why: 'retention' });
      if (end === 'erase') await erasing.ticket(ticket);
      else await tickets.setAside(ticket.id);
    }
    return found.length;
  }

  async function forgetConversations(town: Town, before: string, day: string, mayGoOn: () => boolean): Promise<number> {
    let from = '';
    let gone = 0;
    await inBatches(mayGoOn, async () => {
      const found = await traces.quietSince(town.id, before, from, BATCH);
      let count = 0;
      for (const { id, holder } of found) {
        if (holder !== 'bot' || (await hasOpenTicket(town.id, id))) continue;
        await erasing.conversation(id);
        count += 1;
      }
      if (count > 0) await eliminations.count(town.id, day, count);
      gone += count;
      const last = found.at(-1)?.updatedAt ?? '';
      // Those that stay are passed by; of several at the same moment the rest is found the next night.
      const isStuck = last === from && count === 0;
      from = last;
      return isStuck ? 0 : found.length;
    });
    return gone;
  }

  /** News of a request that is worked on is told in its conversation. */
  async function hasOpenTicket(town: string, id: string): Promise<boolean> {
    const held = await conversations.find(id);
    if (!held) return false;
    const { channel, address } = held.conversation;
    return (await tickets.ofAddress(town, channel, address, BATCH)).some(isOpen);
  }

  async function look(): Promise<void> {
    for (const town of towns.list().filter(({ retention }) => retention)) {
      const local = () => DateTime.fromJSDate(clock(), { zone: town.timeZone });
      const isNight = () => local().hour >= FROM && local().hour < TO;
      try {
        const day = local().toISODate() ?? '';
        if (!isNight() || doneOn.get(town.id) === day) continue;
        // The whole night is one process's: whoever comes later finds nothing left. Should it die, the next night goes on.
        if (!(await jobs.hold(`retention:${town.id}`, owner, NIGHT_MS, clock().getTime()))) continue;
        doneOn.set(town.id, day);
        log('info', 'retention.done', { town: town.id, ...(await run(town, isNight)) });
      } catch (error) {
        log('warn', 'retention.failed', { town: town.id, reason: error instanceof Error ? error.name : 'unknown' });
      }
    }
    if (!isStopped) timer = setTimeout(() => (working = look()), everyMs);
  }

  return {
    run,
    start() {
      timer = setTimeout(() => (working = look()), everyMs);
    },
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      await working;
    },
  };
}
