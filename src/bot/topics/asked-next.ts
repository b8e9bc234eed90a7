/**
 * What is asked next right after an answer, in few words: the sentence of the answer that tells it, or the detail of the topic
 * that does; nothing else of the topic is told instead.
 */
import type { Talk } from '../../dialogs';
import { capital } from '../../domain/language/wording';
import { countWords } from '../../domain/language/words';
import { isStillVerified, type Topic } from '../../domain/topic/topic';
import { keysOf, lastGiven, tellAgain } from './again';
import { fillFacts } from './answer-words';
import { give } from './answers';
import { type Aspect, askedBy, aspectsAsked, isAskedAlone, sentenceTelling } from './aspects';
import { isFresh, NO_DAYS } from './hours';
import { staysInTopic } from './unanswered';

const LONGEST = 9;
/** So sure of a detail ('and for a child of 10?'), it is that one, and not what was answered last. */
const SURE_OF_DETAIL = 0.7;
/** Asked for in nearly its own words. */
const IN_ITS_WORDS = 0.9;
/** Where nothing but the aspect is asked for ('délai ?'). */
const LIKELY_DETAIL = 0.6;
/** Of the ways a detail is asked for; how long it takes is asked in many ways. */
const MOSTLY = 0.3;
const OFTEN = 0.2;
/** Of its words, so many stand in the other answer as well. */
const SAME_THING = 0.5;
/** Somewhat sure: these words are about a detail, which is looked for elsewhere. */
const PERHAPS_DETAIL = 0.5;
/** So sure of another topic, a detail that tells the hour asked for is not meant either. */
const SURELY_ELSE = 0.9;
/** So sure of another topic, the words are about that one: 'how much is a passport'. */
const SURE_OF_OTHER = 0.8;

export async function answerNext(talk: Talk): Promise<boolean> {
  const { memory, heard, text } = talk;
  const topic = memory.lastTopic ? talk.topic(memory.lastTopic) : undefined;
  if (topic?.kind !== 'question' || !isFresh(talk) || countWords(text) > LONGEST) return false;
  const { detail: last } = lastGiven(talk);
  const aspects = aspectsAsked(talk);
  // 'When?' is on which day, or else how soon.
  const aspect = aspects.find((each) => told(talk, topic, last, each)) ?? aspects.find((each) => each === 'time') ?? aspects[0];
  if (aspect === 'hour' || aspect === 'day') return tellsWhen(talk, topic, last, aspect);
  // 'How long?' after a marriage certificate is about that one, not about whatever else of the topic has a delay.
  const ofIt = aspect && last !== '' && isAskedAlone(talk, aspect) ? told(talk, topic, last, aspect) : undefined;
  // 'Taken for free by a shop' is not what the collection costs.
  const isMost = aspect !== 'price' || (ofIt?.much ?? 0) >= (told(talk, topic, '', aspect)?.much ?? 0);
  if (ofIt && isMost && !(await isDetailOfIt(talk, topic, last))) return said(talk, topic, ofIt.sentence);
  if (await givesAsAsked(talk, topic)) return true;
  if (!aspect) return false;
  const [top] = heard.intents;
  if (top && top.topic !== topic.id && talk.topic(top.topic) && top.confidence >= SURE_OF_OTHER) return false;
  // 'How much?' after what holds for a child is about the child.
  const ofLast = told(talk, topic, last, aspect);
  if (ofLast && isForSome(topic, last)) return said(talk, topic, ofLast.sentence);
  const narrower = await talk.followUp(topic.id);
  // 'The price of a pitch' after the car boot sale, which tells one, is not that of a hall.
  const isPriced = aspect === 'price' && last !== '' && (ofLast?.much ?? 0) > 1;
  if (ofLast && isPriced && (narrower?.confidence ?? 0) < IN_ITS_WORDS) return said(talk, topic, ofLast.sentence);
  const least = aspect === 'time' && isAskedAlone(talk, aspect) ? LIKELY_DETAIL : SURE_OF_DETAIL;
  const near = narrower && narrower.confidence >= least ? narrower.detail : null;
  // 'Where do I go?' has no word of its own that a detail could be found by.
  const isSure = near && aspect !== 'where' && told(talk, topic, near, aspect);
  const detail = isSure ? near : detailAsked(talk, topic, aspect);
  if (detail && detail !== last) {
    await give(talk, topic, detail);
    return true;
  }
  // How long something else of the topic takes is not how long this does.
  const isOfElse = aspect === 'time' && last !== '';
  const ofAll = isVerified(talk, topic) && !isOfElse ? told(talk, topic, '', aspect) : undefined;
  const isBetter = aspect === 'price' && (ofAll?.much ?? 0) > (ofLast?.much ?? 0);
  if (ofLast && !isBetter) return said(talk, topic, ofLast.sentence);
  if (narrower?.detail && narrower.confidence >= PERHAPS_DETAIL) return false;
  if (ofAll) {
    talk.say(talk.t('answer.of-it', { answer: ofAll.sentence }), { choices: [{ title: talk.t('person.ask') }] });
    return true;
  }
  const priced = aspect === 'price' ? topic.details?.find(({ id }) => told(talk, topic, id, aspect)) : undefined;
  if (priced) {
    await give(talk, topic, priced.id);
    return true;
  }
  return aspect === 'where' ? tellsWhere(talk, topic) : staysInTopic(talk, topic);
}

