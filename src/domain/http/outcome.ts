/** What a request to somebody else's server came to, where it was made to deliver a letter: shared by all couriers. */
import type { Delivery } from '../message/courier';

const SECOND = 1000;
const HOUR = 3600 * SECOND;

/** Faults after which nothing can have left: no connection ever stood. */
const NEVER_CONNECTED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'UND_ERR_CONNECT_TIMEOUT',
  'CERT_HAS_EXPIRED',
]);

/** @param code the error code of Node or undici ('ECONNRESET'), or undefined where there was none. */
export function deliveryForNetworkFault(code: unknown): Delivery {
  if (typeof code === 'string' && NEVER_CONNECTED.has(code))
    return { outcome: 'later', reason: 'no-connection', afterMs: 5 * SECOND };
  return { outcome: 'unknown', reason: typeof code === 'string' ? code.toLowerCase() : 'no-answer' };
}

/** What `fetch` throws has the network's own error as its cause. */
export function codeOfFetchFault(error: unknown): unknown {
  return ((error as { cause?: unknown } | null)?.cause as { code?: unknown } | undefined)?.code;
}

/** A `Retry-After` header, seconds or a date, as milliseconds from now; at most an hour is believed. */
export function readRetryAfter(header: string | null | undefined, now: Date): number | undefined {
  if (!header) return undefined;
  const ms = /^\d+$/.test(header) ? Number(header) * SECOND : Date.parse(header) - now.getTime();
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(ms, 0), HOUR);
}
