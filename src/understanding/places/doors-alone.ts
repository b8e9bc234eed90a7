/**
 * Door numbers in words that name no street: "c'est devant le 14 bis", "sorry, not 14 but 12", "12, by the gate". A number
 * that counts, measures, dates or prices something is none: "3 lampadaires", "30 cm de profondeur", "till 3", "12 €".
 */
import { type FoundNumber, introductionOf, rangeEndingAt } from './door-numbers';
import type { PlaceLexicon, Word } from './place-words';

export interface DoorAlone extends FoundNumber {
  /** "Pas 14 mais 12": it is not this one. */
  isDenied: boolean;
  /** "We open at 3": what stands around it may as well speak of an hour. */
  mayBeTime: boolean;
}

/** Signs that make an amount, a share or a measure of a number, before and behind it. */
const SIGN_BEFORE = /[€$£+×*]\s?$/u;
const SIGN_BEHIND = /^\s?[€$£%°²³"″×*]/u;

/** All doors that the words name, in order. */
export function doorsAlone(lexicon: PlaceLexicon, words: readonly Word[], text: string): DoorAlone[] {
  const doors: DoorAlone[] = [];
  for (let at = 0; at < words.length; at++) {
    const found = lexicon.numberAt(words, at);
    if (!found) continue;
    const to = at + found.words;
    const number = { number: found.number, from: at, to };
    const door = isPartOfMore(words, at, to, text) ? null : doorAt(lexicon, words, number);
    const range = door && rangeEndingAt(lexicon, words, number);
    if (range && (doors.at(-1)?.from ?? -1) >= range.from) doors.pop();
    if (door) doors.push(range ? { ...door, ...range } : door);
    at = to - 1;
  }
  // "No 12" is a number where nothing else is one.
  return doors.length === 1
    ? doors.map((door) => ({ ...door, isDenied: door.isDenied && !isMarked(lexicon, words, door) }))
    : doors;
}

/** Nothing but numbers of doors and what puts them right: "wrong, it's number 12", and not "my neighbour at 14 saw it". */
export function areDoorsAll(lexicon: PlaceLexicon, words: readonly Word[], doors: readonly DoorAlone[]): boolean {
  const { fillers, aroundNumber, numberMarks, articles, denied } = lexicon;
  const isSaid = (at: number) => doors.some(({ from, to }) => at >= from && at < to);
  return words.every(
    ({ text }, at) => isSaid(at) || [fillers, aroundNumber, numberMarks, articles, denied].some((list) => list.has(text)),
  );
}

function doorAt(lexicon: PlaceLexicon, words: readonly Word[], number: FoundNumber): DoorAlone | null {
  const isOne = lexicon.singular.has(words[number.from - 1]?.text ?? '') && !words[number.from]!.isAfterBreak;
  const introduction = introductionOf(lexicon, words, number.from, 0) ?? (isOne ? 'mark' : null);
  const isNeutral = isNeutralBefore(lexicon, words, number.from);
  const isDenied = isDeniedAt(lexicon, words, number.from);
  if (introduction !== 'number' && !isOne && !isEnded(lexicon, words, number.to)) return null;
  if (!introduction && !isNeutral && !isDenied) return null;
  // 'I have another at 15' counts no hours.
  const isLed = lexicon.aroundNumber.has(words[number.from - 2]?.text ?? '');
  return { ...number, isDenied, mayBeTime: introduction === 'mark' && !isNeutral && !isLed };
}

/** Nothing before it in its clause but words that introduce a place, and numbers: "wait it's not 4 it's". */
function isNeutralBefore(lexicon: PlaceLexicon, words: readonly Word[], at: number): boolean {
  for (let index = at - 1; index >= 0 && !words[index + 1]!.isAfterBreak; index--) {
    const { text } = words[index]!;
    const isNeutral =
      isFiller(lexicon, text) ||
      lexicon.articles.has(text) ||
      lexicon.of.has(text) ||
      lexicon.isBeforePlace(text, undefined, false);
    if (!isNeutral && !lexicon.numberAt(words, index)) return false;
  }
  return true;
}

/** What stands behind it counts nothing: the end, a comma, "devant la poste", "je crois". */
function isEnded(lexicon: PlaceLexicon, words: readonly Word[], to: number): boolean {
  const after = words[to];
  if (!after || after.isAfterBreak || /^[a-f]$/.test(after.text)) return true;
  return (
    isFiller(lexicon, after.text) || lexicon.afterName.has(after.text) || lexicon.isBeforePlace(after.text, undefined, false)
  );
}

function isFiller(lexicon: PlaceLexicon, word: string): boolean {
  return [lexicon.fillers, lexicon.aroundNumber, lexicon.numberMarks, lexicon.beside, lexicon.range, lexicon.denied].some(
    (list) => list.has(word),
  );
}

function isDeniedAt(lexicon: PlaceLexicon, words: readonly Word[], at: number): boolean {
  const { denied, deniedBetween, numberMarks, articles, beside } = lexicon;
  let before = at - 1;
  while (before >= 0 && !words[before + 1]!.isAfterBreak) {
    const { text } = words[before]!;
    if (denied.has(text)) return true;
    if (![deniedBetween, numberMarks, articles, beside].some((list) => list.has(text))) return false;
    before--;
  }
  return false;
}

function isMarked({ numberMarks }: PlaceLexicon, words: readonly Word[], { from }: FoundNumber): boolean {
  return numberMarks.has(words[from - 1]?.text ?? '');
}

/** A telephone number, "3,5", "24/7", "12:30", "12 €". */
function isPartOfMore(words: readonly Word[], at: number, to: number, text: string): boolean {
  const before = text.slice(words[at - 1]?.end ?? 0, words[at]!.start);
  const after = text.slice(words[to - 1]!.end, words[to]?.start ?? text.length);
  const isDigits = (word: Word | undefined) => word !== undefined && /^\d/.test(word.text);
  if (SIGN_BEFORE.test(before) || SIGN_BEHIND.test(after)) return true;
  return (isDigits(words[at - 1]) && isTight(before)) || (isDigits(words[to]) && isTight(after));
}

/** Groups of digits of one number stand side by side, or have nothing but a sign between them; a dash parts two doors. */
function isTight(between: string): boolean {
  return /^\s*$/.test(between) || /^[.,/:]$/.test(between) || /^\s?\.\s?$/.test(between);
}
