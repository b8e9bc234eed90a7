/** What contacts and text messages cost a town. */
import type { Town } from './town';

export interface Costs {
  /** Of a contact with a person, of one online, of a piece of a text message; in the currency. */
  desk: number;
  online: number;
  text: number;
  /** ISO 4217. */
  currency: string;
}

/** Where `town.yml` says nothing. */
const USUAL: Costs = { desk: 12, online: 3, text: 0.07, currency: 'EUR' };

export function costsOf({ costs }: Pick<Town, 'costs'>): Costs {
  return { ...USUAL, ...costs };
}
