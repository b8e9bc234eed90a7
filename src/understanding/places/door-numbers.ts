/**
 * Door numbers as people give them beside a street: before it ("au 32 de la rue", "entre le 5 et le 9 rue…") or behind it
 * ("rue Pasteur, devant le 14"). Numbers in a reply without a street are read in `doors-alone.ts`.
 */
import type { PlaceLexicon, Word } from './place-words';

export interface FoundNumber {
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
  const range = rangeEndingAt(lexicon, words, found);
  if (range) return range;
  const earlier = words[found.from - 1];
  if (!earlier || !/^\d+$/.test(earlier.text)) return found;
  // Side by side they are a telephone number; with a dash between, the doors of one house.
  const isRange = /^\s*[-–/]\s*$/.test(text.slice(earlier.end, words[found.from]!.start));
  return isRange && lexicon.numberAt(words, found.from - 1)
    ? { ...found, number: rangeOf(earlier.text, found.number), from: found.from - 1 }
    : null;
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
  if (!introductionOf(lexicon, words, at, street)) return null;
  const number = { number: found.number, from: at, to };
  return rangeBeginningAt(lexicon, words, number) ?? number;
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

/**
 * How the word before a number introduces it: as a number ("n°", "numéro"), as where it is ("devant le"), which may be said of
 * things counted too, or as both are said and hours as well ("au", "at").
 */
export function introductionOf(
  { numberMarks, beside, articles, isBeforePlace }: PlaceLexicon,
  words: readonly Word[],
  at: number,
  earliest: number,
): 'number' | 'beside' | 'mark' | null {
  const before = at > earliest ? words[at - 1]!.text : '';
  if (numberMarks.has(before)) return isBeforePlace(before, undefined, false) ? 'mark' : 'number';
  if (beside.has(before)) return 'beside';
  if (!articles.has(before)) return null;
  let index = at - 2;
  while (index >= earliest && articles.has(words[index]!.text)) index--;
  return index >= earliest && beside.has(words[index]!.text) ? 'beside' : null;
}

/** "Entre le 5 et le 9": both doors, as one number. */
export function rangeEndingAt(lexicon: PlaceLexicon, words: readonly Word[], last: FoundNumber): FoundNumber | null {
  const { range, numberAt } = lexicon;
  let at = last.from - 1;
  const first = Math.max(0, last.from - LONGEST_INTRODUCTION);
  while (at >= first && !numberAt(words, at)) at--;
  const earlier = at >= first ? endingAt(lexicon, words, at) : null;
  if (!earlier || earlier.to === last.from) return null;
  let before = earlier.from - 1;
  while (before >= 0 && isIntroduction(lexicon, words[before]!.text) && !range.has(words[before]!.text)) before--;
  return before >= 0 && range.has(words[before]!.text)
    ? { number: rangeOf(earlier.number, last.number), from: before, to: last.to }
    : null;
}

/** "Rue Diderot, entre le 5 et le 9". */
function rangeBeginningAt(lexicon: PlaceLexicon, words: readonly Word[], first: FoundNumber): FoundNumber | null {
  for (let at = first.to + 1; at < Math.min(words.length, first.to + LONGEST_INTRODUCTION); at++) {
    const last = lexicon.numberAt(words, at);
    const range = last && rangeEndingAt(lexicon, words, { number: last.number, from: at, to: at + last.words });
    if (range) return { ...range, from: first.from };
  }
  return null;
}

function rangeOf(first: string, last: string): string {
  return `${first}-${last}`;
}
