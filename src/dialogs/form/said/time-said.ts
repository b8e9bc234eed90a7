/**
 * When something happens, as it was said: 'every Saturday from 11pm to 2am' is one answer, of which the first hour alone says
 * the least.
 */

import { countWords, keyWords } from '../../../domain/language/words';
import type { Talk } from '../../dialog';
import { isTelling } from '../details';

/** So many words may stand between two that say when: 'every night from the bar, from 11pm'. */
const MOST_BETWEEN = 4;
const WORD = /[\p{L}\p{N}'’-]+/gu;
const SAYS_WHEN = ['vague-time', 'tells-day'];

interface Stretch {
  start: number;
  end: number;
}

/** From the first word that says when to the last, with the small words before it; null where none of `dates` stands in the text. */
export function timeSaid(talk: Talk, text: string, dates: string[]): string | null {
  const words = [...text.matchAll(WORD)].map(({ index, 0: word }) => ({ word, start: index, end: index + word.length }));
  const read = dates.map((date) => ({ start: text.indexOf(date), end: text.indexOf(date) + date.length }));
  const [first] = read.filter(({ start }) => start >= 0).toSorted((one, other) => one.start - other.start);
  if (!first) return null;
  const named = words.filter(({ word }) => SAYS_WHEN.some((list) => talk.means(list, word)));
  const span = joined(text, first, [...read.filter(({ start }) => start >= 0), ...named]);
  const tells = isTelling(talk);
  const before = words.filter(({ end }) => end <= span.start).toReversed();
  for (const { word, start, end } of before) {
    const isSmall = talk.means('each', word) || !keyWords(word).some(tells);
    if (!isSmall || text.slice(end, span.start).trim() !== '') break;
    span.start = start;
  }
  return text.slice(span.start, span.end).trim();
}

/** The stretch with all others that are near it. */
function joined(text: string, from: Stretch, others: Stretch[]): Stretch {
  const span = { ...from };
  const isNear = ({ start, end }: Stretch) =>
    countWords(start > span.end ? text.slice(span.end, start) : text.slice(Math.min(end, span.start), span.start)) <=
    MOST_BETWEEN;
  for (let size = -1; size !== span.end - span.start; ) {
    size = span.end - span.start;
    for (const each of others.filter(isNear)) {
      span.start = Math.min(span.start, each.start);
      span.end = Math.max(span.end, each.end);
    }
  }
  return span;
}
