/**
 * News of a request on its way to the citizen who made it: which changes are news, and the event
 * that the mailroom writes into the inbox and the bot hears there, like anything else that happens.
 */

import { houseEvent, readHouseEvent } from '../event';
import type { Activity } from '../message/activity';
import type { TicketEvent } from './ticket';

const NAME = 'ticket.changed';

/** Whether the citizen is written to about a change: what an agent did and the citizen may see, and a reference that was asked for. */
export function isNews(event: TicketEvent): boolean {
  if (event.kind === 'recalled') return true;
  if (event.by !== 'agent' || !event.isPublic) return false;
  // Who has it, and that what is over was put away, is the service's own matter: told only with words.
  if (event.kind === 'state') return event.text !== undefined || (event.state !== 'assigned' && event.state !== 'closed');
  return event.kind === 'comment';
}

/** Where the news of a change stands in the inbox: the same change is always told under the same id. */
export function noticeId(town: string, reference: string, event: TicketEvent): string {
  return `ticket:${town}:${reference}:${event.id}`;
}

export function noticeOf(town: string, reference: string, event: TicketEvent): Activity {
  return houseEvent(town, NAME, { reference, event: event.id }, event.at);
}

/** Which change of which ticket an event is about; null for any other, and for one that came in from outside. */
export function readNotice(activity: Activity): { reference: string; event: string } | null {
  const { reference, event } = readHouseEvent(activity, NAME) ?? {};
  return typeof reference === 'string' && typeof event === 'string' ? { reference, event } : null;
}
