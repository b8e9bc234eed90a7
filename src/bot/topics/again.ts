/** What of an answer is given again in short: the sentence that the new words are about, or the first. */
import { phraseKey } from '../../domain/language/words';

const SHORTEST = 40;
/** Shorter words say little; longer ones are the same word where so many letters are. */
const SHORTEST_WORD = 5;
const STEM = 5;

/** The first sentence that says something, without what follows. */
export function firstSentence(text: string): string {
  const [first = text] = text.split('\n').filter((line) => line.trim() !== '');
  const end = /[.!?](?=\s|$)/u.exec(first.slice(SHORTEST));
  return end ? first.slice(0, SHORTEST + end.index + 1) : first;
}

/** The sentence that shares most words with what was asked; null where none shares any and something was asked. */
export function sentenceAbout(text: string, asked: string): string | null {
  const wanted = keysOf(asked);
  if (wanted.size === 0) return firstSentence(text);
  const sentences = text.split(/\n|(?<=[.!?])\s+(?=\p{Lu})/u).filter((sentence) => sentence.trim() !== '');
  let best: string | null = null;
  let most = 0;
  for (const sentence of sentences) {
    const said = keysOf(sentence);
    const shared = [...wanted].filter((word) => said.has(word)).length;
    if (shared > most) [best, most] = [sentence.trim(), shared];
  }
  return best;
}

function keysOf(text: string): Set<string> {
  const words = phraseKey(text).split(' ');
  return new Set(words.filter((word) => word.length >= SHORTEST_WORD).map((word) => word.slice(0, STEM)));
}
