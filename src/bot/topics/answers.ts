/**
 * Answers from the town's own verified files, and nothing else: an answer past its date is not
 * served, hours come from the calendar, and who vouches for it is said with it.
 */

import type { Talk } from '../../dialogs';
import { CLAUSE_END } from '../../domain/language/clauses';
import { capital } from '../../domain/language/wording';
import { countWords } from '../../domain/language/words';
import { isStillVerified, type Topic } from '../../domain/topic/topic';
import type { Service } from '../../domain/town';
import { firstSentence, sentenceAbout, tellAgain, toldOf } from './again';
import { fillFacts, isPartOfAnswer, waysTo, whoseItIs } from './answer-words';
import { aspectAsked, sentenceTelling } from './aspects';
import { type AskedDays, daysAsked, isFresh, NO_DAYS } from './hours';
import { leftOpen, PERHAPS_OTHER, staysInTopic } from './unanswered';
import { asksOfAnotherDay, hoursDetail, hoursLeaningOn, perhapsHours, tellsFrontDesk, whoseIsAsked } from './whose-hours';

/** Sure enough that the narrower answer of a topic is the one asked for. */
const SURE_OF_DETAIL = 0.5;
/** So sure of another topic, only a detail that is asked for in nearly its own words, or by an age alone, is what is meant. */
const SURELY_OTHER = 0.7;
const IN_SPITE_OF_OTHER = 0.9;
/** 'Elle a 4 mois': whose age it is was just spoken of, whatever else these words may sound like. */
const SURE_OF_AGE = 0.9;
const MOST_CLAUSES = 3;
/** Words of a question that leans on the answer before it. */
const LONGEST_LEANING = 6;
const IN_ITS_WORDS = 0.95;

/** The topic's answer, or the detail of it that the words are about. */
export async function answerQuestion(talk: Talk, id: string): Promise<void> {
  const topic = talk.topic(id);
  if (!topic) return;
  const detail = topic.details?.length ? await detailOf(talk, id) : null;
  const told = tellsFrontDesk(talk, topic) ? factsIn(topic, detail) : '';
  if (told && (await answerOfWhose(talk, topic, told.includes('{hours_')))) return;
  talk.memory.lastTopic = id;
  if (topic.kind === 'elsewhere') talk.act({ kind: 'recordReferral', topic: id });
  await give(talk, topic, detail);
}

/** The hours, address or number that an answer names: each service has its own. */
function factsIn(topic: Topic, detailId: string | null): string {
  const detail = topic.details?.find(({ id }) => id === detailId);
  const written = Object.values(detail?.answer ?? topic.answer ?? {}).join(' ');
  return (written.match(/\{(?:hours_\w+|phone|address)\}/g) ?? []).join(' ');
}

/** Hours that are asked for and are not the front desk's; false when they are. */
async function answerOfWhose(talk: Talk, topic: Topic, isOfHours: boolean): Promise<boolean> {
  const whose = await whoseIsAsked(talk, isOfHours);
  if (!whose) return false;
  if (whose.kind === 'service') await giveHours(talk, topic, whose.service, await daysAsked(talk));
  else if (whose.kind === 'detail') await give(talk, whose.topic, whose.detail);
  else tellsNothingOf(talk, whose.topic);
  return true;
}

/** Where a service is, how it is called, and when it is open. */
async function giveHours(talk: Talk, topic: Topic, service: Service, asked: AskedDays): Promise<void> {
  talk.memory.lastTopic = topic.id;
  const isFrontDesk = service.id === talk.town.frontDesk;
  const hours = isFrontDesk ? '{hours_today}' : '{reach}\n{hours_today}\n{hours_week}';
  await tell(talk, topic, { service, asked, written: hours, key: 'hours' });
}

/** Another office's hours or address: it alone knows them. */
function tellsNothingOf(talk: Talk, { office, id }: Topic): void {
  if (!office) return;
  talk.memory.hours = undefined;
  talk.memory.asked = { topic: id, text: talk.text };
  talk.say([talk.t('elsewhere.unknown', { office: talk.local(office.name) }), ...waysTo(talk, office)].join('\n'));
}

