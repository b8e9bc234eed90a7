/**
 * A form that a person of the town hall fills in for somebody: all at once instead of question by question, each answer
 * read as the citizen's own would be. Who stands at the counter may leave without a phone number.
 */
import type { CounterContact, CounterReading } from '../../domain/desk/counter';
import type { TicketPlace } from '../../domain/ticket/ticket';
import type { Field, Topic } from '../../domain/topic/topic';
import type { Talk } from '../dialog';
import { messageFor } from '../person';
import { fieldsOf, isMeant } from './asking';
import { readField } from './fields';
import type { Answer, FormData } from './form-data';
import { absorb } from './said/absorb';

export interface FilledIn {
  /** None: it is not known yet what it is about. */
  topic: Topic | undefined;
  data: FormData;
  reading: CounterReading;
}

/** Of kinds that have a place of their own beside the form, or none. */
const BESIDE: ReadonlySet<Field['kind']> = new Set(['contact', 'file']);

/** @param talk about the words of the contact, in its language. */
export async function fillIn(talk: Talk, contact: CounterContact): Promise<FilledIn> {
  const { words, answers: given } = contact;
  const heard = talk.heard.intents.filter(({ topic }) => (talk.topic(topic)?.kind ?? 'control') !== 'control');
  const topic = topicOf(talk, contact);
  const reach = await reachIn(talk, contact);
  const data: FormData = { topic: topic?.id ?? '', words, said: [], answers: {}, skipped: [], at: '', misses: 0 };
  const reading: CounterReading = { heard, answers: {}, refused: {}, missing: [], asked: [] };
  if (reach) reading.reach = reach;
  else if (contact.reach?.trim()) reading.reachRefused = talk.t('form.again.contact');
  if (!topic) return { topic, data, reading };
  reading.topic = talk.topic(topic.id) ? topic.id : undefined;
  if (words) await absorb(talk, topic, data, words, true);
  if (data.partial) data.answers[placeFieldOf(topic)] = placeOfStreet(data.partial);
  delete data.partial;
  for (const field of fieldsOf(topic)) {
    const typed = given[field.id]?.trim();
    if (BESIDE.has(field.kind) || !typed) continue;
    const read = await readTyped(talk, field, typed, data);
    if ('answer' in read) data.answers[field.id] = read.answer;
    else {
      delete data.answers[field.id];
      reading.refused[field.id] = read.refused;
    }
  }
  const contactField = fieldsOf(topic).find(({ kind }) => kind === 'contact');
  if (contactField && reach) data.answers[contactField.id] = { text: reach.text, value: reach.value };
  if (!reading.topic && words) data.answers.subject ??= { text: words, value: words };
  for (const field of fieldsOf(topic)) {
    if (BESIDE.has(field.kind) || !isMeant(field, data)) continue;
    reading.asked.push(field.id);
    const answer = data.answers[field.id];
    if (answer) reading.answers[field.id] = answer.text;
    else if (field.required && !(field.id in reading.refused)) reading.missing.push(field.id);
  }
  return { topic, data, reading };
}

function topicOf(talk: Talk, { topic, service }: CounterContact): Topic | undefined {
  if (topic) return talk.topic(topic);
  if (service) return messageFor(talk, talk.service(service));
  const [top] = talk.heard.intents;
  const sure = talk.heard.zone === 'act' && top ? talk.topic(top.topic) : undefined;
  return sure?.kind === 'control' ? undefined : sure;
}

/** What was typed for it, or, while nothing was, the phone or e-mail that stands in the words. */
async function reachIn(talk: Talk, { reach, words }: CounterContact): Promise<CounterReading['reach']> {
  const { phones, emails } = await talk.entities(reach?.trim() || words);
  const [phone] = phones;
  const [email] = emails;
  if (phone) return { kind: 'phone', value: phone, text: talk.wording.contact(phone) };
  return email ? { kind: 'email', value: email, text: email } : undefined;
}

async function readTyped(
  talk: Talk,
  field: Field,
  typed: string,
  data: FormData,
): Promise<{ answer: Answer } | { refused: string }> {
  if (field.kind === 'choice') {
    const choice = field.choices?.find(({ id }) => id === typed);
    if (choice) return { answer: { text: talk.local(choice.label), value: choice.id } };
  }
  if (field.kind === 'yes-no' && (typed === 'yes' || typed === 'no'))
    return { answer: { text: talk.t(typed), value: typed === 'yes' } };
  if (field.kind === 'text') return { answer: { text: typed, value: typed } };
  const reading = await readField(await talk.about(typed), field, data);
  switch (reading.kind) {
    case 'answer':
      return { answer: reading.answer };
    case 'partial':
      return { answer: placeOfStreet(reading.place) };
    case 'more':
      return { refused: [reading.say, ...(reading.choices ?? []).map(({ title }) => title)].join(' · ') };
    case 'skip':
    case 'unread':
      // Who fills it in knows the town: a place that no map has is kept as it was typed.
      if (field.kind !== 'place') return { refused: talk.t(`form.again.${field.kind}`) };
      return { answer: { text: typed, value: { text: typed, precision: 'text' } satisfies TicketPlace } };
  }
}

/** A street without a number: the person at the counter has asked, or sees it and asks. */
function placeOfStreet({
  text,
  precision,
  point,
}: {
  text: string;
  precision: TicketPlace['precision'];
  point?: object;
}): Answer {
  const value: TicketPlace = { text, precision, ...point };
  return { text, value };
}

function placeFieldOf(topic: Topic): string {
  return fieldsOf(topic).find(({ kind }) => kind === 'place')?.id ?? '';
}
