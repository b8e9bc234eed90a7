/**
 * One call to a server that speaks Open311, which nobody here has vouched for: its answer is bounded in size and time, a
 * redirect is an answer like any other, and what lies in a private network is not asked unless the operator names the host.
 */
import { isIP } from 'node:net';
import { send } from '../../domain/http/departure';
import { isPublicAddress } from '../../domain/http/public-address';
import { lookupPublic, PrivateAddress } from '../lookup-public';

/** A list of fifty requests is a tenth of it. */
const MOST_BYTES = 1024 * 1024;

export interface Called {
  status: number;
  body: string;
  retryAfter: string | undefined;
}

export interface Asking {
  /** Hosts in private networks that may be asked all the same. */
  privateHosts: readonly string[];
  timeoutMs: number;
}

/** A POST where there is a form, else a GET; it leaves only if `isOurs` says yes. Throws what `send` throws, or an error of code `private-address` or `unreadable`. */
export async function call(
  address: string,
  { form, idempotencyKey }: { form?: URLSearchParams; idempotencyKey?: string },
  { privateHosts, timeoutMs }: Asking,
  isOurs: () => boolean = () => true,
): Promise<Called> {
  const url = new URL(address);
  const bare = url.hostname.replace(/^\[|\]$/g, '');
  const isAllowed = privateHosts.includes(bare);
  if (isIP(bare) && !isPublicAddress(bare) && !isAllowed) throw new PrivateAddress(`${bare} lies in a private network`);
  const body = form?.toString();
  const headers = {
    'user-agent': 'guichet',
    ...(idempotencyKey ? { 'idempotency-key': idempotencyKey } : {}),
    ...(body === undefined
      ? {}
      : { 'content-type': 'application/x-www-form-urlencoded', 'content-length': String(Buffer.byteLength(body)) }),
  };
  const asked = {
    ...{ method: body === undefined ? ('GET' as const) : ('POST' as const), headers, body, timeoutMs, mostBytes: MOST_BYTES },
    ...(isAllowed ? {} : { lookup: lookupPublic }),
  };
  const answer = await send(url, asked, isOurs);
  if (answer.body === null) throw Object.assign(new Error('The answer is too large, or broke off'), { code: 'unreadable' });
  return { status: answer.status, body: answer.body, retryAfter: answer.headers['retry-after'] };
}
