/**
 * How the question where it is becomes a place: a pin, a street with its door or a landmark, first the street and then the
 * rest, or words that name no place at all.
 */

import { CLAUSE_END } from '../../domain/language/clauses';
import type { FoundPlace } from '../../domain/language/heard';
import { countWords, phraseKey, typedWords } from '../../domain/language/words';
import { pinOf } from '../../domain/message/activity';
import type { TicketPlace } from '../../domain/ticket/ticket';
import type { Field } from '../../domain/topic/topic';
import type { Talk } from '../dialog';
import { isAsSaid } from './details';
import type { Answer, FieldReading, FormData } from './form-data';
import { BOTH, chosenPlace, doorOn, doorSaid, inWords, isUnknownDoor, placesOffered, whichPlace } from './place-choice';
import { isDetailOf } from './said/named-choices';

/** In longer words an outburst stands beside the place: 'damn it, behind the bakery I said'. */
const MOST_OF_OUTBURST = 4;
const MOODS: ReadonlySet<string> = new Set(['complaint', 'thanks', 'talk_to_human']);
const SURE_OF_REPORT = 0.9;
/** Words behind the name of a street that say where on it: so many at least and at most, told by the first few. */
const SHORTEST_DETAIL = 2;
const MOST_OF_DETAIL = 8;
const FIRST_WORDS = 3;
const LONGEST_DETAIL = 80;
/** Words that say of a street where on it: of so many at most, and of so few what every town has ('the blue gate'). */
const MOST_OF_SPOT = 10;
const MOST_OF_NAME = 4;
const LONGEST_SPOT = 120;
/** A position less sure than this (metres) needs a landmark beside it. */
const SURE_ENOUGH = 100;
const LONGEST_YES = 6;
/** So long after a report its street is the one that is spoken of. */
const JUST_NAMED = 20 * 60_000;
/** Asked so often, any words are the place: the service reads them. */
const FEWEST_MISSES = 2;

