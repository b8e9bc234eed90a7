/** Weeks, months and years as stretches of time, and their edges: "la semaine prochaine", "ce week-end", "fin novembre". */
import { DateTime } from 'luxon';
import { type DayContext, type DayGrammar, type DayReader, isYear, looksBack, type SaidDay, UTC } from './day-grammar';

export interface Periods {
  periodAt(context: DayContext, at: number, only?: string[]): SaidDay | null;
  edge: DayReader;
}

export function periods({ lexicon, one, span, skip, modifierAt, inYear }: DayGrammar): Periods {
  const { is } = lexicon;
  /** "la semaine prochaine", "next month", "ce week-end". */
  const periodAt = ({ words, today, looks }: DayContext, at: number, only?: string[]): SaidDay | null => {
    const before = modifierAt(words, at);
    const place = before?.to ?? is('article', words, at) ?? at;
    const isWeekend = is('weekend', words, place);
    const unit = isWeekend === null ? lexicon.units(words, place) : null;
    const to = isWeekend ?? unit?.to;
    if (to === undefined || (unit && (unit.value.count !== 1 || !['week', 'month', 'year'].includes(unit.value.unit))))
      return null;
    const after = modifierAt(words, to);
    const turn = (before ?? after)?.turn;
    const end = after && !before ? after.to : to;
    const isBack = looksBack(looks);
    if (isWeekend !== null) {
      if (only) return null;
      const saturday = today.startOf('week').plus({ days: 5 });
      const isOver = today.weekday >= 6;
      const weeks =
        turn === 'last' || (!turn && isBack) || (turn === 'this' && isBack)
          ? turn === 'last' || !isOver
            ? -1
            : 0
          : turn === 'next' && isOver
            ? 1
            : 0;
      const first = saturday.plus({ weeks });
      return span(first, first.plus({ days: 1 }), at, end);
    }
    const kind = unit!.value.unit as 'week' | 'month' | 'year';
    if (!turn || (only && !only.includes(kind))) return null;
    const shift = turn === 'next' ? 1 : turn === 'last' ? -1 : 0;
    const first = today.startOf(kind).plus({ [kind]: shift });
    const last = first.endOf(kind).startOf('day');
    return shift !== 0 ? span(first, last, at, end) : isBack ? span(first, today, at, end) : span(today, last, at, end);
  };

  /** "fin novembre", "mi-décembre", "à la fin du mois", "début de semaine prochaine". */
  const edge: DayReader = (context, at) => {
    const { words, today, looks } = context;
    const found = lexicon.edges(words, at);
    if (!found) return null;
    const place = skip(words, found.to, 3);
    const month = lexicon.months(words, place);
    if (month) {
      const year = isYear(words[month.to]?.text) ? Number(words[month.to]!.text) : null;
      const of = (of: number) => edgeOf(DateTime.fromObject({ year: of, month: month.value }, UTC), 'month', found.value);
      const back = looksBack(looks);
      return one(year ? of(year) : inYear({ ...context, looks: back ? looks : 'ahead' }, of), at, year ? month.to + 1 : month.to);
    }
    const isHere = periodAt(context, place) ?? periodAt(context, found.to);
    if (isHere && isHere.days.length === 2) {
      const kind =
        isHere.days[0]!.diff(isHere.days[1]!, 'days').days < -40
          ? 'year'
          : isHere.days[0]!.diff(isHere.days[1]!, 'days').days < -7
            ? 'month'
            : 'week';
      return one(edgeOf(isHere.days[1]!.startOf(kind), kind, found.value), at, isHere.to);
    }
    const unit = lexicon.units(words, place);
    const kind = unit?.value.unit;
    if (unit?.value.count !== 1 || (kind !== 'week' && kind !== 'month' && kind !== 'year')) return null;
    return one(edgeOf(today.startOf(kind), kind, found.value), at, unit.to);
  };

  return { periodAt, edge };
}

function edgeOf(first: DateTime, kind: 'week' | 'month' | 'year', edge: 'start' | 'middle' | 'end'): DateTime {
  if (edge === 'start') return first;
  if (kind === 'week') return first.plus({ days: edge === 'middle' ? 2 : 4 });
  if (edge === 'end') return first.endOf(kind).startOf('day');
  return kind === 'month' ? first.set({ day: 15 }) : first.set({ month: 7 });
}
