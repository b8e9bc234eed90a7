/** Two things that are named as the ends of one: 'between the library and the church'. What joins them parts no requests. */
import type { LanguagePack } from '../../domain/language/language-pack';
import { type Word, wordsOf } from '../text/words';

/** Words of one end. */
const LONGEST_END = 4;

export interface Pairs {
  /** Whether a joining word stands where it joins two ends. */
  joins(words: Word[], at: number): boolean;
  /** The words beside such a pair; null where there is none, or nothing else. */
  beside(words: Word[]): Word[] | null;
}

export function createPairs({ pairs: written, joiners }: LanguagePack): Pairs {
  const pairs = written.map((pair) => wordsOf(pair).map((word) => word.text));
  const ands = new Set(joiners.filter((joiner) => wordsOf(joiner).length === 1).flatMap((joiner) => wordsOf(joiner)[0]!.text));
  const openedAt = (words: Word[], at: number) =>
    pairs.find((some) => some.every((word, place) => words[at + place]?.text === word))?.length ?? 0;

  /** The pair whose ends a joining word may join: where it begins. */
  function openedBefore(words: Word[], at: number): number | null {
    for (let from = Math.max(0, at - 2 * LONGEST_END); from < at; from++) {
      const length = openedAt(words, from);
      if (length > 0 && at > from + length && at <= from + length + LONGEST_END) return from;
    }
    return null;
  }

  return {
    joins: (words, at) => openedBefore(words, at) !== null,
    beside(words) {
      const and = words.findIndex((word, at) => ands.has(word.text) && openedBefore(words, at) !== null);
      const from = and < 0 ? null : openedBefore(words, and);
      if (from === null) return null;
      const beside = [...words.slice(0, from), ...words.slice(and + 1 + LONGEST_END)];
      return beside.length > 0 ? beside : null;
    },
  };
}
