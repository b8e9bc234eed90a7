/**
 * How the question where it is becomes a place: a pin, a street with its door or a landmark, first the street and then the
 * rest, or words that name no place at all.
 */

import { CLAUSE_END } from '../../domain/language/clauses';
import type { FoundPlace } from '../../domain/language/heard';
import { countWords, phraseKey } from '../../domain/language/words';
import { pinOf } from '../../domain/message/activity';
import type { TicketPlace } from '../../domain/ticket/ticket';
import type { Field } from '../../domain/topic/topic';
import type { Talk } from '../dialog';
import type { Answer, FieldReading, FormData } from './form-data';

const BARE_NUMBER = /^(?:\p{L}+\s)?\d{1,4}\p{L}*$/u;
/** Longer sentences count hours and people, not doors. */
const MOST_OF_DOOR = 4;
/** In longer words an outburst stands beside the place: 'damn it, behind the bakery I said'. */
const MOST_OF_OUTBURST = 4;
const MOODS: ReadonlySet<string> = new Set(['complaint', 'thanks', 'talk_to_human']);
const SURE_OF_REPORT = 0.9;
/** Words behind the name of a street that say where on it: so many at least and at most, told by the first few. */
const SHORTEST_DETAIL = 2;
const MOST_OF_DETAIL = 8;
const FIRST_WORDS = 3;
const LONGEST_DETAIL = 80;
/** A position less sure than this (metres) needs a landmark beside it. */
const SURE_ENOUGH = 100;
/** Asked so often, any words are the place: the service reads them. */
const FEWEST_MISSES = 2;

export async function readPlace(talk: Talk, _field: Field, data: FormData): Promise<FieldReading> {
  const pin = pinOf(talk.activity);
  if (pin) return readPin(talk, pin.geo);
  if (data.partial) return completePlace(talk, data.partial, data);
  const { place: surely, named, saysWhere, phones, emails } = await talk.entities();
  const isNamed = surely === null && named !== undefined && !isOtherReport(talk, data) && !(await isNoPlace(talk));
  const place = isNamed ? named : surely;
  if (!place) {
    // Words that say nowhere are asked for once more before they are taken as they stand.
    const isTooSoon = data.misses === 0 || (data.misses < FEWEST_MISSES && !saysWhere);
    // A number to call is kept as such, and is nowhere.
    if (isTooSoon || phones.length + emails.length > 0 || (await isNoPlace(talk)) || isOtherReport(talk, data))
      return { kind: 'unread' };
    const text = talk.text.slice(0, 200);
    return { kind: 'answer', answer: { text, value: { text, precision: 'text' } satisfies TicketPlace } };
  }
  const unclear = whichPlace(talk, place);
  if (unclear) return unclear;
  if (place.precision === 'street') {
    const door = await doorSaidFirst(talk, place, data.words);
    if (door) return found(talk, door);
    const exact = await besideStreet(talk, talk.text, place);
    return exact ? { kind: 'answer', answer: exact } : { kind: 'partial', place };
  }
  return {
    kind: 'answer',
    answer: placeAnswer(place),
    note: talk.t('form.place-found', { place: place.text, town: talk.town.name }),
  };
}

/** 'Place de la Gare', which of the two was asked: the number was said with the first words. */
async function doorSaidFirst(talk: Talk, { street }: FoundPlace, words: string): Promise<FoundPlace | null> {
  const { place: first } = await talk.entities(words);
  if (!street || !first?.number || ![first.street, ...first.others].includes(street) || first.others.length === 0) return null;
  const { place } = await talk.entities(`${first.number} ${street}`);
  return place?.precision === 'number' && place.others.length === 0 ? place : null;
}

