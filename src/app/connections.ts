/** What other programs of the town see, and what they are told. */
import { createApiRoutes, createForwarding, createHooks, type ForwardingParts } from '../api';
import type { Calendar } from '../domain/town';
import { changeTicket } from '../mailroom';
import { forwardWays } from './couriers';
import type { House } from './house';

/** What it needs beside the house. */
interface Beside extends Pick<ForwardingParts, 'ask' | 'photosOf' | 'sweepMs'> {
  calendar: Calendar;
}

export function openConnections(house: House, { calendar, ask, photosOf, sweepMs }: Beside) {
  const { config, store, towns, clock, fault, clientIp, publicUrl } = house;
  const hooks = createHooks({ tickets: store.tickets, mail: store.mail, towns, clock, sweepMs, fault });
  const post: ForwardingParts['post'] = (letter) => house.mailroom().post(letter);
  const forwarding = createForwarding({ ...store, post, towns, ask, photosOf, clock, sweepMs, fault });
  return {
    routes: createApiRoutes({
      ...store,
      ...{ towns, clock, calendar, clientIp, publicUrl },
      forwardWays: forwardWays(config),
      changeTicket: (town, reference, change) => changeTicket(store, town, reference, change, clock()),
    }),
    changed: hooks.changed,
    start() {
      hooks.start();
      forwarding.start();
    },
    async stop() {
      await Promise.all([hooks.stop(), forwarding.stop()]);
    },
  };
}
