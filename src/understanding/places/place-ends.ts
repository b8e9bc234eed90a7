import type { PlaceFinder } from './place-finder';

/** Nobody tells of more in one message. */
const MOST_PLACES = 4;

/** Where in a text the words of its places end: 'lamp out rue Hugo bench broken' goes on about something else there. */
export function placeEnds(places: PlaceFinder, text: string): number[] {
  const ends: number[] = [];
  for (let from = 0; from < text.length && ends.length < MOST_PLACES; ) {
    const place = places.find(text.slice(from));
    if (!place) break;
    from += place.end;
    ends.push(from);
  }
  return ends;
}
