/** What a request to somebody else's server came to, where it was made to deliver a letter: shared by all couriers. */
import { type Delivery, GIVEN_BACK } from '../message/courier';

const SECOND = 1000;
const HOUR = 3600 * SECOND;

/** Faults after which nothing can have left: no connection ever stood (`departure.ts`). */
const NEVER_CONNECTED = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'connect-timeout',
  'CERT_HAS_EXPIRED',
]);

/** @param code the error code of Node ('ECONNRESET') or of `departure.ts`, or undefined where there was none. */
export function deliveryForNetworkFault(code: unknown): Delivery {
  if (code === 'lease-over') return GIVEN_BACK;
  if (typeof code === 'string' && NEVER_CONNECTED.has(code))
    return { outcome: 'later', reason: 'no-connection', afterMs: 5 * SECOND };
  // Its time was up.
  const isSilent = typeof code !== 'string' || code === 'ABORT_ERR';
  return { outcome: 'unknown', reason: isSilent ? 'no-answer' : code.toLowerCase() };
}

/** A `Retry-After` header, seconds or a date, as milliseconds from now; at most an hour is believed. */
export function readRetryAfter(header: string | null | undefined, now: Date): number | undefined {
  if (!header) return undefined;
  const ms = /^\d+$/.test(header) ? Number(header) * SECOND : Date.parse(header) - now.getTime();
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(ms, 0), HOUR);
}
