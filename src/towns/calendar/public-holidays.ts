/**
 * Public holidays of a town's country or region, worked out by a library that knows all of them and is large: where
 * the towns are read, for this year and the next, so that the thread that serves citizens never needs it before.
 */
import Holidays from 'date-holidays';
import type { Localised } from '../../domain/language/localised';
import type { Town } from '../../domain/town';

/** Names in the town's languages by date, 'YYYY-MM-DD'. Takes some 20 ms. */
export function holidaysOf({ country, languages }: Pick<Town, 'country' | 'languages'>, year: number): Record<string, Localised> {
  const [code = '', region] = country.split('-');
  const holidays = region ? new Holidays(code, region) : new Holidays(code);
  const days: Record<string, Localised> = {};
  for (const language of languages) {
    for (const { date, name, type } of holidays.getHolidays(year, language)) {
      if (type !== 'public') continue;
      const day = date.slice(0, 'YYYY-MM-DD'.length);
      days[day] = { ...days[day], [language]: name };
    }
  }
  return days;
}
