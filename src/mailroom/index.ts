/**
 * The mailroom: what makes nothing get lost. A message is a row in the inbox before anything is
 * done with it; what the bot decides is saved before it is carried out; what is said on a phone
 * is a row in the outbox before it is sent. Everything has a derived id, so a replay changes nothing.
 */
import type { Letter } from '../domain/message/courier';
import type { Receive } from '../domain/message/letter';
import { createRecurring } from '../recurring';
import { createCatchUp, FIRST_MS } from './catch-up';
import { type Consent, createConsent } from './consent';
import { createCampaignSending } from './events/campaigns';
import { createEscalation } from './events/escalation';
import { createNotices } from './events/notices';
import { createReminders } from './events/reminders';
import { createInbox } from './inbox';
import { createFallback } from './outbox/fallback';
import { createNeverAgain } from './outbox/never-again';
import { createOutbox } from './outbox/outbox';
import { createReceipts, type DeliveryReceipt } from './outbox/receipts';
import { createUnanswered } from './outbox/unanswered';
import { type MailroomParts, SECOND } from './parts';
import { createStanding } from './standing';

export { type AlertLetters, createAlertLetters } from './events/alert-letters';
export { campaignWaits } from './events/campaigns';
export { endHelp } from './events/helping';
export { declareIncident, type MergeOutcome, mergeTickets, splitTicket } from './events/merging';
export { type AgentChange, type ChangeOutcome, changeTicket, routeTicket } from './events/notices';
export { createPollResults } from './events/poll-results';
export type { MailroomParts } from './parts';

export interface Mailroom {
  /** Resolves once the message is written down. Throws StoreUnavailable when it could not be. */
  receive: Receive;
  /** Writes a letter to somebody, once under its id; it is delivered by the courier of its lane, in the order of its conversation. */
  post(letter: Letter): Promise<'new' | 'known'>;
  /** Applies what the carrier says became of a message; `isForward` is the channel's order of statuses. */
  receipt(receipt: DeliveryReceipt, isForward: (before: string | undefined, next: string) => boolean): Promise<void>;
  /** Writes down that an operator no longer delivers to an address. */
  consent(consent: Consent): Promise<void>;
  /** When the citizen last wrote in a conversation. */
  heardAt(conversation: string): Promise<Date | undefined>;
  /** Whether the bot answers at once in a conversation: not while a person is waited for, or holds it. */
  isAnswering(conversation: string): Promise<boolean>;
  start(): void;
  /** Finishes what is in hand, for ten seconds at most; the rest is found by the next start. */
  stop(): Promise<void>;
  /** Work in hand in this process: conversations being turned or delivered. */
  inHand(): number;
}

export { createWriteDown } from './write-down';

export function createMailroom(parts: MailroomParts): Mailroom {
  const fallback = createFallback(parts);
  const neverAgain = createNeverAgain(parts, fallback);
  const outbox = createOutbox(parts, neverAgain);
  const inbox = createInbox(parts, outbox, fallback);
  outbox.tellTo(inbox.receive);
  const notices = createNotices(parts, inbox.receive);
  const sending = createCampaignSending(parts, inbox.receive);
  const escalation = createEscalation({ ...parts, towns: parts.towns ?? [] }, outbox.ask);
  const reminders = createReminders(parts, inbox.receive);
  const unanswered = createUnanswered(parts);
  const catchUp = createCatchUp(parts);
  const sweeps = createRecurring(parts.sweepMs ?? SECOND, sweep);
  let isDown = false;

  async function sweep(): Promise<void> {
    try {
      await Promise.all([
        inbox.sweep(),
        outbox.sweep(),
        notices.sweep(),
        sending.sweep(),
        reminders.sweep(),
        escalation.sweep(),
        unanswered.sweep(),
      ]);
      if (isDown) parts.log('info', 'mailroom.resumed');
      isDown = false;
      parts.onStep?.('mailroom:swept');
    } catch (error) {
      // The store is away: nothing is lost, it is all in rows. Said once, not every second.
      if (!isDown) parts.log('error', 'mailroom.waiting', { reason: error instanceof Error ? error.message : 'unknown' });
      isDown = true;
    }
  }

  return {
    receive: inbox.receive,
    post: outbox.post,
    receipt: createReceipts(parts, neverAgain, (conversation) => outbox.ask(conversation)),
    consent: createConsent(parts),
    ...createStanding(parts),
    start() {
      sweeps.start(0);
      catchUp.start(FIRST_MS);
    },
    async stop() {
      // What it began is waited for below, and no longer than that.
      void sweeps.stop();
      let isCaughtUp = false;
      void catchUp.stop().then(() => {
        isCaughtUp = true;
      });
      inbox.stop();
      unanswered.stop();
      const limit = Date.now() + 10 * SECOND;
      const inHand = () => inbox.inHand() + outbox.inHand() + unanswered.inHand();
      while ((inHand() > 0 || !isCaughtUp) && Date.now() < limit) await new Promise((resolve) => setTimeout(resolve, 5));
      outbox.stop();
    },
    inHand: () => inbox.inHand() + outbox.inHand(),
  };
}
