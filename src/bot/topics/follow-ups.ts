/** What is asked right after an answer and leans on it, or tells more of the case: about that answer, as long as nothing else explains it. */
import { isQuestion, type Talk } from '../../dialogs';
import { capital } from '../../domain/language/wording';
import { countWords } from '../../domain/language/words';
import type { Topic } from '../../domain/topic/topic';
import { keysOf, lastGiven, sentenceAbout, sentenceNaming, tellAgain, toldOf } from './again';
import { answerHoursAgain, give, isGivenLast, SURE_OF_DETAIL, tellsNothingOf } from './answers';
import { isFresh } from './hours';
import { leftOpen, PERHAPS_OTHER, staysInTopic } from './unanswered';

/** So sure of another topic, only a detail that is asked for in nearly its own words, or by an age alone, is what is meant. */
const SURELY_OTHER = 0.7;
const IN_SPITE_OF_OTHER = 0.9;
/** What another detail's answer mentions, and nobody asks for it by, is no more than this. */
const SURE_OF_OTHER_DETAIL = 0.7;
/** 'Elle a 4 mois': whose age it is was just spoken of, whatever else these words may sound like. */
const SURE_OF_AGE = 0.9;
/** Words of a question that leans on the answer before it. */
const LONGEST_LEANING = 6;

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
  const there = toldThere(talk, topic);
  if (there) {
    tellAgain(talk, topic, there);
    return true;
  }
  const narrower = await talk.followUp(topic.id);
  // 'And the fine?' after an answer that tells it is about that one.
  const isToldThere = narrower?.isOpened && narrower.detail !== null && isGivenLast(talk, topic, narrower.detail);
  const least = isElsewhere && !isToldThere ? Math.max(IN_SPITE_OF_OTHER, top.confidence) : SURE_OF_DETAIL;
  if (!narrower || narrower.confidence < least) return false;
  if (narrower.detail === null && topic.kind === 'elsewhere') return staysElsewhere(talk, topic);
  if (narrower.detail === null) return staysInTopic(talk, topic, narrower.confidence >= SURE_OF_AGE);
  // 'Is it delivered?' after the composter: that bins are, elsewhere in the topic, is said of bins.
  const { detail: last } = lastGiven(talk);
  const isOfElse = last !== '' && !narrower.isNarrower && narrower.confidence < SURE_OF_OTHER_DETAIL;
  if (isOfElse && !isGivenLast(talk, topic, narrower.detail)) return staysInTopic(talk, topic);
  await give(talk, topic, narrower.detail);
  return true;
}

/** 'Is there water too?' right after the public toilets, which have some: it is not asked of the water board. */
function toldThere(talk: Talk, topic: Topic): string | null {
  if (topic.kind !== 'question' || !isFresh(talk) || countWords(talk.text) > LONGEST_LEANING) return null;
  return talk.means('asks-there') && talk.heard.parts.length === 0 ? sentenceNaming(talk, topic) : null;
}

/** 'And a dentist?', 'and if I cannot pay?' after whose it is: the sentence that says it, or that this office alone knows. */
async function staysElsewhere(talk: Talk, topic: Topic): Promise<boolean> {
  const { heard, text } = talk;
  const [top] = heard.intents;
  if (!isFresh(talk) || heard.parts.length > 1) return false;
  if (top && top.topic !== topic.id && heard.zone !== 'none' && top.confidence >= PERHAPS_OTHER) return false;
  if (keysOf(text).size > 0 && sentenceAbout(talk.local(topic.answer), text)) await give(talk, topic, null);
  else tellsNothingOf(talk, topic);
  return true;
}

/** 'How do I contest it?', 'by when?': a short question that nothing else explains is about what was just answered. */
export function answerLeaning(talk: Talk): boolean {
  const { memory, heard, text } = talk;
  const topic = memory.lastTopic ? talk.topic(memory.lastTopic) : undefined;
  const [top] = heard.intents;
  const isOther = top !== undefined && top.topic !== memory.lastTopic && top.confidence >= PERHAPS_OTHER;
  if (!topic || !isFresh(talk) || !isQuestion(talk) || isOther || countWords(text) > LONGEST_LEANING) return false;
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
  const narrower = await talk.followUp(topic.id);
  const isNeeded = talk.means('need') && narrower?.detail && !isGivenLast(talk, topic, narrower.detail);
  // 'How do I contest it?' is a way that what was just answered is asked for.
  if (narrower?.detail && memory.given && (isNeeded || narrower.confidence >= IN_SPITE_OF_OTHER)) {
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
