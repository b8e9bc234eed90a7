/** What other programs of the town are told, and how. */
import { createHooks } from '../api';
import type { House } from './house';

export function openConnections({ store, towns, clock, fault }: House, { sweepMs }: { sweepMs?: number }) {
  return createHooks({ tickets: store.tickets, mail: store.mail, towns, clock, sweepMs, fault });
}
