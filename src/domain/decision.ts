/**
 * What a turn comes to: the conversation as it shall be, and a list of effects, plain data.
 * The bot decides; the mailroom carries out. Being data, a decision can be saved, replayed
 * after a crash, and compared in a test like arithmetic.
 */

import type { Alert, AlertNews } from './alert';
import type { Conversation, Holder, Memory, QueueEntry } from './conversation';
import type { Activity } from './message/activity';
import type { Outlook } from './queue';
import type { Ticket, TicketDraft, TicketPlace } from './ticket';

/** Who speaks where it is not the bot: a person of the town hall, or the town hall itself ('you are second in line'). */
export type Speaker = { kind: 'agent'; id: string; name: string } | { kind: 'system' };

export type Effect =
  /** To the citizen. Absent `by`: the bot speaks. */
  | { kind: 'say'; activity: Activity; by?: Speaker }
  /** A line of the transcript for colleagues: no citizen, channel or export ever sees it. */
  | { kind: 'note'; text: string; by: Speaker }
  | { kind: 'openTicket'; reference: string; draft: TicketDraft }
  | { kind: 'updateTicket'; reference: string; change: TicketChange }
  /** Opt-out or opt-in: what, and in which words (protocols.md 1.10). */
  | { kind: 'recordConsent'; given: boolean; words: string }
  /** Somebody may be in danger, or more is said of it: people of the town hall hear of it at once. */
  | { kind: 'alert'; news: AlertNews; danger: string; place?: TicketPlace }
  /** An answer was found useful, or not. */
  | { kind: 'recordFeedback'; topic: string; isUseful: boolean }
  /** The reference of a request is told again, where it was made from and to the phone noted with it: nowhere else. */
  | { kind: 'recallReference'; reference: string }
  /** Somebody was told that this is another office's: counted, so that the town sees what it is asked. */
  | { kind: 'recordReferral'; topic: string }
  /** The last words to somebody who gets no more answers for a while: they are said once. */
  | { kind: 'hush'; reason: HushReason }
  /** A place in the queue became free (taken by an agent, left by the citizen), or an agent is done: what others are told of the wait is made of it. */
  | { kind: 'recordQueue'; what: 'taken' | 'left' | 'handled'; service: string; ms: number; toldMinutes?: number }
  /** Wrong proof for a ticket: counted against the reference and the address, so that attempts are limited. */
  | { kind: 'countAttempt'; reference: string };

/** Why answers stop where each costs money: a machine writes, or too much was asked in an hour, in a day. */
export type HushReason = 'automatic' | 'hour' | 'day';

export type TicketChange = { kind: 'comment'; text: string } | { kind: 'attach'; files: string[] } | { kind: 'cancel' };

/** What the turn heard and why it decided as it did: kept with the message, for the desk and for learning. */
export interface Why {
  /** Which rule of the order of listening took the message: 'danger', 'command', 'form', 'topic'… */
  rule: string;
  /** Up to three topics with the confidence (0 to 1) they were heard with. */
  heard: Array<{ topic: string; confidence: number }>;
  /** Words repaired before understanding: `[typed, read as]`. */
  repaired?: Array<[string, string]>;
}

export interface Decision {
  memory: Memory;
  holder: Holder;
  /** Where it stands at the desk from now on, decided whole; null when it stands nowhere, absent when that stays as it is. */
  queue?: QueueEntry | null;
  effects: Effect[];
  why: Why;
  /** What became of an agent's action, plain JSON: kept with the row that asked for it, for whoever waits there. */
  answer?: Record<string, unknown>;
}

/**
 * Hears what somebody sent and decides; it does nothing itself: no store, no network, no clock. Whoever sent it chooses
 * who decides: the bot hears citizens and what happens in the house, the desk hears agents.
 */
export type Decide = (activity: Activity, conversation: Conversation, lookups: Lookups) => Promise<Decision>;

/** Whether an effect is a line of the transcript, and so takes a number. */
export function isLine({ kind }: Effect): boolean {
  return kind === 'say' || kind === 'note';
}

/** What a turn may ask about the world; answered by the mailroom from the store, by a test from plain data. */
export interface Lookups {
  now: Date;
  /** The n-th (0, 1, 2…) fresh ticket reference for this message: the same on every replay. */
  reference(n: number): string;
  /** Tickets opened from this very address in the last half year, newest first: a phone number may change hands. */
  ticketsHere(): Promise<Ticket[]>;
  /** Tickets of the last half year with this contact (E.164 or e-mail), newest first. */
  ticketsOf(contact: string): Promise<Ticket[]>;
  ticket(reference: string): Promise<Ticket | null>;
  /** Wrong proofs given for this reference, or from this address, within the last hour. */
  wrongProofs(reference: string): Promise<number>;
  /** Whether this address may be written to unasked: it has not opted out. */
  mayWrite(): Promise<boolean>;
  /** The last alert of danger of this conversation. */
  alert(): Promise<Alert | null>;
  /** Where a photo for this request can be sent from a phone's browser, for a day; null where there is no such place. */
  photoLink(reference: string): string | null;
  /** What can be told to somebody who wants a person of a service; null where nobody answers for it at the desk. */
  outlook(service: string): Promise<Outlook | null>;
}

export interface Bot {
  turn: Decide;
  /** What is said when a turn keeps failing: an apology, and that the message is kept for a person. */
  apologise(conversation: Conversation): Decision;
  /** The last words before a silence, and why. */
  hush(conversation: Conversation, reason: HushReason): Decision;
  /** A new conversation, before its first turn. */
  open(town: string): { memory: Memory };
}
