/**
 * How a form asks: the question of a field with its buttons, the first offer with what is already
 * noted, the summary to confirm, the list of answers that can be changed.
 */

import type { FoundPlace } from '../../domain/language/heard';
import { keyWords, phraseKey } from '../../domain/language/words';
import type { Choice, Field, Topic } from '../../domain/topic/topic';
import { isPosted, type Talk } from '../dialog';
import { type FormData, SUMMARY } from './form-data';
import { isFormal } from './formal';
import { asSaid, isUnknownDoor } from './place-choice';
import { isNoPlace, mayNamePlace, streetOf, tellsWhat, whereTheyAre } from './place-field';
import { askToEnd } from './said/ending';
import { askToPassOn } from './said/questions';
import { summaryLines } from './summary';

export const EDIT = 'edit';
/** So many digits are meant to be a number to call. */
const FEWEST_DIGITS = 5;

export function fieldsOf(topic: Topic): Field[] {
  return topic.form ?? [];
}

/** Whether a field is asked at all. A phone's own number is its contact, and a photo can come with any message there. */
export function applies(talk: Talk, field: Field, data: FormData): boolean {
  if (isPosted(talk) && ((field.kind === 'contact' && !isFormal(talk, data)) || (field.kind === 'file' && !field.required)))
    return false;
  return isMeant(field, data);
}

export function nextField(talk: Talk, topic: Topic, data: FormData): Field | undefined {
  return fieldsOf(topic).find(
    (field) => data.answers[field.id] === undefined && !data.skipped.includes(field.id) && applies(talk, field, data),
  );
}

/** Whether what was answered so far makes a field one of this request's. */
export function isMeant(field: Field, data: FormData): boolean {
  if (!field.when) return true;
  const value = data.answers[field.when.field]?.value;
  const word = typeof value === 'boolean' ? (value ? 'yes' : 'no') : value;
  return typeof word === 'string' && field.when.is.includes(word);
}

/** Photo and contact are offers: the request may be sent without them at once. */
export function isOffer(field: Field): boolean {
  return !field.required && (field.kind === 'file' || field.kind === 'contact');
}

/** 'No contact', 'no photo', whatever was being asked: those are not asked for any more. */
export function refuseOffers(talk: Talk, topic: Topic, data: FormData): void {
  // 'I have no number', asked where it is, is that of the door.
  const isDoor = fieldsOf(topic).some(({ id, kind }) => id === data.at && kind === 'place') && namesDoor(talk);
  for (const { id, kind } of fieldsOf(topic).filter(({ kind, required }) => ['contact', 'file'].includes(kind) && !required))
    if (talk.means(`no-${kind}`) && !(isDoor && kind === 'contact') && !data.skipped.includes(id)) data.skipped.push(id);
}

function namesDoor(talk: Talk): boolean {
  const words = keyWords(talk.text);
  return talk
    .t('form.field.door')
    .split('|')
    .map(phraseKey)
    .some((name) => words.includes(name));
}

export function editable(talk: Talk, topic: Topic, data: FormData): Array<{ title: string }> {
  return fieldsOf(topic)
    .filter((field) => applies(talk, field, data))
    .map((field) => ({ title: talk.local(field.label) }));
}

export function ask(talk: Talk, topic: Topic, data: FormData, isAgain: boolean, before = ''): void {
  const lead = isAgain ? `${talk.t('form.back-to', { title: talk.local(topic.title).toLowerCase() })} ` : '';
  if (data.asksEnd !== undefined) askToEnd(talk);
  else if (data.question !== undefined) askToPassOn(talk);
  else if (data.at === EDIT) talk.say(talk.t('form.which'), { choices: editable(talk, topic, data) });
  else if (data.at === SUMMARY) askToConfirm(talk, topic, data, lead);
  else if (data.partial) {
    const { again, choices } = restOf(talk, data.partial, data);
    talk.say(`${lead}${again}`, { choices });
  } else askField(talk, topic, data, lead, isAgain, before);
}

/** The question for what is missing of a street. */
function restOf(talk: Talk, street: FoundPlace, data: FormData): { again: string; choices: Array<{ title: string }> } {
  const dontKnow = { title: talk.t('form.dont-know') };
  const named = { street: streetOf(street), number: street.number ?? '' };
  return isUnknownDoor(street)
    ? { again: talk.t('form.no-number', named), choices: [{ title: street.text }, dontKnow] }
    : { again: talk.t('form.number', named), choices: [...asSaid(talk, data), dontKnow] };
}