/** One of several of that name, or one outside the town: what is said of it, with the choices; null for a place that is clear. */
export function whichPlace(talk: Talk, place: FoundPlace): Extract<FieldReading, { kind: 'more' }> | null {
  if (!place.isInside) return { kind: 'more', say: talk.t('form.outside', { place: place.text, town: talk.town.name }) };
  if (place.others.length === 0) return null;
  const names = [place.landmark ? place.text : (place.street ?? place.text), ...place.others].slice(0, 4);
  return {
    kind: 'more',
    say: talk.t(place.isApart ? 'form.no-crossing' : 'form.which-place'),
    choices: names.map((title) => ({ title: place.number ? `${place.number} ${title}` : title })),
  };
}

/** The first words name a place, and not surely which: that is asked, and not as if none had been named. */
export async function unclearPlace(talk: Talk, data: FormData, field: Field | undefined, words: string) {
  if (!field || data.partial || data.answers[field.id] !== undefined) return null;
  const { place } = await talk.entities(words);
  const reading = place && whichPlace(talk, place);
  if (reading) data.at = field.id;
  return reading;
}

/** 'rue Pasteur, devant la pharmacie', 'on Mill Lane behind the church': where on the street it is was said with it. */
export async function besideStreet(talk: Talk, text: string, place: FoundPlace): Promise<Answer | null> {
  const behind = text
    .slice(place.end)
    .replace(/^[\s,]+/u, '')
    .split(CLAUSE_END)[0]!
    .trim()
    .slice(0, LONGEST_DETAIL);
  const words = behind.split(/\s+/u);
  if (words.length < SHORTEST_DETAIL || words.length > MOST_OF_DETAIL) return null;
  if (!(await talk.about(words.slice(0, FIRST_WORDS).join(' '))).means('whereabouts')) return null;
  const { dates, unreadTime } = await talk.entities(behind);
  // 'In the morning' begins as a place does.
  if (dates.length > 0 || unreadTime || (await talk.about(behind)).means('vague-time')) return null;
  return placeAnswer({ ...place, text: `${streetOf(place)} (${behind})` });
}

/** 'Pothole', where the place of a full bin was asked for: that is no landmark. */
function isOtherReport(talk: Talk, { topic }: FormData): boolean {
  const [top] = talk.heard.intents;
  const isSure = talk.heard.zone === 'act' && top !== undefined && top.confidence >= SURE_OF_REPORT && top.topic !== topic;
  return isSure && talk.topic(top.topic)?.kind === 'report' && !talk.means('whereabouts');
}

async function readPin(talk: Talk, geo: { latitude: number; longitude: number; accuracy?: number }): Promise<FieldReading> {
  const near = talk.nearest(geo);
  if (!near?.isInside)
    return { kind: 'more', say: talk.t('form.outside', { place: talk.t('form.your-position'), town: talk.town.name }) };
  if ((geo.accuracy ?? 0) > SURE_ENOUGH) return { kind: 'partial', place: near };
  const value: TicketPlace = { text: near.text, precision: 'pin', latitude: geo.latitude, longitude: geo.longitude };
  return {
    kind: 'answer',
    answer: { text: near.text, value },
    note: talk.t('form.place-found', { place: near.text, town: talk.town.name }),
  };
}

/** The number or landmark that completes a street named before. */
async function completePlace(talk: Talk, street: FoundPlace, data: FormData): Promise<FieldReading> {
  const said = await talk.entities();
  if (said.place && said.place.precision !== 'landmark' && said.place.street && said.place.street !== street.street) {
    // Another street altogether: that one counts.
    return said.place.precision === 'street'
      ? { kind: 'partial', place: said.place }
      : { kind: 'answer', answer: placeAnswer(said.place) };
  }
  if (said.place?.precision === 'number') return found(talk, said.place);
  const door = street.street ? await doorOn(talk, street.street) : null;
  if (door) return found(talk, door);
  const name = streetOf(street);
  if (said.place?.landmark) {
    return { kind: 'answer', answer: placeAnswer({ ...said.place, text: `${said.place.landmark}, ${name}` }) };
  }
  if (talk.means('dont-know') || said.yesNo === 'no' || talk.means('skip'))
    return { kind: 'answer', answer: placeAnswer(street) };
  // Asked in vain once, the street alone will do.
  if (await isNoPlace(talk)) return data.misses === 0 ? { kind: 'unread' } : { kind: 'answer', answer: placeAnswer(street) };
  return { kind: 'answer', answer: placeAnswer({ ...street, text: `${name} (${talk.text.slice(0, 120)})` }) };
}