/**
 * 'It ran out last year', 'how long is the waiting list': a detail that is asked for in nearly its own words, whatever day or
 * amount is named beside it. Hours are those of the calendar, and 'how much?' after what holds for a child is about the child.
 */
async function givesAsAsked(talk: Talk, topic: Topic): Promise<boolean> {
  const narrower = await talk.followUp(topic.id);
  const detail = topic.details?.find(({ id }) => id === narrower?.detail);
  if (!narrower || !detail || narrower.confidence < IN_ITS_WORDS) return false;
  // 'Can I park there' is rather about parking than about the car park of the fireworks.
  const [top] = talk.heard.intents;
  if (top && top.topic !== topic.id && talk.heard.zone === 'act' && top.confidence > narrower.confidence) return false;
  const { detail: last } = lastGiven(talk);
  if (detail.id === last || isForSome(topic, last) || talk.local(detail.answer).includes('{hours_')) return false;
  await give(talk, topic, detail.id);
  return true;
}

/**
 * 'At what time?', 'until when?' with not a word beside it: what was answered last tells it, not whatever else of the topic has
 * hours. Hours of an office are those of the calendar, which are told elsewhere.
 */
async function tellsWhen(talk: Talk, topic: Topic, last: string, aspect: 'hour' | 'day'): Promise<boolean> {
  if (!talk.memory.hours && isAskedAlone(talk, aspect)) {
    const ofLast = told(talk, topic, last, aspect);
    if (ofLast) return said(talk, topic, ofLast.sentence);
  }
  if (await givesAsAsked(talk, topic)) return true;
  // 'Music until what time?' after the hire of a hall is not about the noise of neighbours.
  const narrower = await talk.followUp(topic.id);
  const { detail = null, confidence = 0, isNarrower } = narrower ?? {};
  const [top] = talk.heard.intents;
  const isElse = top !== undefined && top.topic !== topic.id && top.confidence >= SURELY_ELSE;
  if (isAskedAlone(talk, aspect)) return (last !== '' || !isNarrower) && !talk.memory.hours && staysInTopic(talk, topic);
  if (!detail || detail === last || !isNarrower || confidence < LIKELY_DETAIL || isElse) return false;
  if (!told(talk, topic, detail, aspect)) return false;
  await give(talk, topic, detail);
  return true;
}

/** Whether another detail that is asked for says at length what was just said in short: how long one has, of what a death asks for. */
async function isDetailOfIt(talk: Talk, topic: Topic, last: string): Promise<boolean> {
  const narrower = await talk.followUp(topic.id);
  const answerOf = (id: string) => keysOf(talk.local(topic.details?.find((detail) => detail.id === id)?.answer));
  if (!narrower?.detail || narrower.detail === last) return false;
  const [its, told] = [answerOf(narrower.detail), answerOf(last)];
  return [...its].filter((word) => told.has(word)).length >= SAME_THING * its.size;
}

function isVerified(talk: Talk, topic: Topic): boolean {
  return isStillVerified(topic.verified, talk.calendar.local(talk.town, talk.lookups.now).date);
}

/** The service that sees to it, and how it is reached. */
function tellsWhere(talk: Talk, { service: id }: Topic): boolean {
  const service = talk.service(id);
  if (!service.address) return false;
  const reach = [service.address, service.phone, service.email].filter(Boolean).join(', ');
  talk.say(talk.t('service.reach', { service: capital(talk.named(service)), reach }));
  return true;
}

function said(talk: Talk, topic: Topic, sentence: string): true {
  tellAgain(talk, topic, sentence);
  return true;
}

/** The detail that is mostly asked for so, and tells it. */
function detailAsked(talk: Talk, topic: Topic, aspect: Aspect): string | undefined {
  let best: { id: string; share: number } | undefined;
  for (const { id, phrases } of topic.details ?? []) {
    const ways = phrases[talk.memory.language] ?? [];
    const share = ways.filter((way) => talk.counts(askedBy(aspect), way) > 0).length / ways.length;
    if (share >= (aspect === 'time' ? OFTEN : MOSTLY) && share > (best?.share ?? 0) && told(talk, topic, id, aspect))
      best = { id, share };
  }
  return best?.id;
}

/** Whether a detail holds only for people of some age. */
function isForSome({ details }: Topic, id: string): boolean {
  return details?.find((detail) => detail.id === id)?.ages !== undefined;
}

/** The sentence of an answer that tells most of it; of the topic's own answer where no detail is named. */
function told(talk: Talk, topic: Topic, detail: string, aspect: Aspect): ReturnType<typeof sentenceTelling> {
  const answer = topic.details?.find(({ id }) => id === detail)?.answer ?? (detail === '' ? topic.answer : undefined);
  const { text } = fillFacts(talk, talk.service(topic.service), talk.local(answer), NO_DAYS);
  return sentenceTelling(talk, text, aspect);
}
