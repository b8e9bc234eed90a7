/**
 * A message in an envelope: whose it is and which way it travels. Channels fill envelopes and
 * empty them; the mailroom keeps them safe in between.
 */

import type { ChannelName } from '../conversation';
import type { Activity } from './activity';

/** Who moves an outgoing message: a channel, or the web hook that a town sets. */
export type Courier = ChannelName | 'webhook';

/** A message as a channel hands it over. `id` is derived from the provider's own id, so that twice is once. */
export interface Received {
  /** `web:<conversation>:<client id>`, `sms:SM…`, `whatsapp:SM…`. */
  id: string;
  town: string;
  channel: ChannelName;
  /** Derived by the channel: the same citizen on the same channel and sender gets the same one. */
  conversation: string;
  address: string;
  activity: Activity;
  /** How long more of the same thought may follow before it is answered; 0 or absent where messages come whole. */
  pauseMs?: number;
}

/** `'new'` when it was written down now, `'known'` when it already stood there; throws when it could not be written. */
export type Receive = (message: Received) => Promise<'new' | 'known'>;

/** One message to send, as it stands in the outbox. */
export interface Outgoing {
  /** `<inbox id>#<n>`: the same message always has the same one. */
  id: string;
  town: string;
  channel: Courier;
  conversation: string;
  address: string;
  activity: Activity;
}

/**
 * Beside the words of a message that comes unasked, in its `channelData`: how it may still reach the citizen
 * where the words themselves may not.
 */
export interface Unasked {
  /** The town's name comes first where nothing else says who writes. */
  unprompted: true;
  /** The request it is about, where it is about one. */
  ticket?: string;
  /** What WhatsApp lets through after a day of silence; the variables by their numbers. */
  template?: { name: string; variables: Record<string, string> };
  /** Where it cannot arrive, or can only be fetched, it also goes as a text message to the phone noted with the request. */
  fallback?: 'sms';
  /** The words of that text message, where they differ. */
  fallbackText?: string;
}

/** Null for a reply. */
export function unaskedOf({ channelData }: Activity): Unasked | null {
  return channelData?.unprompted === true ? (channelData as unknown as Unasked) : null;
}

export type Delivery =
  /** `pieces`: how many messages it was paid for as, where that is not one. */
  | { outcome: 'sent'; providerId?: string; pieces?: number }
  /** Try again, not before `afterMs` if given. `isUntried`: nobody was asked, so it counts for no try. */
  | { outcome: 'later'; reason: string; afterMs?: number; isUntried?: true }
  /** It may or may not have left: reconcile before any resend. */
  | { outcome: 'unknown'; reason: string }
  | { outcome: 'never'; reason: string; optedOut?: boolean };

/** The answer of `deliver` when the message is not this process's to send any more. */
export const GIVEN_BACK: Delivery = { outcome: 'later', reason: 'lease-over', isUntried: true };

/** How often a letter is tried before it is given up, and how far apart at most (milliseconds). */
export interface Patience {
  attempts: number;
  longestWaitMs: number;
}

/** What the mailroom needs of a channel: how its messages leave. */
export interface Sender {
  name: Courier;
  /**
   * `push`: messages leave through `deliver`, one outbox row each.
   * `feed`: the citizen's client comes and reads the transcript, which is its outbox; `said` wakes it.
   */
  style: 'push' | 'feed';
  /** `isOurs` is asked right before anything leaves: once it says no, another process may be sending it, and it is given back unsent. */
  deliver?(message: Outgoing, isOurs: () => boolean): Promise<Delivery>;
  /** How long it is tried: by default thirty times, five minutes apart at most. */
  patience?(message: Outgoing): Patience;
  /** Each message costs money: answers are limited. */
  isPaid?: true;
  /** Why this address is not written to: there is no number behind it, or it lies where the town does not write. */
  unanswerable?(town: string, address: string): 'no-number' | 'country' | null;
  /** After an unknown outcome: did it leave? */
  reconcile?(message: Outgoing): Promise<Delivery>;
  /**
   * Asks what became of a message that was sent long ago; the answer comes the way receipts do. Resolves when there is
   * nothing more to learn, rejects when it could not be asked.
   */
  inquire?(outboxId: string, providerId: string): Promise<void>;
  /**
   * Brings in what a message only points at (a photo at the carrier's), before its turn; the activity as it
   * then is. Safe to call again after a crash. A failed fetch becomes a note in the activity, never an error.
   */
  fetch?(message: Received): Promise<Activity>;
  /** New lines stand in the transcript of this conversation. Must not throw and must not wait. */
  said?(conversation: string): void;
}