/**
 * A door of a street that is known: the number said alone, with what may stand behind it ('14 bis'). A time of day is none,
 * nor what is counted in a longer sentence ('until 3 in the morning').
 */
export async function doorOn(talk: Talk, street: string): Promise<FoundPlace | null> {
  const { dates, unreadTime } = await talk.entities();
  // 'Devant le 5' is a door that could be a day.
  const isTime = dates.some(({ text }) => !BARE_NUMBER.test(text));
  const isOfTime = isTime || Boolean(unreadTime) || talk.means('vague-time');
  if (isOfTime && countWords(talk.text) >= MOST_OF_DOOR) return null;
  const said = /(?<![\p{L}\p{N}])(\d{1,4}\p{L}*)(?:\s\p{L}+)?(?![\p{L}\p{N}])/u.exec(talk.text);
  for (const number of said ? [said[0], said[1]!] : []) {
    const { place } = await talk.entities(`${number} ${street}`);
    if (place?.precision === 'number') return place;
  }
  return null;
}

/** 'The lamp at 12 Mill Lane is out, and the bins of number 14 overflow': the same street, and it is said that it is taken so. */
export async function takeNear(talk: Talk, data: FormData, field: Field | undefined, text: string, near: string): Promise<void> {
  if (!field || data.partial || data.answers[field.id] !== undefined) return;
  const { place } = await talk.entities(near);
  if (!place?.isInside || place.others.length > 0) return;
  const door = place.street ? await doorOn(await talk.about(text), place.street) : null;
  if (!door && place.precision === 'street') {
    data.partial = place;
    return;
  }
  data.answers[field.id] = placeAnswer(door ?? place);
  if (!door) talk.say(talk.t('form.same-place', { place: place.text }));
}

function found(talk: Talk, place: FoundPlace): FieldReading {
  return {
    kind: 'answer',
    answer: placeAnswer(place),
    note: talk.t('form.place-found', { place: place.text, town: talk.town.name }),
  };
}

/** The street as it is called in a question for the rest of the address. */
export function streetOf({ street, text }: FoundPlace): string {
  return street ?? text;
}

export function placeAnswer(place: FoundPlace): Answer {
  const value: TicketPlace = { text: place.text, precision: place.precision, ...place.point };
  return { text: place.text, value };
}

/** 'oui', 'non', 'ok', 'je sais pas': an answer, but never a place or a description. */
export async function saysNothing(talk: Talk): Promise<boolean> {
  if (['dont-know', 'skip', 'refuse', 'no-contact', 'no-file'].some((list) => talk.means(list))) return true;
  return countWords(talk.text) <= 2 && (await talk.entities()).yesNo !== null;
}

/** A refusal, a mood, a courtesy, a question or an outburst says of no place where it is. */
export async function isNoPlace(talk: Talk): Promise<boolean> {
  if (phraseKey(talk.text).length < 3 || (await saysNothing(talk))) return true;
  const words = countWords(talk.text);
  if (words <= MOST_OF_OUTBURST && ['outburst', 'not-fixed'].some((list) => talk.means(list))) return true;
  if (/\?\s*$/.test(talk.text) && (words <= 1 || talk.means('question'))) return true;
  const [top] = talk.heard.intents;
  const isMood = top !== undefined && talk.heard.zone === 'act' && MOODS.has(top.topic);
  return isMood || (await talk.entities()).yesNo === 'no' || /^(?:non|no)\b/iu.test(talk.text);
}
