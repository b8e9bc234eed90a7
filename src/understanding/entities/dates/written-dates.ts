/** Dates with their month: "3/12/2026", "12.01.27", "le 3 décembre", "du 3 au 5 mars", "December 3rd", "en mars". */
import { DateTime } from 'luxon';
import { type DayContext, type DayGrammar, type DayReader, isYear, UTC } from './day-grammar';

const NUMERIC =
  /(\d{4})-(\d\d)-(\d\d)(?!\d)|(\d{1,2})([./-])(\d{1,2})\5(\d{4}|\d\d)(?![\d]|[./-]\d)|(\d{1,2})([/.])(\d{1,2})(?![\d/]|[.,-]\d)/y;

export interface WrittenDates {
  numeric: DayReader;
  dayAndMonth: DayReader;
}

export function writtenDates({ lexicon, one, span, skip, modifierAt, dayNumber, inYear }: DayGrammar): WrittenDates {
  const { is } = lexicon;
  const numeric: DayReader = (context, at) => {
    const { text, words } = context;
    const { start } = words[at]!;
    NUMERIC.lastIndex = start;
    if (/[\d\p{L}]$|\d[./-]$/u.test(text.slice(Math.max(0, start - 2), start))) return null;
    const found = NUMERIC.exec(text);
    if (!found) return null;
    const end = start + found[0].length;
    let to = at + 1;
    while (to < words.length && words[to]!.start < end) to++;
    const [, isoYear, isoMonth, isoDay, day, , month, year, shortDay, sign, shortMonth] = found;
    if (shortDay) {
      // "24/7", "1/2": a date without a year is taken for one only behind words.
      const isLed =
        at > 0 &&
        (is('article', words, at - 1) !== null ||
          is('fillers', words, at - 1) !== null ||
          is('from', words, at - 1) !== null ||
          is('until', words, at - 1) !== null ||
          is('past', words, at - 1) !== null ||
          lexicon.weekdays(words, at - 1) !== null);
      // "le 3.12" is a day, "3.12" an amount.
      if (!isLed && (sign === '.' || shortMonth!.length < 2 || found[0] === '24/24')) return null;
      if (sign === '.' && shortMonth!.length < 2) return null;
      const made = inYear(context, (of) =>
        DateTime.fromObject({ year: of, month: Number(shortMonth), day: Number(shortDay) }, UTC),
      );
      return made.isValid ? one(made, at, to) : null;
    }
    const full = isoYear ?? (year!.length === 2 ? String(2000 + Number(year)) : year);
    const made = DateTime.fromObject({ year: Number(full), month: Number(isoMonth ?? month), day: Number(isoDay ?? day) }, UTC);
    return made.isValid ? one(made, at, to) : null;
  };

  /** "3 décembre 2026", "3 et 4 mars", "du 3 au 5 mars", "December 3rd". */
  const dayAndMonth: DayReader = (context, at) => {
    const { words, today } = context;
    const make = (day: number, month: number, at: number): { date: DateTime; to: number } => {
      const place = isYear(words[at]?.text)
        ? at
        : is('fillers', words, at) !== null && isYear(words[at + 1]?.text)
          ? at + 1
          : null;
      const of = (year: number) => DateTime.fromObject({ year, month, day }, UTC);
      return place !== null ? { date: of(Number(words[place]!.text)), to: place + 1 } : { date: inYear(context, of), to: at };
    };
    const first = dayNumber(context, at);
    if (first) {
      const days = [first];
      let place = first.to;
      let isSpan = false;
      for (let count = 0; count < 4; count++) {
        const month = lexicon.months(words, skip(words, place, 2));
        if (month) {
          const dates = days.map(({ day }) => make(day, month.value, month.to));
          if (dates.some(({ date }) => !date.isValid)) return null;
          return { ...one(dates[0]!.date, at, dates[0]!.to), days: dates.map(({ date }) => date), isSpan };
        }
        const until = is('until', words, place);
        isSpan ||= until !== null || is('from', words, at - 1) !== null;
        const joined =
          until ??
          (isBetween(context, place)
            ? place
            : words[place] && words[place]!.text.length <= 3 && words[place]!.kind === 'letters'
              ? place + 1
              : null);
        const next = joined === null ? null : dayNumber(context, skip(words, joined, 1));
        if (!next) break;
        days.push(next);
        place = next.to;
      }
    }
    const month = lexicon.months(words, at);
    if (!month) return null;
    const day = dayNumber(context, is('article', words, month.to) ?? month.to);
    if (day && lexicon.units(words, day.to)?.value.unit !== 'hour') {
      const { date, to } = make(day.day, month.value, day.to);
      if (date.isValid) return one(date, at, to);
    }
    if (isYear(words[month.to]?.text))
      return wholeMonth(DateTime.fromObject({ year: Number(words[month.to]!.text), month: month.value }, UTC), at, month.to + 1);
    const lead = lexicon.before('inMonth', words, at) ?? lexicon.before('since', words, at);
    if (lead === null) return null;
    const turn = modifierAt(words, month.to);
    const looks = turn?.turn === 'last' ? 'since' : context.looks === 'near' || turn ? 'ahead' : context.looks;
    const thisMonth = today.startOf('month');
    const made = inYear({ ...context, today: looks === 'ahead' ? thisMonth : today, looks }, (year) =>
      DateTime.fromObject({ year, month: month.value }, UTC),
    );
    return wholeMonth(made, at, turn?.to ?? month.to);
  };
  const wholeMonth = (first: DateTime, from: number, to: number) => span(first, first.endOf('month').startOf('day'), from, to);

  const isBetween = ({ text, words }: DayContext, at: number): boolean =>
    at < words.length && /^\s?[-–]\s?$/.test(text.slice(words[at - 1]!.end, words[at]!.start));

  return { numeric, dayAndMonth };
}
