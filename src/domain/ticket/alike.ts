/**
 * Whether what is being reported is an incident that is known: of the same topic, near, lately, in like words. An incident that
 * the town hall has declared is known wherever it was said to reach.
 */
import { metresBetween } from '../geography';
import { keyWords } from '../language/words';
import type { Ticket, TicketPlace } from './ticket';

const DAY = 24 * 3600_000;
/** So near, no like words are needed. */
const BESIDE = 20;
/** Share of the fewer words that both say. */
const LIKE = 0.3;
const SHORTEST = 4;

export interface Alike {
  ticket: Ticket;
  /** Metres; undefined where the incident is not at a place. */
  metres?: number;
}

export interface Reported {
  place: TicketPlace | undefined;
  words: string;
  /** How far apart, and how long ago (days), it may be the same. */
  within: { metres: number; days: number };
  now: Date;
}

/** The nearest of these requests, all of the topic and open, that may be the same; null when none may. */
export function alikeOf(tickets: Ticket[], { place, words, within, now }: Reported): Alike | null {
  const found = tickets.flatMap((ticket): Alike[] => {
    const metres = distance(ticket.place, place);
    if (ticket.incident) {
      const reach = ticket.incident.metres;
      return reach === undefined || (metres !== undefined && metres <= reach) ? [{ ticket, metres }] : [];
    }
    const isFresh = now.getTime() - Date.parse(ticket.openedAt) <= within.days * DAY;
    if (!isFresh || metres === undefined || metres > within.metres) return [];
    return metres <= BESIDE || likeness(ticket.words, words) >= LIKE ? [{ ticket, metres }] : [];
  });
  // What was declared is what is told; of the rest the nearest.
  const rank = ({ ticket, metres = 0 }: Alike) => (ticket.incident ? -1 : metres);
  return found.sort((one, other) => rank(one) - rank(other))[0] ?? null;
}

/** Only a door, a landmark or a pin says where on a street it is. */
function distance(one: TicketPlace | undefined, other: TicketPlace | undefined): number | undefined {
  if (one?.latitude === undefined || one.longitude === undefined) return undefined;
  if (other?.latitude === undefined || other.longitude === undefined) return undefined;
  if (one.precision === 'street' || other.precision === 'street') return undefined;
  const from = { latitude: one.latitude, longitude: one.longitude };
  return Math.round(metresBetween(from, { latitude: other.latitude, longitude: other.longitude }));
}

function likeness(one: string, other: string): number {
  const [left, right] = [one, other].map((text) => new Set(keyWords(text).filter((word) => word.length >= SHORTEST)));
  if (!left || !right || left.size === 0 || right.size === 0) return 0;
  return [...left].filter((word) => right.has(word)).length / Math.min(left.size, right.size);
}
