/**
 * 'How much is it?', 'is it free?' right after an answer: the sentence of that answer that tells a price, or the detail of the
 * topic that does. Nothing else is so often asked next, and in so few words.
 */
import type { Talk } from '../../dialogs';
import { countWords } from '../../domain/language/words';
import type { Topic } from '../../domain/topic/topic';
import { sentencesOf, tellAgain } from './again';
import { fillFacts } from './answer-words';
import { give } from './answers';
import { isFresh, NO_DAYS } from './hours';

const LONGEST = 6;
/** So sure of a detail ('and for a child of 10?'), it is that one, and not what was answered last. */
const SURE_OF_DETAIL = 0.7;
/** So sure of another topic, the words are about that one: 'how much is a passport'. */
const SURE_OF_OTHER = 0.8;
const MONEY = /\d\s?(?:€|euro)|€\s?\d|(?<!\p{L})(?:gratuit|gratis|free\b)/iu;

/** A call that is free is the price of nothing else. */
const CALLS = /(?<!\p{L})(?:appelez|call|llame)(?!\p{L})/iu;

export async function tellsPrice(talk: Talk): Promise<boolean> {
  const { memory, heard, text } = talk;
  const topic = memory.lastTopic ? talk.topic(memory.lastTopic) : undefined;
  if (topic?.kind !== 'question' || !isFresh(talk) || countWords(text) > LONGEST) return false;
  const [top] = heard.intents;
  if (top && top.topic !== topic.id && talk.topic(top.topic) && top.confidence >= SURE_OF_OTHER) return false;
  const narrower = await talk.followUp(topic.id);
  if (narrower?.detail && narrower.confidence >= SURE_OF_DETAIL && priceIn(talk, topic, narrower.detail)) {
    await give(talk, topic, narrower.detail);
    return true;
  }
  const [, last = ''] = memory.given!.answer.split(' ');
  const said = priceIn(talk, topic, last) ?? priceIn(talk, topic, '');
  const priced = topic.details?.find(({ id }) => priceIn(talk, topic, id));
  if (said) tellAgain(talk, topic, said);
  else if (priced) await give(talk, topic, priced.id);
  else return false;
  return true;
}

/** The sentence of an answer that tells a price; of the topic's own answer where no detail is named. */
function priceIn(talk: Talk, topic: Topic, detail: string): string | undefined {
  const answer = topic.details?.find(({ id }) => id === detail)?.answer ?? (detail === '' ? topic.answer : undefined);
  const { text } = fillFacts(talk, talk.service(topic.service), talk.local(answer), NO_DAYS);
  return sentencesOf(text).find((sentence) => MONEY.test(sentence) && !CALLS.test(sentence));
}
