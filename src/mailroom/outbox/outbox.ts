/**
 * From the outbox to whoever delivers: a phone's carrier, Teams, a web hook, an e-mail server. Letters of one conversation
 * leave in order; a failed one is tried again later; one whose fate is unknown is asked about before it is ever sent
 * again; one that cannot be sent goes another way where it may, or is given up (`never-again.ts`). Nobody who has opted
 * out is written to.
 */
import { backOff } from '../../domain/back-off';
import type { Delivery, Letter, Patience } from '../../domain/message/courier';
import type { Receive } from '../../domain/message/letter';
import { StoreUnavailable } from '../../store/collection';
import type { OutboxRow } from '../../store/rows/mail';
import { hasOptedOut } from '../consent';
import { tellAccepted } from '../events/alerts';
import { beginLease, beyond, type Lease, leaseLeft, waitLeft } from '../lease';
import { createWaitingLine } from '../line';
import { type MailroomParts, SECOND } from '../parts';
import { createCeiling, isExempt, LOOKED_AGAIN } from './ceiling';
import { createJustWritten, type JustWritten } from './just-written';
import { isOfAgent, orderOf, rowOf } from './letter-row';
import type { NeverAgain } from './never-again';
import { ASKED_AFTER } from './unanswered';
import { createUnread } from './unread';

/** Longer than the carrier's SDK waits for an answer, so that a lease never expires on a live call. */
const LEASE = 45 * SECOND;
const MINUTE = 60 * SECOND;
/** An hour or more. */
const USUAL: Patience = { attempts: 30, longestWaitMs: 5 * MINUTE };
/** What a courier may wait, or ask to wait, at most. */
const LONGEST_WAIT = 60 * MINUTE;
/** Rows that one look takes up. */
const AT_ONCE = 200;

const OPEN: Array<OutboxRow['state']> = ['due', 'sending', 'unknown'];

export interface Outbox {
  ask(conversation: string): void;
  /** Writes a letter down once; it leaves when its conversation is asked for. */
  write: JustWritten['write'];
  /** Writes a letter that no conversation caused, once; it leaves behind those of its conversation that were posted before. */
  post(letter: Letter): Promise<'new' | 'known'>;
  sweep(): Promise<void>;
  /** Hands over where events for the bot go: what was sent may be one. */
  tellTo(receive: Receive): void;
  inHand(): number;
  stop(): void;
}

