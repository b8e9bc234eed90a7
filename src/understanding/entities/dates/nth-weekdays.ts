/** Weekdays counted within a month: "le 2e mardi du mois", "the last Friday of November", "premier lundi". */
import { DateTime } from 'luxon';
import { type DayContext, type DayGrammar, type DayReader, looksBack, UTC } from './day-grammar';

const MONTHS_LOOKED_AT = 3;

/** @param suffixes written right behind the digit of an ordinal: "2e", "2nd". */
export function nthWeekdays({ lexicon, one, skip, modifierAt, inYear }: DayGrammar, suffixes: ReadonlySet<string>): DayReader {
  const nthAt = ({ words }: DayContext, at: number): { value: number; to: number } | null => {
    const named = lexicon.nth(words, at);
    if (named) return named;
    const [digit, suffix] = [words[at], words[at + 1]];
    if (!digit || !/^[1-5]$/.test(digit.text) || suffix?.start !== digit.end || !suffixes.has(suffix.text)) return null;
    return { value: Number(digit.text), to: at + 2 };
  };

  return (context, at) => {
    const { words, today, looks } = context;
    const nth = nthAt(context, at);
    const weekday = nth && lexicon.weekdays(words, nth.to);
    if (!nth || !weekday) return null;
    const next = skip(words, weekday.to);
    const month = lexicon.months(words, next);
    if (month) {
      const day = inYear(context, (year) =>
        nthOf(DateTime.fromObject({ year, month: month.value, day: 1 }, UTC), nth.value, weekday.value),
      );
      return day.isValid ? one(day, at, month.to) : null;
    }
    // A language may count 'month' itself among the small words: 'of the month'.
    const places = Array.from({ length: next - weekday.to + 1 }, (_, step) => weekday.to + step);
    const unit = places.flatMap((place) => lexicon.units(words, place) ?? []).find(({ value }) => value.unit === 'month');
    const isOfMonth = unit !== undefined;
    // 'Le dernier mardi' alone is the Tuesday before today.
    if (nth.value < 0 && !isOfMonth) return null;
    const turn = isOfMonth ? modifierAt(words, unit.to) : null;
    const step = looksBack(looks) || turn?.turn === 'last' ? -1 : 1;
    const first = today.startOf('month').plus({ months: turn?.turn === 'next' ? 1 : turn?.turn === 'last' ? -1 : 0 });
    for (let months = 0; months < MONTHS_LOOKED_AT; months++) {
      const day = nthOf(first.plus({ months: step * months }), nth.value, weekday.value);
      if (day.isValid && (step > 0 ? +day >= +today : +day <= +today))
        return one(day, at, turn?.to ?? (isOfMonth ? unit.to : weekday.to));
    }
    return null;
  };
}

/** Invalid where the month has no such day: a fifth Monday. */
function nthOf(first: DateTime, nth: number, weekday: number): DateTime {
  const ahead = first.plus({ days: (weekday - first.weekday + 7) % 7 });
  const day = nth > 0 ? ahead.plus({ weeks: nth - 1 }) : ahead.plus({ weeks: Math.floor((first.daysInMonth! - ahead.day) / 7) });
  return day.month === first.month ? day : DateTime.invalid('no such day');
}
