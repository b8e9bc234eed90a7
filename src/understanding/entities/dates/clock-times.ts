/**
 * Times of day as citizens say them: "14h30", "six heures moins le quart", "midi et demi", "half past nine", "2.30pm".
 * In a language of twelve hours, "half two" by day is 14:30.
 */
import type { DayPart } from '../../../domain/language/language-pack';
import type { Word } from '../../text/words';
import type { NumberReader } from '../numbers';
import type { TimeLexicon } from './time-lexicon';

export interface SaidTime {
  /** Minutes since midnight. */
  minutes: number;
  to: number;
  /** Whether it says itself if it is before or after noon. */
  isSure: boolean;
  /** Whether it is a time of day even without a day or a preposition beside it. */
  standsAlone: boolean;
  /** A mere number behind a preposition: a time only beside a day or a part of it. */
  isBare?: true;
}

export type TimeReader = (text: string, words: Word[], at: number) => SaidTime | null;

const HOUR = 60;
const NOON = 12 * HOUR;
const DIGITS = /(\d{1,2})(?:\s?(h|:)\s?([0-5]\d)?|\.([0-5]\d))?(?:\s?([ap])\.?\s?m\b\.?)?(?![\d:]|[.,]\d|\p{L}\p{L})/iuy;

export function createTimeReader(lexicon: TimeLexicon, numbers: NumberReader, twelveHours: boolean): TimeReader {
  /** How many words stand within a stretch of the text. */
  const wordAfter = (words: Word[], from: number, end: number): number => {
    let to = from + 1;
    while (to < words.length && words[to]!.start < end) to++;
    return to;
  };

  /** A count from 0 to 59, in digits or words. */
  const count = (text: string, words: Word[], at: number): { value: number; to: number } | null => {
    const number = numbers.at(text, words, at, true);
    return number && Number.isInteger(number.value) && number.value < 60 ? { value: number.value, to: number.to } : null;
  };

  const minutesAt = (text: string, words: Word[], at: number): { value: number; to: number } | null =>
    lexicon.minutes(words, at) ?? count(text, words, at);

  /** What is added to an hour or taken from it: "et quart", "moins dix", "trente". */
  const withMinutes = (text: string, words: Word[], hour: number, at: number): { minutes: number; to: number } => {
    const minus = lexicon.is('minus', words, at);
    const less = minus !== null ? minutesAt(text, words, minus) : null;
    if (less) return { minutes: hour * HOUR - less.value, to: less.to };
    const plus = lexicon.is('plus', words, at);
    const more = plus !== null ? lexicon.minutes(words, plus) : count(text, words, at);
    if (more && (plus !== null || more.value >= 5)) return { minutes: hour * HOUR + more.value, to: more.to };
    return { minutes: hour * HOUR, to: at };
  };

  /** "9h30", "9:30", "9.30", "9am", "20 h". */
  const inDigits: TimeReader = (text, words, at) => {
    const word = words[at]!;
    if (!/^\d/.test(text[word.start] ?? '') || /[\d\p{L}]$|\d[.,:/-]$/u.test(text.slice(Math.max(0, word.start - 2), word.start)))
      return null;
    DIGITS.lastIndex = word.start;
    const found = DIGITS.exec(text);
    if (!found) return null;
    const [whole, digits, sign, after, dotted, noon] = found;
    if (!sign && !dotted && !noon) return null;
    const to = wordAfter(words, at, word.start + whole.length);
    const said = Number(digits);
    if (noon) {
      if (said > 12) return null;
      const hour = (said % 12) + (noon.toLowerCase() === 'p' ? 12 : 0);
      return { minutes: hour * HOUR + Number(after ?? dotted ?? 0), to, isSure: true, standsAlone: true };
    }
    if (said > 24 || (sign === ':' && !after)) return null;
    const minutes = after ?? dotted;
    if (minutes !== undefined)
      return { minutes: said * HOUR + Number(minutes), to, isSure: !twelveHours || digits!.length === 2, standsAlone: !dotted };
    const more = withMinutes(text, words, said, to);
    return { ...more, isSure: !twelveHours, standsAlone: more.to > to };
  };

  /** "six heures et demie", "seven o'clock", "9 heures". */
  const inWords: TimeReader = (text, words, at) => {
    const number = count(text, words, at);
    const hours = number && number.value <= 24 ? lexicon.is('hours', words, number.to) : null;
    if (!number || hours === null) return null;
    const { minutes, to } = withMinutes(text, words, number.value, hours);
    // "quatorze heures" says itself; "six heures" and "six heures et quart" do not.
    const isSpoken = to > hours || !/\d/.test(words[at]!.text);
    return { minutes, to, isSure: number.value > 12 || !(twelveHours || (isSpoken && to > hours)), standsAlone: to > hours };
  };

  /** "quarter past six", "ten to eight", "half two". */
  const beforeHour: TimeReader = (text, words, at) => {
    const part = minutesAt(text, words, at);
    if (!part) return null;
    const past = lexicon.is('pastHour', words, part.to);
    const to = past === null ? lexicon.is('toHour', words, part.to) : null;
    const isBare = past === null && to === null && part.value === 30 && lexicon.minutes(words, at) !== null && twelveHours;
    // "Half a dozen" is six, and no time.
    if (past === null && to === null && (!isBare || numbers.at(text, words, at, true) !== null)) return null;
    const at12 = past ?? to ?? part.to;
    const named = lexicon.clock(words, at12);
    const hour = named ? { value: Number(named.value.slice(0, 2)), to: named.to } : count(text, words, at12);
    if (!hour || hour.value > 12 || (hour.value < 1 && !named)) return null;
    const after = lexicon.is('hours', words, hour.to) ?? hour.to;
    const minutes = hour.value * HOUR + (to === null ? part.value : -part.value);
    return { minutes, to: after, isSure: named !== null, standsAlone: true };
  };

  /** "midi", "minuit et quart", "midi trente". */
  const named: TimeReader = (text, words, at) => {
    const found = lexicon.clock(words, at);
    if (!found) return null;
    const more = withMinutes(text, words, Number(found.value.slice(0, 2)), found.to);
    return { minutes: more.minutes, to: more.to, isSure: true, standsAlone: more.to > found.to };
  };

  /** "at 10", "at nine thirty", "5ish": only behind a preposition, or roughly said, and by day. */
  const bare: TimeReader = (text, words, at) => {
    const roughly = lexicon.is('roughly', words, at + 1);
    if (!twelveHours || (lexicon.before('at', words, at) === null && roughly === null)) return null;
    // "Las cuatro y media" is read as four and a half.
    const half = numbers.at(text, words, at, true);
    if (half && half.value % 1 === 0.5 && half.value < 13 && lexicon.is('plus', words, at + 1) !== null)
      return { minutes: half.value * HOUR, to: half.to, isSure: false, standsAlone: false, isBare: true };
    const hour = count(text, words, at);
    if (!hour || hour.value < 1 || hour.value > 12 || hour.to > at + 1) return null;
    if (roughly !== null) return { minutes: hour.value * HOUR, to: roughly, isSure: false, standsAlone: false, isBare: true };
    // "Las cuatro y media": where the word for hours is never said.
    const joined = lexicon.is('plus', words, hour.to) ?? lexicon.is('minus', words, hour.to);
    const spoken = joined === null ? null : withMinutes(text, words, hour.value, hour.to);
    if (spoken && spoken.to > hour.to) return { ...spoken, isSure: false, standsAlone: false, isBare: true };
    const more = count(text, words, hour.to);
    const isMore = more !== null && more.value >= 10;
    const to = isMore ? more.to : hour.to;
    return { minutes: hour.value * HOUR + (isMore ? more.value : 0), to, isSure: false, standsAlone: false, isBare: true };
  };

  return (text, words, at) =>
    inDigits(text, words, at) ??
    inWords(text, words, at) ??
    beforeHour(text, words, at) ??
    named(text, words, at) ??
    bare(text, words, at);
}

/** The time of day that is meant, given the part of the day said beside it; may reach into the next day. */
export function settled({ minutes, isSure }: Pick<SaidTime, 'minutes' | 'isSure'>, part: DayPart | null): number {
  const isBeforeNoon = minutes < NOON;
  if (minutes < 0) return minutes + 24 * HOUR;
  switch (part) {
    case 'morning':
      return minutes >= NOON && minutes < 13 * HOUR && !isSure ? minutes - NOON : minutes;
    case 'afternoon':
      return isBeforeNoon ? minutes + NOON : minutes;
    case 'evening':
      return minutes === 0 ? 24 * HOUR : isBeforeNoon && minutes > 3 * HOUR ? minutes + NOON : minutes;
    case 'night':
      return isBeforeNoon && minutes >= 6 * HOUR
        ? minutes + NOON
        : minutes >= NOON && minutes < 13 * HOUR && !isSure
          ? minutes - NOON
          : minutes;
    default:
      // By day: nobody asks a town hall about half past two in the morning without saying so.
      return !isSure && minutes >= HOUR && minutes < 6 * HOUR + HOUR / 2 ? minutes + NOON : minutes;
  }
}