export function createOutbox(parts: MailroomParts, neverAgain: NeverAgain): Outbox {
  const { mail, ledger, clock, log } = parts;
  const step = parts.onStep ?? (() => {});
  const leaseMs = parts.sendLeaseMs ?? LEASE;
  const couriers = new Map(parts.couriers.map((courier) => [courier.lane, courier]));
  const ceiling = createCeiling(parts);
  const unread = createUnread(parts);
  const justWritten = createJustWritten(mail.outbox);
  const line = createWaitingLine(drain);
  let receive: Receive | undefined;
  let posted = 0;
  let isStarted = false;
  /** Where the next look for other processes' letters goes on. */
  let lookedUpTo: number | undefined;

  async function drain(conversation: string): Promise<number | null> {
    try {
      const written = justWritten.take(conversation);
      for (const row of written ?? (await mail.outbox.ofConversation(conversation, 20))) {
        const now = clock().getTime();
        const busy = Math.max(waitLeft(row, now), leaseLeft(row.leaseUntil, leaseMs, now));
        if (busy > 0) return busy;
        const lease = beginLease(clock, leaseMs);
        const claim = { $set: { state: 'sending', leaseUntil: lease.until } };
        const { leaseUntil, dueAt, attempts } = row;
        const [claimed, refused] = await Promise.all([
          // As it was read or written, and no other try since.
          mail.outbox.move(row._id, [row.state], claim, { leaseUntil, dueAt, attempts }),
          refusalOf(row),
        ]);
        // What another look has sent meanwhile is told by the store.
        if (!claimed) return written ? 0 : SECOND;
        step('outbox:claimed');
        const wait = await settle(row, lease, refused ?? (await attempt(row, lease)));
        if (wait !== null) return wait;
      }
      return null;
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) log('error', 'outbox.fault', { conversation, reason: nameOf(error) });
      return backOff(1, SECOND, 5 * SECOND);
    }
  }

  /** Why a letter does not leave, or not now; null when it may. */
  async function refusalOf(row: OutboxRow): Promise<Delivery | null> {
    const courier = couriers.get(row.channel);
    if (!courier) return { outcome: 'later', reason: `Nobody delivers ${row.channel}: it is not configured`, afterMs: MINUTE };
    const { town, address, activity } = row;
    const [isOptedOut, isReached, isTooMuch] = await Promise.all([
      // The one confirmation of an opt-out is marked by the bot, and who writes of danger is told whom to call: the rest stays here.
      activity.channelData?.confirmsOptOut !== true && activity.importance !== 'high' && isUnwanted(row),
      // Read on the page meanwhile: nobody wants it any more.
      unread.isReached(row),
      courier.isPaid === true && row.state === 'due' && ceiling.isReached(row),
    ]);
    if (isOptedOut) return { outcome: 'never', reason: 'opted out', optedOut: true };
    if (isReached) return { outcome: 'never', reason: 'reached', optedOut: true };
    const refusal = courier.unanswerable?.(town, address) ?? null;
    if (refusal === 'no-number' || (refusal && !isExempt(row))) return { outcome: 'never', reason: refusal };
    if (isTooMuch) return { outcome: 'later', reason: 'ceiling', afterMs: LOOKED_AGAIN, isUntried: true };
    // It was refused before, and already goes another way.
    return row.fallback ? { outcome: 'never', reason: row.reason ?? '' } : null;
  }

  async function attempt(row: OutboxRow, lease: Lease): Promise<Delivery> {
    const courier = couriers.get(row.channel)!;
    const letter = letterOf(row);
    try {
      // Where nobody can be asked what became of it, it is sent again: twice is better than never.
      if (row.state === 'due' || !courier.reconcile) return await courier.deliver(letter, lease.isOurs);
      return await courier.reconcile(letter);
    } catch (error) {
      return { outcome: 'unknown', reason: nameOf(error) };
    }
  }

  /** Opted out, here or on the channel that this message was meant for. */
  async function isUnwanted({ town, address, insteadOf }: OutboxRow): Promise<boolean> {
    if (await hasOptedOut(ledger, town, address)) return true;
    const meant = insteadOf ? await mail.outbox.get(insteadOf) : null;
    return meant !== null && hasOptedOut(ledger, town, meant.address);
  }

  /** When a letter just sent is asked about, on a lane that can be asked. */
  function askAt({ channel }: OutboxRow, now: number): number | undefined {
    return couriers.get(channel)?.inquire ? now + ASKED_AFTER : undefined;
  }

  /** Writes the outcome down; null when the next message may go, else how long to wait. */
  async function settle(row: OutboxRow, lease: Lease, sent: Delivery): Promise<number | null> {
    step('outbox:delivered');
    const now = clock().getTime();
    const attempts = row.attempts + 1;
    if (sent.outcome === 'sent') {
      // Before it counts as sent: after a crash the carrier is asked, and it is told then.
      if (row.alert && receive) await tellAccepted(parts, receive, row, clock());
      // That it left is true whoever has the row by now, and keeps it from leaving again.
      const isFirst = await mail.outbox.move(row._id, OPEN, {
        $set: { state: 'sent', attempts, leaseUntil: 0, providerId: sent.providerId ?? '', askAt: askAt(row, now) },
      });
      if (isFirst && couriers.get(row.channel)?.isPaid) await ceiling.count(row, sent.pieces ?? 1);
      if (isOfAgent(row)) parts.onDelivery?.(row.town, row.conversation);
      step('outbox:sent');
      return null;
    }
    // Anything else is said by whoever has the row: another process may be sending it just now.
    const mine = { leaseUntil: lease.until };
    if (sent.outcome === 'later' && sent.isUntried) {
      const wait = Math.max(sent.afterMs ?? 0, SECOND / 2);
      const back = { state: row.state, leaseUntil: 0, dueAt: now + wait, waitMs: wait };
      await mail.outbox.move(row._id, ['sending'], { $set: back }, mine);
      return wait;
    }
    const patience = couriers.get(row.channel)?.patience?.(letterOf(row)) ?? USUAL;
    const isRefused = sent.outcome === 'never';
    if (isRefused || attempts >= patience.attempts) {
      const isOptedOut = isRefused && sent.optedOut === true;
      const { changes, isReplaced } = await neverAgain(row, { reason: sent.reason, event: 'given-up', isRefused, isOptedOut });
      if (!(await mail.outbox.move(row._id, ['sending'], { $set: { ...changes, attempts } }, mine))) return SECOND;
      if (isReplaced) line.ask(row.conversation);
      return null;
    }
    const wait = Math.max(
      sent.outcome === 'later' ? (sent.afterMs ?? 0) : 0,
      backOff(row.attempts, SECOND, patience.longestWaitMs),
    );
    const state = sent.outcome === 'unknown' ? 'unknown' : 'due';
    log('warn', 'outbox.delayed', { outbox: row._id, lane: row.channel, attempts, reason: sent.reason });
    const changes = { state, attempts, leaseUntil: 0, reason: sent.reason, dueAt: now + wait, waitMs: wait };
    await mail.outbox.move(row._id, ['sending'], { $set: changes }, mine);
    return wait;
  }

  return {
    tellTo(to) {
      receive = to;
    },
    ask(conversation) {
      if (couriers.size > 0) line.ask(conversation);
    },
    write: justWritten.write,
    async post(letter) {
      const at = clock().getTime();
      posted = (posted + 1) % 1_000_000;
      const written = await justWritten.write(rowOf(letter, { at, order: orderOf(at, posted) }));
      if (written === 'new' && isStarted && couriers.size > 0) line.ask(letter.conversation);
      return written;
    },
    async sweep() {
      isStarted = true;
      if (couriers.size === 0) return;
      const now = clock().getTime();
      const rows = await mail.outbox.due(now, AT_ONCE, beyond(LONGEST_WAIT, now), lookedUpTo);
      // Letters behind one that waits are due as well, by thousands where a web hook is down: the next look goes on behind them.
      lookedUpTo = rows.length < AT_ONCE ? undefined : rows.at(-1)?.dueAt;
      for (const row of rows) if (leaseLeft(row.leaseUntil, leaseMs, now) === 0) line.ask(row.conversation);
    },
    inHand: line.inHand,
    stop: line.stop,
  };
}

function letterOf({ _id: id, town, channel, conversation, address, activity }: OutboxRow): Letter {
  return { id, town, channel, conversation, address, activity };
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown';
}
