/**
 * What can be read from a message beside its meaning: dates, places, numbers, phone and e-mail,
 * references, plates, yes and no. What is fast is read here; recognizers-text is asked in a
 * thread of its own, and only when the words may hold something the others missed.
 */
import { type CountryCode, findPhoneNumbersInText } from 'libphonenumber-js';
import { DateTime } from 'luxon';
import type { Entities } from '../../domain/heard';
import type { LanguagePack } from '../../domain/language';
import { findReferences } from '../../domain/ticket';
import type { Town } from '../../domain/town';
import { createDateReader, type SaidDate } from './dates';
import { gistOf } from './gist';
import type { PlaceFinder } from './place';
import { createRecognizer } from './recognizer';
import { fold, type Word, within, wordsOf } from './words';
import { createYesNo } from './yes-no';

export interface ReadingOf {
  town: Town;
  language: string;
  now: Date;
  places: PlaceFinder;
}

export interface Readers {
  read(text: string, of: ReadingOf): Promise<Entities>;
  close(): Promise<void>;
}

/** More number words in a row than any amount a citizen writes: recognizers-text would not come back from them. */
const MOST_NUMBER_WORDS = 6;
const MOST_DIGITS = 60;

/** Read before anybody writes: the first date that is looked for has hundreds of expressions compiled, a fifth of a second. */
const FIRST_DATE = '12 mai, 14h';

const BEFORE_AT = /[\p{L}\p{N}._%+-]/u;
const LONGEST_BEFORE_AT = 64;
const FROM_AT = /@(?:[\p{L}\p{N}-]{1,63}\.){1,5}\p{L}{2,24}/uy;
/** The French plate since 2009, and the one before it, as typed on a phone: separators or none, spaces only in capitals. */
const PLATES = [
  /(?<![\p{L}\p{N}])([A-HJ-NP-TV-Za-hj-np-tv-z]{2})-?(\d{3})-?([A-HJ-NP-TV-Za-hj-np-tv-z]{2})(?![\p{L}\p{N}])/gu,
  /(?<![\p{L}\p{N}])([A-HJ-NP-TV-Z]{2})\s(\d{3})\s([A-HJ-NP-TV-Z]{2})(?![\p{L}\p{N}])/gu,
  /(?<![\p{L}\p{N}])(\d{2,4})[\s-]?([A-Z]{2,3})[\s-]?(\d{2}|2[AB])(?![\p{L}\p{N}])/gu,
];
const NUMBER = /(?<![\p{L}\p{N}.,])\d{1,9}(?:[.,]\d{1,3})?(?![\p{L}\p{N}])/gu;

export function openReaders(packs: Record<string, LanguagePack>): Readers {
  const tongues = new Map(
    Object.entries(packs).map(([code, pack]) => [
      code,
      {
        pack,
        dates: createDateReader(pack),
        clues: new Set(pack.time.clues.map(fold)),
        numbers: new Map(Object.entries(pack.numbers).map(([word, value]) => [fold(word), value])),
        yesNo: createYesNo([pack, ...Object.values(packs).filter((other) => other !== pack)]),
      },
    ]),
  );
  // Twice: the second reading has them compiled for good.
  for (const { dates } of [...tongues.values(), ...tongues.values()]) dates(FIRST_DATE, new Date(0), 'UTC');
  const recognizer = createRecognizer(warmUpsOf(Object.values(packs)));

  return {
    async read(typed, { town, language, now, places }) {
      const whole = within(typed);
      const { text, placeOf } = gistOf(whole);
      const { pack, dates, clues, numbers, yesNo } = tongues.get(language) ?? tongues.get(town.languages[0]!)!;
      const words = wordsOf(text);
      const phones = phonesIn(text, town.country);
      const place = places.find(text);
      const said: SaidDate[] = dates(text, now, town.timeZone);
      const taken = [...phones.map(({ start, end }) => ({ start, end })), ...said];
      const counted = numbersIn(text).filter(({ start, end }) => !taken.some((other) => start < other.end && other.start < end));
      const named = namedNumbers(text, words, numbers);
      const entities: Entities = {
        place: place && { ...place, start: placeOf(place.start), end: placeOf(place.end) },
        phones: [...new Set(phones.map(({ number }) => number))],
        // What nobody can take for anything else is read wherever it stands.
        emails: emailsIn(whole),
        dates: said.map(({ text: words, value }) => ({ text: words, value })),
        numbers: counted.length > 0 ? counted.map(({ text: digits, value }) => ({ text: digits, value })) : named,
        yesNo: yesNo(text),
        references: findReferences(whole),
        plates: platesIn(whole),
      };
      const wantsDate = said.length === 0 && words.some((word) => clues.has(word.text));
      const run = numberRun(
        words.map((word) => word.text),
        numbers,
      );
      // One or two number words were read above; 'un trou' is no reason to ask a slow reader.
      const wantsNumber = counted.length === 0 && run > 2;
      if (!pack.culture || (!wantsDate && !wantsNumber) || run > MOST_NUMBER_WORDS) return entities;
      const wall = DateTime.fromJSDate(now).setZone(town.timeZone);
      const more = await recognizer.ask(text, pack.culture, wall.toMillis() + wall.offset * 60_000);
      if (wantsNumber && more && more.numbers.length > 0) entities.numbers = more.numbers;
      if (wantsDate && more)
        entities.dates = more.dates.map(({ text: words, values }) => ({ text: words, value: nearest(values, wall) }));
      return entities;
    },
    close: () => recognizer.close(),
  };
}