export async function readPlace(talk: Talk, field: Field, data: FormData): Promise<FieldReading> {
  const pin = pinOf(talk.activity);
  if (pin) return readPin(talk, pin.geo);
  if (data.tried?.length && (isAsSaid(talk) || (await takesAsSaid(talk, data))))
    return { kind: 'answer', answer: asTold(data, data.tried) };
  const crossing = placesOffered(talk).find(({ title }) => title.includes(BOTH));
  if (crossing && talk.means('both-of-them')) return { kind: 'answer', answer: inWords(crossing.title) };
  if (data.partial) return completePlace(talk, data.partial, data);
  const { place: surely, named, saysWhere, phones, emails } = await talk.entities();
  // 'Outside my house' is where only they know.
  if (!surely && data.misses < FEWEST_MISSES && whereTheyAre(talk)) return { kind: 'unread' };
  const isNamed = surely === null && named !== undefined && !isOtherReport(talk, data) && !(await isNoPlace(talk));
  const place = (await chosenPlace(talk)) ?? (isNamed ? named : surely);
  const again = place ? null : await doorOfNoted(talk, data.answers[field.id]);
  if (again) return isUnknownDoor(again) ? { kind: 'partial', place: again } : found(talk, again);
  if (!place) {
    // Words that say nowhere are asked for once more before they are taken as they stand.
    const isTooSoon = data.misses === 0 || (data.misses < FEWEST_MISSES && !saysWhere);
    // A number to call is kept as such, and is nowhere.
    const isElse = isOtherReport(talk, data) || tellsWhat(talk, data);
    if (isTooSoon || phones.length + emails.length > 0 || isElse || (await isNoPlace(talk))) return { kind: 'unread' };
    // Of words that say nowhere, those before them may have said it.
    return { kind: 'answer', answer: inWords([...(saysWhere ? [] : (data.tried ?? [])), talk.text].join(', ')) };
  }
  const unclear = whichPlace(talk, place, data);
  if (unclear) return unclear;
  if (isUnknownDoor(place)) return { kind: 'partial', place };
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

/** A bare yes, where 'note it as I wrote it' was offered first; or no other words for it: 'no', 'I don't know'. */
async function takesAsSaid(talk: Talk, { partial }: FormData): Promise<boolean> {
  const isOffered = talk.memory.offered.some(({ title }) => title === talk.t('form.as-said'));
  if (!isOffered || countWords(talk.text) > LONGEST_YES) return false;
  const { yesNo } = await talk.entities();
  // Of a street that is known, that alone is where it is.
  if (yesNo === 'yes' || partial) return yesNo === 'yes';
  return yesNo === 'no' || ['dont-know', 'skip', 'has-none'].some((list) => talk.means(list));
}

/** 'Place de la Gare', which of the two was asked: the number was said with the first words. */
async function doorSaidFirst(talk: Talk, { street }: FoundPlace, words: string): Promise<FoundPlace | null> {
  const { place: first } = await talk.entities(words);
  if (!street || !first?.number || ![first.street, ...first.others].includes(street) || first.others.length === 0) return null;
  const { place } = await talk.entities(`${first.number} ${street}`);
  return place?.precision === 'number' && place.others.length === 0 ? place : null;
}

/** 'rue Pasteur, devant la pharmacie', 'on Mill Lane behind the church': where on the street it is was said with it. */
export async function besideStreet(talk: Talk, text: string, place: FoundPlace): Promise<Answer | null> {
  const behind = text
    .slice(place.end)
    .replace(/^[\s,]+/u, '')
    .split(CLAUSE_END)[0]!
    .trim()
    .slice(0, LONGEST_DETAIL);
  const words = typedWords(behind);
  if (words.length < SHORTEST_DETAIL || words.length > MOST_OF_DETAIL) return null;
  if (!talk.means('whereabouts', words.slice(0, FIRST_WORDS).join(' '))) return null;
  const { dates, unreadTime } = await talk.entities(behind);
  // 'In the morning' begins as a place does.
  if (dates.length > 0 || unreadTime || talk.means('vague-time', behind)) return null;
  return placeAnswer({ ...place, text: `${place.text} (${behind})` });
}

/** 'Pothole', where the place of a full bin was asked for: that is no landmark. */
function isOtherReport(talk: Talk, { topic }: FormData): boolean {
  const [top] = talk.heard.intents;
  const isSure = talk.heard.zone === 'act' && top !== undefined && top.confidence >= SURE_OF_REPORT && top.topic !== topic;
  return isSure && talk.topic(top.topic)?.kind === 'report' && !talk.means('whereabouts');
}

/** 'Both lights are stuck', where their place was asked for: what it is, and not where. */
export function tellsWhat(talk: Talk, { topic, misses }: FormData): boolean {
  const [top] = talk.heard.intents;
  // Who says nothing else, however often it is asked, has no other words for it.
  if (misses > FEWEST_MISSES) return false;
  if (talk.means('whereabouts')) return false;
  return (talk.heard.zone === 'act' && top?.topic === topic) || isDetailOf(talk, topic);
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
  const other = said.place;
  const isElsewhere = other && (other.street ? other.street !== street.street : !other.landmark);
  const crossing = await crossingWith(talk, streetOf(street));
  if (crossing) return whichPlace(talk, crossing, data) ?? found(talk, crossing);
  if (other && isElsewhere && other.precision !== 'landmark') {
    // Another street altogether: that one counts.
    return (
      whichPlace(talk, other, data) ?? (other.precision === 'street' ? { kind: 'partial', place: other } : found(talk, other))
    );
  }
  const door = other?.number ? other : street.street ? await doorSaid(talk, street.street) : null;
  if (door?.precision === 'number') return found(talk, door);
  // Said again, a number that the map does not have is noted as it is.
  if (door)
    return door.number === street.number ? { kind: 'answer', answer: placeAnswer(street) } : { kind: 'partial', place: door };
  const name = streetOf(street);
  const spot = other?.landmark ? await spotOn(talk, other, name) : null;
  if (spot) return { kind: 'answer', answer: placeAnswer(spot) };
  if (['dont-know', 'skip', 'no-contact'].some((list) => talk.means(list)) || said.yesNo === 'no')
    return { kind: 'answer', answer: placeAnswer(street) };
  if (said.phones.length + said.emails.length === 0 && (await saysSpot(talk)))
    return { kind: 'answer', answer: placeAnswer({ ...street, text: `${street.text} (${talk.text.slice(0, LONGEST_SPOT)})` }) };
  // Asked in vain once, the street alone will do.
  return data.misses === 0 ? { kind: 'unread' } : { kind: 'answer', answer: placeAnswer(street) };
}

/** 'At the corner of rue Hoche', where its street is known; or a crossing of others. */
async function crossingWith(talk: Talk, street: string): Promise<FoundPlace | null> {
  for (const words of [talk.text, `${street}, ${talk.text}`]) {
    const { place } = await talk.entities(words);
    if (place?.isStretch) return (await talk.entities(`${street}, ${talk.text}`)).place;
    if (place && (place.isApart || (place.precision === 'landmark' && !place.landmark))) return place;
  }
  return null;
}

/** Another number of the street that is noted, where its address is asked for again. */
async function doorOfNoted(talk: Talk, noted: Answer | undefined): Promise<FoundPlace | null> {
  const text = noted?.text ?? (await streetJustNamed(talk));
  const street = text && (await talk.entities(text)).place?.street;
  return street ? doorSaid(talk, street) : null;
}

/** 'The lamp is outside number 12', right after another report: of the street of that one. */
async function streetJustNamed(talk: Talk): Promise<string | undefined> {
  const since = talk.lookups.now.getTime() - JUST_NAMED;
  const [last] = (await talk.lookups.ticketsHere()).filter(({ openedAt }) => Date.parse(openedAt) >= since);
  return last?.place?.text;
}

/** 'Near the pharmacy': the one of that street; where it has none, the only one of the town. */
async function spotOn(talk: Talk, spot: FoundPlace, street: string): Promise<FoundPlace | null> {
  const { place } = spot.others.length > 0 ? await talk.entities(`${talk.text}, ${street}`) : { place: spot };
  return place?.landmark && place.others.length === 0 ? { ...place, text: `${place.landmark}, ${street}` } : null;
}

/** Words that say where on a street it is, though it is on no map: 'behind the garages', 'the blue gate'. What counts, dates or adds does not. */
async function saysSpot(talk: Talk): Promise<boolean> {
  if (!(await mayNamePlace(talk))) return false;
  const { saysWhere, named } = await talk.entities();
  const words = countWords(talk.text);
  return named !== undefined || talk.means('whereabouts') || (Boolean(saysWhere) && words <= MOST_OF_NAME);
}

/** Words that may call a place by a name which no map has. */
export async function mayNamePlace(talk: Talk): Promise<boolean> {
  const { dates, unreadTime, numbers, doors } = await talk.entities();
  // 'The small one' counts nothing.
  const isCounted = numbers.filter(({ text, value }) => value !== 1 || /\d/.test(text)).length > (doors?.said.length ?? 0);
  if (isCounted || dates.length > 0 || unreadTime || talk.means('vague-time') || talk.means('moreover')) return false;
  return countWords(talk.text) <= MOST_OF_SPOT && !(await isNoPlace(talk));
}

/** 'Here', 'outside my house': where whoever writes is or lives, which nobody else knows. */
export function whereTheyAre(talk: Talk): 'here' | 'home' | null {
  if (countWords(talk.text) > MOST_OF_SPOT) return null;
  return talk.means('where-they-are') ? 'here' : talk.means('at-mine') ? 'home' : null;
}

/** What was found on no map, as it was said: behind its street, where that is known. */
function asTold({ partial }: FormData, tried: string[]): Answer {
  const words = tried.join(', ');
  return partial ? placeAnswer({ ...partial, text: `${partial.text} (${words})` }) : inWords(words);
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
  if (isAsSaid(talk)) return true;
  if (['dont-know', 'skip', 'refuse', 'no-contact', 'no-file'].some((list) => talk.means(list))) return true;
  return countWords(talk.text) <= 2 && (await talk.entities()).yesNo !== null;
}

/** A refusal, a mood, a courtesy, a question or an outburst says of no place where it is. */
export async function isNoPlace(talk: Talk): Promise<boolean> {
  const key = phraseKey(talk.text);
  // 'The second one', where nothing was counted.
  const isOrdinal = /\p{L}/u.test(key) && talk.choosing.positions.some((words) => words.includes(key));
  if (key.length < 3 || isOrdinal || (await saysNothing(talk))) return true;
  const words = countWords(talk.text);
  if (words <= MOST_OF_OUTBURST && ['outburst', 'not-fixed'].some((list) => talk.means(list))) return true;
  if (/\?\s*$/.test(talk.text) && (words <= 1 || talk.means('question'))) return true;
  const [top] = talk.heard.intents;
  const isMood = top !== undefined && talk.heard.zone === 'act' && MOODS.has(top.topic);
  return isMood || (await talk.entities()).yesNo === 'no' || /^(?:non|no)\b/iu.test(talk.text);
}
