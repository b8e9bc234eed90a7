/**
 * The port every channel fills: it translates a wire format to and from activities, and
 * nothing else. What a channel receives it hands to `receive`, which answers once the
 * message is written down; what its courier is given to deliver stood in the outbox first.
 */
import type { Courier } from '../domain/message/courier';
import type { CitizenChannel } from '../domain/message/letter';

export type { Exchange, Opening, Route } from '../domain/http/route';
export type { Courier, Delivery, Letter } from '../domain/message/courier';
export type { Receive, Received } from '../domain/message/letter';

export interface Channel extends CitizenChannel {
  /** Absent where the citizen's page comes and reads the transcript, which is its outbox. */
  courier?: Courier;
  close?(): Promise<void>;
}
