/**
 * A formal request: the receipt and the full acknowledgement that the law asks for are said at once, and sent to the e-mail
 * address it was made with (CRPA R112-11-1 to R112-11-4). Without an e-mail it is said that it is none.
 */
import { type Formal, formalOf } from '../../domain/ticket/formal';
import type { Topic } from '../../domain/topic/topic';
import { filledIn } from '../../domain/town';
import type { Talk } from '../dialog';
import type { FormData } from './form-data';
import { whoseIs } from './whose';

/** Only France has this clock; elsewhere the topic is as any other. */
function ruleOf(talk: Talk, topic: Topic) {
  return talk.town.country.startsWith('FR') ? topic.formal : undefined;
}

/** Whether the identity that the code asks for is asked for on every channel. */
export function isFormal(talk: Talk, data: FormData): boolean {
  const topic = data.made ?? talk.topic(data.topic);
  return topic !== undefined && ruleOf(talk, topic) !== undefined;
}

function emailIn({ answers }: FormData): string | undefined {
  const values = Object.values(answers).map(({ value }) => value);
  return values.find((value): value is string => typeof value === 'string' && /^\S+@\S+$/.test(value));
}

export function formalPart(talk: Talk, topic: Topic, data: FormData): Formal | undefined {
  const rule = ruleOf(talk, topic);
  if (!rule || !emailIn(data)) return undefined;
  return formalOf(rule, talk.calendar.local(talk.town, talk.lookups.now).date);
}

/** What is said beside the reference; the acknowledgement also leaves by e-mail. */
export function acknowledge(talk: Talk, topic: Topic, data: FormData, reference: string): string | null {
  const rule = ruleOf(talk, topic);
  if (!rule) return null;
  const email = emailIn(data);
  const formal = formalPart(talk, topic, data);
  if (!formal || !email) return talk.t('formal.no-email');
  const { service } = whoseIs(talk, topic, data);
  const fields = {
    reference,
    name: talk.local(topic.title),
    date: talk.day(talk.lookups.now.toISOString()),
    service: talk.named(service),
    reach: [service.address, service.phone, service.email].filter(Boolean).join(', '),
    decides: talk.day(formal.decidesOn),
    silence: talk.t(`formal.${formal.silence}`),
  };
  const own = rule.acknowledgement && talk.local(rule.acknowledgement);
  const text = [own ? filledIn(own, fields) : talk.t('formal.acknowledgement', fields), talk.local(rule.remedies)].join('\n');
  const subject = talk.t('formal.subject', { reference, authority: talk.local(talk.town.authority) });
  talk.act({ kind: 'writeMail', to: email, mail: { subject, ...(service.email ? { replyTo: service.email } : {}) }, text });
  return text;
}
