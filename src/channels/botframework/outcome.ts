/** What a failed posting means for a citizen waiting for an answer: try again, give up, or nobody knows. */
import { deliveryForNetworkFault } from '../../domain/http/outcome';
import type { Delivery } from '../channel';
import { NoToken } from './token';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** The channel answered, and not with success. */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly retryAfterMs?: number,
  ) {
    super(`http-${status}`);
  }
}

/** The request went to a place that is not on the list; it was not sent. */
export class NotAllowed extends Error {}

/** Not the message's fault, though the number begins with 4. */
const PASSING = new Set([408, 412, 425]);

export function deliveryForFault(error: unknown): Delivery {
  if (error instanceof NotAllowed) return { outcome: 'never', reason: 'service-url-not-allowed' };
  if (error instanceof NoToken) return { outcome: 'later', reason: error.reason, afterMs: error.afterMs };
  if (error instanceof Refused) return deliveryForStatus(error);
  return deliveryForNetworkFault((error as { code?: unknown } | null)?.code);
}

function deliveryForStatus({ status, retryAfterMs }: Refused): Delivery {
  // Our registration or its password: the operator puts it right, and the message must still be there then.
  if (status === 401) return { outcome: 'later', reason: 'credentials-refused', afterMs: 5 * MINUTE };
  if (status === 429) return { outcome: 'later', reason: 'too-many-requests', afterMs: retryAfterMs ?? 2 * SECOND };
  if (status >= 500 || PASSING.has(status)) {
    return { outcome: 'later', reason: `http-${status}`, ...(retryAfterMs === undefined ? {} : { afterMs: retryAfterMs }) };
  }
  return { outcome: 'never', reason: status === 403 ? 'blocked-by-recipient' : status === 404 ? 'gone' : `http-${status}` };
}
