/**
 * The requests of whoever writes: those made from this very address, those noted with this very phone or e-mail address, those that are followed. And whether words
 * that come later fit one of them.
 */
import { metresBetween } from '../../domain/geography';
import { phraseKey } from '../../domain/language/words';
import type { Ticket } from '../../domain/ticket/ticket';
import { isPhone, isPosted, type Talk } from '../dialog';

/** Metres between a place said and the place of a request that is the same. */
const SAME_PLACE = 60;

export async function theirs(talk: Talk): Promise<Ticket[]> {
  const { own, followed } = await theirsApart(talk);
  return [...own, ...followed];
}

/** Those that are their own, and those that they only follow. */
export async function theirsApart(talk: Talk): Promise<{ own: Ticket[]; followed: Ticket[] }> {
  const { lookups } = talk;
  const contact = contactHere(talk);
  const [here, noted, followed] = await Promise.all([
    lookups.ticketsHere(),
    contact ? lookups.ticketsOf(contact) : [],
    lookups.followed(),
  ]);
  const known = new Set<string>();
  const isNew = ({ reference }: Ticket) => !known.has(reference) && Boolean(known.add(reference));
  return { own: [...here, ...noted].filter(isNew), followed: followed.filter(isNew) };
}

/** The phone or e-mail address that whoever writes is proved to have by writing from it. */
function contactHere(talk: Talk): string | undefined {
  const { address } = talk.conversation;
  return isPhone(talk) ? /\+\d+$/.exec(address)?.[0] : isPosted(talk) ? address : undefined;
}

/** What and where, as the citizen knows it. */
export function ticketName(talk: Talk, ticket: Ticket): string {
  const title = talk.local(talk.topic(ticket.topic)?.title ?? { [talk.memory.language]: ticket.title });
  return ticket.place ? `${title}, ${ticket.place.text}` : title;
}

/** Whether what is said can be about a request: neither surely another thing, nor at another place. */
export async function fits(talk: Talk, ticket: Ticket): Promise<boolean> {
  const { heard } = talk;
  const [top] = heard.intents;
  if (heard.zone === 'act' && top && top.topic !== ticket.topic && talk.topic(top.topic)) return false;
  const { place } = await talk.entities();
  if (!place || !ticket.place) return true;
  const { latitude, longitude } = ticket.place;
  if (place.precision !== 'street' && place.point && latitude !== undefined && longitude !== undefined)
    return metresBetween(place.point, { latitude, longitude }) <= SAME_PLACE;
  return !place.street || phraseKey(ticket.place.text).includes(phraseKey(place.street));
}
