/**
 * What all readers of days share: what a day is to them, which of several is meant, and the small words around it.
 */
import type { DateTime } from 'luxon';
import type { DayPart } from '../../../domain/language/language-pack';
import type { Word } from '../../text/words';
import type { NumberReader } from '../numbers';
import type { TimeLexicon, Unit } from './time-lexicon';

/**
 * `since`: before today, as in "depuis mercredi". `near`: to come, but a date of the last weeks is that one. `lately`: a
 * weekday gone by, and a date of the last months, where nothing says that it is to come.
 */
export type Looks = 'ahead' | 'back' | 'since' | 'near' | 'lately';

export interface SaidDay {
  /** The first day; a second one after it where two are named or it lasts until then. */
  days: DateTime[];
  /** Whether the second is the end of a span. */
  isSpan: boolean;
  to: number;
  /** Where its words begin, when before the place asked for. */
  from: number;
  part: DayPart | null;
  /** A time of day that comes with it: "dans 2 heures". */
  minutes?: number;
}

export interface DayContext {
  text: string;
  words: Word[];
  today: DateTime;
  now: DateTime;
  looks: Looks;
  /** The day last spoken of: of "le 25" after 24 December it says which month is meant; "le lendemain" is the day after it. */
  spokenOf?: DateTime;
  holidays: Record<number, Record<string, Record<string, string>>>;
  isStreetType(word: string): boolean;
}

/** Days are counted as if the town's wall clock were in UTC: reckoning in a zone with summer time takes long. */
export const UTC = { zone: 'utc' } as const;

export type DayReader = (context: DayContext, at: number) => SaidDay | null;

export function looksBack(looks: Looks): boolean {
  return looks === 'back' || looks === 'since' || looks === 'lately';
}

export interface DayGrammar {
  lexicon: TimeLexicon;
  one(day: DateTime, from: number, to: number, part?: DayPart | null): SaidDay;
  span(first: DateTime, last: DateTime, from: number, to: number): SaidDay;
  /** The place after articles and prepositions, at most so many. */
  skip(words: Word[], at: number, most?: number): number;
  /** "prochain", "last", "ce". */
  modifierAt(words: Word[], at: number): { turn: 'next' | 'last' | 'this'; to: number } | null;
  /** 1 to 31, in digits with or without "er" or "th", or in words. */
  dayNumber(context: DayContext, at: number): { day: number; to: number } | null;
  /** "3 jours", "une quinzaine de jours", "trois semaines". */
  lengthAt(context: DayContext, at: number): { count: number; unit: Unit; to: number } | null;
  /** A date of a year that is not said. */
  inYear(context: DayContext, make: (year: number) => DateTime): DateTime;
  /** A day of a month that is not said. */
  inMonths(context: DayContext, day: number, weekday: number | null): DateTime | null;
  /** A day of a month that is not said, nearest to the day last spoken of and not gone by. */
  nearSpokenOf(context: DayContext, day: number): DateTime | null;
}

/** "le 2 novembre" said on the 25th is this year's. */
const RECENT_DAYS = 60;
const LATELY_DAYS = 300;
const MOST_FILLERS = 3;
const LEAP_STEPS = [-4, -3, -2, 2, 3, 4];

