/**
 * When, as citizens say it: "hier soir", "depuis 3 jours", "le 12 à 14h", "day before yesterday".
 * Own time words first, then chrono-node, whose known slips are set right here. All dates are
 * the town's local dates.
 */
import * as chrono from 'chrono-node';
import { DateTime } from 'luxon';
import type { LanguagePack } from '../../domain/language';
import { fold, type Word, wordsOf } from './words';

export interface SaidDate {
  text: string;
  /** `YYYY-MM-DD` or `YYYY-MM-DDTHH:mm`. */
  value: string;
  start: number;
  end: number;
}

export type DateReader = (text: string, now: Date, timeZone: string) => SaidDate[];

/** Nobody names more in one message. */
const MOST_DATES = 30;
/** Characters. */
const LONGEST_PART = 300;

type Parse = (text: string, reference: { instant: Date; timezone: number }) => chrono.ParsedResult[];
const PARSERS: Record<string, Parse | undefined> = {
  de: chrono.de.parse,
  en: chrono.en.GB.parse.bind(chrono.en.GB),
  es: chrono.es.parse,
  fr: chrono.fr.parse,
  it: chrono.it.parse,
  nl: chrono.nl.parse,
  pt: chrono.pt.parse,
};

export function createDateReader(pack: LanguagePack): DateReader {
  const { past, pastAfter, future, units, days, clock, article } = pack.time;
  const phrases = (texts: string[]) => texts.map(keyOf).sort((one, other) => other.length - one.length);
  const pasts = phrases(past);
  const before = byFirst([
    ...pasts.map((words) => ({ words, sign: -1 })),
    ...phrases(future).map((words) => ({ words, sign: 1 })),
  ]);
  const after = phrases(pastAfter);
  const dayNames = Object.entries(days)
    .map(([text, offset]) => ({ words: keyOf(text), offset }))
    .sort((one, other) => other.words.length - one.words.length);
  const named = byFirst(dayNames);
  const unitOf = new Map(Object.entries(units).map(([word, unit]) => [fold(word), unit]));
  const numbers = new Map(Object.entries(pack.numbers).map(([word, value]) => [fold(word), value]));
  const clocks = new Map(Object.entries(clock).map(([word, time]) => [fold(word), time]));
  const articles = new Set(article.map(fold));
  const parse = PARSERS[pack.code];
  const clues = new Set([
    ...pack.time.clues.map(fold),
    ...unitOf.keys(),
    ...clocks.keys(),
    ...[...dayNames.map(({ words }) => words), ...pasts, ...after].flat(),
  ]);
  /** Most messages say nothing of time, and looking for it is the slowest of all readings. */
  const mayHoldDate = (text: string, words: Word[]): boolean => /\d/.test(text) || words.some((word) => clues.has(word.text));

  const countAt = (word: Word | undefined): number | undefined =>
    word && (/^\d{1,3}$/.test(word.text) ? Number(word.text) : numbers.get(word.text));

  /** "depuis 3 jours", "dans deux semaines", "3 days ago". */
  const spanAt = (words: Word[], at: number): { from: number; to: number; sign: number; count: number; unit: string } | null => {
    const lead = before.get(words[at]!.text)?.find((some) => isAt(words, at, some.words));
    const first = at + (lead?.words.length ?? 0);
    const count = countAt(words[first]);
    const unit = unitOf.get(words[first + 1]?.text ?? '');
    if (count === undefined || !unit) return null;
    const tail = after.find((some) => isAt(words, first + 2, some));
    if (!lead && !tail) return null;
    return { from: at, to: first + 2 + (tail?.length ?? 0), sign: tail ? -1 : lead!.sign, count, unit };
  };

  /** "10 ans" is an age and "2 semaines" a length, unless something says before or after. */
  const isMereCount = (found: SaidDate, words: Word[]): boolean => {
    const within = words.filter((word) => word.start >= found.start && word.end <= found.end);
    return (
      within.length <= 3 &&
      within.some(
        (word, at) =>
          countAt(word) !== undefined && unitOf.has(within[at + 1]?.text ?? '') && unitOf.get(within[at + 1]!.text) !== 'hour',
      )
    );
  };

  return (text, now, timeZone) => {
    const words = wordsOf(text);
    if (!mayHoldDate(text, words)) return [];
    const today = DateTime.fromJSDate(now).setZone(timeZone);
    const said: SaidDate[] = [];
    const add = (from: number, to: number, day: DateTime, time?: string) => {
      const [start, end] = [words[from]!.start, words[to - 1]!.end];
      const value = day.toISODate()!;
      said.push({ text: text.slice(start, end), value: time ? `${value}T${time}` : value, start, end });
    };
    for (let at = 0; at < words.length && said.length < MOST_DATES; at++) {
      const span = spanAt(words, at);
      if (span) {
        add(span.from, span.to, today.plus({ [span.unit]: span.sign * span.count }));
        at = span.to - 1;
        continue;
      }
      const day = named.get(words[at]!.text)?.find((some) => isAt(words, at, some.words));
      if (day) {
        const stop = at + day.words.length;
        const time = timeAt(text, words, stop, clocks);
        add(at, time?.to ?? stop, today.plus({ days: day.offset }), time?.value);
        at = (time?.to ?? stop) - 1;
        continue;
      }
      const bare = articles.has(words[at]!.text) ? bareDay(text, words, at + 1, today) : null;
      if (bare) {
        const time = timeAt(text, words, at + 2, clocks);
        add(at, time?.to ?? at + 2, bare, time?.value);
        at = (time?.to ?? at + 2) - 1;
      }
    }
    const own = said.slice();
    const parts = parse ? partsOf(text, words).filter((part) => mayHoldDate(part.text, part.words)) : [];
    for (const found of parts.flatMap((part) => byChrono(parse!, part, now, today))) {
      if (said.length >= MOST_DATES) break;
      if (own.some((other) => found.start < other.end && other.start < found.end) || isMereCount(found, words)) continue;
      const first = words.findIndex((word) => word.start >= found.start);
      const place = articles.has(words[first - 1]?.text ?? '') ? first - 1 : first;
      const isPast = pasts.some((some) => place >= some.length && isAt(words, place - some.length, some));
      const next = words.findIndex((word) => word.start >= found.end);
      const time = found.value.length === 10 && next >= 0 ? timeAt(text, words, next, clocks) : null;
      const value = isPast ? backInTime(found, today) : found.value;
      if (!time) said.push({ ...found, value });
      else
        said.push({
          ...found,
          value: `${value}T${time.value}`,
          text: text.slice(found.start, words[time.to - 1]!.end),
          end: words[time.to - 1]!.end,
        });
    }
    return said.sort((one, other) => one.start - other.start);
  };
}

