/**
 * How days, times of day and phone numbers are written in a language: "lundi 30 novembre", "8 h 30", "the front desk".
 * Names of days and months are Intl's; what a language does its own way ("1er", "8.30am") stands in its sentences
 * under `format.`, where times are patterns of Luxon. Phones that pay by the letter get the short forms.
 */
import parsePhoneNumber from 'libphonenumber-js';
import { DateTime } from 'luxon';
import type { Wording } from '../../domain/language/wording';

/** By language: made anew for each message they took a hundredth of the time of the serving thread. */
const names = new Map<string, Intl.DisplayNames>();

/** 'French', 'anglais': a language's name in another, as it stands in a sentence. */
export function languageName(code: string, language: string): string {
  const known = names.get(language) ?? new Intl.DisplayNames([language], { type: 'language' });
  names.set(language, known);
  return known.of(code) ?? code;
}

/** 'French and English'. */
export function languageNames(codes: string[], language: string): string {
  return new Intl.ListFormat(language, { type: 'conjunction' }).format(codes.map((code) => languageName(code, language)));
}

/** A weekday further away than this could be another year's. */
const SOON_DAYS = 120;

const DAY = { day: 'numeric', month: 'long', year: 'numeric' } as const;

const formats = new Map<string, Intl.DateTimeFormat>();

/** Making a format is a hundred times the work of using it. */
function formatOf(tag: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${tag} ${JSON.stringify(options)}`;
  const known = formats.get(key) ?? new Intl.DateTimeFormat(tag, { ...options, timeZone: 'UTC' });
  formats.set(key, known);
  return known;
}

/** @param today the town's date; `country` its own ("FR", "FR-57"); `isShort` for text messages; `foreign`: a language that no town speaks, where it is written in. */
export function createWording(
  t: (id: string, fields?: Record<string, string>) => string,
  { today, country, isShort, foreign }: { today(): string; country: string; isShort: boolean; foreign(): string | null },
): Wording {
  const noon = (date: string) => new Date(`${date}T12:00:00Z`);
  // Asked each time: the language of a conversation may change in the middle of a turn.
  const tag = () => foreign() ?? t('format.intl');
  const written = (date: string, options: Intl.DateTimeFormatOptions): string =>
    formatOf(tag(), options)
      .formatToParts(noon(date))
      .map(({ type, value }) => (type === 'day' && value === '1' && !foreign() ? t('format.first-day') : value))
      .join('');
  const isSoon = (date: string) => Math.abs(+noon(date) - +noon(today())) < SOON_DAYS * 24 * 60 * 60_000;

  const time = (at: string): string => {
    if (foreign()) return at;
    if (at === '24:00') return t('format.midnight');
    const length = isShort ? 'short' : 'long';
    return DateTime.fromISO(`2024-01-01T${at}`, { zone: 'utc', locale: tag() }).toFormat(
      t(`format.${at.endsWith(':00') ? 'hour' : 'time'}.${length}`),
    );
  };
  const weekday = (date: string) =>
    written(date, { weekday: 'long', day: 'numeric', month: 'long', ...(isSoon(date) ? {} : { year: 'numeric' }) });

  return {
    day: (date) => written(date, DAY),
    weekday,
    dayName: (date, short = false) => written(date, { weekday: short ? 'short' : 'long' }).replace(/\.$/, ''),
    time,
    when(date, at) {
      // Of other languages one pattern is known, for any day.
      if (foreign()) return t('format.when.day', { day: written(date, DAY), time: at });
      if (date === today()) return t('format.when.today', { time: time(at) });
      const tomorrow = DateTime.fromISO(today(), { zone: 'utc' }).plus({ days: 1 }).toISODate();
      return date === tomorrow
        ? t('format.when.tomorrow', { day: written(date, { weekday: 'long' }), time: time(at) })
        : t('format.when.day', { day: weekday(date), time: time(at) });
    },
    contact(value) {
      const number = /^\+\d+$/.test(value) ? parsePhoneNumber(value) : undefined;
      if (!number) return value;
      return number.country === country.slice(0, 2) ? number.formatNational() : number.formatInternational();
    },
  };
}
