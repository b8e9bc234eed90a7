/**
 * How each kind of question is read: what the citizen typed, tapped, pinned or attached becomes
 * an answer, a part of one, a skip, or nothing.
 */

import { countWords, phraseKey, typedWords } from '../../domain/language/words';
import { type Attachment, pinOf } from '../../domain/message/activity';
import { fileIdOf } from '../../domain/message/file';
import type { Field } from '../../domain/topic/topic';
import { type Choice, choiceMeant, choicesNamed } from '../choices';
import { isQuestion, type Talk } from '../dialog';
import { choicesFor, isOffer, otherOf } from './asking';
import { isBare, isContactAlone, isCovered, isTelling, namedIn } from './details';
import type { Answer, FieldReading, FormData } from './form-data';
import { readPlace, saysNothing } from './place-field';
import { readFreePlace, saysOnlyWhere, whereIn } from './said/free-place';
import { choicesOf } from './said/named-choices';

const MOST_FILES = 5;
const MOST_TEXT = 1000;
const SURE_OF_OTHER = 0.8;
const SURE_OF_QUESTION = 0.9;
const SHORTEST_QUESTION = 4;
/** Longer words than a choice may be about something else. */
const MOST_OF_CHOICE = 4;
const LONGEST_NO = 3;
const MOST_OF_OUTCRY = 3;
/** When and where are said one after the other, instead of what was asked. */
const MOST_ELSEWHERE = 2;
/** Longer words say more than that there is none. */
const LONGEST_NONE = 7;
const MOST_OF_SPOT = 5;
const MOST_BESIDE = 3;
/** Longer words say more than where. */
const MOST_OF_PLACE = 8;

export async function readField(talk: Talk, field: Field, data: FormData): Promise<FieldReading> {
  const refusals = ['skip', 'refuse', `no-${field.kind}`];
  // 'A grey Clio, I don't know the plate' says something of it.
  if (field.kind !== 'choice' && namedIn(field, talk.text).length === 0) refusals.push('dont-know');
  if (field.kind === 'file') refusals.push('not-sending');
  if (isOffer(field) && countWords(talk.text) <= LONGEST_NONE) refusals.push('has-none');
  // 'No phone, but my e-mail is…' refuses nothing.
  const { phones, emails } = await talk.entities();
  // 'No contact', asked which bin it is, says nothing of the bin.
  const isOfOffer = field.kind === 'choice' && ['no-contact', 'no-file'].some((list) => talk.means(list));
  const mayRefuse = !field.required && !isOfOffer && !(field.kind === 'contact' && phones.length + emails.length > 0);
  if (mayRefuse && (refusals.some((list) => talk.means(list)) || (await saysNo(talk, field)))) return { kind: 'skip' };
  return READERS[field.kind](talk, field, data);
}

/** A bare 'no' skips an offer; to a yes/no question it is the answer. */
async function saysNo(talk: Talk, field: Field): Promise<boolean> {
  if (field.kind === 'yes-no' || field.kind === 'text' || field.kind === 'choice') return false;
  const { yesNo, phones, emails, dates, plates } = await talk.entities();
  return yesNo === 'no' && phones.length + emails.length + dates.length + plates.length === 0;
}