/** 'And on Sunday?', 'and the library?' after hours were told. */
export async function answerHoursAgain(talk: Talk): Promise<boolean> {
  const { memory } = talk;
  const topic = talk.topics.find((each) => tellsFrontDesk(talk, each));
  const leaning = topic && (await hoursLeaningOn(talk));
  if (topic && !leaning && talk.heard.zone === 'offer' && (await perhapsHours(talk))) {
    await answerQuestion(talk, topic.id);
    return true;
  }
  const last = memory.lastTopic ? talk.topic(memory.lastTopic) : undefined;
  if (last && !leaning && (await asksOfAnotherDay(talk))) {
    const detail = await hoursDetail(talk, last);
    const isGiven = detail !== null && memory.given?.answer.startsWith(`${last.id} ${detail} `) === true;
    if (detail && !isGiven) {
      await give(talk, last, detail);
      return true;
    }
    if (await tellDaysAgain(talk, last)) return true;
    // 'Tuesday morning' after how appointments are made: about that, and nothing verified says it.
    if (staysInTopic(talk, last, true)) return true;
  }
  if (!topic || !leaning) return false;
  await giveHours(talk, topic, leaning.service, { ...leaning.asked, unread: null });
  return true;
}

/** 'And the day after?' where the answer before told of all days: which they are is said again. */
async function tellDaysAgain(talk: Talk, topic: Topic): Promise<boolean> {
  const [id, detail] = talk.memory.given?.answer.split(' ') ?? [];
  if (id !== topic.id) return false;
  const answer = topic.details?.find(({ id }) => id === detail)?.answer ?? topic.answer;
  for (const line of talk.local(answer).split('\n')) {
    if ((await talk.entities(line, 'ahead')).dates.length === 0) continue;
    leftOpen(talk, topic, 'asked-again');
    tellAgain(talk, topic, line);
    return true;
  }
  return false;
}

/** The detail that the words are about; of a longer story, one of its first clauses. */
async function detailOf(talk: Talk, topic: string): Promise<string | null> {
  const clauses = talk.text.split(CLAUSE_END).filter((clause) => clause.trim() !== '');
  const parts = clauses.length > 1 ? clauses.slice(0, MOST_CLAUSES) : [];
  for (const words of [talk.text, ...parts]) {
    const narrower = await (words === talk.text ? talk : await talk.about(words)).followUp(topic);
    if (!narrower?.detail || !narrower.isNarrower || narrower.confidence < SURE_OF_DETAIL) continue;
    // Asked in nearly its own words, a part of the answer is enough.
    if (narrower.confidence >= IN_ITS_WORDS || !isPartOfAnswer(talk, topic, narrower.detail)) return narrower.detail;
  }
  return null;
}

/** 'And on the 26th?' in the middle of a form, after a question that was asked in between: about that answer, then the form goes on. */
export async function answerBetween(talk: Talk): Promise<boolean> {
  const { memory, text } = talk;
  const topic = memory.lastTopic ? talk.topic(memory.lastTopic) : undefined;
  if (memory.dialogs.at(-1)?.dialog !== 'form' || !topic || !isFresh(talk)) return false;
  if (!/\?\s*$/.test(text) || countWords(text) > LONGEST_LEANING) return false;
  if (await answerHoursAgain(talk)) return true;
  const narrower = await talk.followUp(topic.id);
  if (!narrower?.detail || narrower.confidence < SURE_OF_DETAIL) return false;
  await give(talk, topic, narrower.detail);
  return true;
}

/** A follow-up on what was last answered ('and for a child?'); false when the words are about something else. */
export async function answerFollowUp(talk: Talk): Promise<boolean> {
  const { memory, heard } = talk;
  const topic = memory.lastTopic ? talk.topic(memory.lastTopic) : undefined;
  if (!topic) return false;
  const [top] = heard.intents;
  const isElsewhere = heard.zone === 'act' && top && top.topic !== topic.id && top.confidence >= SURELY_OTHER;
  const narrower = await talk.followUp(topic.id);
  if (!narrower || narrower.confidence < (isElsewhere ? IN_SPITE_OF_OTHER : SURE_OF_DETAIL)) return false;
  if (narrower.detail === null) return staysInTopic(talk, topic, narrower.confidence >= SURE_OF_AGE);
  await give(talk, topic, narrower.detail);
  return true;
}

/** 'How do I contest it?', 'by when?': a short question that nothing else explains is about what was just answered. */
export function answerLeaning(talk: Talk): boolean {
  const { memory, heard, text } = talk;
  const topic = memory.lastTopic ? talk.topic(memory.lastTopic) : undefined;
  const isQuestion = /\?\s*$/.test(text) || talk.means('question');
  const [top] = heard.intents;
  const isOther = top !== undefined && top.topic !== memory.lastTopic && top.confidence >= PERHAPS_OTHER;
  if (!topic || !isFresh(talk) || !isQuestion || isOther || countWords(text) > LONGEST_LEANING) return false;
  const told = topic.kind === 'question' ? toldOf(talk, topic) : null;
  if (told) {
    leftOpen(talk, topic, 'asked-again');
    tellAgain(talk, topic, told);
    return true;
  }
  if (topic.kind !== 'elsewhere') return staysInTopic(talk, topic);
  tellsNothingOf(talk, topic);
  return true;
}

