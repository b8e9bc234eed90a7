/**
 * A message cut where its sentences and clauses end. What is cut are its words, each with its place in the text: the text
 * is made into words once, and whoever listens to a part of it listens to some of the same words.
 */
import { CLAUSE_END, SENTENCE_END } from '../../domain/language/clauses';
import type { Word } from './words';

/** Sentences of a text, as words; none is empty. */
export function sentencesOf(text: string, words: Word[]): Word[][] {
  return cutWhere(words, (before, word) => hasSentenceEnd(text, before, word));
}

/** Clauses of a text, as words; none is empty. A clause also ends at a comma or a colon. */
export function clausesOf(text: string, words: Word[]): Word[][] {
  return cutWhere(words, (before, word) => hasClauseEnd(text, before, word));
}

/** Whether a sentence ends between a word and the next. */
export function hasSentenceEnd(text: string, before: Word, word: Word): boolean {
  return SENTENCE_END.test(text.slice(before.end, word.start));
}

/** Whether a clause ends between a word and the next. */
export function hasClauseEnd(text: string, before: Word, word: Word): boolean {
  return CLAUSE_END.test(text.slice(before.end, word.start));
}

/** Words in pieces: a new one begins wherever it is said to. */
export function cutWhere(words: Word[], isCut: (before: Word, word: Word) => boolean): Word[][] {
  const pieces: Word[][] = [];
  words.forEach((word, at) => {
    const before = words[at - 1];
    if (before === undefined || isCut(before, word)) pieces.push([word]);
    else pieces.at(-1)!.push(word);
  });
  return pieces;
}
