/**
 * Answers from the town's own verified files, and nothing else: an answer past its date is not
 * served, hours come from the calendar, and who vouches for it is said with it.
 */

import type { Talk } from '../dialogs';
import { isStillVerified, type Office, type Topic } from '../domain/topic';
import type { DayHours, Weekday } from '../domain/town';

const WEEK: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
/** Sure enough that the narrower answer of a topic is the one asked for. */
const SURE_OF_DETAIL = 0.5;
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
  const narrower = topic.details?.length ? await talk.followUp(id) : null;
  await give(talk, topic, narrower && narrower.confidence >= SURE_OF_DETAIL ? narrower.detail : null);
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
  talk.memory.unanswered = { topic: topic.id, text: talk.text };
  talk.say(talk.t('answer.no-detail', { title: talk.local(topic.title), service: talk.local(service.name), reach }), {
    choices: [{ title: talk.t('person.ask') }],
  });
  return true;
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
  if (!isStillVerified(topic.verified, date)) {
    talk.memory.unanswered = { topic: topic.id, text: talk.text };
    talk.say(talk.t('answer.expired', { title: talk.local(topic.title), service: talk.local(service.name) }), {
      choices: [{ title: talk.t('person.ask') }],
    });
    return;
  }
  const detail = topic.details?.find(({ id }) => id === detailId);
  const written = talk.local(detail?.answer ?? topic.answer);
  // 'are you open on 25 December?' is about that day, not about today.
  const [asked] = written.includes('{hours_today}') ? (await talk.entities()).dates : [];
  const answer = fillFacts(talk, topic, written, asked?.value.slice(0, 10) ?? date);
  const text = topic.office ? whoseItIs(talk, topic.office, answer) : answer;
  const times = timesGiven(talk, `${topic.id} ${detailId ?? ''} ${asked?.value ?? ''}`);
  if (times > 1) {
    talk.memory.unanswered = { topic: topic.id, text: talk.text };
    const reach = [service.phone, service.email].filter(Boolean).join(', ');
    const fields = { answer: shortened(text), service: talk.local(service.name), reach };
    talk.say(talk.t(times === 2 ? 'answer.again' : 'answer.enough', fields), { choices: [{ title: talk.t('person.ask') }] });
    return;
  }
  const verified = talk.t('answer.verified', {
    date: talk.day(topic.verified?.on ?? date),
    service: talk.local(talk.service(topic.verified?.by).name),
    source: topic.verified?.source ?? '',
  });
  talk.say(talk.conversation.channel === 'sms' ? text : `${text}\n${verified}`);
}

/** Not the town's: whose it is, what they do, and how they are reached. */
function whoseItIs(talk: Talk, { name, web, phone }: Office, answer: string): string {
  const lines = [talk.t('elsewhere.whose', { office: talk.local(name) }), answer];
  if (web) lines.push(talk.t('elsewhere.web', { web }));
  if (phone) lines.push(talk.t('elsewhere.phone', { phone }));
  return lines.join('\n');
}

/** `{hours_today}`, `{hours_week}`, `{phone}`, `{email}`, `{address}` of the topic's service. */
function fillFacts(talk: Talk, topic: Topic, text: string, day: string): string {
  const service = talk.service(topic.service);
  const facts: Record<string, () => string> = {
    hours_today: () =>
      day === talk.calendar.local(talk.town, talk.lookups.now).date ? hoursToday(talk, topic) : hoursOn(talk, topic, day),
    hours_week: () => WEEK.map((day) => `${talk.t(`day.${day}`)} : ${spans(talk, service.hours[day])}`).join('\n'),
    phone: () => service.phone ?? '',
    email: () => service.email ?? '',
    address: () => service.address ?? '',
  };
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => facts[name]?.() ?? whole);
}

function hoursToday(talk: Talk, topic: Topic): string {
  const service = talk.service(topic.service);
  const state = talk.calendar.at(talk.town, service, talk.lookups.now);
  const reason = state.reason ? ` (${talk.local(state.reason)})` : '';
  const today = talk.t('hours.today', { hours: spans(talk, state.today) + reason });
  if (state.isOpen) return `${today} ${talk.t('hours.open', { time: state.closesAt ?? '' })}`;
  if (!state.opens) return today;
  return `${today} ${talk.t('hours.opens', { day: talk.t(`day.${state.opens.weekday}`), date: talk.day(state.opens.date), time: state.opens.time })}`;
}

function hoursOn(talk: Talk, topic: Topic, day: string): string {
  // Noon in UTC is the same day in every time zone a town hall of ours can be in.
  const noon = new Date(`${day}T12:00:00Z`);
  const state = talk.calendar.at(talk.town, talk.service(topic.service), noon);
  const { weekday } = talk.calendar.local(talk.town, noon);
  const reason = state.reason ? ` (${talk.local(state.reason)})` : '';
  return talk.t('hours.on', { day: talk.t(`day.${weekday}`), date: talk.day(day), hours: spans(talk, state.today) + reason });
}

function spans(talk: Talk, hours: DayHours): string {
  return hours.length === 0 ? talk.t('hours.closed') : hours.map(([from, to]) => `${from}-${to}`).join(', ');
}
