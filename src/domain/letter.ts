/**
 * A message in an envelope: whose it is and which way it travels. Channels fill envelopes and
 * empty them; the mailroom keeps them safe in between.
 */
import type { Activity } from './activity';
import type { ChannelName } from './conversation';

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
  channel: ChannelName;
  conversation: string;
  address: string;
  activity: Activity;
}

export type Delivery =
  | { outcome: 'sent'; providerId?: string }
  /** Try again, not before `afterMs` if given. */
  | { outcome: 'later'; reason: string; afterMs?: number }
  /** It may or may not have left: reconcile before any resend. */
  | { outcome: 'unknown'; reason: string }
  | { outcome: 'never'; reason: string; optedOut?: boolean };

/** What the mailroom needs of a channel: how its messages leave. */
export interface Sender {
  name: ChannelName;
  /**
   * `push`: messages leave through `deliver`, one outbox row each.
   * `feed`: the citizen's client comes and reads the transcript, which is its outbox; `said` wakes it.
   */
  style: 'push' | 'feed';
  deliver?(message: Outgoing): Promise<Delivery>;
  /** After an unknown outcome: did it leave? */
  reconcile?(message: Outgoing): Promise<Delivery>;
  /**
   * Brings in what a message only points at (a photo at the carrier's), before its turn; the activity as it
   * then is. Safe to call again after a crash. A failed fetch becomes a note in the activity, never an error.
   */
  fetch?(message: Received): Promise<Activity>;
  /** New lines stand in the transcript of this conversation. Must not throw and must not wait. */
  said?(conversation: string): void;
}
