/** What a form has gathered: as lines for the citizen to confirm, and as the draft of a ticket. */

import { isAtCounter } from '../../domain/desk/counter';
import { forwardAtOnce } from '../../domain/forwarding/forwarding';
import { delayOf, dueOf } from '../../domain/ticket/due';
import type { TicketAnswer, TicketDraft } from '../../domain/ticket/ticket';
import { isUrgent as isUrgentIn } from '../../domain/ticket/urgency';
import type { Field, Topic } from '../../domain/topic/topic';
import { isPosted, type Talk } from '../dialog';
import { answered, isCovered } from './details';
import type { Answer, FormData } from './form-data';
import { formalPart } from './formal';
import { placeIn, whoseIs } from './whose';

const MOST_WORDS = 2000;

export function summaryLines(talk: Talk, topic: Topic, data: FormData): string[] {
  const title = isUrgent(talk, topic, data) ? talk.t('form.urgent', { title: talk.local(topic.title) }) : talk.local(topic.title);
  const lines = [talk.t('form.line', { label: talk.t('form.subject'), value: title })];
  for (const field of topic.form ?? []) {
    const answer = data.answers[field.id];
    if (answer) lines.push(talk.t('form.line', { label: talk.local(field.label), value: shownAs(talk, field, answer) }));
  }
  // A text message has no room for what the citizen knows; it is kept all the same.
  const { opening = '', carried } = data;
  const isNew = !isCovered(talk, opening, [...answered(data), ...Object.values(topic.title)]);
  const said = [...(isNew ? [opening] : []), ...(carried?.said ?? []), ...data.said];
  if (said.length > 0 && talk.conversation.channel !== 'sms')
    lines.push(talk.t('form.line', { label: talk.t('form.said'), value: said.join(' · ') }));
  return lines;
}

/** What was chosen is called as the language of now calls it, whatever was spoken when it was. */
function shownAs(talk: Talk, field: Field, { text, value }: Answer): string {
  if (field.kind === 'yes-no' && typeof value === 'boolean') return talk.t(value ? 'yes' : 'no');
  const choice = field.kind === 'choice' ? field.choices?.find(({ id }) => id === value) : undefined;
  return choice ? talk.local(choice.label) : text;
}

export function draftOf(talk: Talk, topic: Topic, data: FormData): TicketDraft {
  const fields = topic.form ?? [];
  const answers: TicketAnswer[] = [];
  for (const field of fields) {
    const answer = data.answers[field.id];
    if (answer)
      answers.push({
        field: field.id,
        // Read by the services, in a language of theirs.
        label: field.label[talk.memory.language] ?? talk.local(field.label),
        text: shownAs(talk, field, answer),
        value: answer.value,
        former: answer.former,
      });
  }
  const answerTo = (kind: string) => data.answers[fields.find((field) => field.kind === kind)?.id ?? '']?.value;
  const contact = answerTo('contact') as string | undefined;
  const { carried } = data;
  const { service, sector, agent } = whoseIs(talk, topic, data);
  return {
    topic: topic.id,
    service: service.id,
    ...(sector && { sector }),
    ...(agent && { agent }),
    title: topic.title[talk.town.languages[0]] ?? talk.local(topic.title),
    priority: isUrgent(talk, topic, data) ? 'high' : 'normal',
    answers: [...answers, ...(carried?.answers ?? [])],
    place: placeIn(topic, data),
    files: [...((answerTo('file') as string[] | undefined) ?? []), ...(carried?.files ?? [])],
    contact: contact ? { kind: contact.includes('@') ? 'email' : 'phone', value: contact } : undefined,
    language: talk.spokenLanguage,
    words: [carried?.words, data.words].filter(Boolean).join('\n').slice(0, MOST_WORDS),
    said: [...(carried?.said ?? []), ...data.said],
    delayDays: topic.delayDays,
    ...(data.neighbour ? { links: [{ reference: data.neighbour, kind: 'neighbour' as const }] } : {}),
    formal: formalPart(talk, topic, data),
    forward: forwardAtOnce(talk.town, topic, answers, talk.lookups.now),
    due: dueOf(talk.calendar, talk.town, service, talk.lookups.now, delayOf(topic)),
  };
}

function isUrgent(talk: Talk, topic: Topic, data: FormData): boolean {
  const said = [data.words, talk.text, ...data.said, ...Object.values(data.answers).map((answer) => answer.text)];
  return isUrgentIn(talk.town, topic, said, placeIn(topic, data));
}

/** The acknowledgement: reference, date, service and how to reach it (CRPA R112-11-1), delay if the town publishes one. */
export function openedText(talk: Talk, topic: Topic, data: FormData, reference: string): string {
  const { service } = whoseIs(talk, topic, data);
  const lines = [talk.t('form.opened', { reference })];
  if (topic.delayDays) lines.push(talk.t('form.delay', { count: topic.delayDays }));
  const reach = [service.phone, service.email].filter(Boolean).join(', ');
  if (talk.conversation.channel === 'web' || isAtCounter(talk.conversation.channel))
    lines.push(talk.t('form.received', { date: talk.day(talk.lookups.now.toISOString()), service: talk.named(service), reach }));
  // Whoever typed it far from any page gets one: there it is seen without an account.
  const url = isPosted(talk) ? talk.lookups.statusLink(reference) : null;
  lines.push(url ? talk.t('form.follow-link', { reference, url }) : talk.t('form.follow', { reference }));
  return lines.join('\n');
}
