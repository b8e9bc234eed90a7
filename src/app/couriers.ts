/** Couriers of lanes that no citizen writes by: web hooks, where the operator has set them up; Open311 where a town names a partner that speaks it. */
import { createOpen311 } from '../couriers/open311';
import { createWebhookCourier } from '../couriers/webhook';
import type { House } from './house';

export function openCouriers({ config, towns, clock }: House) {
  const { webhookSecret: secret, webhookPrivateHosts: privateHosts } = config;
  const hooksOf = (town: string) => towns.get(town)?.webhooks ?? [];
  const partnersOf = (town: string) => towns.get(town)?.partners ?? [];
  return {
    open311: createOpen311({ partnersOf, keys: config.open311Keys, privateHosts, clock }),
    webhook: secret ? createWebhookCourier({ secret, privateHosts, hooksOf, clock }) : undefined,
  };
}

/** The lanes by which a request can be handed to another authority. */
export const forwardWays = ({ email }: House['config']): ReadonlySet<string> => new Set(['open311', ...(email ? ['email'] : [])]);
