/**
 * Somebody came to the counter, called or wrote a letter, and a person of the town hall noted it: what they want is opened
 * as a request, as it would have been had they written to the bot; a question that was answered is kept as one.
 */
import { draftOf, entryFor, fillIn, openedText, type Talk } from '../../dialogs';
import { type CounterContact, type CounterReading, readCounter } from '../../domain/desk/counter';
import type { TicketAnswer } from '../../domain/ticket/ticket';
import { FOR_A_PERSON } from '../../domain/topic/topic';

export async function atCounter(talk: Talk): Promise<boolean> {
  const noted = readCounter(talk.activity);
  if (!noted) return false;
  const { contact, by } = noted;
  // Whoever notes it may write in another language than the citizen speaks.
  Object.assign(talk.memory, { language: contact.language, languageFrom: 'asked', introduced: true });
  delete talk.memory.foreign;
  const { topic, data, reading } = await fillIn(talk, contact);
  if (!topic) return true;
  const title = talk.local(topic.title);
  talk.act({ kind: 'note', text: noteOf(contact, reading, title), by: { kind: 'agent', ...by } });
  const service = talk.service(topic.service);
  const subject = contact.words || title;
  const now = talk.lookups.now.toISOString();
  const closed = { agent: by.id, takenAt: now, closedAt: now, awaitsReply: false };
  if (topic.kind !== 'report') {
    const outcome = topic.kind === 'elsewhere' ? 'redirected' : 'answered';
    talk.passTo('bot', { ...entryFor(talk, service, { subject }), ...closed, outcome });
    return true;
  }
  const ticket = talk.lookups.reference(0);
  const draft = draftOf(talk, topic, data);
  const answers = [...nameOf(talk, contact), ...draft.answers];
  const { reach } = reading;
  const reached = reach && { kind: reach.kind, value: reach.value };
  talk.act({ kind: 'openTicket', reference: ticket, draft: { ...draft, answers, contact: reached ?? draft.contact } });
  talk.say(openedText(talk, topic, data, ticket));
  const summary = answers.map(({ label, text }) => `${label} : ${text}`);
  // A message waits for a person of its service; what has a form goes its own way from here.
  if (topic.id === FOR_A_PERSON && (await talk.lookups.outlook(service.id)))
    talk.passTo('queue', entryFor(talk, service, { subject, summary, ticket, botAnswers: true }));
  else talk.passTo('bot', { ...entryFor(talk, service, { subject, summary, ticket }), ...closed, outcome: 'request' });
  return true;
}

function nameOf(talk: Talk, { name }: CounterContact): TicketAnswer[] {
  return name ? [{ field: 'name', label: talk.t('counter.name'), text: name, value: name }] : [];
}

function noteOf({ name, words }: CounterContact, { reach }: CounterReading, title: string): string {
  const who = [name, reach?.text].filter(Boolean).join(', ');
  return [who, words || title].filter(Boolean).join('\n');
}
