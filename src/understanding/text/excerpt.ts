/**
 * What is listened to of a very long message: how it begins, where it says what happened, and how it ends, where it says
 * what is wanted. The one place of this rule: every word is heard for danger and for opting out; languages, topics,
 * places and dates are looked for in the excerpt alone, so that no message keeps the others waiting, however long it is.
 */

/** Characters. Nearly all messages are shorter than both together, and are their own excerpt. */
const BEGINNING = 450;
const END = 350;
/** A word is left whole if it ends within so many. */
const LONGEST_STEP = 40;

/** An excerpt has more words than these only when they are very short. */
const FIRST_WORDS = 100;
const LAST_WORDS = 60;
export const MOST_WORDS = FIRST_WORDS + LAST_WORDS;

export interface Excerpt {
  text: string;
  /** How the message ends, when something before it was left out; else null. */
  end: string | null;
  /** Where a place in the excerpt stands in the message. */
  placeOf(at: number): number;
}

export function excerptOf(text: string): Excerpt {
  if (text.length <= BEGINNING + END) return { text, end: null, placeOf: (at) => at };
  const beginning = text.slice(0, spaceAfter(text, BEGINNING));
  const end = text.slice(spaceAfter(text, text.length - END));
  const shift = text.length - end.length - beginning.length - 1;
  // A new line, so that the two are not read as one sentence.
  return { text: `${beginning}\n${end}`, end, placeOf: (at) => (at > beginning.length ? at + shift : at) };
}

/** Beginning and end of what has very many words: what happened and what is asked for. */
export function excerptOfWords(words: string[]): string[] {
  return words.length > MOST_WORDS ? [...words.slice(0, FIRST_WORDS), ...words.slice(-LAST_WORDS)] : words;
}

function spaceAfter(text: string, at: number): number {
  const step = text.slice(at, at + LONGEST_STEP).search(/\s/);
  return step < 0 ? at : at + step;
}
