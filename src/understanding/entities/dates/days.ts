/**
 * Days as citizens name them, one at a time: "mardi prochain", "le 3", "fin novembre", "depuis 3 semaines", "en huit",
 * "la veille de Noël". Which of several Mondays is meant depends on where the sentence looks.
 */
import { DateTime } from 'luxon';
import type { DayPart } from '../../../domain/language/language-pack';
import type { NumberReader } from '../numbers';
import { createDayGrammar, type DayContext, type DayReader, isYear, looksBack, type SaidDay, UTC } from './day-grammar';
import { feastIn, holidaysByName } from './feasts';
import { nthWeekdays } from './nth-weekdays';
import { periods } from './periods';
import { lengths } from './relative-days';
import type { TimeLexicon } from './time-lexicon';
import { writtenDates } from './written-dates';

/** @param suffixes written right behind the digit of an ordinal: "2e", "2nd". */
export function createDayReader(lexicon: TimeLexicon, numbers: NumberReader, suffixes: ReadonlySet<string>): DayReader {
  const { is } = lexicon;
  const grammar = createDayGrammar(lexicon, numbers);
  const { one, skip, modifierAt, dayNumber, inYear, inMonths, nearSpokenOf } = grammar;
  const { numeric, dayAndMonth } = writtenDates(grammar);
  const { length, weeksBefore } = lengths(grammar);
  const { periodAt, edge } = periods(grammar);

  /** "mardi", "next Tuesday", "mardi en huit", "mardi de la semaine prochaine", "jeudi 3", "a week on Tuesday". */
  const weekday: DayReader = (context, at) => {
    const { words, today, looks } = context;
    const ahead = weeksBefore(context, at);
    const from = ahead?.to ?? at;
    const before = modifierAt(words, from);
    const place = before?.to ?? from;
    const found = lexicon.weekdays(words, place) ?? (looks === 'ahead' ? lexicon.everyWeekday(words, place) : null);
    if (!found) return null;
    // "tous les lundis" is no date; whoever asks for the hours of all Mondays is told those of the next.
    if (looks !== 'ahead' && [1, 2].some((back) => at >= back && is('every', words, at - back) !== null)) return null;
    let to = found.to;
    const part = lexicon.parts(words, skip(words, to, 1));
    const after = modifierAt(words, to) ?? (part ? modifierAt(words, part.to) : null);
    const turn = before ?? after;
    if (after) to = after.to;
    const dated = dayNumber(context, is('article', words, to) ?? to);
    const whole = dated ? dayAndMonth(context, is('article', words, to) ?? to) : null;
    if (whole) return { ...whole, from: at };
    if (dated && !lexicon.is('hours', words, dated.to)) {
      const day = inMonths(context, dated.day, found.value) ?? inMonths({ ...context, looks: 'since' }, dated.day, found.value);
      if (day) return one(day, at, dated.to);
    }
    const week = periodAt(context, skip(words, to, 3), ['week']);
    if (week && week.to > to && skip(words, to, 3) > to)
      return one(week.days[0]!.plus({ days: found.value - 1 }), at, week.to, part?.value ?? null);
    const forward = (found.value - today.weekday + 7) % 7;
    const isStrict = turn?.turn === 'next' || turn?.turn === 'last' || looks === 'since';
    const isBack = turn?.turn === 'last' || (turn?.turn !== 'next' && looksBack(looks));
    const days = isBack ? (forward === 0 ? (isStrict ? -7 : 0) : forward - 7) : forward === 0 && isStrict ? 7 : forward;
    const more = lexicon.weekAfter(words, to);
    const weeks = ahead?.days ?? (more && !isBack ? more.value : 0);
    return one(today.plus({ days: days + weeks }), at, more && !isBack ? more.to : to, part?.value ?? null);
  };

  const feast: DayReader = (context, at) => {
    const { words } = context;
    const before = modifierAt(words, at);
    const place = before?.to ?? at;
    const found = lexicon.feasts(words, place);
    const holiday = holidaysByName(context.holidays)(words, place);
    if (!found && !holiday) return null;
    const to = Math.max(found?.to ?? 0, holiday?.to ?? 0);
    const year = isYear(words[to]?.text) ? Number(words[to]!.text) : null;
    const after = modifierAt(words, to);
    const turn = before ?? after;
    const looks = turn?.turn === 'last' ? 'since' : turn?.turn === 'next' || context.looks === 'near' ? 'ahead' : context.looks;
    const dates = holiday && (!found || holiday.to > found.to) ? holiday.value : null;
    const of = (wanted: number) => {
      const known = dates?.find((date) => date.startsWith(String(wanted)));
      if (dates) return known ? DateTime.fromISO(known, UTC) : DateTime.invalid('unknown');
      return feastIn(wanted, found!.value);
    };
    const day = year ? of(year) : inYear({ ...context, looks }, of);
    return day?.isValid ? one(day, at, year ? to + 1 : after && !before ? after.to : to) : null;
  };

  const eve: DayReader = (context, at) => {
    const found = lexicon.eves(context.words, at);
    if (!found) return null;
    const place = skip(context.words, found.to);
    const day = read(context, place);
    if (day) return { ...day, from: at, days: [day.days[0]!.plus({ days: found.value })], isSpan: false };
    // "et le lendemain ?": of the day that was just spoken of.
    return context.spokenOf ? one(context.spokenOf.plus({ days: found.value }), at, found.to) : null;
  };

  const named: DayReader = (context, at) => {
    const { words, today } = context;
    const ahead = weeksBefore(context, at);
    const found = lexicon.days(words, ahead?.to ?? at);
    if (!found) return null;
    let part: DayPart | null = null;
    for (let place = at; place < found.to; place++) part ??= lexicon.parts(words, place)?.value ?? null;
    const more = lexicon.weekAfter(words, found.to);
    return one(today.plus({ days: found.value + (ahead?.days ?? more?.value ?? 0) }), at, more?.to ?? found.to, part);
  };

  /** "le 3", "the 12th": not "le 12 rue Hugo", "the 2nd floor". */
  const bareDay: DayReader = (context, at) => {
    const { text, words } = context;
    const isLed =
      lexicon.before('article', words, at) !== null ||
      lexicon.before('until', words, at) !== null ||
      lexicon.before('from', words, at) !== null;
    const found = isLed && /^\d/.test(words[at]!.text) ? dayNumber(context, at) : null;
    if (!found) return null;
    const rest = text.slice(words[found.to - 1]!.end);
    const isAlone = /^\s*($|[,;!?)]|\.(?!\d))/.test(rest);
    const next = found.to;
    const goesOn =
      is('at', words, next) !== null ||
      is('until', words, next) !== null ||
      lexicon.parts(words, skip(words, next, 2)) !== null ||
      is('this', words, next) !== null;
    const isTime =
      goesOn &&
      (is('at', words, next) === null ||
        /^\s+\S+\s+\d/.test(rest) ||
        lexicon.clock(words, skip(words, next + 1, 1)) !== null ||
        lexicon.parts(words, skip(words, next, 2)) !== null);
    if (!isAlone && !isTime) return null;
    const day = nearSpokenOf(context, found.day) ?? inMonths(context, found.day, null);
    return day && one(day, at, found.to);
  };

  /** "le 15 du mois prochain", "the 3rd of this month". */
  const dayOfMonth: DayReader = (context, at) => {
    const { words } = context;
    const found = dayNumber(context, is('article', words, at) ?? at);
    const place = found ? skip(words, found.to, 2) : at;
    const month = found && place > found.to ? periodAt(context, place, ['month']) : null;
    if (!found || !month) return null;
    const first = month.days[0]!.startOf('month');
    const day = first.plus({ days: found.day - 1 });
    return day.month === first.month ? one(day, at, month.to) : null;
  };

  const nthWeekday = nthWeekdays(grammar, suffixes);
  const readers = [length, edge, numeric, dayAndMonth, dayOfMonth, nthWeekday, eve, weekday, named, feast, periodAt, bareDay];

  const read: DayReader = (context, at) => {
    if (at >= context.words.length || inStreet(context, at)) return null;
    let best: SaidDay | null = null;
    for (const reader of readers) {
      const found = reader(context, at);
      if (found && found.to > (best?.to ?? 0)) best = found;
    }
    return best;
  };
  return read;

  /** "rue du 8 mai" is a street. */
  function inStreet({ words, isStreetType }: DayContext, at: number): boolean {
    for (let back = 1; back <= 3 && back <= at; back++) {
      const { text } = words[at - back]!;
      if (text.length > 2 && isStreetType(text)) return true;
      if (is('fillers', words, at - back) === null && is('article', words, at - back) === null) return false;
    }
    return false;
  }
}
