/** Days by how far away they are: "depuis 3 jours", "dans huit jours", "3 days ago", "a week on…". */
import type { DateTime } from 'luxon';
import type { DayContext, DayGrammar, DayReader, SaidDay } from './day-grammar';
import type { Unit } from './time-lexicon';

export interface Lengths {
  length: DayReader;
  /** "a week on Tuesday", "a fortnight from tomorrow": the length before the day. */
  weeksBefore(context: DayContext, at: number): { days: number; to: number } | null;
}

export function lengths({ lexicon, one, lengthAt }: DayGrammar): Lengths {
  const { is } = lexicon;
  const moved = (
    { today, now }: DayContext,
    { count, unit }: { count: number; unit: Unit },
    sign: number,
  ): SaidDay['days'] | { at: DateTime } => {
    const by = sign * count * unit.count;
    if (unit.unit !== 'hour' && unit.unit !== 'minute') return [today.plus({ [unit.unit]: by })];
    return unit.unit === 'hour' && by % 24 === 0 ? [today.plus({ days: by / 24 })] : { at: now.plus({ [unit.unit]: by }) };
  };

  /** "depuis 3 jours", "il y a une semaine", "dans huit jours", "3 days ago". */
  const length: DayReader = (context, at) => {
    const { words } = context;
    const past = is('past', words, at);
    const future = past === null ? is('future', words, at) : null;
    const said = lengthAt(context, past ?? future ?? at);
    if (!said) return null;
    const isMere = (place: number) => is('lengths', words, place) !== null;
    if (isMere(said.to) || [1, 2, 3].some((back) => at >= back && isMere(at - back))) return null;
    const pastTail = is('pastAfter', words, said.to);
    const tail = pastTail ?? is('futureAfter', words, said.to);
    if (past === null && future === null && tail === null) return null;
    const sign = pastTail !== null ? -1 : future !== null ? 1 : tail !== null ? 1 : -1;
    const days = moved(context, said, sign);
    const to = tail ?? said.to;
    if (Array.isArray(days)) return { days, isSpan: false, from: at, to, part: null };
    return { ...one(days.at.startOf('day'), at, to), minutes: days.at.hour * 60 + days.at.minute };
  };

  const weeksBefore = (context: DayContext, at: number): { days: number; to: number } | null => {
    const said = lengthAt(context, at);
    if (!said || (said.unit.unit !== 'week' && said.unit.unit !== 'day')) return null;
    const on = is('fillers', context.words, said.to) ?? said.to;
    const isDay = lexicon.weekdays(context.words, on) !== null || lexicon.days(context.words, on) !== null;
    return isDay ? { days: said.count * said.unit.count * (said.unit.unit === 'week' ? 7 : 1), to: on } : null;
  };

  return { length, weeksBefore };
}
