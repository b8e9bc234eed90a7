/**
 * From the outbox to the citizen's phone. Messages of one conversation leave in order; a failed
 * one is tried again later; one whose fate is unknown is asked about before it is ever sent again;
 * one that cannot be sent goes another way where it may (`fallback.ts`), or is given up loudly.
 * Nobody who has opted out is written to.
 */
import type { Delivery, Outgoing, Patience, Receive } from '../../domain/message/letter';
import { StoreUnavailable } from '../../store/collection';
import type { OutboxRow } from '../../store/rows/mail';
import { hasOptedOut } from '../consent';
import { tellAccepted } from '../events/alerts';
import { beginLease, beyond, type Lease, leaseLeft, waitLeft } from '../lease';
import { backOff, createWaitingLine } from '../line';
import { type MailroomParts, SECOND } from '../parts';
import { createCeiling, isExempt, LOOKED_AGAIN } from './ceiling';
import type { Fallback } from './fallback';
import { ASKED_AFTER } from './unanswered';

/** Longer than the carrier's SDK waits for an answer, so that a lease never expires on a live call. */
const LEASE = 45 * SECOND;
const MINUTE = 60 * SECOND;
const PATIENCE: Patience = { attempts: 30, longestWaitMs: 5 * MINUTE };
/** What a channel may wait, or ask to wait, at most. */
const LONGEST_WAIT = 60 * MINUTE;

const OPEN: Array<OutboxRow['state']> = ['due', 'sending', 'unknown'];

export interface Outbox {
  ask(conversation: string): void;
  sweep(): Promise<void>;
  /** Hands over where events for the bot go: what was sent may be one. */
  tellTo(receive: Receive): void;
  inHand(): number;
  stop(): void;
}

export function createOutbox(parts: MailroomParts, fallback: Fallback): Outbox {
  const { mail, ledger, clock, log } = parts;
  const step = parts.onStep ?? (() => {});
  const leaseMs = parts.sendLeaseMs ?? LEASE;
  const pushing = new Map(parts.senders.filter((sender) => sender.style === 'push').map((sender) => [sender.name, sender]));
  const ceiling = createCeiling(parts);
  const line = createWaitingLine(drain);
  let receive: Receive | undefined;

  async function drain(conversation: string): Promise<number | null> {
    try {
      for (const row of await mail.outbox.ofConversation(conversation, 20)) {
        const now = clock().getTime();
        const busy = Math.max(waitLeft(row, now), leaseLeft(row.leaseUntil, leaseMs, now));
        if (busy > 0) return busy;
        const lease = beginLease(clock, leaseMs);
        const claimed = await mail.outbox.move(
          row._id,
          [row.state],
          { $set: { state: 'sending', leaseUntil: lease.until } },
          { leaseUntil: row.leaseUntil },
        );
        if (!claimed) return SECOND;
        step('outbox:claimed');
        const wait = await settle(row, lease, await attempt(row, lease));
        if (wait !== null) return wait;
      }
      return null;
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) log('error', 'outbox.fault', { conversation, reason: nameOf(error) });
      return backOff(1, SECOND, 5 * SECOND);
    }
  }

  async function attempt(row: OutboxRow, lease: Lease): Promise<Delivery> {
    const sender = pushing.get(row.channel);
    if (!sender?.deliver) return { outcome: 'later', reason: `The channel ${row.channel} is not configured`, afterMs: MINUTE };
    const { town, address, activity } = row;
    // The one confirmation of an opt-out is marked by the bot; everything else stays here.
    if (activity.channelData?.confirmsOptOut !== true && (await isUnwanted(row))) {
      return { outcome: 'never', reason: 'opted out', optedOut: true };
    }
    const refusal = sender.unanswerable?.(town, address) ?? null;
    if (refusal === 'no-number' || (refusal && !isExempt(row))) return { outcome: 'never', reason: refusal };
    if (sender.isPaid && row.state === 'due' && (await ceiling.isReached(row)))
      return { outcome: 'later', reason: 'ceiling', afterMs: LOOKED_AGAIN, isUntried: true };
    // It was refused before, and already goes another way.
    if (row.fallback) return { outcome: 'never', reason: row.reason ?? '' };
    const message = messageOf(row);
    try {
      // A channel that cannot be asked what became of a message sends it again: twice is better than never.
      if (row.state === 'due' || !sender.reconcile) return await sender.deliver(message, lease.isOurs);
      return await sender.reconcile(message);
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

  /** When a message just sent is asked about, on a channel that can be asked. */
  function askAt({ channel }: OutboxRow, now: number): number | undefined {
    return pushing.get(channel)?.inquire ? now + ASKED_AFTER : undefined;
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
      if (isFirst && pushing.get(row.channel)?.isPaid) await ceiling.count(row, sent.pieces ?? 1);
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
    const patience = pushing.get(row.channel)?.patience?.(messageOf(row)) ?? PATIENCE;
    if (sent.outcome === 'never' || attempts >= patience.attempts) {
      const isOptedOut = sent.outcome === 'never' && sent.optedOut === true;
      const instead = sent.outcome === 'never' && !isOptedOut ? await fallback.instead(row, sent.reason) : null;
      if (!isOptedOut && !instead) log('error', 'outbox.given-up', { outbox: row._id, reason: sent.reason });
      if (row.alert) log('error', 'alert.not-told', { outbox: row._id, alert: row.alert, reason: sent.reason });
      const state = isOptedOut || instead ? 'cancelled' : 'dead';
      const changes = { state, attempts, leaseUntil: 0, reason: sent.reason, ...(instead ? { fallback: instead } : {}) };
      if (!(await mail.outbox.move(row._id, ['sending'], { $set: changes }, mine))) return SECOND;
      if (instead) line.ask(row.conversation);
      return null;
    }
    const wait = Math.max(
      sent.outcome === 'later' ? (sent.afterMs ?? 0) : 0,
      backOff(attempts, SECOND / 2, patience.longestWaitMs),
    );
    const state = sent.outcome === 'unknown' ? 'unknown' : 'due';
    log('warn', 'outbox.delayed', { outbox: row._id, attempts, reason: sent.reason });
    const changes = { state, attempts, leaseUntil: 0, reason: sent.reason, dueAt: now + wait, waitMs: wait };
    await mail.outbox.move(row._id, ['sending'], { $set: changes }, mine);
    return wait;
  }

  return {
    tellTo(to) {
      receive = to;
    },
    ask(conversation) {
      if (pushing.size > 0) line.ask(conversation);
    },
    async sweep() {
      if (pushing.size === 0) return;
      const now = clock().getTime();
      for (const row of await mail.outbox.due(now, 200, beyond(LONGEST_WAIT, now)))
        if (leaseLeft(row.leaseUntil, leaseMs, now) === 0) line.ask(row.conversation);
    },
    inHand: line.inHand,
    stop: line.stop,
  };
}

function messageOf({ _id: id, town, channel, conversation, address, activity }: OutboxRow): Outgoing {
  return { id, town, channel, conversation, address, activity };
}

function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : 'unknown';
}
