/**
 * One call to a server that speaks Open311, which nobody here has vouched for: its answer is bounded in size and time, a
 * redirect is an answer like any other, and what lies in a private network is not asked unless the operator names the host.
 */
import { request as plainRequest } from 'node:http';
import { request as secureRequest } from 'node:https';
import { isIP } from 'node:net';
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

/** A POST where there is a form, else a GET. Throws what the network says, or an error of code `private-address` or `too-large`. */
export function call(
  address: string,
  { form, idempotencyKey }: { form?: URLSearchParams; idempotencyKey?: string },
  { privateHosts, timeoutMs }: Asking,
): Promise<Called> {
  const url = new URL(address);
  const bare = url.hostname.replace(/^\[|\]$/g, '');
  const isAllowed = privateHosts.includes(bare);
  if (isIP(bare) && !isPublicAddress(bare) && !isAllowed)
    return Promise.reject(new PrivateAddress(`${bare} lies in a private network`));
  const body = form?.toString();
  const headers = {
    'user-agent': 'guichet',
    ...(idempotencyKey ? { 'idempotency-key': idempotencyKey } : {}),
    ...(body === undefined
      ? {}
      : { 'content-type': 'application/x-www-form-urlencoded', 'content-length': String(Buffer.byteLength(body)) }),
  };
  return new Promise((resolve, reject) => {
    const send = url.protocol === 'https:' ? secureRequest : plainRequest;
    const options = {
      ...{ method: body === undefined ? 'GET' : 'POST', headers, signal: AbortSignal.timeout(timeoutMs) },
      ...(isAllowed ? {} : { lookup: lookupPublic }),
    };
    const request = send(url, options, (response) => {
      const chunks: Buffer[] = [];
      let size = 0;
      response.on('data', (chunk: Buffer) => {
        size += chunk.length;
        if (size > MOST_BYTES) response.destroy(Object.assign(new Error('The answer is too large'), { code: 'too-large' }));
        else chunks.push(chunk);
      });
      response.on('error', reject);
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          body: Buffer.concat(chunks).toString('utf8'),
          retryAfter: response.headers['retry-after'],
        }),
      );
    });
    request.on('error', reject);
    request.end(body);
  });
}
