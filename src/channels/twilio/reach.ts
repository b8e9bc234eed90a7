/**
 * Who can be answered, and where a town writes to: a name in place of a number (a bank's, a shop's) takes no answer, a
 * short code is a machine's, and a number abroad may cost a hundred times as much.
 */
import { type CountryCode, getCountryCallingCode, isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js';
import type { Town } from '../../domain/town';

/** A business-scoped id of WhatsApp's stands for a person whose number is withheld. */
const HIDDEN = /^[A-Z]{2}\.(?:ENT\.)?[A-Za-z0-9]{1,128}$/;

/** Why an address is not answered; null when it is. */
export function unanswerable(address: string, town: Town): 'no-number' | 'country' | null {
  const bare = address.replace(/^whatsapp:/, '');
  if (bare !== address && HIDDEN.test(bare)) return null;
  const number = parsePhoneNumberFromString(bare);
  if (!/^\+\d{7,15}$/.test(bare) || !number) return 'no-number';
  const codes = countriesOf(town).map((country) => getCountryCallingCode(country as CountryCode));
  return codes.includes(number.countryCallingCode) ? null : 'country';
}

/** The countries that a town writes to: its own where it names none. */
function countriesOf({ country, phoneCountries }: Town): string[] {
  const named = phoneCountries ?? [country.slice(0, 2)];
  return named.filter((code) => isSupportedCountry(code));
}
