/**
 * Where it happens, in danger: the rescuers are told what the citizen wrote, never another street that it was taken for. A
 * place of the register counts only where its own words were written.
 */

import type { FoundPlace } from '../../domain/language/heard';
import { keyWords, phraseKey } from '../../domain/language/words';
import { pinOf } from '../../domain/message/activity';
import type { TicketPlace } from '../../domain/ticket/ticket';
import type { Talk } from '../dialog';

/** So few words beside a place say where it lies: 'à Lyon', 'bâtiment C'. */
const MOST_BESIDE = 3;

export interface SaidPlace {
  place: TicketPlace;
  /** To be told to the rescuers, as it was written. */
  written: string;
}

/** A position counts wherever it lies; null when no place is named. */
export async function placeSaid(talk: Talk): Promise<SaidPlace | null> {
  const pin = pinOf(talk.activity);
  if (pin) {
    const { latitude, longitude } = pin.geo;
    const text = talk.nearest(pin.geo)?.text ?? `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`;
    return { place: { text, precision: 'pin', latitude, longitude }, written: text };
  }
  const { place } = await talk.entities();
  if (!place) return null;
  const beside = besideIn(talk.text, place);
  if (beside === null && place.precision !== 'landmark') {
    const written = sentenceAround(talk.text, place);
    return { place: { text: written, precision: 'landmark' }, written };
  }
  const whole = talk.text.trim();
  // 'À Lyon, 3 rue des Lilas' is no street of this town.
  if (beside !== null && namesMore(whole, place)) return { place: { text: whole, precision: 'landmark' }, written: whole };
  const isShort = beside === null || (beside > 0 && beside <= MOST_BESIDE);
  return {
    place: { text: place.text, precision: place.precision, ...place.point },
    written: isShort ? sentenceAround(whole, place) : place.text,
  };
}

/** How many words stand beside those of the place; null where its own words were not written. */
function besideIn(text: string, place: FoundPlace): number | null {
  const said = ` ${phraseKey(text)} `;
  const own = ` ${phraseKey(place.text)} `;
  if (!said.includes(own)) return null;
  return said.replace(own, ' ').split(' ').filter(Boolean).length;
}

/** Few words beside it, and a name among them that is not its own. */
function namesMore(text: string, { text: own, start, end }: FoundPlace): boolean {
  const known = new Set(keyWords(own));
  const beside = [...`${text.slice(0, start)} ${text.slice(end)}`.matchAll(/[\p{L}\p{N}]+/gu)];
  // What begins a message has a capital anyway.
  const isName = (word: string, at: number) => at > 0 && /^\p{Lu}\p{Ll}/u.test(word) && !known.has(phraseKey(word));
  return beside.length <= MOST_BESIDE && beside.some(({ 0: word, index }) => isName(word, index));
}

/** The sentence in which it was named. */
function sentenceAround(text: string, { start }: FoundPlace): string {
  const before = text.slice(0, start).search(/[^.!?\n]*$/u);
  const behind = text.slice(start).search(/[.!?\n]|$/u);
  return text.slice(before, start + behind).trim();
}
