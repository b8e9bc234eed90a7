/**
 * What the language's own words did not say of when, read by chrono-node: for languages whose pack knows little of
 * time. A mere length or an age is no date.
 */
import * as chrono from 'chrono-node';
import type { DateTime } from 'luxon';
import type { LanguagePack } from '../../../domain/language/language-pack';
import { fold } from '../../../domain/language/words';
import type { Word } from '../../text/words';
import type { SaidDate } from './said-date';

/** Characters: chrono goes over all that follows each thing that might be a date. */
const LONGEST_TEXT = 300;

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

export type ChronoReader = (text: string, words: Word[], now: DateTime, looksBack: (at: number) => boolean) => SaidDate[];

export function createChronoReader({ code, time }: LanguagePack): ChronoReader {
  const parse = PARSERS[code];
  const units = new Set(Object.keys(time.units).map(fold));
  return (text, words, now, looksBack) => {
    if (!parse) return [];
    const results = parse(text.slice(0, LONGEST_TEXT), { instant: now.toJSDate(), timezone: now.offset });
    return results.flatMap((result) => {
      const [start, end] = [result.index, result.index + result.text.length];
      const within = words.filter((word) => word.start >= start && word.end <= end);
      const isDay = (['day', 'weekday', 'month'] as const).some((part) => result.start.isCertain(part));
      if (!isDay || within.some(({ text: word }) => units.has(word))) return [];
      const at = words.findIndex((word) => word.start >= start);
      const day = now
        .startOf('day')
        .set({ year: result.start.get('year')!, month: result.start.get('month')!, day: result.start.get('day')! });
      const isLate = at >= 0 && looksBack(at) && +day > +now;
      const moved = isLate ? day.minus(result.start.isCertain('weekday') ? { weeks: 1 } : { years: 1 }) : day;
      const hour = result.start.isCertain('hour');
      const clock = hour
        ? `T${[result.start.get('hour'), result.start.get('minute')].map((part) => String(part ?? 0).padStart(2, '0')).join(':')}`
        : '';
      return [{ text: result.text, value: `${moved.toISODate()}${clock}`, start, end }];
    });
  };
}
