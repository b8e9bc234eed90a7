/**
 * A citizen's message as words: folded to one spelling of accents, case and apostrophes,
 * digits to their shape, with the place of each word in the text as typed. The text itself
 * is never changed; every reader behind this works on what stands here.
 */

/** Longer messages are understood by their beginning and their end; no one types more into a chat. */
export const LONGEST_TEXT = 2_000;
const LONGEST_WORD = 40;

export interface Word {
  /** Folded: no accents, lower case. */
  text: string;
  /** Ends in "é" as typed: "brûlé" is over, "brûle" is now. */
  isPast: boolean;
  /** In the text as typed (UTF-16, end exclusive). */
  start: number;
  end: number;
}

const PLAIN = /^[\x20-\x7e]*$/;
const WORDS = /\p{L}[\p{L}\p{M}]*|\p{N}+|[€$£%]/gu;

/** One spelling for what sounds and reads the same: "Épée", "EPEE" and "épée" are "epee". */
export function fold(text: string): string {
  if (PLAIN.test(text)) return text.toLowerCase();
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/œ/g, 'oe')
    .replace(/æ/g, 'ae')
    .replace(/ß/g, 'ss')
    .replace(/[\u2018\u2019\u02bc\u0060\u00b4]/g, "'");
}

/** The part of a text that is read, whatever was sent. */
export function within(text: string): string {
  return text.length > LONGEST_TEXT ? text.slice(0, LONGEST_TEXT) : text;
}

export function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  for (const match of within(text).matchAll(WORDS)) {
    const folded = fold(match[0]).slice(0, LONGEST_WORD);
    if (folded)
      words.push({
        text: shorten(folded),
        isPast: /é$/iu.test(match[0]),
        start: match.index,
        end: match.index + match[0].length,
      });
  }
  return words;
}

/** "ouiiiii" is "oui"; a doubled letter stays. */
function shorten(word: string): string {
  return /(.)\1\1/.test(word) ? word.replace(/(.)\1{2,}/gu, '$1') : word;
}

/** Numbers say by their length what they are: a house, a price, a year, a postcode. */
export function shaped(word: string): string {
  return /^\p{N}/u.test(word) ? '0'.repeat(Math.min(word.length, 5)) : word;
}
