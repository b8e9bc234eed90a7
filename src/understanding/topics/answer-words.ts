/**
 * Words that only the town's answers know: "cerfa", "ANTS", "quotient familial". No phrase was ever taught with them,
 * so the classifier is at a loss; whoever writes one is offered the topics whose answers speak of it.
 */
import type { HeardIntent } from '../../domain/language/heard';
import type { LanguagePack } from '../../domain/language/language-pack';
import { fold } from '../../domain/language/words';
import type { Topic } from '../../domain/topic/topic';
import type { Vocabulary } from '../text/spelling';
import { stemmerOf } from '../text/stems';
import { wordsOf } from '../text/words';
import { createBm25 } from './answer-search';

/** Shorter ones are endings and abbreviations. */
const SHORTEST = 4;
/** A word found in an answer is a hint: enough to be offered, never to be acted on. */
const HINT = 0.3;
const MOST = 2;

/** Topics whose answers hold words of the message that no phrase holds, best first; null where there are none. */
export type AnswerWords = (words: string[]) => HeardIntent[] | null;

/** @param taught the words of the phrases, as they were learnt. */
export function createAnswerWords(topics: Topic[], taught: Vocabulary, pack: LanguagePack): AnswerWords {
  const { code } = pack;
  const stem = stemmerOf(pack);
  const known = new Set([...taught.words.split(' '), ...pack.stopWords.map(fold)].map(stem));
  const answers = topics.map(({ id, answer, details = [] }) => ({
    id,
    stems: [answer, ...details.map((detail) => detail.answer)]
      .flatMap((text) => wordsOf(text?.[code] ?? '').map((word) => stem(word.text)))
      .filter((word) => !known.has(word)),
  }));
  const score = createBm25(answers.map(({ stems }) => stems));
  return (words) => {
    const scores = score(words.filter((word) => word.length >= SHORTEST).map(stem));
    const found = answers
      .map(({ id }, at) => ({ topic: id, score: scores[at]! }))
      .filter((one) => one.score > 0)
      .sort((one, other) => other.score - one.score);
    return found.length > 0 ? found.slice(0, MOST).map(({ topic }) => ({ topic, confidence: HINT })) : null;
  };
}

/** Before what was only guessed at; behind what was half understood. */
export function withHints(intents: HeardIntent[], hints: HeardIntent[], isLost: boolean, most: number): HeardIntent[] {
  const others = hints.filter(({ topic }) => intents.every((intent) => intent.topic !== topic));
  const joined = isLost
    ? [...others, ...intents]
    : [...intents.slice(0, most - 1), ...others.slice(0, 1), ...intents.slice(most - 1)];
  // Confidence falls from first to last, whoever it comes from.
  let least = 1;
  return joined.slice(0, most).map(({ topic, confidence }) => {
    least = Math.min(least, confidence);
    return { topic, confidence: least };
  });
}
