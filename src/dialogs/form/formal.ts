/**
 * A formal request: the receipt and the full acknowledgement that the law asks for are said at once, and sent to the e-mail
 * address it was made with (CRPA R112-11-1 to R112-11-4). Without an e-mail it is said that it is none.
 */

import { filledIn } from '../../domain/language/sentences';
import { type Formal, type FormalText, formalOf } from '../../domain/ticket/formal';
import type { Topic } from '../../domain/topic/topic';
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

/** The product's own words, where the town has none. */
const SENTENCES = {
  acknowledgement: 'formal.acknowledgement',
  subject: 'formal.subject',
  noEmail: 'formal.no-email',
} as const satisfies Record<Exclude<FormalText, 'remedies'>, string>;

/** What is said beside the reference; the acknowledgement also leaves by e-mail. */
export function acknowledge(talk: Talk, topic: Topic, data: FormData, reference: string): string | null {
  const rule = ruleOf(talk, topic);
  if (!rule) return null;
  const email = emailIn(data);
  const formal = formalPart(talk, topic, data);
  const { service } = whoseIs(talk, topic, data);
  const fields = {
    reference,
    name: talk.local(topic.title),
    service: talk.named(service),
    reach: [service.address, service.phone, service.email].filter(Boolean).join(', '),
    authority: talk.local(talk.town.authority),
  };
  const worded = (text: keyof typeof SENTENCES, more: Record<string, string> = {}) => {
    const own = rule.texts[text] && talk.local(rule.texts[text]);
    return own ? filledIn(own, { ...fields, ...more }) : talk.t(SENTENCES[text], { ...fields, ...more });
  };
  if (!formal || !email) return worded('noEmail');
  const acknowledgement = worded('acknowledgement', {
    date: talk.day(talk.lookups.now.toISOString()),
    decides: talk.day(formal.decidesOn),
    silence: talk.t(`formal.${formal.silence}`),
  });
  const text = [acknowledgement, filledIn(talk.local(rule.texts.remedies), fields)].join('\n');
  const subject = worded('subject');
  talk.act({ kind: 'writeMail', to: email, mail: { subject, ...(service.email ? { replyTo: service.email } : {}) }, text });
  return text;
}
