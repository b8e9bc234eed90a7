/** The requests of one citizen, who may have written from several addresses and noted a phone or an e-mail. */
import type { Ticket } from '../../../domain/ticket/ticket';
import type { Collection, Filter } from '../../collection';
import { SEEN_BY_ALL } from './restricted';
import { present, type TicketRow } from './row';

/** Where a citizen wrote from, and the phone (E.164) or e-mail that they noted. */
export interface OfCitizen {
  addresses: ReadonlyArray<Pick<Ticket, 'channel' | 'address'>>;
  contact?: string;
  /** Of these services alone (ids). */
  services: string[] | 'all';
  /** Those that only few may still see among them. */
  withRestricted: boolean;
}

export interface TicketsOfCitizen {
  /** The newest first, at most `limit`; and how many there are in all. */
  ofCitizen(town: string, of: OfCitizen, limit: number): Promise<{ tickets: Ticket[]; total: number }>;
}

const sum = (all: number[]) => all.reduce((one, other) => one + other, 0);

export function createTicketsOfCitizen(rows: Collection<TicketRow>): TicketsOfCitizen {
  return {
    async ofCitizen(town, { addresses, contact, services, withRestricted }, limit) {
      const seen: Filter = {
        ...(services === 'all' ? {} : { service: { $in: services } }),
        ...(withRestricted ? {} : SEEN_BY_ALL),
      };
      const noted: Filter[] = contact === undefined ? [] : [{ 'contact.value': contact }];
      const written: Filter[] = addresses.map(({ channel, address }) => ({ channel, address }));
      const each = [...noted, ...written].map((those): Filter => ({ town, ...those, ...seen }));
      // What was written from an address with the contact noted was counted twice; from two addresses nothing was written.
      const twice = noted.flatMap((one) => written.map((other): Filter => ({ town, ...other, ...one, ...seen })));
      const [lists, counts, both] = await Promise.all([
        Promise.all(each.map((those) => rows.find(those, { sort: [['openedAt', -1]], limit }))),
        Promise.all(each.map((those) => rows.count(those))),
        Promise.all(twice.map((those) => rows.count(those))),
      ]);
      const all = new Map(lists.flat().map((row) => [row._id, present(row)]));
      const tickets = [...all.values()].sort((one, other) => (one.openedAt < other.openedAt ? 1 : -1)).slice(0, limit);
      return { tickets, total: sum(counts) - sum(both) };
    },
  };
}
