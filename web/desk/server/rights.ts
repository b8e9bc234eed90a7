// What is kept of a person, for how long, and who looked at it: what the server is asked for.
import type { Asker, Ground, PersonAsked, PersonErased, PersonHeld, Readers, RetentionPlan } from '../../../src/desk/wire';
import { call } from './api';

const of = (reference: string, rest: string) => `tickets/${encodeURIComponent(reference)}/${rest}`;

export const rights = {
  find: (asked: PersonAsked) => call<PersonHeld>('POST', 'persons/find', asked),
  /** Everything that is kept, as the text of one file. */
  copy: async (asked: PersonAsked) => JSON.stringify(await call<object>('POST', 'persons/export', asked), null, 2),
  erase: (asked: PersonAsked & { asker: Asker; ground: Ground; typed: string; withOpen: boolean }) =>
    call<PersonErased>('POST', 'persons/erase', asked),
  plan: () => call<RetentionPlan>('GET', 'retention'),
  readers: (reference: string) => call<Readers>('GET', of(reference, 'readers')),
  readersFile: (reference: string) => `/desk/api/${of(reference, 'readers.csv')}`,
  hold: (reference: string, reason: string) => call<void>('PUT', of(reference, 'hold'), { reason }),
  release: (reference: string) => call<void>('DELETE', of(reference, 'hold')),
};

/** The list of what went, of some days or of all. */
export function eliminationsFile(from: string, to: string): string {
  const said = Object.entries({ from, to }).filter(([, day]) => day);
  return `/desk/api/eliminations.csv${said.length > 0 ? `?${new URLSearchParams(said)}` : ''}`;
}
