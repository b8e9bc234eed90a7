/** What is wrong with a request that another program or a file brings: codes, and what programs are told. The desk's page has its own words for them. */
/** What may be wrong with a field, as programs are told it. `{more}`: what the fault names. */
export const OPENING_FAULTS = {
  'needs-place': 'is needed: coordinates, or an address',
  'no-question': 'is no question of this service',
  required: 'is required',
  'one-of': 'is one of {more}',
  'yes-no': 'is yes or no',
  bounds: 'is a number within its bounds',
  date: 'is a date such as 2027-03-29',
  long: 'has at most {more} characters',
  outside: 'lies outside the town',
} as const;

export type OpeningFault = { code: keyof typeof OPENING_FAULTS; more?: string };
/** What is wrong with it, a field each. */
export type Faults = Array<{ field: string } & OpeningFault>;

export function faultText({ field, code, more = '' }: Faults[number]): string {
  return `${field} ${OPENING_FAULTS[code].replace('{more}', more)}`;
}