/** Phrases by their first word, in the order they were given. */
function byFirst<P extends { words: string[] }>(phrases: P[]): Map<string, P[]> {
  const lists = new Map<string, P[]>();
  for (const phrase of phrases) {
    const first = phrase.words[0] ?? '';
    lists.set(first, [...(lists.get(first) ?? []), phrase]);
  }
  return lists;
}

/** A stretch of a text, and where it stands. */
interface Part {
  text: string;
  start: number;
  words: Word[];
}

/** A longer text is read in parts, parted between words: chrono goes over all that follows each thing that might be a date. */
function partsOf(text: string, words: Word[]): Part[] {
  const parts: Part[] = [];
  let first = 0;
  for (let at = 1; at <= words.length; at++) {
    const start = first === 0 ? 0 : words[first]!.start;
    if (at < words.length && words[at]!.end - start <= LONGEST_PART) continue;
    const end = at < words.length ? words[at]!.start : text.length;
    parts.push({ text: text.slice(start, end), start, words: words.slice(first, at) });
    first = at;
  }
  return parts;
}

function keyOf(text: string): string[] {
  return wordsOf(text).map((word) => word.text);
}

function isAt(words: Word[], at: number, some: string[]): boolean {
  return some.length > 0 && some.every((word, place) => words[at + place]?.text === word);
}

/** "le 3" alone, "the 12th": the nearest such day; not "le 12 rue Hugo". */
function bareDay(text: string, words: Word[], at: number, today: DateTime): DateTime | null {
  const word = words[at];
  if (!word || !/^\d{1,2}$/.test(word.text) || Number(word.text) < 1 || Number(word.text) > 31) return null;
  const rest = text.slice(word.end);
  if (!/^(er|st|nd|rd|th)?\s*($|[.,!?;]|(à|a|vers|at|around)\s+\d)/i.test(rest)) return null;
  const days = [-1, 0, 1].map((months) =>
    today
      .startOf('month')
      .plus({ months })
      .set({ day: Number(word.text) }),
  );
  const real = days.filter((day) => day.day === Number(word.text));
  return real.reduce<DateTime | null>(
    (best, day) => (!best || Math.abs(+day - +today) < Math.abs(+best - +today) ? day : best),
    null,
  );
}

/** "à 14h30", "at 9am", "vers midi" right after a day. */
function timeAt(text: string, words: Word[], at: number, clocks: Map<string, string>): { value: string; to: number } | null {
  for (let place = at; place <= at + 2 && place < words.length; place++) {
    const word = words[place]!;
    const named = clocks.get(word.text);
    if (named) return { value: named, to: place + 1 };
    const read = /^(\d{1,2})\s?(?:h|:|\.(?=\d\d))\s?([0-5]\d)?(?!\d)|^(\d{1,2})\s?([ap])\.?m\b/i.exec(
      text.slice(word.start, word.start + 12),
    );
    if (!read) continue;
    const hour = read[3] ? (Number(read[3]) % 12) + (read[4]!.toLowerCase() === 'p' ? 12 : 0) : Number(read[1]);
    if (hour > 23) return null;
    const end = word.start + read[0].length;
    const last = words.findLastIndex((other) => other.start < end);
    return { value: `${String(hour).padStart(2, '0')}:${read[2] ?? '00'}`, to: last + 1 };
  }
  return null;
}

function byChrono(parse: Parse, { text, start }: Part, now: Date, today: DateTime): Array<SaidDate & { isWeekday: boolean }> {
  return parse(text, { instant: now, timezone: today.offset }).flatMap((result) => {
    const ends = result.end && !result.end.isCertain('hour') ? [result.start, result.end] : [result.start];
    return ends.map((moment) => ({
      text: result.text,
      value: isoOf(moment),
      start: start + result.index,
      end: start + result.index + result.text.length,
      isWeekday: moment.isCertain('weekday') && !moment.isCertain('day'),
    }));
  });
}

function isoOf(moment: chrono.ParsedComponents): string {
  const two = (part: chrono.Component) => String(moment.get(part) ?? 0).padStart(2, '0');
  const date = `${String(moment.get('year')).padStart(4, '0')}-${two('month')}-${two('day')}`;
  return moment.isCertain('hour') ? `${date}T${two('hour')}:${two('minute')}` : date;
}

/** "depuis lundi" is a Monday gone by, "depuis mars" a March gone by. */
function backInTime({ value, isWeekday }: { value: string; isWeekday: boolean }, today: DateTime): string {
  const day = DateTime.fromISO(value.slice(0, 10), { zone: today.zone });
  if (day <= today) return value;
  return day.minus(isWeekday ? { weeks: 1 } : { years: 1 }).toISODate()! + value.slice(10);
}
