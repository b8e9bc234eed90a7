/**
 * Fields filled with what the words already say: the place and date of the first message, the phone number given in
 * passing. A question asked in words takes only words of its own kind ('a grey Clio', 'at night until three'): what is left
 * of a sentence around a place or a number to call is a description of nothing.
 */
import type { Entities } from '../../../domain/language/heard';
import { countWords, keyWords, typedWords } from '../../../domain/language/words';
import type { Field, Topic } from '../../../domain/topic/topic';
import type { Talk } from '../../dialog';
import { isAsked, isTelling, namedIn } from '../details';
import { choiceSaid } from '../fields';
import type { FormData } from '../form-data';
import { besideStreet, placeAnswer } from '../place-field';
import { takeFreePlace } from './free-place';
import { timeSaid } from './time-said';

const MOST_TEXT = 1000;
/** Words of a field that say that it is answered, where its file does not say how many. */
const ENOUGH_SAID = 2;
/** 'Moi au 11' is no eleventh of the month. */
const BARE_NUMBER = /^(?:\p{L}+\s)?\d{1,4}$/u;

export async function absorb(talk: Talk, topic: Topic, data: FormData, text: string, isFirst: boolean): Promise<void> {
  const entities = await talk.entities(text);
  // '12 rue Pasteur' says where it is, and not that the noise comes from the street.
  const beside = entities.place ? `${text.slice(0, entities.place.start)} ${text.slice(entities.place.end)}`.trim() : text;
  const isOpen = (topic.form ?? []).some(({ kind, id }) => kind === 'choice' && data.answers[id] === undefined);
  // All of it is the answer to what was asked: no part of it answers another question in words.
  const isTaken = Object.values(data.answers).some((answer) => answer.value === text.slice(0, MOST_TEXT).trim());
  const around = isOpen && beside !== text && beside !== '' ? await talk.about(beside) : talk;
  for (const field of topic.form ?? []) {
    if (data.answers[field.id] !== undefined) continue;
    // 'Skip', where a place was asked for: an address said since is somebody's, and not where it is.
    if (field.kind === 'place' && data.skipped.includes(field.id)) continue;
    if (field.kind === 'place' && field.free) {
      // 'Three keys on a red ring' is the description, and no place.
      if (!isTaken || entities.place) await takeFreePlace(talk, field, data, text, !isTaken);
    } else if (field.kind === 'place' && !data.partial && entities.place?.isInside && entities.place.others.length === 0) {
      const exact = entities.place.precision === 'street' ? await besideStreet(talk, text, entities.place) : null;
      if (exact) data.answers[field.id] = exact;
      else if (entities.place.precision === 'street') data.partial = entities.place;
      else data.answers[field.id] = placeAnswer(entities.place);
    } else if (field.kind === 'contact') {
      const [value] = [...entities.phones, ...entities.emails];
      if (value) data.answers[field.id] = { text: talk.wording.contact(value), value };
    } else if (field.kind === 'date') {
      const [date] = daysIn(await talk.entities(text, field.looks ?? 'back'));
      if (date) data.answers[field.id] = { text: date.text, value: date.value };
    } else if (field.kind === 'choice') {
      // 'On the town hall': the place itself is the choice, where nothing beside it is.
      const isSpot = entities.place?.precision === 'landmark';
      const named = beside !== '' ? choiceSaid(around, field, beside) : undefined;
      const choice = named ?? (isSpot ? choiceSaid(talk, field, text) : undefined);
      if (choice) data.answers[field.id] = { text: talk.local(choice.label), value: choice.id };
    } else if (field.kind === 'text' && !isTaken) {
      const said = isFirst ? await saidFirst(talk, field, text, entities.plates) : await saidSince(talk, field, data, text);
      // What stands beside the street already describes nothing else.
      const isPlace = said !== null && Object.values(data.answers).some((answer) => answer.text.endsWith(`(${said})`));
      if (said && !isPlace) data.answers[field.id] = { text: said, value: said };
    }
  }
}

