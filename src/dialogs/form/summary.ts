/** What a form has gathered: as lines for the citizen to confirm, and as the draft of a ticket. */

import { isAtCounter } from '../../domain/desk/counter';
import { metresBetween } from '../../domain/geography';
import { phraseKey } from '../../domain/language/words';
import { delayOf, dueOf } from '../../domain/ticket/due';
import type { TicketAnswer, TicketDraft, TicketPlace } from '../../domain/ticket/ticket';
import type { Topic } from '../../domain/topic';
import type { Talk } from '../dialog';
import type { FormData } from './form-data';
import { formalPart } from './formal';

const MOST_WORDS = 2000;

export function summaryLines(talk: Talk, topic: Topic, data: FormData): string[] {
  const title = isUrgent(talk, topic, data) ? talk.t('form.urgent', { title: talk.local(topic.title) }) : talk.local(topic.title);
  const lines = [talk.t('form.line', { label: talk.t('form.subject'), value: title })];
  for (const field of topic.form ?? []) {
    const answer = data.answers[field.id];
    if (answer) lines.push(talk.t('form.line', { label: talk.local(field.label), value: answer.text }));
  }
  // A text message has no room for what the citizen knows; it is kept all the same.
  const said = [...(data.carried?.said ?? []), ...data.said];
  if (said.length > 0 && talk.conversation.channel !== 'sms')
    lines.push(talk.t('form.line', { label: talk.t('form.said'), value: said.join(' · ') }));
  return lines;
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
        text: answer.text,
        value: answer.value,
        former: answer.former,
      });
  }
  const answerTo = (kind: string) => data.answers[fields.find((field) => field.kind === kind)?.id ?? '']?.value;
  const contact = answerTo('contact') as string | undefined;
  const { carried } = data;
  return {
    topic: topic.id,
    service: talk.service(topic.service).id,
    title: topic.title[talk.town.languages[0]] ?? talk.local(topic.title),
    priority: isUrgent(talk, topic, data) ? 'high' : 'normal',
    answers: [...answers, ...(carried?.answers ?? [])],
    place: (answerTo('place') as TicketPlace | undefined) ?? carried?.place,
    files: [...((answerTo('file') as string[] | undefined) ?? []), ...(carried?.files ?? [])],
    contact: contact ? { kind: contact.includes('@') ? 'email' : 'phone', value: contact } : undefined,
    language: talk.spokenLanguage,
    words: [carried?.words, data.words].filter(Boolean).join('\n').slice(0, MOST_WORDS),
    said: [...(carried?.said ?? []), ...data.said],
    delayDays: topic.delayDays,
    ...(data.neighbour ? { links: [{ reference: data.neighbour, kind: 'neighbour' as const }] } : {}),
    formal: formalPart(talk, topic, data),
    due: dueOf(talk.calendar, talk.town, talk.service(topic.service), talk.lookups.now, delayOf(topic)),
  };
}

/** A word of the topic's own list ('hateful', 'needle') makes the request urgent. */
function isUrgent(talk: Talk, topic: Topic, data: FormData): boolean {
  const said = ` ${phraseKey([data.words, talk.text, ...data.said, ...Object.values(data.answers).map((answer) => answer.text)].join(' '))} `;
  const isSaid = Object.values(topic.priorityWords ?? {})
    .flat()
    .some((word) => said.includes(` ${phraseKey(word)} `));
  return topic.priority === 'high' || isSaid || isBeside(talk, topic, data);
}

/** Metres. */
const BESIDE = 80;

/** Right by a school or a hospital of the town's landmarks. */
function isBeside({ town }: Talk, { priorityNear, form = [] }: Topic, data: FormData): boolean {
  const place = data.answers[form.find(({ kind }) => kind === 'place')?.id ?? '']?.value as TicketPlace | undefined;
  const { latitude, longitude } = place ?? {};
  if (!priorityNear || latitude === undefined || longitude === undefined) return false;
  const wanted = priorityNear.map((word) => phraseKey(word));
  return town.landmarks.some(
    (landmark) =>
      metresBetween(landmark, { latitude, longitude }) <= BESIDE &&
      wanted.some((word) => ` ${phraseKey(landmark.name)} `.includes(` ${word} `)),
  );
}

/** The acknowledgement: reference, date, service and how to reach it (CRPA R112-11-1), delay if the town publishes one. */
export function openedText(talk: Talk, topic: Topic, _data: FormData, reference: string): string {
  const service = talk.service(topic.service);
  const lines = [talk.t('form.opened', { reference })];
  if (topic.delayDays) lines.push(talk.t('form.delay', { count: topic.delayDays }));
  const reach = [service.phone, service.email].filter(Boolean).join(', ');
  if (talk.conversation.channel === 'web' || isAtCounter(talk.conversation.channel))
    lines.push(talk.t('form.received', { date: talk.day(talk.lookups.now.toISOString()), service: talk.named(service), reach }));
  lines.push(talk.t('form.follow', { reference }));
  return lines.join('\n');
}