export function createDayGrammar(lexicon: TimeLexicon, numbers: NumberReader): DayGrammar {
  const { is } = lexicon;
  const one = (day: DateTime, from: number, to: number, part: DayPart | null = null): SaidDay => ({
    days: [day],
    isSpan: false,
    from,
    to,
    part,
  });
  const span = (first: DateTime, last: DateTime, from: number, to: number): SaidDay => ({
    days: [first, last],
    isSpan: true,
    from,
    to,
    part: null,
  });
  const skip = (words: Word[], at: number, most = MOST_FILLERS): number => {
    let to = at;
    while (to < at + most && to < words.length) {
      const next = is('fillers', words, to) ?? is('article', words, to);
      if (next === null) break;
      to = next;
    }
    return to;
  };
  const modifierAt = (words: Word[], at: number): { turn: 'next' | 'last' | 'this'; to: number } | null => {
    for (const turn of ['next', 'last', 'this'] as const) {
      const to = is(turn, words, at);
      if (to !== null) return { turn, to };
    }
    return null;
  };

  /** 1 to 31, in digits with or without "er" or "th", or in words. */
  const dayNumber = ({ text, words }: DayContext, at: number): { day: number; to: number; isOrdinal: boolean } | null => {
    const first = lexicon.ordinals(words, at);
    if (first && first.value > 0) return { day: first.value, to: first.to, isOrdinal: true };
    const word = words[at];
    if (word && /^\d{1,2}$/.test(word.text)) {
      if (/[\d\p{L}]$|\d[.,:/]$/u.test(text.slice(Math.max(0, word.start - 2), word.start))) return null;
      const day = Number(word.text);
      const suffix = words[at + 1]?.start === word.end ? lexicon.ordinals(words, at + 1) : null;
      const isSuffix = suffix?.value === 0;
      if (!isSuffix && /^(\p{L}|[.,:/]\d)/u.test(text.slice(word.end, word.end + 2))) return null;
      return day >= 1 && day <= 31 ? { day, to: isSuffix ? suffix.to : at + 1, isOrdinal: isSuffix } : null;
    }
    const named = numbers.at(text, words, at, false);
    if (!named || /^\d/.test(named.text) || !Number.isInteger(named.value) || named.value < 1 || named.value > 31) return null;
    return { day: named.value, to: named.to, isOrdinal: false };
  };

  /** "3 jours", "une quinzaine de jours", "trois semaines". */
  const lengthAt = ({ text, words }: DayContext, at: number): { count: number; unit: Unit; to: number } | null => {
    let from = at;
    for (let next = is('about', words, from); next !== null && from < at + 4; next = is('about', words, from)) from = next;
    const bare = lexicon.units(words, from + 1);
    const single = numbers.at(text, words, from, true);
    if (!single) return null;
    if (bare && single.value !== Math.round(single.value)) return null;
    for (const to of [single.to, skip(words, single.to, 1), from + 1]) {
      const unit = lexicon.units(words, to);
      if (unit)
        return {
          // "une quinzaine" is one of that unit, however many days it has.
          count: to === from + 1 && single.to > to ? 1 : single.value,
          unit: unit.value,
          to: unit.to,
        };
    }
    return null;
  };

  /** A date of a year that is not said. */
  const inYear = (context: DayContext, make: (year: number) => DateTime): DateTime => {
    const { today, looks } = context;
    // 29 February is not in every year; 30 February is in none.
    const near = [-1, 0, 1].map((step) => make(today.year + step));
    const all = near.some((day) => day.isValid)
      ? near.filter((day) => day.isValid)
      : LEAP_STEPS.map((step) => make(today.year + step)).filter((day) => day.isValid);
    if (all.length === 0) return near[1]!;
    const ahead = all.find((day) => +day >= +today) ?? all.at(-1)!;
    const back = all.findLast((day) => (looks === 'since' ? +day < +today : +day <= +today)) ?? all[0]!;
    if (looks === 'back' || looks === 'since') return back;
    const recent = looks === 'near' ? RECENT_DAYS : looks === 'lately' ? LATELY_DAYS : -1;
    return today.diff(back, 'days').days <= recent ? back : ahead;
  };

  const inMonths = ({ today, looks }: DayContext, day: number, weekday: number | null): DateTime | null => {
    const isBack = looksBack(looks);
    for (let step = 0; step <= 12; step++) {
      const month = today.startOf('month').plus({ months: isBack ? -step : step });
      if (day > month.daysInMonth!) continue;
      const found = month.set({ day });
      const isRight = isBack ? (looks === 'since' ? +found < +today : +found <= +today) : +found >= +today;
      if (isRight && (weekday === null || found.weekday === weekday)) return found;
    }
    return null;
  };

  const nearSpokenOf = ({ today, spokenOf }: DayContext, day: number): DateTime | null => {
    if (!spokenOf || +spokenOf < +today) return null;
    const away = (found: DateTime) => Math.abs(+found - +spokenOf);
    return [-1, 0, 1]
      .map((months) => spokenOf.startOf('month').plus({ months }))
      .flatMap((month) => (day > month.daysInMonth! ? [] : [month.set({ day })]))
      .filter((found) => +found >= +today)
      .reduce<DateTime | null>((best, found) => (best && away(best) <= away(found) ? best : found), null);
  };

  return { lexicon, one, span, skip, modifierAt, dayNumber, lengthAt, inYear, inMonths, nearSpokenOf };
}

/** A word that is a year: 1998, 2026. */
export const isYear = (text: string | undefined): boolean => /^(19|20)\d\d$/.test(text ?? '');
