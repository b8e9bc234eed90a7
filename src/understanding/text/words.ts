/**
 * A citizen's message as words: folded to one spelling of accents, case and apostrophes,
 * digits to their shape, with the place of each word in the text as typed. The text itself
 * is never changed; every reader behind this works on what stands here.
 */

import { fold } from '../../domain/language/words';
import { createRecent } from '../../recent';

/** No channel takes more in one message; what stands behind it is not read at all. */
const LONGEST_TEXT = 10_000;
const LONGEST_WORD = 40;
/** So much of a word as typed makes all that is read of it, marks and all. */
const LONGEST_TYPED = 4 * LONGEST_WORD;
const AFTER_LATIN = /[^\0-\u036f]/;

export interface Word {
  /** Folded: no accents, lower case. */
  text: string;
  /** Ends in "é" as typed: "brûlé" is over, "brûle" is now. */
  isPast: boolean;
  kind: 'letters' | 'number' | 'sign';
  /** Latin letters, or none: Greek, Cyrillic, Arabic and Chinese are not. */
  isLatin: boolean;
  /** In the text as typed (UTF-16, end exclusive). */
  start: number;
  end: number;
}

/** The text as far as it is read, whatever was sent. */
export function within(text: string): string {
  return text.length > LONGEST_TEXT ? text.slice(0, LONGEST_TEXT) : text;
}

/** What a character is to a word; looked up once, since the tables of Unicode are slow to ask. */
const OTHER = 1;
const LETTER = 2;
const MARK = 3;
const NUMBER = 4;
const MONEY = 5;
const kinds = new Uint8Array(0x10000);

function kindOf(code: number): number {
  if (code > 0xffff) return kindOfLetter(String.fromCodePoint(code));
  // Half of a character says nothing of the whole.
  if (code >= 0xd800 && code <= 0xdfff) return OTHER;
  if (kinds[code] === 0) kinds[code] = kindOfLetter(String.fromCharCode(code));
  return kinds[code]!;
}

function kindOfLetter(letter: string): number {
  if (/\p{L}/u.test(letter)) return LETTER;
  // A character that is not seen belongs to the word around it, as a mark does.
  if (/[\p{M}\p{Cf}]/u.test(letter)) return MARK;
  if (/\p{N}/u.test(letter)) return NUMBER;
  return /[€$£%]/.test(letter) ? MONEY : OTHER;
}

function kindAt(text: string, at: number): number {
  return kinds[text.charCodeAt(at)] || kindOf(text.codePointAt(at)!);
}

/** A character beyond the first 65,536 takes two places. */
function widthAt(text: string, at: number): number {
  return text.charCodeAt(at) < 0xd800 || text.codePointAt(at)! < 0x10000 ? 1 : 2;
}

export function isNumber(code: number): boolean {
  return kindOf(code) === NUMBER;
}

type Read = Omit<Word, 'start' | 'end'>;

/** Words as typed, folded before: citizens use the same ones. Remembered up to this many. */
const REMEMBERED = 20_000;
const folded = createRecent<Read>(REMEMBERED);

function readWord(typed: string, kind: number): Read {
  const known = folded.get(typed);
  if (known) return known;
  const own = copyOf(typed.slice(0, LONGEST_TYPED));
  const text = shorten(fold(own).slice(0, LONGEST_WORD));
  const read: Read = {
    text,
    isPast: /é\p{Cf}*$/iu.test(typed),
    kind: kind === LETTER ? 'letters' : kind === NUMBER ? 'number' : 'sign',
    isLatin: !AFTER_LATIN.test(text),
  };
  if (typed.length <= LONGEST_WORD) folded.set(own, read);
  return read;
}

/** A longer piece of a text keeps the whole text in memory; what is remembered of a message must be single words. */
function copyOf(piece: string): string {
  return piece.length < 13 ? piece : [...piece].join('');
}

/** Letters with their marks, digits, a sign of money: each is a word. */
export function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  const length = Math.min(text.length, LONGEST_TEXT);
  let at = 0;
  while (at < length) {
    const start = at;
    const kind = kindAt(text, at);
    at += widthAt(text, at);
    if (kind === OTHER || kind === MARK) continue;
    while (at < length && kind !== MONEY) {
      const next = kindAt(text, at);
      if (next !== kind && !(next === MARK && kind === LETTER)) break;
      at += widthAt(text, at);
    }
    const end = Math.min(at, length);
    const read = readWord(text.slice(start, end), kind);
    if (read.text) words.push({ text: read.text, isPast: read.isPast, kind: read.kind, isLatin: read.isLatin, start, end });
  }
  return words;
}

/** Courtesies stand behind the number: 'STOP au 36117 merci', 'stop 36117 thank you'. */
const MOST_BEHIND = 3;

/** 'STOP 36117', 'STOP au 36117', 'stop al 36117': the short number that messages come from says nothing more. */
export function withoutShortNumber(words: Word[]): Word[] {
  const at = words.findLastIndex(({ kind, text }) => kind === 'number' && text.length >= 3 && text.length <= 6);
  if (at < 1 || at < words.length - 1 - MOST_BEHIND) return words;
  const before = words.slice(0, at);
  const isJoined = before.length > 1 && before.at(-1)!.text.length <= 4;
  return [...(isJoined ? before.slice(0, -1) : before), ...words.slice(at + 1)];
}

/** "ouiiiii" is "oui"; a doubled letter stays. */
function shorten(word: string): string {
  return /(.)\1\1/.test(word) ? word.replace(/(.)\1{2,}/gu, '$1') : word;
}

/** Numbers say by their length what they are: a house, a price, a year, a postcode. */
export function shaped(word: string): string {
  return isNumber(word.codePointAt(0) ?? 0) ? '0'.repeat(Math.min(word.length, 5)) : word;
}

/** Whether there is a digit, or a number of any script, in a word. */
export function hasNumber(word: string): boolean {
  for (let at = 0; at < word.length; at++) {
    if (isNumber(word.charCodeAt(at))) return true;
    if (word.charCodeAt(at) > 0xd7ff) return /\p{N}/u.test(word);
  }
  return false;
}

/** Words as they are compared, without where they stand. */
export function plain(words: Word[]): string[] {
  return words.map((word) => word.text);
}
