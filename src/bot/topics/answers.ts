/**
 * Answers from the town's own verified files, and nothing else: an answer past its date is not
 * served, hours come from the calendar, and who vouches for it is said with it.
 */

import { isQuestion, type Talk } from '../../dialogs';
import { CLAUSE_END } from '../../domain/language/clauses';
import { capital } from '../../domain/language/wording';
import { isStillVerified, type Topic } from '../../domain/topic/topic';
import type { Service } from '../../domain/town';
import { firstSentence, keysOf, lastGiven, sentenceAbout, tellAgain } from './again';
import { fillFacts, isPartOfAnswer, waysTo, whoseItIs } from './answer-words';
import { aspectAsked, sentenceTelling } from './aspects';
import { timetableAbout, timetableAsked, timetableOf, toldOfDays } from './by-day';
import { type AskedDays, daysAsked, isFresh, NO_DAYS } from './hours';
import { leftOpen, staysInTopic } from './unanswered';
import { asksOfAnotherDay, hoursDetail, hoursLeaningOn, perhapsHours, tellsFrontDesk, whoseIsAsked } from './whose-hours';

/** Sure enough that the narrower answer of a topic is the one asked for. */
export const SURE_OF_DETAIL = 0.5;
/** Of a detail that may say on which days, where none is known to tell hours. */
const SURE_OF_DAYS = 0.65;
const MOST_CLAUSES = 3;
const IN_ITS_WORDS = 0.95;
const NEARLY_ITS_WORDS = 0.75;

/** The topic's answer, or the detail of it that the words are about. */
export async function answerQuestion(talk: Talk, id: string): Promise<void> {
  const topic = talk.topic(id);
  if (!topic) return;
  if (await answerEach(talk, topic)) return;
  const detail = topic.details?.length ? ((await detailOf(talk, id)) ?? (await timetableAsked(talk, topic))) : null;
  const told = tellsFrontDesk(talk, topic) ? factsIn(topic, detail) : '';
  if (told && (await answerOfWhose(talk, topic, told.includes('{hours_')))) return;
  talk.memory.lastTopic = id;
  if (topic.kind === 'elsewhere') talk.act({ kind: 'recordReferral', topic: id });
  await give(talk, topic, detail);
}

