/** 'It is not a street light, it is a traffic light': what is denied, and what is said instead of it. */

import { keyWords, phraseKey } from '../../../domain/language/words';
import type { Talk } from '../../dialog';

export interface Denial {
  denied: string;
  instead: string;
}

/** Longer words tell a story, in which something else may be denied. */
const LONGEST = 20;

export function denialIn(talk: Talk): Denial | null {
  const words = keyWords(talk.text);
  if (words.length > LONGEST) return null;
  const denial = first(words, 0, phrases(talk, 'words.denies'));
  if (!denial) return null;
  const other = first(words, denial.end + 1, phrases(talk, 'words.instead'));
  // 'A traffic light, not a street light' says it the other way round.
  const denied = words.slice(denial.end, other?.start);
  const instead = other ? words.slice(other.end) : words.slice(0, denial.start);
  return denied.length > 0 && instead.length > 0 ? { denied: denied.join(' '), instead: instead.join(' ') } : null;
}

function phrases(talk: Talk, id: string): string[][] {
  return Object.values(talk.inEach(id))
    .flatMap((list) => list.split('|').map((phrase) => phraseKey(phrase).split(' ')))
    .toSorted((one, other) => other.length - one.length);
}

/** The first of the phrases that stands in the words, the longest where several begin alike. */
function first(words: string[], from: number, all: string[][]): { start: number; end: number } | null {
  for (let start = from; start < words.length; start += 1) {
    const phrase = all.find((each) => each.every((word, at) => words[start + at] === word));
    if (phrase) return { start, end: start + phrase.length };
  }
  return null;
}
