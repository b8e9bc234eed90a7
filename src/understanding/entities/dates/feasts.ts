/**
 * Feasts by name in a year: "12-25", "easter 39", and the public holidays of the town's country under the names that
 * were worked out for it. Each town's names are read once a year.
 */
import { easter } from 'date-easter';
import { DateTime } from 'luxon';
import type { Town } from '../../../domain/town';
import { type PhraseFinder, phrasesIn } from '../../text/longest-match';
import { wordsOf } from '../../text/words';
import { UTC } from './day-grammar';

/** @param written '12-25', 'easter 39' or 'easter -2', as in a pack. */
export function feastIn(year: number, written: string): DateTime {
  const [, offset] = /^easter ?(-?\d+)?$/.exec(written) ?? [];
  if (written.startsWith('easter')) {
    const { month, day } = easter(year);
    return DateTime.fromObject({ year, month, day }, UTC).plus({ days: Number(offset ?? 0) });
  }
  const [month, day] = written.split('-').map(Number);
  return DateTime.fromObject({ year, month, day }, UTC);
}

type Holidays = Town['publicHolidays'];
const known = new WeakMap<Holidays, { years: number; find: PhraseFinder<string[]> }>();

/** Public holidays of the town's country by their names: the dates known under each, earliest first. */
export function holidaysByName(holidays: Holidays): PhraseFinder<string[]> {
  const years = Object.keys(holidays).length;
  const before = known.get(holidays);
  if (before?.years === years) return before.find;
  const dates: Record<string, string[]> = {};
  for (const year of Object.values(holidays)) {
    for (const [date, names] of Object.entries(year)) {
      for (const name of Object.values(names).flatMap(spoken)) dates[name] = [...(dates[name] ?? []), date].sort();
    }
  }
  const find = phrasesIn(dates);
  known.set(holidays, { years, find });
  return find;
}

/** "Fête Nationale de la France" is also said "fête nationale", "Armistice 1918" also "armistice". */
function spoken(name: string): string[] {
  const words = wordsOf(name).map(({ text }) => text);
  const letters = words.filter((word) => /^\p{L}+$/u.test(word));
  const short = letters.length > 2 && letters.slice(0, 2).every((word) => word.length > 3) ? letters.slice(0, 2) : letters;
  return [...new Set([words.join(' '), letters.join(' '), short.join(' ')])].filter((each) => each.length > 3);
}
