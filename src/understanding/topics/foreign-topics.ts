/**
 * What is asked for in a language the town does not speak, from two opinions: a few phrases of that language, read letter by
 * letter, and, where the operator has one, a sentence encoder that lays all languages beside the town's own phrases. Words
 * alone are a guess, to be offered; the encoder may be sure.
 */
import type { HeardIntent } from '../../domain/language/heard';
import { MOST_OFFERED } from '../learning/classifier';
import { OUTSIDE } from '../learning/model';

export interface ForeignSorted {
  /** Best first, at most three. */
  intents: HeardIntent[];
  /** Whether the first may be acted upon. */
  isSure: boolean;
  /** Somebody may be in danger, whatever the rules say. */
  isDanger: boolean;
}

/**
 * Shares of the encoder's opinion. Of messages in twelve languages with a topic that the words do not so much as think of,
 * three of seven were wrong; with one that they think of too, two of 111. A town that wrote no phrase in other languages has
 * the encoder alone.
 */
const SURE_ALONE = 0.8;
const SURE_TOGETHER = 0.5;
/** Whom to call is said in vain to one of twenty who only speak of danger, and to hardly anybody else. */
const SURE_DANGER = 0.5;
/** Words this sure of another topic make a guess of the encoder's. */
const CONTRADICTS = 0.5;
/** The encoder knows the meaning, but not which phrases of that language were taught. */
const SECOND_OPINION = 0.5;
const EMERGENCY = 'emergency';

export function judgeForeign(said: HeardIntent[], withEmbedding: HeardIntent[]): ForeignSorted {
  const intents = together(said, withEmbedding);
  const [word] = said;
  const [embedding] = withEmbedding;
  if (!embedding) return { intents, isSure: false, isDanger: intents[0]?.topic === EMERGENCY };
  const isDanger = word?.topic === EMERGENCY || (embedding.topic === EMERGENCY && embedding.confidence >= SURE_DANGER);
  const isBacked = said.some(({ topic }) => topic === embedding.topic);
  const isAgainst = word !== undefined && word.topic !== embedding.topic && word.confidence >= CONTRADICTS;
  const isEnough = said.length === 0 ? embedding.confidence >= SURE_ALONE : isBacked && embedding.confidence >= SURE_TOGETHER;
  const isSure = isEnough && !isAgainst && embedding.topic !== OUTSIDE && embedding.topic !== EMERGENCY;
  return { intents: isSure ? first(embedding, intents) : intents, isSure, isDanger };
}

/** What both hold is surer, what one holds still counts. */
function together(one: HeardIntent[], other: HeardIntent[]): HeardIntent[] {
  const sums = new Map<string, number>();
  for (const { topic, confidence } of one) sums.set(topic, confidence);
  for (const { topic, confidence } of other) sums.set(topic, Math.min(1, (sums.get(topic) ?? 0) + SECOND_OPINION * confidence));
  return [...sums]
    .map(([topic, confidence]) => ({ topic, confidence }))
    .sort((before, after) => after.confidence - before.confidence)
    .slice(0, MOST_OFFERED);
}

function first(sure: HeardIntent, intents: HeardIntent[]): HeardIntent[] {
  return [sure, ...intents.filter(({ topic }) => topic !== sure.topic)].slice(0, MOST_OFFERED);
}
