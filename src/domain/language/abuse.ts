/**
 * Words that hurt whoever reads them all day, found so that they can be covered on screen; what was written stays as it
 * was. The words are a clerk's list in `locales/<code>/abuse.yml`: `word*` for all that begin so, several in a row for a
 * phrase. Case, accents and letters that are drawn out ('connaaard') do not matter.
 */
import { fold } from './words';

/** A stretch of a text: from, up to and without. */
export type Stretch = [from: number, to: number];

const ACCENTED: Record<string, string> = {
  ...{ a: 'aàáâãä', c: 'cç', e: 'eèéêë', i: 'iìíîï', n: 'nñ', o: 'oòóôõö', u: 'uùúûü', y: 'yýÿ' },
};

/** What a word of the list may be. */
export const ABUSE_WORD = /^\p{L}[\p{L}' ]*\*?$/u;

/** A run of one letter is any number of it: so no text, however long, makes this slow. */
function sourceOf(word: string): string {
  const plain = fold(word);
  const letters = [...plain].filter((letter, at) => letter === '*' || letter !== plain[at - 1]);
  return letters
    .map((letter) => {
      if (letter === '*') return '\\p{L}*';
      if (letter === ' ' || letter === "'") return "[\\s'’-]{1,3}";
      return `[${ACCENTED[letter] ?? letter}]+`;
    })
    .join('');
}

export function createAbuseFinder(words: readonly string[]): (text: string) => Stretch[] {
  if (words.length === 0) return () => [];
  const any = new RegExp(`(?<!\\p{L})(?:${words.map(sourceOf).join('|')})(?!\\p{L})`, 'giu');
  return (text) => [...text.matchAll(any)].map(({ 0: found, index }) => [index, index + found.length]);
}

/** For a line of a list, where nothing can be uncovered. */
export function covered(text: string, stretches: readonly Stretch[]): string {
  return stretches.reduceRight((so, [from, to]) => `${so.slice(0, from)}•••${so.slice(to)}`, text);
}
