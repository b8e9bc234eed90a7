/**
 * News of a request on its way to the citizen who made it: which changes are news, and the event
 * that the mailroom writes into the inbox and the bot hears there, like anything else that happens.
 */

import { houseEvent, readHouseEvent } from '../event';
import type { Activity } from '../message/activity';
import type { Ticket, TicketEvent } from './ticket';

const NAME = 'ticket.changed';

/** Whether the citizen is written to about a change: what an agent did and the citizen may see, a reference that was asked for, and that nobody acts for them any more. */
export function isNews(event: TicketEvent): boolean {
  if (event.kind === 'recalled' || event.kind === 'unhelped') return true;
  if (event.kind === 'merged' || event.kind === 'partner') return event.isPublic;
  if (event.by !== 'agent' || !event.isPublic) return false;
  // Who has it, and that what is over was put away, is the service's own matter: told only with words.
  if (event.kind === 'state') return event.text !== undefined || (event.state !== 'assigned' && event.state !== 'closed');
  return event.kind === 'comment';
}

/** Where the news of a change stands in the inbox: the same change is always told under the same id. */
export function noticeId(town: string, reference: string, event: TicketEvent): string {
  return `ticket:${town}:${reference}:${event.id}`;
}

/** Whether those who follow a request hear of it too: what becomes of it, and of an incident every word that was meant for all. */
export function isNewsForAll(event: TicketEvent, { incident }: Pick<Ticket, 'incident'>): boolean {
  return isNews(event) && (event.kind === 'state' || (event.kind === 'comment' && Boolean(incident)));
}

/** `isFollower`: to somebody who did not make the request. */
export function noticeOf(town: string, reference: string, event: TicketEvent, isFollower = false): Activity {
  return houseEvent(town, NAME, { reference, event: event.id, ...(isFollower ? { isFollower } : {}) }, event.at);
}

/** Which change of which ticket an event is about; null for any other, and for one that came in from outside. */
export function readNotice(activity: Activity): { reference: string; event: string; isFollower: boolean } | null {
  const { reference, event, isFollower } = readHouseEvent(activity, NAME) ?? {};
  return typeof reference === 'string' && typeof event === 'string'
    ? { reference, event, isFollower: isFollower === true }
    : null;
}
