/**
 * An agreement that somebody acts for the citizen of a request is over: taken back by that citizen, given up by the helper, or
 * ended at the desk. It stands in the history, which is also what tells the others; the helper follows the request no more.
 */
import type { TicketEvent } from '../../domain/ticket/ticket';
import type { Followers } from '../../store/rows/followers';
import type { Tickets } from '../../store/rows/tickets';

type Cause = Pick<TicketEvent, 'id' | 'at' | 'by' | 'agent'>;

/** @returns false where nobody acts for its citizen. The same cause again finishes what a crash cut short, and does nothing twice. */
export async function endHelp(
  { tickets, followers }: { tickets: Tickets; followers: Followers },
  town: string,
  reference: string,
  cause: Cause,
  byHelper = false,
): Promise<boolean> {
  const ticket = await tickets.byReference(town, reference);
  const ended = ticket?.history.find(({ id }) => id === cause.id)?.ended ?? null;
  const helper = ended ?? ticket?.helper;
  if (!ticket || !helper) return false;
  const { conversation } = helper;
  if (!ended) {
    const name = ticket.helper?.name;
    const event = { ...cause, kind: 'unhelped', helper: name, ended: { conversation, byHelper }, isPublic: false } as const;
    await tickets.change(town, reference, event, (now) => (now.helper?.conversation === conversation ? { helper: null } : null));
  }
  for (const one of [reference, ticket.mergedInto]) if (one) await followers.remove(town, one, conversation);
  return true;
}
