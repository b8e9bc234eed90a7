/** What a form has gathered: as lines for the citizen to confirm, and as the draft of a ticket. */
import type { TicketAnswer, TicketDraft, TicketPlace } from '../domain/ticket';
import type { Topic } from '../domain/topic';
import { phraseKey } from '../domain/words';
import type { FormData } from './asking';
import type { Talk } from './dialog';

export function summaryLines(talk: Talk, topic: Topic, data: FormData): string[] {
  const title = isUrgent(talk, topic, data) ? talk.t('form.urgent', { title: talk.local(topic.title) }) : talk.local(topic.title);
  const lines = [talk.t('form.line', { label: talk.t('form.subject'), value: title })];
  for (const field of topic.form ?? []) {
    const answer = data.answers[field.id];
    if (answer) lines.push(talk.t('form.line', { label: talk.local(field.label), value: answer.text }));
  }
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
        label: talk.local(field.label),
        text: answer.text,
        value: answer.value,
        former: answer.former,
      });
  }
  const answerTo = (kind: string) => data.answers[fields.find((field) => field.kind === kind)?.id ?? '']?.value;
  const contact = answerTo('contact') as string | undefined;
  return {
    topic: topic.id,
    service: talk.service(topic.service).id,
    title: topic.title[talk.town.languages[0] ?? ''] ?? talk.local(topic.title),
    priority: isUrgent(talk, topic, data) ? 'high' : 'normal',
    answers,
    place: answerTo('place') as TicketPlace | undefined,
    files: (answerTo('file') as string[] | undefined) ?? [],
    contact: contact ? { kind: contact.includes('@') ? 'email' : 'phone', value: contact } : undefined,
    language: talk.memory.language,
    words: data.words.slice(0, 2000),
    delayDays: topic.delayDays,
  };
}

/** A word of the topic's own list ('hateful', 'needle') makes the request urgent. */
function isUrgent(talk: Talk, topic: Topic, data: FormData): boolean {
  const said = ` ${phraseKey([data.words, talk.text, ...Object.values(data.answers).map((answer) => answer.text)].join(' '))} `;
  return Object.values(topic.priorityWords ?? {})
    .flat()
    .some((word) => said.includes(` ${phraseKey(word)} `));
}

/** The acknowledgement: reference, date, service and how to reach it (CRPA R112-11-1), delay if the town publishes one. */
export function openedText(talk: Talk, topic: Topic, _data: FormData, reference: string): string {
  const service = talk.service(topic.service);
  const lines = [talk.t('form.opened', { reference })];
  if (topic.delayDays) lines.push(talk.t('form.delay', { days: topic.delayDays }));
  const reach = [service.phone, service.email].filter(Boolean).join(', ');
  if (talk.conversation.channel === 'web')
    lines.push(
      talk.t('form.received', { date: talk.day(talk.lookups.now.toISOString()), service: talk.local(service.name), reach }),
    );
  lines.push(talk.t('form.follow', { reference }));
  return lines.join('\n');
}
