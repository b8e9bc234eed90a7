/**
 * A web hook that a town sets: what happened is posted there as JSON and signed by the Standard Webhooks scheme
 * (standardwebhooks.com, 1.0.0), so that the receiver knows that it is ours, whole and fresh. The id stays the same over
 * all tries: a receiver that keeps ids acts once.
 */
import { createHash, createHmac } from 'node:crypto';
import { GIVEN_BACK, type Outgoing } from '../domain/message/letter';
import type { Delivery } from './channel';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

export interface WebhookParts {
  /** `whsec_` and the key in base64. */
  secret: string;
  clock: () => Date;
  timeoutMs?: number;
}

export function createWebhook({ secret, clock, timeoutMs = 10 * SECOND }: WebhookParts) {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64');

  async function deliver({ id, address, activity }: Outgoing, isOurs: () => boolean): Promise<Delivery> {
    const body = JSON.stringify(activity.value);
    // Ours hold dots and colons, which the scheme keeps for itself.
    const messageId = `msg_${createHash('sha256').update(id).digest('hex').slice(0, 32)}`;
    const now = clock();
    const timestamp = String(Math.floor(now.getTime() / SECOND));
    const signature = createHmac('sha256', key).update(`${messageId}.${timestamp}.${body}`).digest('base64');
    if (!isOurs()) return GIVEN_BACK;
    let response: Response;
    try {
      response = await fetch(address, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          'webhook-id': messageId,
          'webhook-timestamp': timestamp,
          'webhook-signature': `v1,${signature}`,
        },
        body,
        redirect: 'manual',
        signal: AbortSignal.timeout(timeoutMs),
      });
    } catch (error) {
      const { code } = ((error as { cause?: unknown }).cause ?? {}) as { code?: unknown };
      return { outcome: 'unknown', reason: typeof code === 'string' ? code.toLowerCase() : 'no-answer' };
    }
    await response.body?.cancel();
    if (response.ok) return { outcome: 'sent', providerId: messageId };
    // "Gone" is the scheme's word for "never again"; everything else may be put right.
    if (response.status === 410) return { outcome: 'never', reason: 'gone' };
    const afterMs = retryAfter(response.headers.get('retry-after'), now);
    return { outcome: 'later', reason: `http-${response.status}`, ...(afterMs === undefined ? {} : { afterMs }) };
  }

  return { name: 'webhook' as const, style: 'push' as const, deliver };
}

/** Seconds or a date; at most an hour is believed. */
function retryAfter(header: string | null, now: Date): number | undefined {
  if (!header) return undefined;
  const ms = /^\d+$/.test(header) ? Number(header) * SECOND : Date.parse(header) - now.getTime();
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(ms, 0), HOUR);
}
