/**
 * Every night, by one process of several: requests that are over pass from use to few eyes, and from there out of the house;
 * quiet conversations and old lines of the audit log go. In batches, at a pace that citizens who write at night do not feel
 * (`pace.ts`); what a process that died had begun is ended by the next, and what is not done by morning goes on the next night.
 */
import { randomUUID } from 'node:crypto';
import { DateTime } from 'luxon';
import { type Retention, retentionOf } from '../domain/retention';
import type { Town, Towns } from '../domain/town';
import { createRecurring } from '../recurring';
import type { Abuses } from '../store/rows/desk/abuses';
import type { Audit } from '../store/rows/desk/audit';
import type { Batch, Eliminations } from '../store/rows/eliminations';
import type { Jobs } from '../store/rows/jobs';
import type { Mail } from '../store/rows/mail';
import type { Tickets } from '../store/rows/tickets';
import type { Quiet, Traces } from '../store/rows/traces';
import type { Erasing } from './erasing';
import { createPace } from './pace';

export interface RetentionParts {
  towns: Pick<Towns, 'list' | 'topics' | 'topic'>;
  tickets: Tickets;
  traces: Traces;
  audit: Pick<Audit, 'forget'>;
  mail: { inbox: Pick<Mail['inbox'], 'due'> };
  abuses: Pick<Abuses, 'forget'>;
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

type MayGoOn = () => Promise<boolean>;

const DAY_MS = 24 * 60 * 60 * 1000;
const MINUTE_MS = 60_000;
/** Hours of the town's night. */
const [FROM, TO] = [1, 6];
/** Renewed before each batch: a process that died is followed within the same night. */
const LEASE_MS = 10 * MINUTE_MS;
/** Requests, and conversations, that are dealt with at a time. */
const BATCH = 50;
const CONVERSATIONS = 400;
const MOST_HELD = 10_000;

export function createRetention(parts: RetentionParts) {
  const { towns, tickets, traces, audit, mail, eliminations, jobs, erasing, clock, log, everyMs = MINUTE_MS } = parts;
  const owner = randomUUID();
  const doneOn = new Map<string, string>();
  const { isStopped, ...looks } = createRecurring(everyMs, look);
  const pace = createPace(async () => (await mail.inbox.due(clock().getTime(), 1)).length > 0);

  /** Does batches until one is not full; each hands over how many it dealt with. */
  async function inBatches(mayGoOn: MayGoOn, batch: () => Promise<number>): Promise<number> {
    let all = 0;
    while (!isStopped() && (await mayGoOn())) {
      const from = performance.now();
      const done = await batch();
      all += done;
      if (done < BATCH) break;
      await pace.rest(performance.now() - from);
    }
    return all;
  }

  /** One town, now: from all that is over to all that is due; `mayGoOn` is asked before each batch. */
  async function run(town: Town, mayGoOn: MayGoOn = async () => true): Promise<Done> {
    const done: Done = { restricted: 0, erased: 0, toTransfer: 0, conversations: 0 };
    const rules = town.retention;
    if (!rules) return done;
    const now = clock().getTime();
    const day = DateTime.fromMillis(now, { zone: town.timeZone }).toISODate() ?? '';
    for (const { id: topic, retention } of towns.topics(town.id)) {
      const { inUse, restricted, end } = retentionOf(rules, retention);
      done.restricted += await inBatches(mayGoOn, async () => {
        const found = await tickets.ended(town.id, topic, now - inUse * DAY_MS, BATCH);
        await Promise.all(found.map(({ id }) => tickets.restrict(id, now)));
        return found.length;
      });
      const gone = await inBatches(mayGoOn, () => leave(town.id, topic, now - restricted * DAY_MS, day, end));
      if (end === 'erase') done.erased += gone;
      else done.toTransfer += gone;
    }
    const before = new Date(now - rules.conversations * DAY_MS).toISOString();
    done.conversations = await forgetConversations(town.id, before, day, mayGoOn);
    if (!isStopped() && (await mayGoOn())) await audit.forget(town.id, now - rules.audit * DAY_MS, pace);
    if (!isStopped() && (await mayGoOn())) await parts.abuses.forget(town.id, now - rules.audit * DAY_MS);
    return done;
  }

  /** The end of a topic's requests that were restricted before a moment. */
  async function leave(town: string, topic: string, before: number, day: string, end: Retention['end']): Promise<number> {
    const found = await tickets.restricted(town, topic, before, BATCH);
    await Promise.all(
      found.map(async (ticket) => {
        const { reference, openedAt } = ticket;
        const fate = end === 'erase' ? 'erased' : 'to-transfer';
        await eliminations.note({ town, what: `ticket:${reference}`, topic, openedAt, day, fate, why: 'retention' });
        if (end === 'erase') await erasing.ticket(ticket);
        else await tickets.setAside(ticket.id);
      }),
    );
    return found.length;
  }

  async function forgetConversations(town: string, before: string, day: string, mayGoOn: MayGoOn): Promise<number> {
    let gone = 0;
    const forget = async (batch: Batch) => {
      const count = await erasing.quiet(town, batch.conversations, before, pace);
      await eliminations.end(town, batch, count);
      gone += count;
      return count;
    };
    for (const batch of await eliminations.begun(town)) await forget(batch);
    for (let from = ''; !isStopped() && (await mayGoOn()); ) {
      const found = await traces.quietSince(town, before, from, CONVERSATIONS);
      const due = await withoutRequest(town, found);
      const batch = due.length > 0 ? await eliminations.begin(town, day, due) : null;
      // Another process is at it: it woke, or this one did, after its lease was over.
      if (due.length > 0 && !batch) return gone;
      const count = batch ? await forget(batch) : 0;
      const last = found.at(-1)?.updatedAt ?? '';
      if (found.length < CONVERSATIONS) return gone;
      // Those that stay are passed by; where all of one moment stay, so is the moment.
      from = last === from && count === 0 ? `${last}\0` : last;
    }
    return gone;
  }

  /** News of a request that is worked on is told in its conversation; that of one that is held is part of the dispute. */
  async function withoutRequest(town: string, found: Quiet[]): Promise<string[]> {
    const held = new Set((await tickets.held(town, MOST_HELD)).map(({ conversation }) => conversation));
    const quiet = found.filter(({ id, holder }) => holder === 'bot' && !held.has(id));
    const open = new Map<string, Set<string>>();
    for (const channel of new Set(quiet.map((one) => one.channel))) {
      const addresses = quiet.filter((one) => one.channel === channel).map(({ address }) => address);
      open.set(channel, await tickets.openAmong(town, channel, [...new Set(addresses)]));
    }
    return quiet.filter(({ channel, address }) => !open.get(channel)?.has(address)).map(({ id }) => id);
  }

  async function look(): Promise<void> {
    for (const town of towns.list().filter(({ retention }) => retention)) {
      const local = () => DateTime.fromJSDate(clock(), { zone: town.timeZone });
      const isNight = () => local().hour >= FROM && local().hour < TO;
      const isMine = () => jobs.hold(`retention:${town.id}`, owner, LEASE_MS, clock().getTime());
      try {
        const day = local().toISODate() ?? '';
        if (!isNight() || doneOn.get(town.id) === day || !(await isMine())) continue;
        const done = await run(town, async () => isNight() && isMine());
        doneOn.set(town.id, day);
        log('info', 'retention.done', { town: town.id, ...done });
      } catch (error) {
        log('warn', 'retention.failed', { town: town.id, reason: error instanceof Error ? error.name : 'unknown' });
      }
    }
  }

  return {
    run,
    start: () => looks.start(everyMs),
    stop: looks.stop,
  };
}