/** 'What should I do?', 'what papers do I need?' right after an answer: what it says of that, or who can say more. */
export async function tellsMore(talk: Talk): Promise<boolean> {
  const { memory, text } = talk;
  const topic = memory.lastTopic ? talk.topic(memory.lastTopic) : undefined;
  if (topic?.kind !== 'question' || !isFresh(talk) || countWords(text) > LONGEST_LEANING) return false;
  const narrower = talk.means('need') ? await talk.followUp(topic.id) : null;
  if (narrower?.detail && memory.given?.answer.startsWith(`${topic.id} ${narrower.detail} `) === false) {
    await give(talk, topic, narrower.detail);
    return true;
  }
  const service = talk.service(topic.service);
  const reach = [service.phone, service.email].filter(Boolean).join(', ');
  leftOpen(talk, topic, 'asked-again');
  talk.say(talk.t('answer.enough', { service: capital(talk.named(service)), reach }), {
    choices: [{ title: talk.t('person.ask') }],
  });
  return true;
}

/** How often in a row this very answer has been given, this time included. */
function timesGiven(talk: Talk, answer: string): number {
  const { memory, lookups } = talk;
  const { given } = memory;
  const isSame = given?.answer === answer && isFresh(talk);
  const times = isSame ? given.times + 1 : 1;
  memory.given = { answer, times, at: lookups.now.toISOString() };
  return times;
}

export async function give(talk: Talk, topic: Topic, detailId: string | null): Promise<void> {
  const detail = topic.details?.find(({ id }) => id === detailId);
  const written = talk.local(detail?.answer ?? topic.answer);
  // 'are you open on 25 December?' is about that day, not about today.
  const about = await daysAsked(talk);
  talk.memory.lastDay = about.days.at(-1);
  // 'I lost my keys yesterday' asks for no hours of yesterday.
  const { date } = talk.calendar.local(talk.town, talk.lookups.now);
  const isPast = !tellsFrontDesk(talk, topic) && about.days.some((day) => day < date);
  const asked = written.includes('{hours_') && !isPast ? about : NO_DAYS;
  await tell(talk, topic, { service: talk.service(topic.service), asked, written, key: detailId ?? '' });
}

interface Told {
  service: Service;
  asked: AskedDays;
  /** As in the topic's file, with the names of facts in it. */
  written: string;
  /** Which answer of the topic it is. */
  key: string;
}

async function tell(talk: Talk, topic: Topic, { service, asked, written, key }: Told): Promise<void> {
  const { date } = talk.calendar.local(talk.town, talk.lookups.now);
  talk.memory.unanswered = undefined;
  talk.memory.asked = { topic: topic.id, text: talk.text };
  if (!isStillVerified(topic.verified, date)) {
    leftOpen(talk, topic, 'no-answer');
    talk.say(talk.t('answer.expired', { title: talk.local(topic.title), service: capital(talk.named(service)) }), {
      choices: [{ title: talk.t('person.ask') }],
    });
    return;
  }
  const tellsHours = written.includes('{hours_');
  talk.memory.hours = tellsHours ? { service: service.id, days: asked.days } : undefined;
  if (tellsHours) talk.memory.lastDay = asked.days.at(-1);
  const { text: answer, week } = fillFacts(talk, service, written, asked);
  const text = topic.office ? whoseItIs(talk, topic.office, answer) : answer;
  const times = timesGiven(
    talk,
    [topic.id, key, service.id, asked.unread ?? asked.days.join(' '), ...Object.values(asked.moment ?? {})].join(' '),
  );
  if (times > 1) {
    const reach = [service.phone, service.email].filter(Boolean).join(', ');
    const aspect = aspectAsked(talk);
    const said = sentenceAbout(text, talk.text) ?? (aspect && sentenceTelling(talk, text, aspect)?.sentence) ?? null;
    // Another question, and not a word of it stands in that answer; hours are told in days and times alone.
    const top = talk.topic(talk.heard.intents[0]?.topic ?? '');
    const asksForHours = top !== undefined && tellsFrontDesk(talk, top);
    if (!said && !asksForHours && times === 2 && staysInTopic(talk, topic, true)) return;
    leftOpen(talk, topic, 'asked-again');
    const fields = { answer: said ?? firstSentence(text), service: capital(talk.named(service)), reach };
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
