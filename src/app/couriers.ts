/** Couriers of lanes that no citizen writes by: web hooks and e-mail, each where the operator has set it up. */
import { createEmailCourier } from '../couriers/email';
import { createWebhookCourier } from '../couriers/webhook';
import type { House } from './house';

export function openCouriers({ config, towns, clock }: House) {
  const { webhookSecret: secret, webhookPrivateHosts: privateHosts } = config;
  const hooksOf = (town: string) => towns.get(town)?.webhooks ?? [];
  const email = config.email && createEmailCourier({ ...config.email, nameOf: (town) => towns.get(town)?.name });
  return {
    webhook: secret ? createWebhookCourier({ secret, privateHosts, hooksOf, clock }) : undefined,
    email,
    close: () => email?.close(),
  };
}
