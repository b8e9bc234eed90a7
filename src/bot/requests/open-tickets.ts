/** The requests of whoever writes that are open, and those among them that were just sent. */
import type { Talk } from '../../dialogs';
import { isOpen } from '../../domain/ticket/states';
import type { Ticket } from '../../domain/ticket/ticket';

/** So long after it was sent, or corrected, what is said next is likely about it. */
export const JUST_SENT = 20 * 60_000;

export async function openTickets(talk: Talk): Promise<Ticket[]> {
  return (await talk.lookups.ticketsHere()).filter(isOpen);
}

/** The newest first. */
export async function justSent(talk: Talk): Promise<Ticket[]> {
  const since = talk.lookups.now.getTime() - JUST_SENT;
  return (await openTickets(talk)).filter(({ openedAt }) => Date.parse(openedAt) >= since);
}
