/**
 * The port of everyone who carries letters out of the outbox: SMS, WhatsApp, Teams, web hooks, e-mail. The mailroom keeps
 * the letters, their order and their tries; a courier takes one at a time and says what became of it.
 */
import type { ChannelName, Wire } from '../conversation';
import { isAtCounter } from '../desk/counter';
import type { Activity } from './activity';

/** By which way a letter leaves. The web is none: citizens' pages come and read the transcript. */
export type Lane = Exclude<Wire, 'web' | 'mail'> | 'webhook' | 'email' | 'open311';

/** By which lane what is said on a channel leaves; none where it is fetched, or told by a person. */
export function laneOf(channel: ChannelName): Lane | null {
  if (channel === 'web' || isAtCounter(channel)) return null;
  return channel === 'mail' ? 'email' : channel;
}

/** One letter to be delivered, as it stands in the outbox. */
export interface Letter {
  /** Derived from what caused it: the same letter always has the same id, and is written once. */
  id: string;
  town: string;
  channel: Lane;
  /**
   * Letters of one conversation leave in order, one after the other: a citizen's conversation, or a thread of the house's
   * own (`alert:…`). One that waits holds up those behind it and no others.
   */
  conversation: string;
  /** As the lane writes it: a phone number, a web address, an e-mail address. */
  address: string;
  /** What is said. A web hook posts `value`; an e-mail takes its subject from `channelData` (`MailData`). */
  activity: Activity;
}

/** What an e-mail needs beside its text, in the activity's `channelData`. */
export interface MailData {
  subject: string;
  /** Who reads the answers. */
  replyTo?: string;
}

/** What became of a try. */
export type Delivery =
  /** `pieces`: how many messages it was paid for as, where that is not one. */
  | { outcome: 'sent'; providerId?: string; pieces?: number }
  /** Again, not before `afterMs` if given. `isUntried`: nobody was asked, so it counts for no try. */
  | { outcome: 'later'; reason: string; afterMs?: number; isUntried?: true }
  /** It may or may not have left: reconcile before any resend. */
  | { outcome: 'unknown'; reason: string }
  /** Never again. */
  | { outcome: 'never'; reason: string; optedOut?: boolean };

/** The answer of `deliver` when the letter is not this process's to send any more. */
export const GIVEN_BACK: Delivery = { outcome: 'later', reason: 'lease-over', isUntried: true };

/** How often a letter is tried before it is given up, and how far apart at most (milliseconds; an hour or less). */
export interface Patience {
  attempts: number;
  longestWaitMs: number;
}

export interface Courier {
  lane: Lane;
  /**
   * Delivers one letter. `isOurs` is asked right before anything leaves: once it says no, another process may be sending the
   * letter, and it is given back (`GIVEN_BACK`). It says yes for 30 seconds, and what leaves then is answered or given up
   * within ten more: 15 are kept for it.
   */
  deliver(letter: Letter, isOurs: () => boolean): Promise<Delivery>;
  /** After an unknown outcome or a crash: did it leave? A courier that cannot ask is handed the letter once more. */
  reconcile?(letter: Letter): Promise<Delivery>;
  /** How long it is tried: by default thirty times, five minutes apart at most. */
  patience?(letter: Letter): Patience;
  /** Each letter costs money: answers are limited. */
  isPaid?: true;
  /** Machines write back by this lane: answers are limited as where they cost money. */
  isAnsweredByMachines?: true;
  /** The conversation of whoever has this address: as what they write themselves is filed. Null where the town has none by this lane. */
  threadWith?(town: string, address: string): { channel: ChannelName; conversation: string } | null;
  /** Why this address is not written to: there is no number behind it, or it lies where the town does not write. */
  unanswerable?(town: string, address: string): 'no-number' | 'country' | null;
  /**
   * Asks what became of a letter that was sent long ago; the answer comes the way receipts do. Resolves when there is
   * nothing more to learn, rejects when it could not be asked.
   */
  inquire?(letterId: string, providerId: string): Promise<void>;
}
