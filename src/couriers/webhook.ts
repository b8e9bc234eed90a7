/**
 * Web hooks of a town: what happened is posted as JSON and signed by the Standard Webhooks scheme (standardwebhooks.com,
 * 1.0.0), so that the receiver knows that it is ours, whole and fresh. The id stays the same over all tries: a receiver
 * that keeps ids acts once. Nothing is posted into a network of our own unless the operator names the host.
 */
import { createHash, createHmac } from 'node:crypto';
import { isIP } from 'node:net';
import { send } from '../domain/http/departure';
import { deliveryForNetworkFault, readRetryAfter } from '../domain/http/outcome';
import { isPublicAddress } from '../domain/http/public-address';
import type { Courier, Delivery, Letter, Patience } from '../domain/message/courier';
import { type Hook, hookOfAddress } from '../domain/programs/hook';
import { lookupPublic } from './lookup-public';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
/** An alert of danger is tried for two hours; what a program subscribed to for about five days. */
const ALERT: Patience = { attempts: 30, longestWaitMs: 5 * MINUTE };
const SUBSCRIBED: Patience = { attempts: 170, longestWaitMs: HOUR };

export interface WebhookParts {
  /** `whsec_` and the key in base64. */
  secret: string;
  /** The subscriptions of a town. */
  hooksOf: (town: string) => readonly Hook[];
  /** Hosts in private networks that may be posted to all the same, as they stand in the addresses. */
  privateHosts: readonly string[];
  clock: () => Date;
  timeoutMs?: number;
}

/** The key of one subscription, as its receiver is given it: no receiver can sign for another. */
export function hookSecret(secret: string, town: string, id: string): string {
  return `whsec_${createHmac('sha256', keyOf(secret)).update(`hook:${town}:${id}`).digest('base64')}`;
}

const keyOf = (secret: string) => Buffer.from(secret.replace(/^whsec_/, ''), 'base64');

export function createWebhookCourier({ secret, hooksOf, privateHosts, clock, timeoutMs = 10 * SECOND }: WebhookParts): Courier {
  const mayReach = (host: string) => privateHosts.includes(host);

  /** Where a letter goes and how it is signed; null when nobody subscribes any more. */
  function targetOf({ town, address }: Letter): { url: URL; secret: string } | null {
    const id = hookOfAddress(address);
    if (id === null) return { url: new URL(address), secret };
    const hook = hooksOf(town).find((one) => one.id === id);
    return hook ? { url: new URL(hook.url), secret: hookSecret(secret, town, id) } : null;
  }

  async function deliver(letter: Letter, isOurs: () => boolean): Promise<Delivery> {
    const target = targetOf(letter);
    if (!target) return { outcome: 'never', reason: 'no-subscription' };
    const { hostname } = target.url;
    const bare = hostname.replace(/^\[|\]$/g, '');
    if (isIP(bare) && !isPublicAddress(bare) && !mayReach(bare)) return { outcome: 'later', reason: 'private-address' };
    const body = JSON.stringify(letter.activity.value);
    // Ours hold dots and colons, which the scheme keeps for itself.
    const messageId = `msg_${createHash('sha256').update(letter.id).digest('hex').slice(0, 32)}`;
    const now = clock();
    const timestamp = String(Math.floor(now.getTime() / SECOND));
    const signature = createHmac('sha256', keyOf(target.secret)).update(`${messageId}.${timestamp}.${body}`).digest('base64');
    const headers = {
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(body)),
      'user-agent': 'guichet',
      'webhook-id': messageId,
      'webhook-timestamp': timestamp,
      'webhook-signature': `v1,${signature}`,
    };
    try {
      const asked = { method: 'POST' as const, headers, body, timeoutMs, ...(mayReach(bare) ? {} : { lookup: lookupPublic }) };
      // What it says beside the status is nobody's business, and may be endless.
      const { status, headers: said } = await send(target.url, { ...asked, mostBytes: 0 }, isOurs);
      if (status >= 200 && status < 300) return { outcome: 'sent', providerId: messageId };
      // "Gone" is the scheme's word for "never again"; everything else may be put right.
      if (status === 410) return { outcome: 'never', reason: 'gone' };
      const afterMs = readRetryAfter(said['retry-after'], now);
      return { outcome: 'later', reason: `http-${status}`, ...(afterMs === undefined ? {} : { afterMs }) };
    } catch (error) {
      const { code } = error as { code?: unknown };
      if (code === 'private-address') return { outcome: 'later', reason: code };
      return deliveryForNetworkFault(code);
    }
  }

  return {
    lane: 'webhook',
    patience: ({ address }: Letter) => (hookOfAddress(address) === null ? ALERT : SUBSCRIBED),
    deliver,
  };
}