function askToConfirm(talk: Talk, topic: Topic, data: FormData, lead: string): void {
  const lines = summaryLines(talk, topic, data).join('\n');
  const confirm = talk.t('form.confirm');
  const choices = isPosted(talk) ? [] : ['form.send', 'form.edit', 'form.cancel'].map((id) => ({ title: talk.t(id) }));
  talk.say(`${lead}${talk.t('form.summary')}\n${lines}\n${confirm}`, { choices });
}

/** The first offer shows what is already noted, so that the citizen can send it as it stands. */
function isFirstOfferOf(topic: Topic, field: Field, before: string): boolean {
  return isOffer(field) && !fieldsOf(topic).some((each) => each.id === before && isOffer(each));
}

/** Whether what is asked next lists all that is noted: then the address that was found need not be said for itself. */
export function listsWhatIsNoted(topic: Topic, data: FormData, before: string): boolean {
  const field = fieldsOf(topic).find((each) => each.id === data.at);
  return data.at === SUMMARY || (!!field && !data.partial && isFirstOfferOf(topic, field, before));
}

function askField(talk: Talk, topic: Topic, data: FormData, lead: string, isAgain: boolean, before: string): void {
  const field = fieldsOf(topic).find((each) => each.id === data.at);
  if (!field) return;
  const isFirstOffer = !isAgain && isFirstOfferOf(topic, field, before);
  const noted = isFirstOffer ? `${summaryLines(talk, topic, data).join('\n')}\n` : '';
  const optional = isFirstOffer ? ` ${talk.t('form.optional')}` : '';
  talk.say(`${noted}${lead}${talk.local(field.ask)}${optional}`, { choices: choicesFor(talk, field) });
}

/** The question once more, for whoever answered something else: what is still missing of it, and its choices. */
export async function howAgain(
  talk: Talk,
  field: Field,
  data: FormData,
  isKept = false,
): Promise<{ again: string; choices: Array<{ title: string }> }> {
  const choices = choicesFor(talk, field);
  if (field.kind === 'place' && data.partial) return restOf(talk, data.partial, data);
  if (field.askAgain) return { again: talk.local(field.askAgain), choices };
  if (field.kind === 'contact' && field.required && (await refusesContact(talk)))
    return { again: talk.t('form.contact-needed'), choices };
  // '06 12 34 56' lacks something.
  if (field.kind === 'contact' && isAlmostContact(talk.text)) return { again: talk.t('form.again.contact'), choices };
  // Who told a detail gave no number that could not be read.
  if (isKept && isOffer(field)) return { again: talk.local(field.ask), choices };
  const near = field.kind === 'place' ? whereTheyAre(talk) : null;
  if (near) return { again: talk.t(`form.again.${near}`), choices };
  // 'I don't know' is no address that could have been found.
  const isNowhere = field.kind === 'place' && ((await isNoPlace(talk)) || tellsWhat(talk, data) || !(await mayNamePlace(talk)));
  const kind = field.kind === 'text' && field.looks ? 'date' : field.kind;
  const again = talk.t(isNowhere ? 'form.again.somewhere' : `form.again.${kind}`);
  return { again, choices: field.kind === 'place' ? [...choices, ...asSaid(talk, data)] : choices };
}

async function refusesContact(talk: Talk): Promise<boolean> {
  return ['no-contact', 'refuse', 'has-none'].some((list) => talk.means(list)) || (await talk.entities()).yesNo === 'no';
}

/** Digits, or half an address, that are no number to call. */
export function isAlmostContact(text: string): boolean {
  return text.replace(/\D/g, '').length >= FEWEST_DIGITS || /\S@|@\S/u.test(text);
}

export function choicesFor(talk: Talk, field: Field): Array<{ title: string }> {
  if (isOffer(field)) return [{ title: talk.t('form.skip') }, { title: talk.t('form.send-now') }];
  if (field.kind === 'choice') {
    const labels = (field.choices ?? []).map((choice) => ({ title: talk.local(choice.label) }));
    return otherOf(field) ? labels : [...labels, { title: talk.t('form.other-choice') }];
  }
  if (field.kind === 'yes-no') return [{ title: talk.t('yes') }, { title: talk.t('no') }];
  const beside = (field.beside ?? []).map((title) => ({ title: talk.local(title) }));
  return field.required ? beside : [...beside, { title: talk.t('form.skip') }];
}

/** The choice of a field that stands for all others, when its file has one; a choice for them is offered in any case. */
export function otherOf(field: Field): Choice | undefined {
  return field.choices?.find(({ id }) => id === 'other') ?? field.choices?.find(({ id }) => id === 'unknown');
}
