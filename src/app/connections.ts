/** What other programs of the town see, and what they are told. */
import { createApiRoutes, createHooks } from '../api';
import type { Calendar } from '../domain/town';
import { changeTicket } from '../mailroom';
import type { House } from './house';

export function openConnections(house: House, { calendar, sweepMs }: { calendar: Calendar; sweepMs?: number }) {
  const { store, towns, clock, fault, clientIp, publicUrl } = house;
  return {
    routes: createApiRoutes({
      ...store,
      ...{ towns, clock, calendar, clientIp, publicUrl },
      changeTicket: (town, reference, change) => changeTicket(store.tickets, town, reference, change, clock()),
    }),
    ...createHooks({ tickets: store.tickets, mail: store.mail, towns, clock, sweepMs, fault }),
  };
}
