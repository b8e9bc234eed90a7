/**
 * What Twilio's error codes mean for a citizen waiting for an answer: try again, give up, or
 * stop writing to them. The table follows protocols.md 1.7; the dictionary there is Twilio's.
 */
import { deliveryForNetworkFault } from '../../../domain/http/outcome';
import type { Delivery } from '../../channel';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

const TRY_AGAIN: Record<number, { reason: string; afterMs: number }> = {
  20429: { reason: 'too-many-requests', afterMs: 2 * SECOND },
  30001: { reason: 'queue-overflow', afterMs: 30 * SECOND },
  30003: { reason: 'handset-unreachable', afterMs: 15 * MINUTE },
  30008: { reason: 'unknown-error', afterMs: MINUTE },
  30022: { reason: 'registration-limit', afterMs: HOUR },
  30034: { reason: 'registration-missing', afterMs: HOUR },
  63010: { reason: 'channel-internal-error', afterMs: 30 * SECOND },
  63012: { reason: 'channel-internal-error', afterMs: 30 * SECOND },
  63017: { reason: 'channel-rate', afterMs: 2 * SECOND },
  63018: { reason: 'channel-rate-limit', afterMs: 15 * MINUTE },
  63038: { reason: 'daily-cap', afterMs: HOUR },
  // The same request never succeeds, but the operator corrects the token and the citizen's message must still be there.
  20003: { reason: 'credentials-refused', afterMs: 5 * MINUTE },
};

const GIVE_UP: Record<number, string> = {
  63016: 'window-closed',
  21211: 'bad-recipient',
  21408: 'region-not-enabled',
  21612: 'no-route',
  21614: 'landline',
  21617: 'too-long',
  21635: 'landline',
  21656: 'template-variables',
  30004: 'blocked-by-recipient',
  30005: 'unknown-handset',
  30006: 'landline',
  30007: 'filtered-by-operator',
  63003: 'bad-recipient',
  63007: 'bad-sender',
  63021: 'invalid-content',
  63024: 'bad-recipient',
  63027: 'template-language',
  63028: 'template-variables',
  63030: 'unsupported-parameter',
  63033: 'blocked-by-recipient',
  63051: 'sender-restricted',
};

/** Words for the fallbacks of the caller: `window-closed` asks for a template or another channel. */
export function deliveryForCode(code: number): Delivery {
  if (code === 21610) return { outcome: 'never', reason: 'opted-out', optedOut: true };
  const again = TRY_AGAIN[code];
  if (again) return { outcome: 'later', ...again };
  return { outcome: 'never', reason: GIVE_UP[code] ?? `refused-${code}` };
}

/** What a failed request comes to: `error` is what the SDK threw, a RestException or a network fault. */
export function deliveryForFault(error: unknown): Delivery {
  const { status, code } = error as { status?: unknown; code?: unknown };
  if (typeof status === 'number') {
    if (typeof code === 'number' && status < 500) return deliveryForCode(code);
    if (status === 429) return deliveryForCode(20429);
    if (status >= 500) return { outcome: 'unknown', reason: `http-${status}` };
    return { outcome: 'never', reason: `http-${status}` };
  }
  return deliveryForNetworkFault(code);
}
