/**
 * The port every channel fills: it translates a wire format to and from activities, and
 * nothing else. What a channel receives it hands to `receive`, which answers once the
 * message is written down; what it is given to deliver stood in the outbox first.
 */
import type { Sender } from '../domain/message/letter';

export type { Exchange, Opening, Route } from '../domain/http/route';
export type { Delivery, Outgoing, Receive, Received } from '../domain/message/letter';

export interface Channel extends Sender {
  close?(): Promise<void>;
}