const READERS: Record<Field['kind'], (talk: Talk, field: Field, data: FormData) => Promise<FieldReading>> = {
  place: (talk, field, data) => (field.free ? readFreePlace : readPlace)(talk, field, data),
  file: readFiles,
  contact: readContact,
  async text(talk, field, data) {
    if (!field.required && (talk.means('skip') || (await talk.entities()).yesNo === 'no')) return { kind: 'skip' };
    const text = talk.text.slice(0, MOST_TEXT).trim();
    const isNamed = namedIn(field, text).length > 0;
    // Who does not know, and says so twice, has answered.
    const isUnknown = data.misses > 0 && talk.means('dont-know');
    const isEmpty = (await saysNothing(talk)) || isOutcry(talk);
    if (text === '' || (!isNamed && !isUnknown && isEmpty) || (await isContactAlone(talk))) return { kind: 'unread' };
    // 'Yesterday', and then 'at the market', asked what it looks like: noted as such, and asked again.
    if (data.misses < MOST_ELSEWHERE && (await isOfOthers(talk, field))) return { kind: 'unread' };
    // 'The flat above me', asked when: kept as a detail, and asked once more.
    if (field.looks && data.misses === 0 && !(await saysWhen(talk, field))) return { kind: 'unread' };
    return { kind: 'answer', answer: { text, value: text } };
  },
  async choice(talk, field, data) {
    const choice = choiceIn(talk, field, talk.text) ?? firstNamed(talk, field);
    if (choice) return { kind: 'answer', answer: { text: talk.local(choice.label), value: choice.id } };
    if (['dont-know', 'other-choice', 'both-of-them'].some((list) => talk.means(list)))
      return { kind: 'answer', answer: otherAnswer(talk, field) };
    const isNo = (await talk.entities()).yesNo === 'no';
    // Asked once more, and none of these.
    if (isNo && field.required && data.misses > 0 && countWords(talk.text) <= LONGEST_NO)
      return { kind: 'answer', answer: otherAnswer(talk, field) };
    return !field.required && isNo ? { kind: 'skip' } : { kind: 'unread' };
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

/** 'What?', 'hein ?': no description, and no message for anybody. */
function isOutcry(talk: Talk): boolean {
  return countWords(talk.text) <= MOST_OF_OUTCRY && talk.means('outburst');
}

/** A day, a place or a way on which it was lost, where words of another kind were asked for. */
async function isOfOthers(talk: Talk, field: Field): Promise<boolean> {
  if (!field.saidBy || namedIn(field, talk.text).length > 0) return false;
  const { place, dates } = await talk.entities();
  const others = [...dates.map(({ text }) => text), place ? talk.text.slice(place.start, place.end) : ''];
  return isCovered(talk, talk.text, others) || saysOnlyWhere(talk, field);
}

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
  const own = choicesOf(field, talk.memory.language);
  // 'But' is a goal in French alone.
  const choices = choicesNamed(text, own, talk.choosing).length > 0 ? own : choicesOf(field);
  const inText = choicesNamed(text, choices, talk.choosing);
  const all = inText.length === 0 && text === talk.text ? choicesNamed(talk.heard.read, choices, talk.choosing) : inText;
  if (all.length < 2) return all;
  const surely = choicesNamed(text, besides(talk, choices), talk.choosing);
  return surely.length > 0 ? surely : all;
}

/** The choices without the words that may only say where, or that something was seen. */
function besides(talk: Talk, choices: Choice[]): Choice[] {
  const where = talk.t('words.somewhere').split('|').map(phraseKey);
  return choices.map(({ id, words }) => ({ id, words: words.filter((word) => !where.includes(phraseKey(word))) }));
}

/** The choice that words mean while it was not asked for: the only one named, or the one that is meant most. */
export function choiceSaid(talk: Talk, field: Field, text: string) {
  const only = choiceIn(talk, field, text);
  if (only || /\?\s*$/.test(text)) return only;
  const tells = isTelling(talk);
  const id = choiceMeant(text, besides(talk, choicesOf(field, talk.memory.language)), talk.choosing, (word) => !tells(word));
  return field.choices?.find((choice) => choice.id === id);
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

async function readFiles(talk: Talk, field: Field, data: FormData): Promise<FieldReading> {
  const before = (data.answers[field.id]?.value as string[] | undefined) ?? [];
  const files = fileIds(talk.activity.attachments);
  if (files.length > 0) {
    const all = [...before, ...files].slice(0, MOST_FILES);
    return { kind: 'answer', answer: { text: String(all.length), value: all }, note: talk.t('form.file-kept') };
  }
  const { yesNo } = await talk.entities();
  // 'All good' as it is.
  if (!field.required && talk.means('all-right') && !talk.means('has-file')) return { kind: 'skip' };
  // 'Yes, it is urgent' promises no photo.
  if (yesNo === 'yes' && ((await isBare(talk)) || talk.means('has-file')))
    return { kind: 'more', say: talk.t('form.send-file'), choices: [{ title: talk.t('form.skip') }] };
  return { kind: 'unread' };
}

/** Ids in the file store of what a message carries. */
export function fileIds(attachments: Attachment[] | undefined): string[] {
  return (attachments ?? []).flatMap(({ contentUrl }) => fileIdOf(contentUrl) ?? []);
}

async function readContact(talk: Talk, field: Field, data: FormData): Promise<FieldReading> {
  const { phones, emails, yesNo } = await talk.entities();
  const [value] = [...phones, ...emails];
  if (value) return { kind: 'answer', answer: { text: talk.wording.contact(value), value } };
  const isKnown = talk.means('same-contact');
  const known = isKnown ? await contactLeftHere(talk) : undefined;
  if (known) return { kind: 'answer', answer: { text: talk.wording.contact(known), value: known } };
  // 'Ok', said twice, gives no number: it is not asked for ever.
  if (yesNo === 'yes' && !isKnown && isOffer(field) && data.misses > 0) return { kind: 'skip' };
  if (isKnown || yesNo === 'yes' || talk.means('by-mail'))
    return { kind: 'more', say: talk.t('form.which-contact'), choices: choicesFor(talk, field) };
  return { kind: 'unread' };
}

/** What whoever writes left with their last request from here. */
async function contactLeftHere(talk: Talk): Promise<string | undefined> {
  return (await talk.lookups.ticketsHere()).find(({ contact }) => contact)?.contact?.value;
}

/** Whether these words are a question to the town hall rather than an answer to the field asked. */
export async function isDigression(talk: Talk, field: Field, data: FormData): Promise<boolean> {
  if (talk.activity.attachments?.length || pinOf(talk.activity)) return false;
  // 'No photo, I'm afraid' asks nothing.
  if (await isBare(talk)) return false;
  // 'Near the station', asked where or a question later: nothing about trains.
  if (await isWhere(talk)) return false;
  // 'Between the library and the church', of what was lost there.
  if (field.free && !/\?\s*$/.test(talk.text) && whereIn(talk, talk.text)) return false;
  return isAboutElse(talk, '', field.kind === 'text', data) && talk.topic(talk.heard.intents[0]?.topic ?? '')?.kind !== 'report';
}

/** 'It was rue Hoche': a place, with so few words beside it that they say nothing else. */
export async function saysPlace(talk: Talk): Promise<boolean> {
  const { place } = await talk.entities();
  return place !== null && countWords(`${talk.text.slice(0, place.start)} ${talk.text.slice(place.end)}`) <= MOST_BESIDE;
}

/** A place and hardly anything beside it, or words that only say where somebody is ('in the street'). */
export async function isWhere(talk: Talk): Promise<boolean> {
  if (isQuestion(talk)) return false;
  const { place, isPlaceAlone } = await talk.entities();
  // 'On the cycle path' is where it is, though no map has it.
  const words = typedWords(talk.text);
  if (words.length <= MOST_OF_SPOT && talk.means('whereabouts', words.slice(0, 2).join(' '))) return true;
  return isPlaceAlone === true || (place !== null && talk.means('whereabouts') && countWords(talk.text) <= MOST_OF_PLACE);
}

/**
 * Whether the words are about something else than this form. What is only said in passing ('right by the school gate')
 * is a detail of it: another answer is given to a question, another request begun when it is surely one.
 * @param isStrict nothing but a question counts: any words could be the answer.
 */
export function isAboutElse(talk: Talk, topic: string, isStrict = false, data?: FormData): boolean {
  const [top] = talk.heard.intents;
  if (talk.heard.zone !== 'act' || !top || top.topic === topic) return false;
  const about = talk.topic(top.topic);
  // 'It overflows', of the bins of this form, is no leak, and 'it's the light' no alarm.
  const isOurs = data !== undefined && about?.kind !== 'question' && countWords(talk.text) <= MOST_OF_CHOICE;
  if (isOurs && namesChoice(talk, data)) return false;
  if (!about) return topic !== '';
  if (about.kind === 'report') return top.confidence >= SURE_OF_OTHER || talk.heard.isReport;
  if (isQuestion(talk)) return true;
  if (data && namesChoice(talk, data)) return false;
  return !isStrict && top.confidence >= SURE_OF_QUESTION && countWords(talk.text) >= SHORTEST_QUESTION;
}

/** 'A mattress and a sofa', in the form about rubbish that was dumped: a detail of it, and no question about bulky waste. */
function namesChoice(talk: Talk, { made, topic }: Pick<FormData, 'made' | 'topic'>): boolean {
  const fields = (made ?? talk.topic(topic))?.form ?? [];
  return fields.some((field) => field.kind === 'choice' && choicesNamed(talk.text, choicesOf(field), talk.choosing).length > 0);
}
