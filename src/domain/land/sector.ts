/**
 * The sectors a town is divided into (its quarters, its rounds of collection), and in which of them something lies: by its
 * position, or by an address that the town's own list of streets can place.
 */
import inPolygon from '@turf/boolean-point-in-polygon';
import { keyWords, phraseKey } from '../language/words';
import type { GeoPoint, Sector, Street, Town } from '../town';

/** Where something is, as far as it is known: a position, or words. */
export interface Somewhere {
  text?: string;
  latitude?: number;
  longitude?: number;
}

type Divided = Pick<Town, 'sectors' | 'streets'>;

/** The first of the town's sectors that something lies in; undefined where it lies in none, or nobody can tell. */
export function sectorOf(town: Divided, place: Somewhere | undefined): Sector | undefined {
  if (!place || !town.sectors?.length) return undefined;
  const { latitude, longitude, text } = place;
  if (latitude !== undefined && longitude !== undefined) return sectorAt(town, { latitude, longitude });
  return text ? sectorOfAddress(town, text) : undefined;
}

function sectorAt({ sectors = [] }: Divided, { latitude, longitude }: GeoPoint): Sector | undefined {
  return sectors.find(({ outline }) => inPolygon([longitude, latitude], { type: 'MultiPolygon', coordinates: outline }));
}

/** Words of a place's name at most, and characters that are looked at: an address is short. */
const MOST_WORDS = 12;
const LONGEST = 200;

/** A door where its number stands; a street without one where all of it lies in one sector. */
function sectorOfAddress(town: Divided, text: string): Sector | undefined {
  const words = keyWords(text.slice(0, LONGEST));
  const named = streetIn(streetsByName(town), words);
  if (!named) return undefined;
  const { street, at } = named;
  const number = numberBefore(words, at);
  const door = number && street.numbers.find((one) => phraseKey(one.number).replace(' ', '') === number);
  if (door) return sectorAt(town, door);
  const points = street.numbers.length > 0 ? street.numbers : [street.middle];
  const found = new Set(points.map((point) => sectorAt(town, point)));
  return found.size === 1 ? [...found][0] : undefined;
}

/** The longest name of a street among the words. */
function streetIn(streets: ReadonlyMap<string, Street>, words: string[]): { street: Street; at: number } | undefined {
  for (let length = Math.min(words.length, MOST_WORDS); length > 0; length -= 1)
    for (let at = 0; at + length <= words.length; at += 1) {
      const street = streets.get(words.slice(at, at + length).join(' '));
      if (street) return { street, at };
    }
  return undefined;
}

/** '12', or '12bis' where the words are '12 bis'. */
function numberBefore(words: string[], at: number): string | undefined {
  const [last = '', before = ''] = [words[at - 1], words[at - 2]];
  if (/^\d+[a-z]*$/.test(last)) return last;
  return /^\d+$/.test(before) ? before + last : undefined;
}

const known = new WeakMap<Divided['streets'], Map<string, Street>>();

/** Names that two streets share tell nothing. */
function streetsByName({ streets }: Divided): ReadonlyMap<string, Street> {
  const there = known.get(streets);
  if (there) return there;
  const names = new Map<string, Street>();
  const shared = new Set<string>();
  for (const street of streets)
    for (const name of new Set([street.name, ...(street.alsoCalled ?? [])].map(phraseKey))) {
      if (names.has(name)) shared.add(name);
      names.set(name, street);
    }
  for (const name of shared) names.delete(name);
  known.set(streets, names);
  return names;
}
