/** Countries and time zones a town may name: those whose public holidays and clock changes are known. */
import { IANAZone } from 'luxon';

/** The library's table alone: its arithmetic takes half a second to load. */
const { holidays }: { holidays: Record<string, { states?: object } | undefined> } = require('date-holidays/data').data;

/** Whether public holidays are known for a country: 'FR', or 'FR-57' where a region has more of them. */
export function isKnownCountry(country: string): boolean {
  const [code = '', region] = country.split('-');
  const known = holidays[code];
  return known !== undefined && (region === undefined || Object.hasOwn(known.states ?? {}, region));
}

export function isKnownTimeZone(timeZone: string): boolean {
  return timeZone.includes('/') && IANAZone.isValidZone(timeZone);
}
