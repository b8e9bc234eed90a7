/**
 * Words of languages that are not written as French and English are: Arabic with its article and conjunctions written
 * on the word, apostrophes inside Cyrillic words, Chinese without spaces. What rules say and what citizens write is
 * read the same way.
 */
import { fold } from '../../domain/language/words';
import { type Word, wordsOf } from './words';

const ARABIC = /^\p{Script=Arabic}/u;
const HAN = /\p{Script=Han}/u;
const APOSTROPHES = /(?<=\p{Script=Cyrillic})['\u2019\u02bc`](?=\p{Script=Cyrillic})/gu;
/** Characters between two known Chinese words that count as one word. */
const HAN_STEP = 2;

/** 'والغاز', 'بالغاز' and 'الغاز' are 'غاز'; endings that are mistaken for each other are one. */
export function plainArabic(word: string): string {
  const plain = word.replace(/[ةه]$/u, 'ه').replace(/[ىي]$/u, 'ي');
  const bare = plain.replace(/^[وف]?(?:بال|كال|لل|ال)/u, '');
  return bare.length > 1 ? bare : plain;
}

/** A word of a rule, read as a word of a message. */
export function asWritten(piece: string): string {
  return piece
    .split('|')
    .map((word) => (ARABIC.test(word) ? plainArabic(fold(word)) : word))
    .join('|');
}

/** The words of a message as rules in other languages see them. */
export function foreignWords(text: string, words: Word[]): Word[] {
  if (words.every((word) => word.isLatin)) return words;
  const spoken = APOSTROPHES.test(text) ? wordsOf(text.replace(APOSTROPHES, '')) : words;
  return spoken.map((word) => (ARABIC.test(word.text) ? { ...word, text: plainArabic(word.text) } : word));
}

/** Chinese cut at the words that rules know, the longest first; what is between them in small steps. */
export function createHanCutter(known: Iterable<string>): (text: string) => Word[] {
  const byFirst = new Map<string, string[]>();
  for (const word of known) byFirst.set(word[0]!, [...(byFirst.get(word[0]!) ?? []), word]);
  for (const some of byFirst.values()) some.sort((one, other) => other.length - one.length);
  const wordAt = (text: string, at: number) => byFirst.get(text[at]!)?.find((word) => text.startsWith(word, at));
  return (typed) => {
    if (!HAN.test(typed)) return [];
    const text = typed.normalize('NFKC').replace(/[^\p{L}\p{N}]+/gu, '');
    const words: Word[] = [];
    for (let at = 0; at < text.length; ) {
      const found = wordAt(text, at);
      let end = at + (found?.length ?? 1);
      if (!found) while (end < at + HAN_STEP && end < text.length && !wordAt(text, end)) end++;
      words.push({ text: text.slice(at, end), isPast: false, kind: 'letters', isLatin: false, start: at, end });
      at = end;
    }
    return words;
  };
}
