/**
 * Door numbers as people give them: before the street ("au 32 de la rue"), behind it ("rue
 * Pasteur, devant le 14"), or alone in a reply ("c'est devant le 14 bis"). Hours, dates,
 * telephone numbers and "3 lampadaires" are none.
 */
import type { PlaceLexicon, Word } from './place-words';

interface FoundNumber {
  number: string;
  from: number;
  to: number;
}

const LONGEST_INTRODUCTION = 5;

/** The number right before a street: "32 bis, rue…", "32 de la rue…", "12-14 rue…". */
export function numberBefore(lexicon: PlaceLexicon, words: readonly Word[], street: number, text: string): FoundNumber | null {
  let last = street - 1;
  while (last >= 0 && last >= street - 2 && lexicon.links.has(words[last]!.text)) last--;
  const found = endingAt(lexicon, words, last);
  if (!found || !/^[\s,'’\-–/]*$/.test(text.slice(words[last]!.end, words[last + 1]!.start))) return null;
  const earlier = words[found.from - 1];
  if (!earlier || !/^\d+$/.test(earlier.text)) return found;
  // Side by side they are a telephone number; with a dash between, the doors of one house.
  const isRange = /^\s*[-–/]\s*$/.test(text.slice(earlier.end, words[found.from]!.start));
  return isRange && lexicon.numberAt(words, found.from - 1) ? { ...found, number: earlier.text, from: found.from - 1 } : null;
}

/** The number behind a street: "rue Pasteur 14", "rue Pasteur, au 14", "rue Pasteur devant le 14". */
export function numberAfter(lexicon: PlaceLexicon, words: readonly Word[], street: number): FoundNumber | null {
  let at = street;
  while (at < words.length && at - street < LONGEST_INTRODUCTION && isIntroduction(lexicon, words[at]!.text)) at++;
  const found = lexicon.numberAt(words, at);
  if (!found) return null;
  const to = at + found.words;
  if (at === street) {
    const after = words[to];
    const isYear = /^(19|20)\d\d$/.test(found.number);
    const isAlone = !after || after.isAfterBreak || lexicon.afterName.has(after.text) || lexicon.fillers.has(after.text);
    return isAlone && !isYear ? { number: found.number, from: at, to } : null;
  }
  return isIntroduced(lexicon, words, at, street) ? { number: found.number, from: at, to } : null;
}

/** The door number a whole reply gives, with where it stands. */
export function doorNumber(lexicon: PlaceLexicon, words: readonly Word[], text: string): FoundNumber | null {
  for (let at = 0; at < words.length; at++) {
    const found = lexicon.numberAt(words, at);
    if (!found) continue;
    const to = at + found.words;
    if (isBesideDigits(words, at, text) || isBesideDigits(words, to, text)) continue;
    const isAll = words.every(
      (word, index) => (index >= at && index < to) || lexicon.fillers.has(word.text) || lexicon.links.has(word.text),
    );
    const after = words[to];
    const isStreet = after !== undefined && lexicon.streetType(after.text) !== null;
    if (isAll || isStreet || isIntroduced(lexicon, words, at, Math.max(0, at - LONGEST_INTRODUCTION)))
      return { number: found.number, from: at, to };
  }
  return null;
}

function endingAt({ numberAt }: PlaceLexicon, words: readonly Word[], last: number): FoundNumber | null {
  const long = last > 0 ? numberAt(words, last - 1) : null;
  if (long?.words === 2) return { number: long.number, from: last - 1, to: last + 1 };
  const short = last >= 0 ? numberAt(words, last) : null;
  return short?.words === 1 ? { number: short.number, from: last, to: last + 1 } : null;
}

function isIntroduction({ numberMarks, beside, articles }: PlaceLexicon, word: string): boolean {
  return numberMarks.has(word) || beside.has(word) || articles.has(word);
}

/** Whether the word before a number marks it ("au", "n°"), or an article does behind a word of place ("devant le"). */
function isIntroduced(
  { numberMarks, beside, articles }: PlaceLexicon,
  words: readonly Word[],
  at: number,
  earliest: number,
): boolean {
  const before = at > earliest ? words[at - 1]!.text : '';
  if (numberMarks.has(before) || beside.has(before)) return true;
  if (!articles.has(before)) return false;
  let index = at - 2;
  while (index >= earliest && articles.has(words[index]!.text)) index--;
  return index >= earliest && beside.has(words[index]!.text);
}

/** Whether another group of digits stands right before a word, as in a telephone number. */
function isBesideDigits(words: readonly Word[], at: number, text: string): boolean {
  const [left, right] = [words[at - 1], words[at]];
  if (!left || !right || !/^\d+$/.test(left.text) || !/^\d+$/.test(right.text)) return false;
  return /^[\s.]*$/.test(text.slice(left.end, right.start));
}
