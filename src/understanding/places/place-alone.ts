/**
 * "Je suis devant l'école", "au coin de la rue": a place, and nothing of what happens there. Whoever writes it is asked what
 * it is about: no topic is guessed from the words of a place, whatever phrases they stand in.
 */

import type { PlaceWords } from '../../domain/language/address-words';
import { keyWords } from '../../domain/language/words';
import type { FoundPlace } from '../understanding';
import type { PlaceLexicon } from './place-words';

/** A longer message tells more than where. */
const MOST_WORDS = 16;

export function createPlaceAlone(languages: readonly PlaceWords[], lexicon: PlaceLexicon) {
  const setOf = (list: (words: PlaceWords) => string[]) => new Set(languages.flatMap(list).flatMap(keyWords));
  const leads = setOf(({ before, beside, whereabouts }) => [...before, ...beside, ...whereabouts.leads]);
  const spots = setOf(({ whereabouts }) => whereabouts.spots);
  const being = setOf(({ whereabouts }) => whereabouts.being);
  const around = setOf(({ links, of, between, crossing, articles }) => [links, of, between, crossing, articles].flat());
  const never = languages.flatMap(({ whereabouts }) => whereabouts.never).map((words) => ` ${keyWords(words).join(' ')} `);
  const isSpot = (word: string) => spots.has(word) || lexicon.streetType(word) !== null;

  const saysWhere = (text: string): boolean =>
    lexicon.wordsOf(text).some(({ text: word }) => leads.has(word) || isSpot(word) || /^\d/.test(word));

  const isAlone = (text: string, place: FoundPlace | null): boolean => {
    const words = lexicon.wordsOf(text);
    if (words.length === 0 || words.length > MOST_WORDS || text.includes('?')) return false;
    const whole = ` ${words.map((word) => word.text).join(' ')} `;
    if (never.some((phrase) => whole.includes(phrase))) return false;
    const beside = words.filter(({ start, end }) => !place || end <= place.start || start >= place.end);
    const isSaid = (list: ReadonlySet<string>) => beside.some(({ text: word }) => list.has(word));
    if (!beside.every(({ text: word }) => leads.has(word) || being.has(word) || around.has(word) || isSpot(word))) return false;
    if (place) return place.landmark === undefined || isSaid(leads) || isSaid(being);
    // "L'école", "la piscine" may be asked about; "devant l'école" is where somebody is.
    return isSaid(leads) && beside.some(({ text: word }) => isSpot(word));
  };
  return { isAlone, saysWhere };
}
