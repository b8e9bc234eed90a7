/**
 * News of a request on its way to the citizen who made it: which changes are news, and the event
 * that the mailroom writes into the inbox and the bot hears there, like anything else that happens.
 */
import type { Activity } from './activity';
import type { TicketEvent } from './ticket';

const NAME = 'ticket.changed';

/** Whether the citizen is written to about a change: what an agent did, and what the citizen may see of it. */
export function isNews(event: TicketEvent): boolean {
  return event.by === 'agent' && event.isPublic && (event.kind === 'state' || event.kind === 'comment');
}

/** Where the news of a change stands in the inbox: the same change is always told under the same id. */
export function noticeId(town: string, reference: string, event: TicketEvent): string {
  return `ticket:${town}:${reference}:${event.id}`;
}

export function noticeOf(town: string, reference: string, event: TicketEvent): Activity {
  return {
    type: 'event',
    name: NAME,
    value: { reference, event: event.id },
    timestamp: event.at,
    from: { id: town, role: 'bot' },
  };
}

/** Which change of which ticket an event is about; null for any other, and for one that came in from outside. */
export function readNotice({ type, name, value, from }: Activity): { reference: string; event: string } | null {
  // A client may send an event of any name; what it sends is always from a user.
  if (type !== 'event' || name !== NAME || from?.role !== 'bot') return null;
  const { reference, event } = (value ?? {}) as { reference?: unknown; event?: unknown };
  return typeof reference === 'string' && typeof event === 'string' ? { reference, event } : null;
}