/** Numbers and days in words: enough to have a culture's expressions compiled. */
function warmUpsOf(packs: LanguagePack[]): Record<string, string[]> {
  return Object.fromEntries(
    packs.flatMap(({ culture, numbers, time }) => {
      const count = Object.keys(numbers).filter((word) => numbers[word] === 2 || numbers[word] === 20);
      return culture
        ? [[culture, [count.reverse().join(' '), ...time.clues.slice(0, 1), ...Object.keys(time.days).slice(0, 2)]]]
        : [];
    }),
  );
}

interface FoundPhone {
  number: string;
  start: number;
  end: number;
}

/** Of more digits than anybody writes only the first and the last are looked at: trying each as a number takes long. */
function phonesIn(text: string, country: string): FoundPhone[] {
  const digits = [...text.matchAll(/\d/g)];
  if (digits.length < 3) return [];
  if (digits.length <= 2 * MOST_DIGITS) return phonesFrom(text, 0, country);
  const beginning = text.slice(0, digits[MOST_DIGITS]!.index);
  const rest = digits.at(-MOST_DIGITS)!.index;
  return [...phonesFrom(beginning, 0, country), ...phonesFrom(text.slice(rest), rest, country)];
}

function phonesFrom(text: string, from: number, country: string): FoundPhone[] {
  return findPhoneNumbersInText(text, country as CountryCode).map(({ number, startsAt, endsAt }) => ({
    number: number.number,
    start: from + startsAt,
    end: from + endsAt,
  }));
}

/** Looked for from each "@" to both sides: from the left, a long word would be read anew at each of its letters. */
function emailsIn(text: string): string[] {
  const emails = new Set<string>();
  let last = 0;
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', Math.max(at + 1, last))) {
    let start = at;
    while (start > last && at - start < LONGEST_BEFORE_AT && BEFORE_AT.test(text[start - 1]!)) start--;
    FROM_AT.lastIndex = at;
    if (start === at || !FROM_AT.test(text)) continue;
    last = FROM_AT.lastIndex;
    emails.add(text.slice(start, last).toLowerCase());
  }
  return [...emails];
}

function platesIn(text: string): string[] {
  const plates = PLATES.flatMap((shape) =>
    [...text.matchAll(shape)].map(([, one, two, three]) => `${one}-${two}-${three}`.toUpperCase()),
  );
  return [...new Set(plates)];
}

function numbersIn(text: string): Array<{ text: string; value: number; start: number; end: number }> {
  return [...text.matchAll(NUMBER)].map((found) => ({
    text: found[0],
    value: Number(found[0].replace(',', '.')),
    start: found.index,
    end: found.index + found[0].length,
  }));
}

/** One number word, or tens and units; anything longer is left to recognizers-text. */
function namedNumbers(text: string, words: Word[], numbers: Map<string, number>): Array<{ text: string; value: number }> {
  const found: Array<{ text: string; value: number }> = [];
  for (let at = 0; at < words.length; at++) {
    const first = numbers.get(words[at]!.text);
    if (first === undefined) continue;
    let last = at;
    while (numbers.has(words[last + 1]?.text ?? '')) last++;
    const second = last > at ? numbers.get(words[at + 1]!.text)! : 0;
    const isReadable = last === at || (last === at + 1 && first >= 20 && first % 10 === 0 && second > 0 && second < 10);
    if (isReadable) found.push({ text: text.slice(words[at]!.start, words[last]!.end), value: first + second });
    at = last;
  }
  return found;
}

/** The longest run of words that are numbers or join them. */
function numberRun(words: string[], numbers: Map<string, number>): number {
  let longest = 0;
  let run = 0;
  for (const word of words) {
    run = numbers.has(word) || word.length >= 4 || /^(et|and|de|a)$/.test(word) ? run : 0;
    if (numbers.has(word)) run++;
    longest = Math.max(longest, run);
  }
  return longest;
}

/** Of several readings of a date ("mardi"), the one nearest to now. */
function nearest(values: string[], now: DateTime): string {
  const distance = (value: string) => Math.abs(+DateTime.fromSQL(value, { zone: now.zone }) - +now);
  const best = values.reduce((one, other) => (distance(other) < distance(one) ? other : one));
  return best.length > 10 ? `${best.slice(0, 10)}T${best.slice(11, 16)}` : best;
}
