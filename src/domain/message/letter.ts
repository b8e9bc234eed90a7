/**
 * What a channel hands over: a message with whose it is and which way it came. What goes out is in `courier.ts`.
 */

import type { ChannelName } from '../conversation';
import type { Activity } from './activity';
import type { MailData } from './courier';

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
  /** What was written once to many that it is one of. */
  campaign?: string;
  /** Where it cannot arrive, or can only be fetched, it also goes to the phone or the e-mail address noted with the request. */
  fallback?: 'sms' | 'email';
  /** It goes to somebody who follows a request: never to the contact noted with it. */
  isFollower?: true;
  /** The words there, where they differ. */
  fallbackText?: string;
  /** Of the e-mail. */
  mail?: MailData;
}

/** Null for a reply. */
export function unaskedOf({ channelData }: Activity): Unasked | null {
  return channelData?.unprompted === true ? (channelData as unknown as Unasked) : null;
}

/** What the mailroom needs of a channel that citizens write by; what is said there leaves by the courier of its name, where there is one. */
export interface CitizenChannel {
  name: ChannelName;
  /**
   * Brings in what a message only points at (a photo at the carrier's), before its turn; the activity as it
   * then is. Safe to call again after a crash. A failed fetch becomes a note in the activity, never an error.
   */
  fetch?(message: Received): Promise<Activity>;
  /**
   * Takes in what citizens wrote between two moments and what was never handed over, because nobody answered here then: how
   * many. Safe to call again. Rejects when it cannot be asked for; absent where nobody keeps such messages, or citizens' pages send them again.
   */
  catchUp?(from: Date, to: Date): Promise<number>;
  /** New lines stand in the transcript of this conversation, where its page comes and reads them. Must not throw and must not wait. */
  said?(conversation: string): void;
}