/** 'Au 7', where its number was asked for, is a door and no day. */
function daysIn({ dates, doors }: Entities): Entities['dates'] {
  return dates.filter(({ text }) => !doors?.said.includes(text.replace(/^\p{L}+\s/u, '')));
}

/** 'Black BMW', where the door number was asked for: another question of the form is what these words answer. */
export async function describesOther(talk: Talk, topic: Topic): Promise<boolean> {
  const { place, plates } = await talk.entities();
  if (place || talk.means('whereabouts')) return false;
  return (topic.form ?? []).some((field) => {
    const { length } = namedIn(field, talk.text);
    return length > 0 && length + plates.length >= (field.enough ?? ENOUGH_SAID);
  });
}

/**
 * What the first words answer to a question that is asked in words: all of them, where they name what the town's file says
 * answers it; of a question about time ("looks"), the time that they name.
 */
async function saidFirst(talk: Talk, field: Field, text: string, plates: string[]): Promise<string | null> {
  if (field.looks) {
    const dates = daysIn(await talk.entities(text, field.looks));
    return timeSaid(
      talk,
      text,
      dates.map((date) => date.text),
    );
  }
  const named = namedIn(field, text);
  const isEnough = named.length > 0 && named.length + plates.length >= (field.enough ?? ENOUGH_SAID);
  if (!isEnough || field.enough === undefined) return isEnough ? text.slice(0, MOST_TEXT).trim() : null;
  // One word is enough, and the others need not be about it: 'who picks up dead birds?'
  if (isAsked(talk) || talk.means('who-does')) return named.join(', ');
  const { place } = await talk.entities(text);
  return leftOver(talk, place ? `${text.slice(0, place.start)} ${text.slice(place.end)}` : text, [], []);
}

/** What is said of it while something else is asked: 'grey Clio, flat tyres' beside the address, or 'a grey Peugeot' alone. */
async function saidSince(talk: Talk, field: Field, data: FormData, text: string): Promise<string | null> {
  const { place, phones, emails, plates } = await talk.entities(text);
  const rest = await leftOver(talk, place ? `${text.slice(0, place.start)} ${text.slice(place.end)}` : text, phones, emails);
  if (rest === '') return null;
  if (field.looks) return (await namesTime(talk, field, rest)) ? rest : null;
  // A message for a person is about whatever is said beside the number to call.
  if (data.made && !field.saidBy) return phones.length + emails.length > 0 && countWords(rest) > 1 ? rest : null;
  const isNamed = namedIn(field, rest).length + plates.length >= Math.min(field.enough ?? ENOUGH_SAID, ENOUGH_SAID);
  const isBeside = rest !== text.trim() && namedIn(field, rest).length > 0;
  return isNamed || isBeside ? rest.slice(0, MOST_TEXT) : null;
}

/** Surely a time: a number alone counts doors as well. */
async function namesTime(talk: Talk, field: Field, text: string): Promise<boolean> {
  const { dates, unreadTime } = await talk.entities(text, field.looks);
  return unreadTime !== undefined || dates.some((date) => !BARE_NUMBER.test(date.text)) || talk.means('vague-time', text);
}

/** What stands around a place and numbers to call, without the small words at its ends: of 'it is at', nothing. */
async function leftOver(talk: Talk, around: string, phones: string[], emails: string[]): Promise<string> {
  const isCalled = phones.length + emails.length > 0;
  const rest = isCalled ? around.replace(/\+?\d[\d\s.()-]{7,}\d/g, ' ').replace(/\S+@\S+/g, ' ') : around;
  const words = typedWords(rest);
  const tells = isTelling(talk);
  const isSmall = (word: string) => !keyWords(word).some(tells);
  while (words.length > 0 && isSmall(words.at(-1)!)) words.pop();
  const first = words.findIndex((word) => !/^[\s,;:.-]*$/u.test(word));
  return words
    .slice(Math.max(first, 0))
    .join(' ')
    .replace(/^[\s,;:.-]+|[\s,;:.-]+$/g, '')
    .trim();
}
