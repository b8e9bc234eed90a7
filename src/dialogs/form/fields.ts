/**
 * How each kind of question is read: what the citizen typed, tapped, pinned or attached becomes
 * an answer, a part of one, a skip, or nothing.
 */

import type { Entities, FoundPlace } from '../../domain/language/heard';
import { countWords, phraseKey } from '../../domain/language/words';
import { type Attachment, pinOf } from '../../domain/message/activity';
import { fileIdOf } from '../../domain/message/file';
import type { Field, Topic } from '../../domain/topic/topic';
import { choicesNamed } from '../choices';
import type { Talk } from '../dialog';
import { isOffer, otherOf } from './asking';
import type { Answer, FieldReading, FormData } from './form-data';
import { besideStreet, placeAnswer, readPlace, saysNothing } from './place-field';

const MOST_FILES = 5;
const MOST_TEXT = 1000;
const SURE_OF_OTHER = 0.8;
const SURE_OF_QUESTION = 0.9;
const SHORTEST_QUESTION = 4;
/** Longer words say more than where. */
const MOST_OF_PLACE = 8;

export async function readField(talk: Talk, field: Field, data: FormData): Promise<FieldReading> {
  const refusals = ['skip', 'refuse', `no-${field.kind}`, ...(isOffer(field) ? ['dont-know'] : [])];
  if (field.kind === 'file') refusals.push('not-sending');
  const mayRefuse = !field.required;
  if (mayRefuse && (refusals.some((list) => talk.means(list)) || (await saysNo(talk, field)))) return { kind: 'skip' };
  return READERS[field.kind](talk, field, data);
}

/** A number to call where words were asked for: noted as such, and the words asked for again. */
async function isContactAlone(talk: Talk): Promise<boolean> {
  const { phones, emails } = await talk.entities();
  return phones.length + emails.length > 0 && !/\p{L}{3}/u.test(talk.text.replace(/\S+@\S+/g, ' '));
}

/** A bare 'no' skips an offer; to a yes/no question it is the answer. */
async function saysNo(talk: Talk, field: Field): Promise<boolean> {
  if (field.kind === 'yes-no' || field.kind === 'text' || field.kind === 'choice') return false;
  const { yesNo, phones, emails, dates, plates } = await talk.entities();
  return yesNo === 'no' && phones.length + emails.length + dates.length + plates.length === 0;
}

const READERS: Record<Field['kind'], (talk: Talk, field: Field, data: FormData) => Promise<FieldReading>> = {
  place: readPlace,
  file: readFiles,
  contact: readContact,
  async text(talk, field, data) {
    if (!field.required && (talk.means('skip') || (await talk.entities()).yesNo === 'no')) return { kind: 'skip' };
    const text = talk.text.slice(0, MOST_TEXT).trim();
    if (text === '' || (await saysNothing(talk)) || (await isContactAlone(talk))) return { kind: 'unread' };
    // 'The flat above me', asked when: kept as a detail, and asked once more.
    if (field.looks && data.misses === 0 && !(await saysWhen(talk, field))) return { kind: 'unread' };
    return { kind: 'answer', answer: { text, value: text } };
  },
  async choice(talk, field) {
    const choice = choiceIn(talk, field, talk.text) ?? firstNamed(talk, field);
    if (choice) return { kind: 'answer', answer: { text: talk.local(choice.label), value: choice.id } };
    if (talk.means('dont-know') || talk.means('other-choice')) return { kind: 'answer', answer: otherAnswer(talk, field) };
    return !field.required && (await talk.entities()).yesNo === 'no' ? { kind: 'skip' } : { kind: 'unread' };
  },
  async 'yes-no'(talk) {
    const { yesNo } = await talk.entities();
    return yesNo ? { kind: 'answer', answer: { text: talk.t(yesNo), value: yesNo === 'yes' } } : { kind: 'unread' };
  },
  async number(talk, field) {
    const value = (await talk.entities()).numbers[0]?.value;
    if (value === undefined) return { kind: 'unread' };
    const isWithin = value >= (field.min ?? Number.NEGATIVE_INFINITY) && value <= (field.max ?? Number.POSITIVE_INFINITY);
    if (!isWithin) return { kind: 'more', say: talk.t('form.out-of-range', { min: field.min ?? '…', max: field.max ?? '…' }) };
    return { kind: 'answer', answer: { text: String(value), value } };
  },
  async date(talk, field) {
    const [date] = (await talk.entities(talk.text, field.looks ?? 'back')).dates;
    if (date) return { kind: 'answer', answer: { text: date.text, value: date.value } };
    // 'a few days', 'since this summer': kept as said rather than asked again and again.
    return talk.means('vague-time') ? { kind: 'answer', answer: { text: talk.text, value: null } } : { kind: 'unread' };
  },
};

async function saysWhen(talk: Talk, { looks }: Field): Promise<boolean> {
  const { dates, unreadTime, numbers } = await talk.entities(talk.text, looks);
  return dates.length + numbers.length > 0 || unreadTime !== undefined || talk.means('vague-time');
}

