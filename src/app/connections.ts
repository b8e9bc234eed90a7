/** What other programs of the town are told, and how. */
import { createHooks } from '../api';
import { createWebhook } from '../channels/webhook';
import type { House } from './house';

export function openWebhook({ config, towns, clock }: House) {
  const { webhookSecret: secret, webhookPrivateHosts: privateHosts } = config;
  if (!secret) return undefined;
  return createWebhook({ secret, privateHosts, hooksOf: (town) => towns.get(town)?.webhooks ?? [], clock });
}

export function openConnections({ store, towns, clock, fault }: House, { sweepMs }: { sweepMs?: number }) {
  return createHooks({ tickets: store.tickets, mail: store.mail, towns, clock, sweepMs, fault });
}
