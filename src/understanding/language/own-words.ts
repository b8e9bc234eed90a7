/** What the town's own languages say, to know what of a message nobody here says: made for the first message that asks. */
import type { LanguagePack } from '../../domain/language/language-pack';
import { wordsOf } from '../text/words';

export interface OwnWords {
  /** Whether words, one space between them, are one of the town's own phrases. */
  isPhrase(phrase: string): boolean;
  isWord(word: string): boolean;
}

export function createOwnWords(phrases: ReadonlyArray<{ text: string }>, packs: LanguagePack[]): OwnWords {
  let known: { phrases: Set<string>; words: Set<string> } | undefined;
  const read = () => {
    const said = phrases.map(({ text }) => wordsOf(text).map((word) => word.text));
    const beside = packs.flatMap(({ danger, stopWords }) => [...danger.ordinary, ...stopWords]);
    const words = new Set([...said.flat(), ...beside.flatMap((text) => wordsOf(text).map((word) => word.text))]);
    return { phrases: new Set(said.map((some) => some.join(' '))), words };
  };
  const own = () => {
    known ??= read();
    return known;
  };
  return { isPhrase: (phrase) => own().phrases.has(phrase), isWord: (word) => own().words.has(word) };
}