/** The choice that words mean: as typed, else as they were read ('pa ramassé' is 'pas ramassé'). */
function choiceIn(talk: Talk, field: Field, text: string) {
  const [chosen, ...others] = named(talk, field, text);
  return others.length === 0 ? field.choices?.find(({ id }) => id === chosen) : undefined;
}

/** 'My street is noisy because of the bar' names the street as a place: of several choices, those that are none count. */
function named(talk: Talk, field: Field, text: string): string[] {
  const choices = choicesOf(field);
  const inText = choicesNamed(text, choices, talk.choosing);
  const all = inText.length === 0 && text === talk.text ? choicesNamed(talk.heard.read, choices, talk.choosing) : inText;
  if (all.length < 2) return all;
  const where = talk.t('words.somewhere').split('|').map(phraseKey);
  const without = choices.map(({ id, words }) => ({ id, words: words.filter((word) => !where.includes(phraseKey(word))) }));
  const surely = choicesNamed(text, without, talk.choosing);
  return surely.length > 0 ? surely : all;
}

/** 'Rubble and a fridge', asked what it is mostly: the first; all the words stand on the request. A denial chooses nothing. */
function firstNamed(talk: Talk, field: Field) {
  if (talk.means('denied') || /\?\s*$/.test(talk.text)) return undefined;
  const [first] = named(talk, field, talk.text);
  return field.choices?.find(({ id }) => id === first);
}

/** 'Something else', 'I don't know': the words said with it are kept beside it. */
function otherAnswer(talk: Talk, field: Field): Answer {
  const own = talk.means('dont-know') ? (field.choices?.find(({ id }) => id === 'unknown') ?? otherOf(field)) : otherOf(field);
  return own ? { text: talk.local(own.label), value: own.id } : { text: talk.t('form.other-choice'), value: 'other' };
}

function choicesOf(field: Field): Array<{ id: string; words: string[] }> {
  return (field.choices ?? []).map((choice) => ({
    id: choice.id,
    words: [...Object.values(choice.label), ...Object.values(choice.words ?? {}).flat()],
  }));
}

async function readFiles(talk: Talk, field: Field, data: FormData): Promise<FieldReading> {
  const before = (data.answers[field.id]?.value as string[] | undefined) ?? [];
  const files = fileIds(talk.activity.attachments);
  if (files.length > 0) {
    const all = [...before, ...files].slice(0, MOST_FILES);
    return { kind: 'answer', answer: { text: String(all.length), value: all }, note: talk.t('form.file-kept') };
  }
  const { yesNo } = await talk.entities();
  if (yesNo === 'yes') return { kind: 'more', say: talk.t('form.send-file'), choices: [{ title: talk.t('form.skip') }] };
  return { kind: 'unread' };
}

/** Ids in the file store of what a message carries. */
export function fileIds(attachments: Attachment[] | undefined): string[] {
  return (attachments ?? []).flatMap(({ contentUrl }) => fileIdOf(contentUrl) ?? []);
}

async function readContact(talk: Talk): Promise<FieldReading> {
  const { phones, emails, yesNo } = await talk.entities();
  const [value] = [...phones, ...emails];
  if (value) return { kind: 'answer', answer: { text: talk.wording.contact(value), value } };
  const isKnown = talk.means('same-contact');
  const known = isKnown ? await contactLeftHere(talk) : undefined;
  if (known) return { kind: 'answer', answer: { text: talk.wording.contact(known), value: known } };
  if (isKnown || yesNo === 'yes') return { kind: 'more', say: talk.t('form.which-contact') };
  return { kind: 'unread' };
}

/** What whoever writes left with their last request from here. */
async function contactLeftHere(talk: Talk): Promise<string | undefined> {
  return (await talk.lookups.ticketsHere()).find(({ contact }) => contact)?.contact?.value;
}

/** Whether these words are a question to the town hall rather than an answer to the field asked. */
export async function isDigression(talk: Talk, field: Field): Promise<boolean> {
  if (talk.activity.attachments?.length || pinOf(talk.activity)) return false;
  // 'Near the station', asked where: no question about trains.
  if (field.kind === 'place' && (await isWhere(talk))) return false;
  return isAboutElse(talk, '', field.kind === 'text') && talk.topic(talk.heard.intents[0]?.topic ?? '')?.kind !== 'report';
}

/** A place and hardly anything beside it, or words that only say where somebody is ('in the street'). */
export async function isWhere(talk: Talk): Promise<boolean> {
  if (/\?\s*$/.test(talk.text) || talk.means('question')) return false;
  const { place, isPlaceAlone } = await talk.entities();
  return isPlaceAlone === true || (place !== null && talk.means('whereabouts') && countWords(talk.text) <= MOST_OF_PLACE);
}

