/**
 * Telephone numbers as citizens write them: with dots, slashes, spaces anywhere, a letter o for a zero, "+33 (0)6",
 * or said in words. What is a number is libphonenumber's to say; here is only where one may stand, and that the digits
 * around it (a card, an account, a date) belong to no number.
 */
import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js';
import type { CountingWords } from '../../domain/language/language-pack';
import type { Word } from '../text/words';
import type { NumberReader } from './numbers';

export interface FoundPhone {
  /** E.164 */
  number: string;
  start: number;
  end: number;
}

/** Of more digits than anybody writes only the first are looked at: trying each as a number takes long. */
const MOST_DIGITS = 120;
const LONGEST_NUMBER = 15;
const SHORTEST_NUMBER = 8;
/** Digits beside a number in the same row: a house, a count; more belong to something else. */
const MOST_BESIDE = 3;
const MOST_WORDS = 12;
/** A word may be glued to its end: "06 39 98 12 34merci". */
const ROW =
  /(?<![\p{L}\p{N}])(?:\+ ?)?\(?[\doO](?:[ \u00a0\u202f.,_/()–-]{0,3}[\doO]){7,60}(?:(?![\p{L}\p{N}])|(?<=\d)(?=\p{L}{3}))/gu;
const DATE = /(?<!\d)(?:\d{1,2}([./-])\d{1,2}\1\d{4}|\d{4}-\d\d-\d\d)(?!\d)/g;
const BRITISH_MOBILE = /^07[1-9]\d{8}$/;
const GROUP = /[\doO]+/g;

/** How digits are said where a number is dictated: 'oh' for a zero, 'double seven'. */
export type Dictation = Pick<CountingWords, 'dictated' | 'repeats'>;

export function phonesIn(
  text: string,
  words: Word[],
  country: string,
  numbers: NumberReader,
  dictation: Dictation,
): FoundPhone[] {
  const found = writtenPhones(text, country);
  return found.length > 0 ? found : spokenPhones(text, words, country, numbers, dictation);
}

/** Numbers in digits, wherever they stand in a text of any length. */
export function writtenPhones(text: string, country: string): FoundPhone[] {
  const digits = text.match(/[\doO]/g)?.length ?? 0;
  if (digits < SHORTEST_NUMBER) return [];
  const dated = text.replace(DATE, (date) => '|'.repeat(date.length));
  const found: FoundPhone[] = [];
  let read = 0;
  for (const row of dated.matchAll(ROW)) {
    if (read > MOST_DIGITS || !/\d/.test(row[0])) break;
    read += row[0].length;
    found.push(...phonesInRow(row[0], row.index, country));
  }
  return found;
}

/** A row of groups of digits: numbers side by side, with hardly anything else beside them. */
function phonesInRow(row: string, offset: number, country: string): FoundPhone[] {
  // "+33 (0)6": the zero in brackets is not dialled from abroad.
  const dialled = row.replace(
    /^(\+ ?\d{1,3} ?)\(0\)/,
    (whole, code: string) => `${code}${' '.repeat(whole.length - code.length)}`,
  );
  const groups = [...dialled.matchAll(GROUP)].map(({ 0: typed, index }) => ({
    digits: typed.replace(/o/gi, '0'),
    start: index,
    end: index + typed.length,
  }));
  const found: FoundPhone[] = [];
  let beside = 0;
  for (let from = 0; from < groups.length; ) {
    const phone = phoneAt(groups, from, dialled, country);
    if (phone) {
      found.push({ number: phone.number, start: offset + phone.start, end: offset + groups[phone.last]!.end });
      from = phone.last + 1;
    } else {
      beside += groups[from]!.digits.length;
      if (beside > MOST_BESIDE) return [];
      from++;
    }
  }
  return found;
}

interface Group {
  digits: string;
  start: number;
  end: number;
}

function phoneAt(
  groups: Group[],
  from: number,
  row: string,
  country: string,
): { number: string; start: number; last: number } | null {
  const before = row.slice(Math.max(0, groups[from]!.start - 3), groups[from]!.start);
  const plus = before.lastIndexOf('+');
  const isAbroad =
    plus >= 0 ||
    /^00/.test(
      groups
        .slice(from, from + 2)
        .map((group) => group.digits)
        .join(''),
    );
  let longest: ReturnType<typeof phoneAt> = null;
  let compact = '';
  for (let last = from; last < groups.length; last++) {
    compact += groups[last]!.digits;
    if (compact.length > LONGEST_NUMBER + 2) break;
    if (compact.length < SHORTEST_NUMBER) continue;
    const number = numberOf(compact, plus >= 0, isInPairs(groups.slice(from, last + 1)), country);
    if (!number) continue;
    longest = { number, start: plus >= 0 ? groups[from]!.start - before.length + plus : groups[from]!.start, last };
    // Of another country's number its first groups are often possible alone: "0044 7700 900 123".
    if (!isAbroad) break;
  }
  return longest;
}

/** "6 39 98 12 34": the zero is left out, and seen to be. */
function isInPairs(groups: Group[]): boolean {
  return groups.length > 3 && groups[0]!.digits.length === 1 && groups.slice(1).every(({ digits }) => digits.length === 2);
}

function numberOf(compact: string, isInternational: boolean, isInPairs: boolean, country: string): string | null {
  const home = country.slice(0, 2) as CountryCode;
  // Whoever writes a plus or two zeros means a number, even of a range that libphonenumber does not know yet.
  if (isInternational || compact.startsWith('00')) {
    const number = parsePhoneNumberFromString(isInternational ? `+${compact}` : compact, home);
    return number?.isPossible() ? number.number : null;
  }
  const national = validNumber(compact, home);
  if (national && (isInPairs || national.formatNational().replace(/\D/g, '') === compact)) return national.number;
  // "33639981234", as phones show it.
  const abroad = compact.length > 9 ? validNumber(`+${compact}`, home) : undefined;
  if (abroad?.country === home) return abroad.number;
  // A British mobile as its owner writes it: it has a digit more than any number of the countries that a town is in.
  return home !== 'GB' && BRITISH_MOBILE.test(compact) ? `+44${compact.slice(1)}` : null;
}

function validNumber(typed: string, country: CountryCode) {
  const number = parsePhoneNumberFromString(typed, country);
  return number?.isValid() ? number : undefined;
}

/** "zéro six trente-neuf quatre-vingt-dix-huit douze trente-quatre", "oh six three nine double nine…" */
function spokenPhones(
  text: string,
  words: Word[],
  country: string,
  numbers: NumberReader,
  { dictated, repeats }: Dictation,
): FoundPhone[] {
  const numberAt = (at: number): { digits: string; to: number } | null => {
    const zero = dictated[words[at]?.text ?? ''];
    if (zero !== undefined) return { digits: String(zero), to: at + 1 };
    const number = numbers.at(text, words, at, true);
    if (!number || !Number.isInteger(number.value) || number.value > 99 || number.to === at) return null;
    return { digits: String(number.value), to: number.to };
  };
  for (let from = 0; from < words.length; from++) {
    let [digits, to] = ['', from];
    for (let count = 0; count < MOST_WORDS; count++) {
      const times = repeats[words[to]?.text ?? ''];
      const said = numberAt(times === undefined ? to : to + 1);
      if (!said || (times !== undefined && said.digits.length > 1)) break;
      if (count === 0 && said.digits !== '0') break;
      digits += said.digits.repeat(times ?? 1);
      to = said.to;
    }
    if (digits.length < SHORTEST_NUMBER) continue;
    const number = numberOf(digits, false, false, country);
    if (number) return [{ number, start: words[from]!.start, end: words[to - 1]!.end }];
  }
  return [];
}
