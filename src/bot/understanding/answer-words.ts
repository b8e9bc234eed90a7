/**
 * Words that only the town's answers know: "cerfa", "ANTS", "quotient familial". No phrase was ever taught with them,
 * so the classifier is at a loss; whoever writes one is offered the topics whose answers speak of it.
 */
import type { HeardIntent } from '../../domain/heard';
import type { LanguagePack } from '../../domain/language';
import type { Topic } from '../../domain/topic';
import { createAnswerFinder } from './answers';
import type { Phrase } from './examples';
import { stemmerOf } from './stems';
import { fold, wordsOf } from './words';

/** Shorter ones are endings and abbreviations. */
const SHORTEST = 4;
/** A word found in an answer is a hint: enough to be offered, never to be acted on. */
const HINT = 0.3;
const MOST = 2;

/** Topics whose answers hold words of the message that no phrase holds, best first; null where there are none. */
export type AnswerWords = (words: string[]) => HeardIntent[] | null;

export function createAnswerWords(topics: Topic[], phrases: Phrase[], pack: LanguagePack): AnswerWords {
  const { code } = pack;
  const stem = stemmerOf(pack);
  const entries = topics
    .map(({ id, title, answer, details = [] }) => ({
      id,
      questions: [title[code] ?? ''],
      answer: [answer, ...details.map((detail) => detail.answer)].map((text) => text?.[code] ?? '').join(' '),
    }))
    .filter(({ answer }) => answer.trim() !== '');
  const stemsIn = (text: string) => wordsOf(text).map((word) => stem(word.text));
  const taught = new Set(phrases.filter(({ language }) => language === code).flatMap(({ text }) => stemsIn(text)));
  const common = new Set(pack.stopWords.map((word) => stem(fold(word))));
  const onlyHere = new Set(
    entries.flatMap(({ answer }) => stemsIn(answer)).filter((word) => !taught.has(word) && !common.has(word)),
  );
  const find = createAnswerFinder(entries, pack);
  return (words) => {
    const hints = words.filter((word) => word.length >= SHORTEST && onlyHere.has(stem(word)));
    if (hints.length === 0) return null;
    const found = find(hints.join(' '), MOST).map(({ id }) => ({ topic: id, confidence: HINT }));
    return found.length > 0 ? found : null;
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
