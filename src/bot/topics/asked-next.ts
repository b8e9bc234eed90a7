/**
 * What is asked next right after an answer, in few words: the sentence of the answer that tells it, or the detail of the topic
 * that does; nothing else of the topic is told instead.
 */
import type { Talk } from '../../dialogs';
import { capital } from '../../domain/language/wording';
import { countWords } from '../../domain/language/words';
import { isStillVerified, type Topic } from '../../domain/topic/topic';
import { tellAgain } from './again';
import { fillFacts } from './answer-words';
import { give } from './answers';
import { type Aspect, askedBy, aspectAsked, sentenceTelling } from './aspects';
import { isFresh, NO_DAYS } from './hours';
import { staysInTopic } from './unanswered';

const LONGEST = 9;
/** So sure of a detail ('and for a child of 10?'), it is that one, and not what was answered last. */
const SURE_OF_DETAIL = 0.7;
/** Asked for in nearly its own words. */
const IN_ITS_WORDS = 0.9;
/** Of the ways a detail is asked for. */
const MOSTLY = 0.3;
/** Somewhat sure: these words are about a detail, which is looked for elsewhere. */
const PERHAPS_DETAIL = 0.5;
/** So sure of another topic, the words are about that one: 'how much is a passport'. */
const SURE_OF_OTHER = 0.8;

export async function answerNext(talk: Talk): Promise<boolean> {
  const { memory, heard, text } = talk;
  const topic = memory.lastTopic ? talk.topic(memory.lastTopic) : undefined;
  if (topic?.kind !== 'question' || !isFresh(talk) || countWords(text) > LONGEST) return false;
  if (await givesAsAsked(talk, topic)) return true;
  const aspect = aspectAsked(talk);
  if (!aspect) return false;
  const [top] = heard.intents;
  if (top && top.topic !== topic.id && talk.topic(top.topic) && top.confidence >= SURE_OF_OTHER) return false;
  const [, last = ''] = memory.given!.answer.split(' ');
  // 'How much?' after what holds for a child is about the child.
  const ofLast = told(talk, topic, last, aspect);
  if (ofLast && isForSome(topic, last)) return said(talk, topic, ofLast.sentence);
  const narrower = await talk.followUp(topic.id);
  const near = narrower && narrower.confidence >= SURE_OF_DETAIL ? narrower.detail : null;
  // 'Where do I go?' has no word of its own that a detail could be found by.
  const isSure = near && aspect !== 'where' && told(talk, topic, near, aspect);
  const detail = isSure ? near : detailAsked(talk, topic, aspect);
  if (detail && detail !== last) {
    await give(talk, topic, detail);
    return true;
  }
  const ofAll = isVerified(talk, topic) ? told(talk, topic, '', aspect) : undefined;
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
  const [, last = ''] = talk.memory.given?.answer.split(' ') ?? [];
  if (detail.id === last || isForSome(topic, last) || talk.local(detail.answer).includes('{hours_')) return false;
  await give(talk, topic, detail.id);
  return true;
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
    if (share >= MOSTLY && share > (best?.share ?? 0) && told(talk, topic, id, aspect)) best = { id, share };
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
