/**
 * What a turn comes to: the conversation as it shall be, and a list of effects, plain data.
 * The bot decides; the mailroom carries out. Being data, a decision can be saved, replayed
 * after a crash, and compared in a test like arithmetic.
 */

import type { Alert } from './alert';
import type { Conversation, Holder, Memory } from './conversation';
import type { Outlook, QueueEntry } from './desk/queue';
import type { Effect, HushReason, Why } from './effect';
import type { Campaign } from './listening/campaign';
import type { Subscription } from './listening/subscription';
import type { Activity } from './message/activity';
import type { Ticket } from './ticket/ticket';

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

/** What the bot would answer about a topic to whom it is told so, in a language; null where it would answer nothing. */
export type ProposeAnswer = (
  to: Pick<Conversation, 'town' | 'channel' | 'address'> & { language: string },
  topic: string,
  now: Date,
) => Promise<string | null>;

/** What a turn may ask about the world; answered by the mailroom from the store, by a test from plain data. */
export interface Lookups {
  now: Date;
  /** The n-th (0, 1, 2…) fresh ticket reference for this message: the same on every replay. */
  reference(n: number): string;
  /** Tickets opened from this very address in the last half year, newest first: a phone number may change hands. */
  ticketsHere(): Promise<Ticket[]>;
  /** Tickets of the last half year with this contact (E.164 or e-mail), newest first. */
  ticketsOf(contact: string): Promise<Ticket[]>;
  /** What whoever writes follows: requests of others, newest first. */
  followed(): Promise<Ticket[]>;
  /** Open requests of a topic, whoever made them, newest first. */
  openOf(topic: string): Promise<Ticket[]>;
  /** How many follow a request beside who made it. */
  followers(reference: string): Promise<number>;
  ticket(reference: string): Promise<Ticket | null>;
  /** What this address is subscribed to; what STOP ended is not. */
  subscriptions(): Promise<Subscription[]>;
  campaign(id: string): Promise<Campaign | null>;
  /** Wrong proofs given for this reference, or from this address, within the last hour. */
  wrongProofs(reference: string): Promise<number>;
  /** Whether this address may be written to unasked: it has not opted out. */
  mayWrite(): Promise<boolean>;
  /** The last alert of danger of this conversation. */
  alert(): Promise<Alert | null>;
  /** Where a photo for this request can be sent from a phone's browser, for a day; null where there is no such place. */
  photoLink(reference: string): string | null;
  /** Where anybody who has the link sees the state of this request; null where there is no such place. */
  statusLink(reference: string): string | null;
  /** The n-th (0, 1, 2…) six digits that nobody can know who was not sent them: the same on every replay. */
  digits(n?: number): string;
  /** Where a copy of their own data can be fetched, if this turn asks for one; null where there is no such place. */
  ownDataLink(): { url: string; key: string } | null;
  /** What can be told to somebody who wants a person of a service; null where nobody answers for it at the desk. */
  outlook(service: string): Promise<Outlook | null>;
  /** When citizens can be called back by a service (ISO), the first first; none where nobody answers for it at the desk. */
  callbackTimes(service: string): Promise<string[]>;
  /** Holds one of these times for this message, so that no other gets it; false when it is taken. */
  holdCallback(service: string, at: string): Promise<boolean>;
}

/** What there is of somebody who never wrote before. */
export function lookupsOfNobody(now: Date): Lookups {
  return {
    now,
    reference: () => '',
    ticketsHere: async () => [],
    ticketsOf: async () => [],
    followed: async () => [],
    openOf: async () => [],
    followers: async () => 0,
    ticket: async () => null,
    subscriptions: async () => [],
    campaign: async () => null,
    wrongProofs: async () => 0,
    mayWrite: async () => true,
    alert: async () => null,
    photoLink: () => null,
    statusLink: () => null,
    digits: () => '',
    ownDataLink: () => null,
    outlook: async () => null,
    callbackTimes: async () => [],
    holdCallback: async () => false,
  };
}

export interface Bot {
  turn: Decide;
  /** Null when a town's citizens can be heard; else resolves when it is worth asking again. */
  learning?(town: string): Promise<void> | null;
  /** What is said when a turn keeps failing: an apology, and that the message is kept for a person. */
  apologise(conversation: Conversation): Decision;
  /** What a person answered on the page, in the words of a text message or an e-mail to whoever has left it. */
  unread?(conversation: Conversation, answer: string): { text: string; subject: string };
  /** The last words before a silence, and why. */
  hush(conversation: Conversation, reason: HushReason): Decision;
  /** A new conversation, before its first turn. */
  open(town: string): { memory: Memory };
}
