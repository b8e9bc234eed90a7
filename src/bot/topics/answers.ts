/**
 * Answers from the town's own verified files, and nothing else: an answer past its date is not
 * served, hours come from the calendar, and who vouches for it is said with it.
 */

import type { Talk } from '../../dialogs';
import { capital } from '../../domain/language/wording';
import type { MissReason } from '../../domain/miss';
import { isStillVerified, type Office, type Topic } from '../../domain/topic';
import { type AskedDays, daysAsked, hoursOf, hoursOfWeek } from './hours';

/** Sure enough that the narrower answer of a topic is the one asked for. */
const SURE_OF_DETAIL = 0.5;
const MOST_CLAUSES = 3;
/** So sure of another topic, the words are not taken as a follow-up. */
const PERHAPS_OTHER = 0.4;
/** The same answer within so long is given again in short, and then not at all. */
const FRESH = 30 * 60_000;
const SHORTEST = 40;

/** The topic's answer, or the detail of it that the words are about. */
export async function answerQuestion(talk: Talk, id: string): Promise<void> {
  const topic = talk.topic(id);
  if (!topic) return;
  talk.memory.lastTopic = id;
  if (topic.kind === 'elsewhere') talk.act({ kind: 'recordReferral', topic: id });
  await give(talk, topic, topic.details?.length ? await detailOf(talk, id) : null);
}

/** The detail that the words are about; of a longer story, one of its first clauses. */
async function detailOf(talk: Talk, topic: string): Promise<string | null> {
  const clauses = talk.text.split(/[,.;:!?\n]+/u).filter((clause) => clause.trim() !== '');
  const parts = clauses.length > 1 ? clauses.slice(0, MOST_CLAUSES) : [];
  for (const words of [talk.text, ...parts]) {
    const narrower = await (words === talk.text ? talk : await talk.about(words)).followUp(topic);
    if (narrower?.detail && narrower.confidence >= SURE_OF_DETAIL) return narrower.detail;
  }
  return null;
}

/** A follow-up on what was last answered ('and for a child?'); false when the words are about something else. */
export async function answerFollowUp(talk: Talk): Promise<boolean> {
  const { memory, heard } = talk;
  const topic = memory.lastTopic ? talk.topic(memory.lastTopic) : undefined;
  if (!topic) return false;
  const [top] = heard.intents;
  const isElsewhere = heard.zone === 'act' && top && top.topic !== topic.id && top.confidence >= 0.8;
  const narrower = await talk.followUp(topic.id);
  if (!narrower || narrower.confidence < (isElsewhere ? 0.9 : SURE_OF_DETAIL)) return false;
  if (narrower.detail === null) return staysInTopic(talk, topic);
  await give(talk, topic, narrower.detail);
  return true;
}

/** 'And without a car?': about what was answered, and nothing verified says it. Who knows is said instead of another topic. */
function staysInTopic(talk: Talk, topic: Topic): boolean {
  const { heard } = talk;
  const [top] = heard.intents;
  const isOther = top !== undefined && top.topic !== topic.id && heard.zone !== 'none' && top.confidence >= PERHAPS_OTHER;
  if (isOther || topic.kind !== 'question' || heard.wish || heard.parts.length > 1) return false;
  const service = talk.service(topic.service);
  const reach = [service.phone, service.email].filter(Boolean).join(', ');
  leftOpen(talk, topic, 'no-answer');
  talk.say(talk.t('answer.no-detail', { title: talk.local(topic.title), service: capital(talk.named(service)), reach }), {
    choices: [{ title: talk.t('person.ask') }],
  });
  return true;
}

/** Kept for the person it is offered to, and for those who write the answers. */
function leftOpen(talk: Talk, { id, service }: Topic, reason: MissReason): void {
  talk.memory.unanswered = { topic: id, text: talk.text };
  talk.act({ kind: 'recordMiss', reason, words: talk.text, topic: id, service });
}

/** How often in a row this very answer has been given, this time included. */
function timesGiven({ memory, lookups }: Talk, answer: string): number {
  const { given } = memory;
  const isSame = given?.answer === answer && lookups.now.getTime() - Date.parse(given.at) < FRESH;
  const times = isSame ? given.times + 1 : 1;
  memory.given = { answer, times, at: lookups.now.toISOString() };
  return times;
}

