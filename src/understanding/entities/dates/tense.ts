/**
 * Whether a sentence tells what has been: then a weekday in it is gone by ("le camion n'est pas passé lundi"), where
 * a question or a wish looks ahead ("ouverts lundi ?"). A helping verb and a participle, or a word of the past itself.
 */
import type { LanguagePack } from '../../../domain/language/language-pack';
import { fold } from '../../../domain/language/words';
import type { Word } from '../../text/words';
import type { TimeLexicon } from './time-lexicon';

/** Words between the helping verb and its participle: "n'est toujours pas encore passé". */
const BETWEEN = 4;
const SHORTEST = 3;

export type TenseReader = (words: Word[], from: number, to: number) => boolean;

export function createTenseReader(
  { time: { pastTense }, pastAccent }: LanguagePack,
  lexicon: Pick<TimeLexicon, 'isTimeWord'>,
): TenseReader {
  const helpers = new Set(pastTense.helpers.map(fold));
  const past = new Set(pastTense.words.map(fold));
  const never = new Set(pastTense.never.map(fold));
  const endings = pastTense.endings.map(fold);
  const determiners = new Set(pastTense.determiners.map(fold));
  const isParticiple = ({ text, isPast }: Word) =>
    !never.has(text) &&
    !lexicon.isTimeWord(text) &&
    text.length >= SHORTEST &&
    ((pastAccent && isPast) || past.has(text) || endings.some((ending) => text.endsWith(ending)));
  /** What may belong to the helping verb: "quels sont les horaires" has a noun behind the article. */
  const verbOf = (words: Word[], at: number, to: number) => {
    const behind = words.slice(at + 1, Math.min(to, at + 1 + BETWEEN));
    const noun = behind.findIndex((word) => determiners.has(word.text));
    return noun === -1 ? behind : behind.slice(0, noun);
  };
  return (words, from, to) => {
    for (let at = from; at < to; at++) {
      const { text } = words[at]!;
      if (past.has(text)) return true;
      if (helpers.has(text) && verbOf(words, at, to).some(isParticiple)) return true;
    }
    return false;
  };
}