/**
 * Whether the words are about something else than this form. What is only said in passing ('right by the school gate')
 * is a detail of it: another answer is given to a question, another request begun when it is surely one.
 * @param isStrict nothing but a question counts: any words could be the answer.
 */
export function isAboutElse(talk: Talk, topic: string, isStrict = false): boolean {
  const [top] = talk.heard.intents;
  if (talk.heard.zone !== 'act' || !top || top.topic === topic) return false;
  const about = talk.topic(top.topic);
  if (!about) return topic !== '';
  if (about.kind === 'report') return top.confidence >= SURE_OF_OTHER || talk.heard.isReport;
  if (/\?\s*$/.test(talk.text) || talk.means('question')) return true;
  return !isStrict && top.confidence >= SURE_OF_QUESTION && countWords(talk.text) >= SHORTEST_QUESTION;
}

/**
 * Fills fields with what the words already say: the place and date of the first message, the phone
 * number given in passing. Free text is filled from what is left around the place; from a first message only where it
 * holds the words that the town's file says answer the question ('a grey Clio').
 */
export async function absorb(talk: Talk, topic: Topic, data: FormData, text: string, isFirst: boolean): Promise<void> {
  const entities = await talk.entities(text);
  // '12 rue Pasteur' says where it is, and not that the noise comes from the street.
  const beside = entities.place ? `${text.slice(0, entities.place.start)} ${text.slice(entities.place.end)}`.trim() : text;
  const isOpen = (topic.form ?? []).some(({ kind, id }) => kind === 'choice' && data.answers[id] === undefined);
  // All of it is the answer to what was asked: no part of it answers another question in words.
  const isTaken = Object.values(data.answers).some((answer) => answer.value === text.slice(0, MOST_TEXT).trim());
  // 'Blue Megane, no plates', where its number was asked for: what is no place answers another question.
  const isNowhere = !entities.place && (topic.form ?? []).some(({ kind, id }) => kind === 'place' && id === data.at);
  const around = isOpen && beside !== text && beside !== '' ? await talk.about(beside) : talk;
  for (const field of topic.form ?? []) {
    if (data.answers[field.id] !== undefined) continue;
    // 'Skip', where a place was asked for: an address said since is somebody's, and not where it is.
    if (field.kind === 'place' && data.skipped.includes(field.id)) continue;
    if (field.kind === 'place' && !data.partial && entities.place?.isInside && entities.place.others.length === 0) {
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
      const choice = countWords(text) > 1 && beside !== '' ? choiceIn(around, field, beside) : undefined;
      if (choice) data.answers[field.id] = { text: talk.local(choice.label), value: choice.id };
    } else if (field.kind === 'text') {
      const said = isFirst || isNowhere ? await saidFirst(talk, field, text, entities.plates) : null;
      const rest = said ?? (isFirst || isTaken ? null : leftOver(text, entities.place, [...entities.phones, ...entities.emails]));
      // What stands beside the street already describes nothing else.
      const isPlace = rest !== null && Object.values(data.answers).some((answer) => answer.text.endsWith(`(${rest})`));
      if (rest && !isPlace) data.answers[field.id] = { text: rest, value: rest };
    }
  }
}

/** 'Au 7', where its number was asked for, is a door and no day. */
function daysIn({ dates, doors }: Entities): Entities['dates'] {
  return dates.filter(({ text }) => !doors?.said.includes(text.replace(/^\p{L}+\s/u, '')));
}

const ENOUGH_SAID = 2;

/**
 * What the first words answer to a question that is asked in words: all of them, where they name what the town's file says
 * answers it; of a question about time ("looks"), the time that they name.
 */
async function saidFirst(talk: Talk, field: Field, text: string, plates: string[]): Promise<string | null> {
  if (field.looks) return daysIn(await talk.entities(text, field.looks))[0]?.text ?? null;
  const said = ` ${phraseKey(text)} `;
  const named = Object.values(field.saidBy ?? {})
    .flat()
    .map(phraseKey)
    .filter((word) => said.includes(` ${word} `));
  const count = new Set(named).size;
  return count > 0 && count + plates.length >= ENOUGH_SAID ? text.slice(0, MOST_TEXT).trim() : null;
}

/** What is said beside the place: 'grey Clio, flat tyres'. Empty when it is too little to be a description. */
function leftOver(text: string, place: FoundPlace | null, contacts: string[]): string | null {
  if (!place && contacts.length === 0) return null;
  const around = place ? `${text.slice(0, place.start)} ${text.slice(place.end)}` : text;
  const rest = around
    .replace(/\+?\d[\d\s.()-]{7,}\d/g, ' ')
    .replace(/\S+@\S+/g, ' ')
    .replace(/^[\s,;:.-]+|[\s,;:.-]+$/g, '')
    .replace(/\s{2,}/g, ' ')
    .trim();
  const words = phraseKey(rest)
    .split(' ')
    .filter((word) => word.length > 2);
  return words.length >= 2 ? rest : null;
}
