/** Phrases of a pack, looked for at a place of a message: the longest that stands there, with what it stands for. */
import { type Word, wordsOf } from './words';

export interface FoundPhrase<T> {
  value: T;
  /** The place after its last word. */
  to: number;
}

export type PhraseFinder<T> = (words: Word[], at: number) => FoundPhrase<T> | null;

export function phrasesIn<T>(named: Record<string, T>): PhraseFinder<T> {
  const byFirst = new Map<string, Array<{ words: string[]; value: T }>>();
  for (const [phrase, value] of Object.entries(named)) {
    const words = wordsOf(phrase).map((word) => word.text);
    const list = byFirst.get(words[0] ?? '') ?? [];
    list.push({ words, value });
    byFirst.set(words[0] ?? '', list);
  }
  for (const list of byFirst.values()) list.sort((one, other) => other.words.length - one.words.length);
  return (words, at) => {
    const list = byFirst.get(words[at]?.text ?? '');
    if (!list) return null;
    for (const phrase of list) {
      let same = 1;
      while (same < phrase.words.length && words[at + same]?.text === phrase.words[same]) same++;
      if (same === phrase.words.length) return { value: phrase.value, to: at + same };
    }
    return null;
  };
}
