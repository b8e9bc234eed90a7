/**
 * Which of several places is meant, which door of a street that is known, and what is offered to whoever names a place that
 * the map does not have.
 */

import type { FoundPlace } from '../../domain/language/heard';
import { keyWords } from '../../domain/language/words';
import type { TicketPlace } from '../../domain/ticket/ticket';
import type { Field } from '../../domain/topic/topic';
import type { Talk } from '../dialog';
import type { Answer, FieldReading, FormData } from './form-data';

const MOST_OFFERED = 4;
/** Between the streets of a crossing. */
export const BOTH = ' / ';
const LONGEST = 200;

/** One of several of that name, or one outside the town: what is said of it, with the choices; null for a place that is clear. */
export function whichPlace(
  talk: Talk,
  place: FoundPlace,
  data?: FormData,
): Extract<FieldReading, { kind: 'more' | 'answer' }> | null {
  if (!place.isInside) return { kind: 'more', say: talk.t('form.outside', { place: place.text, town: talk.town.name }) };
  if (place.others.length === 0) return null;
  const names = [place.landmark ? place.text : (place.street ?? place.text), ...place.others].slice(0, MOST_OFFERED);
  const choices = names.map((title) => ({ title: place.number ? `${place.number} ${title}` : title }));
  if (!place.isApart) {
    const which = talk.t('form.which-place');
    if (!data || placesOffered(talk).length < 2) return { kind: 'more', say: which, choices };
    // The way out was offered, and the same said again: the service reads it.
    if (data.misses > 1) return { kind: 'answer', answer: inWords(talk.text) };
    // Asked in vain: the words as they are will do, or a person.
    const isStuck = data.misses > 0;
    const ways = ['form.as-said', ...(isStuck ? ['person.ask', 'form.cancel'] : [])].map((id) => ({ title: talk.t(id) }));
    return { kind: 'more', say: isStuck ? `${which}\n${talk.t('form.stuck-place')}` : which, choices: [...choices, ...ways] };
  }
  const both = names.join(BOTH);
  // Said again although the map has it otherwise: whoever stands there knows.
  if (data?.tried?.includes(both)) return { kind: 'answer', answer: inWords(both) };
  return { kind: 'more', say: talk.t('form.no-crossing'), choices: [...choices, { title: both }], tried: both };
}

/** The first words name a place, and not surely which: that is asked, and not as if none had been named. */
export async function unclearPlace(talk: Talk, data: FormData, field: Field | undefined, words: string) {
  if (!field || data.partial || data.answers[field.id] !== undefined) return null;
  const { place } = await talk.entities(words);
  const reading = place && whichPlace(talk, place);
  if (reading?.kind !== 'more') return null;
  data.at = field.id;
  if (reading.tried) data.tried = [reading.tried];
  return reading;
}

/** Of the places that were offered the one that alone has a word of the reply in its name: 'Jules Ferry', 'the one in Mill Lane'. */
export async function chosenPlace(talk: Talk): Promise<FoundPlace | null> {
  const titles = placesOffered(talk).map(({ title }) => title);
  if (titles.length < 2 || (await talk.entities()).place?.precision === 'number') return null;
  const keys = titles.map((title) => new Set(keyWords(title)));
  const words = keyWords(talk.text);
  const counts = keys.map(
    (key) => words.filter((word) => key.has(word) && keys.filter((other) => other.has(word)).length === 1).length,
  );
  const most = Math.max(...counts);
  const best = counts.flatMap((count, at) => (count === most ? [at] : []));
  if (most === 0 || best.length > 1) return null;
  const { place } = await talk.entities(titles[best[0]!]!);
  return place?.others.length === 0 ? place : null;
}

/** The places that were offered, without the ways out that stand beside them. */
export function placesOffered(talk: Talk): Array<{ title: string }> {
  const ways = ['form.as-said', 'person.ask', 'form.cancel', 'form.dont-know', 'form.skip'].map((id) => talk.t(id));
  return talk.memory.offered.filter(({ title }) => !ways.includes(title));
}

/** The way out for whoever names a place that is on no map. */
export function asSaid(talk: Talk, { tried = [] }: FormData): Array<{ title: string }> {
  return tried.length > 0 ? [{ title: talk.t('form.as-said') }] : [];
}

/** What was said of where it is, as it was said. */
export function inWords(text: string): Answer {
  const words = text.slice(0, LONGEST).trim();
  return { text: words, value: { text: words, precision: 'text' } satisfies TicketPlace };
}

/** The door that the words name on a street, whether or not the map has it; `noted`: the number that stands there now. */
export async function doorSaid(talk: Talk, street: string, noted?: string): Promise<FoundPlace | null> {
  const { doors } = await talk.entities(talk.text);
  const said = doors?.said ?? [];
  const number = said.length === 2 && isPutRight(talk, said[0]!) ? said[1] : said.find((each) => each !== noted);
  const place = number === undefined ? null : (await talk.entities(`${number.replace(/\s/g, '')} ${street}`)).place;
  return place?.number !== undefined && place.others.length === 0 ? place : null;
}

/** 'At 12… no, at 21': the number behind it is meant. */
function isPutRight(talk: Talk, first: string): boolean {
  const behind = talk.text.slice(talk.text.indexOf(first) + first.length);
  return talk.means('denied', keyWords(behind)[0] ?? '') || talk.means('correction', behind);
}

/** A door that the map has on a street. */
export async function doorOn(talk: Talk, street: string): Promise<FoundPlace | null> {
  const door = await doorSaid(talk, street);
  return door?.precision === 'number' ? door : null;
}

/** A number that the map does not have on its street: asked about, and noted as it is when it is said again. */
export function isUnknownDoor({ number, precision }: FoundPlace): boolean {
  return number !== undefined && precision === 'street';
}
