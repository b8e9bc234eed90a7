/**
 * May we connect there? A picture's address comes from outside, and a name can point at our own
 * network, even only the second time it is asked (DNS rebinding). So a name is resolved once,
 * every answer must be a public address, and the connection goes to the answer that was vetted.
 */
import { lookup } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import { isPublicAddress } from '../../../domain/http/public-address';

/** Asks for every address of a name. Handed in by tests. */
export type Resolve = (hostname: string) => Promise<string[]>;

export const resolveByDns: Resolve = async (hostname) =>
  (await lookup(hostname, { all: true, verbatim: true })).map(({ address }) => address);

/** The public addresses of a URL's host; throws when the name has none, or any that is not public. */
export async function vet(url: URL, resolve: Resolve): Promise<string[]> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const addresses = isIP(host) ? [host] : await resolve(host);
  if (addresses.length === 0 || !addresses.every(isPublicAddress)) throw new Error('The address is not a public one');
  return addresses;
}

/** A lookup that answers with what was vetted, whatever the name says by now. */
export function lookupOf(addresses: string[]): LookupFunction {
  return (_hostname, options, callback) => {
    const answers = addresses.map((address) => ({ address, family: isIP(address) }));
    if (options.all) callback(null, answers);
    else callback(null, answers[0]!.address, answers[0]!.family);
  };
}