/** 'A padel court tonight, and does the pool take vouchers?': each has an answer of its own. */
async function answerEach(talk: Talk, topic: Topic): Promise<boolean> {
  const { within = [] } = talk.heard;
  if (within.length < 2 || !topic.details?.length) return false;
  const pieces = await Promise.all(within.map((words) => talk.about(words)));
  const details = await Promise.all(pieces.map((piece) => detailOf(piece, topic.id)));
  if (details.some((detail, at) => detail === null || details.indexOf(detail) < at)) return false;
  // 'And I was born here' tells more of the case.
  const isAsked = (piece: Talk) => isQuestion(piece) || piece.heard.intents[0]?.topic === topic.id;
  if (!pieces.every((piece) => isAsked(piece))) return false;
  talk.memory.lastTopic = topic.id;
  for (const [at, piece] of pieces.entries()) await give(piece, topic, details[at]!);
  return true;
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
export function tellsNothingOf(talk: Talk, { office, id }: Topic): void {
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
  const last = memory.lastTopic ? talk.topic(memory.lastTopic) : undefined;
  const day = last && !leaning && (await asksOfAnotherDay(talk));
  if (last && day) {
    const { detail: given } = lastGiven(talk);
    if (await tellDays(talk, last, given)) return true;
    // 'Are you open on Monday?' after what the tip takes is about the tip.
    const spoken = `${memory.asked?.text ?? ''} ${writtenOf(talk, last, given)}`;
    const detail = (await timetableAbout(talk, last, spoken, given)) ?? (await hoursDetail(talk, last));
    if (detail && (await tellDays(talk, last, detail))) return true;
    if (day === 'alone' && (await tellsOtherwise(talk, last, detail))) return true;
  }
  if (topic && !leaning && talk.heard.zone === 'offer' && (await perhapsHours(talk))) {
    await answerQuestion(talk, topic.id);
    return true;
  }
  if (!topic || !leaning) return false;
  await giveHours(talk, topic, leaning.service, { ...leaning.asked, unread: null });
  return true;
}

/** A day alone, where no answer tells by day. */
async function tellsOtherwise(talk: Talk, last: Topic, detail: string | null): Promise<boolean> {
  if (detail && !isGivenLast(talk, last, detail)) {
    await give(talk, last, detail);
    return true;
  }
  // 'Does it run on Sundays?' after how to complain of a bus: another detail says when it runs.
  const narrower = detail ? null : await talk.followUp(last.id);
  const isSure = narrower?.isNarrower && narrower.confidence >= SURE_OF_DAYS;
  const other = isSure ? last.details?.find(({ id }) => id === narrower.detail) : undefined;
  if (other && talk.counts('tells-day', talk.local(other.answer)) > 0 && !isGivenLast(talk, last, other.id)) {
    await give(talk, last, other.id);
    return true;
  }
  if (await tellDaysAgain(talk, last)) return true;
  // 'At night?' after an answer that says day and night.
  const about = await talk.followUp(last.id);
  if (about?.detail && about.confidence >= SURE_OF_DETAIL && isGivenLast(talk, last, about.detail)) {
    await give(talk, last, about.detail);
    return true;
  }
  // 'Tuesday morning' after how appointments are made: about that, and nothing verified says it.
  return staysInTopic(talk, last, true);
}

/** 'And on Saturday?' where an answer tells by day: that day. */
async function tellDays(talk: Talk, topic: Topic, detail: string): Promise<boolean> {
  const asked = await daysAsked(talk);
  const told = isVerifiedStill(talk, topic) && toldOfDays(talk, writtenOf(talk, topic, detail), asked);
  if (!told) return false;
  talk.memory.lastTopic = topic.id;
  talk.memory.lastDay = asked.days.at(-1);
  talk.memory.hours = undefined;
  // Of a whole topic the next day is asked of the same line.
  if (detail) talk.memory.asked = { topic: topic.id, text: talk.text };
  timesGiven(talk, [topic.id, detail, topic.service, ...asked.days].join(' '));
  talk.say(withSource(talk, topic, told));
  return true;
}

/** The words of an answer that speak of what was asked before: of a whole topic the lines that do, of a detail all of it. */
function writtenOf(talk: Talk, topic: Topic, detailId: string): string {
  const detail = topic.details?.find(({ id }) => id === detailId);
  const { text } = fillFacts(talk, talk.service(topic.service), talk.local(detail?.answer ?? topic.answer), NO_DAYS);
  if (detail) return text;
  const about = keysOf(talk.memory.asked?.text ?? '');
  return text
    .split('\n')
    .filter((line) => [...keysOf(line)].some((word) => about.has(word)))
    .join('\n');
}

function isVerifiedStill(talk: Talk, topic: Topic): boolean {
  return isStillVerified(topic.verified, talk.calendar.local(talk.town, talk.lookups.now).date);
}

function withSource(talk: Talk, { verified }: Topic, text: string): string {
  if (talk.conversation.channel === 'sms') return text;
  const told = talk.t('answer.verified', {
    date: talk.wording.day(verified?.on ?? talk.calendar.local(talk.town, talk.lookups.now).date),
    service: talk.named(talk.service(verified?.by)),
    source: verified?.source ?? '',
  });
  return `${text}\n${told}`;
}

/** 'And the day after?' where the answer before told of all days: which they are is said again. */
async function tellDaysAgain(talk: Talk, topic: Topic): Promise<boolean> {
  const { topic: id, detail } = lastGiven(talk);
  if (id !== topic.id) return false;
  const answer = topic.details?.find(({ id }) => id === detail)?.answer ?? topic.answer;
  const { text } = fillFacts(talk, talk.service(topic.service), talk.local(answer), NO_DAYS);
  for (const line of text.split('\n')) {
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

export function isGivenLast({ memory }: Talk, { id }: Topic, detail: string): boolean {
  return memory.given?.answer.startsWith(`${id} ${detail} `) === true;
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
  const tellsHours = written.includes('{hours_');
  const asked = tellsHours && !isPast ? about : NO_DAYS;
  if (detail && !isPast && isGivenLast(talk, topic, detail.id) && (await tellDays(talk, topic, detail.id))) return;
  const ofDays = detail && !isPast && !tellsHours ? timetableOf(talk, written, about) : null;
  await tell(talk, topic, { service: talk.service(topic.service), asked, written: ofDays ?? written, key: detailId ?? '' });
}

/** 'Must he be there?' is a way this detail is asked for: what it says is the answer, whatever words it says it in. */
async function isInItsWords(talk: Talk, topic: Topic, key: string): Promise<boolean> {
  const narrower = await talk.followUp(topic.id);
  return narrower !== null && narrower.detail === key && narrower.confidence >= NEARLY_ITS_WORDS;
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
  const before = talk.memory.asked;
  talk.memory.unanswered = undefined;
  talk.memory.asked = { topic: topic.id, text: talk.text };
  if (!isVerifiedStill(talk, topic)) {
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
    const counted = aspect === 'count' ? sentenceTelling(talk, text, aspect)?.sentence : undefined;
    const about = counted ?? sentenceAbout(text, talk.text);
    const said = about ?? (aspect && sentenceTelling(talk, text, aspect)?.sentence) ?? null;
    // Another question, and not a word of it stands in that answer; hours are told in days and times alone.
    const top = talk.topic(talk.heard.intents[0]?.topic ?? '');
    const asksForHours = top !== undefined && tellsFrontDesk(talk, top);
    const inItsWords = !said && (await isInItsWords(talk, topic, key)) ? text : null;
    if (!said && !inItsWords && !asksForHours && times === 2 && staysInTopic(talk, topic, true)) return;
    leftOpen(talk, topic, 'asked-again');
    const fields = { answer: said ?? inItsWords ?? firstSentence(text), service: capital(talk.named(service)), reach };
    // 'And medicines?' after 'and bulbs?': the same answer tells of both.
    const isNew = about !== null && [...keysOf(talk.text)].some((word) => !keysOf(before?.text ?? '').has(word));
    talk.say(talk.t(times === 2 || isNew ? 'answer.again' : 'answer.enough', fields), {
      choices: [{ title: talk.t('person.ask') }],
    });
    return;
  }
  const whole = withSource(talk, topic, text);
  if (!week) return talk.say(whole);
  // A page folds what stands behind this place away; everywhere else the week is the end of the message.
  const folded = `${whole}\n`;
  talk.say(folded + week, { channelData: { fold: { at: folded.length, title: talk.t('hours.week') } } });
}
