/** A request as it stands in the store: with what only the store looks for. */
import type { Ticket } from '../../../domain/ticket/ticket';

export interface TicketRow extends Omit<Ticket, 'id'> {
  _id: string;
  /** When it is next to be looked at, for its time (milliseconds since 1970); 0 or missing when not. */
  lookAt?: number;
  /** Place in the history of the first event that the citizen may not have been told yet; 0 or missing when there is none. */
  untoldFrom?: number;
  /** Place in the history of the first event that the town's own programs may not have been told yet; missing when there is none. */
  unheardFrom?: number;
  /** What anybody may know it by; missing on rows of an older version. */
  publicId?: string;
  /** Since when it is over (milliseconds since 1970): from then its retention is counted; missing while it is open, and once it is restricted. */
  endedAt?: number;
  [field: string]: unknown;
}

export const present = ({
  _id,
  untoldFrom: _,
  unheardFrom: __,
  publicId: ___,
  lookAt: ____,
  endedAt: _____,
  ...rest
}: TicketRow): Ticket => ({ id: _id, ...rest }) as Ticket;