/** The first sentence that says something, without what follows. */
function shortened(text: string): string {
  const [first = text] = text.split('\n').filter((line) => line.trim() !== '');
  const end = /[.!?](?=\s|$)/u.exec(first.slice(SHORTEST));
  return end ? first.slice(0, SHORTEST + end.index + 1) : first;
}

async function give(talk: Talk, topic: Topic, detailId: string | null): Promise<void> {
  const { date } = talk.calendar.local(talk.town, talk.lookups.now);
  const service = talk.service(topic.service);
  talk.memory.unanswered = undefined;
  talk.memory.asked = { topic: topic.id, text: talk.text };
  if (!isStillVerified(topic.verified, date)) {
    leftOpen(talk, topic, 'no-answer');
    talk.say(talk.t('answer.expired', { title: talk.local(topic.title), service: capital(talk.named(service)) }), {
      choices: [{ title: talk.t('person.ask') }],
    });
    return;
  }
  const detail = topic.details?.find(({ id }) => id === detailId);
  const written = talk.local(detail?.answer ?? topic.answer);
  // 'are you open on 25 December?' is about that day, not about today.
  const asked = written.includes('{hours_') ? await daysAsked(talk) : { days: [], unread: null };
  const { text: answer, week } = fillFacts(talk, topic, written, asked);
  const text = topic.office ? whoseItIs(talk, topic.office, answer) : answer;
  const times = timesGiven(talk, `${topic.id} ${detailId ?? ''} ${asked.unread ?? asked.days.join(' ')}`);
  if (times > 1) {
    leftOpen(talk, topic, 'asked-again');
    const reach = [service.phone, service.email].filter(Boolean).join(', ');
    const fields = { answer: shortened(text), service: capital(talk.named(service)), reach };
    talk.say(talk.t(times === 2 ? 'answer.again' : 'answer.enough', fields), { choices: [{ title: talk.t('person.ask') }] });
    return;
  }
  const verified = talk.t('answer.verified', {
    date: talk.wording.day(topic.verified?.on ?? date),
    service: talk.named(talk.service(topic.verified?.by)),
    source: topic.verified?.source ?? '',
  });
  const whole = talk.conversation.channel === 'sms' ? text : `${text}\n${verified}`;
  if (!week) return talk.say(whole);
  // A page folds what stands behind this place away; everywhere else the week is the end of the message.
  const folded = `${whole}\n`;
  talk.say(folded + week, { channelData: { fold: { at: folded.length, title: talk.t('hours.week') } } });
}

/** Not the town's: whose it is, what they do, and how they are reached. */
function whoseItIs(talk: Talk, { name, web, phone }: Office, answer: string): string {
  const lines = [talk.t('elsewhere.whose', { office: talk.local(name) }), answer];
  if (web) lines.push(talk.t('elsewhere.web', { web }));
  if (phone) lines.push(talk.t('elsewhere.phone', { phone }));
  return lines.join('\n');
}

/**
 * `{hours_today}`, `{hours_week}`, `{phone}`, `{email}`, `{address}` of the topic's service. A week on a line of its own
 * that stands beside today's hours is handed back apart: it belongs to the end, and a text message leaves it out.
 */
function fillFacts(talk: Talk, topic: Topic, written: string, asked: AskedDays): { text: string; week: string | null } {
  const service = talk.service(topic.service);
  const hasDay = asked.days.length > 0 || asked.unread !== null;
  const isBeside = written.includes('{hours_today}') || hasDay;
  const isSms = talk.conversation.channel === 'sms';
  const lines = written.split('\n');
  const hasWeek = isBeside && lines.some((line) => line.trim() === '{hours_week}');
  // 'and tomorrow?' is answered with that day, also where the answer tells of the week alone.
  const led = hasDay && hasWeek && !written.includes('{hours_today}') ? ['{hours_today}', ...lines] : lines;
  const facts: Record<string, () => string> = {
    hours_today: () => hoursOf(talk, service, asked),
    hours_week: () => hoursOfWeek(talk, service),
    phone: () => service.phone ?? '',
    email: () => service.email ?? '',
    address: () => service.address ?? '',
  };
  const text = led
    .filter((line) => !(hasWeek && line.trim() === '{hours_week}'))
    .join('\n')
    .replace(/\{(\w+)\}/g, (whole, name: string) => facts[name]?.() ?? whole);
  return { text, week: hasWeek && !isSms ? hoursOfWeek(talk, service) : null };
}
