/** What stays of a person who is to be erased, and why: decided once for the desk, the command and the conversation. */
import { type Retention, retentionOf, type TownRetention } from '../domain/retention';
import type { KeptFor } from '../domain/rights';
import { isOpen } from '../domain/ticket/states';
import type { Ticket } from '../domain/ticket/ticket';

export function keptFor(
  ticket: Pick<Ticket, 'state' | 'hold' | 'erasedAt'>,
  town: TownRetention | undefined,
  topic: Partial<Retention> | undefined,
): KeptFor | null {
  if (ticket.erasedAt !== undefined) return null;
  if (ticket.hold) return 'held';
  if (town && retentionOf(town, topic).end === 'transfer') return 'archives';
  return isOpen(ticket) ? 'open' : null;
}
