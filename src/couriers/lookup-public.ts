/**
 * What a town writes into its files must not make this server ask its own neighbours (protocols.md 6, cases 3 and 4): a
 * name is resolved once, and what was looked at is what is connected to.
 */
import { type LookupAddress, lookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import { isPublicAddress } from '../domain/http/public-address';

/** The connection was refused by us: code 'private-address'. */
export class PrivateAddress extends Error {
  readonly code = 'private-address';
}

/** For `lookup` of a request: resolves a name, and fails when any of its addresses is private. */
export const lookupPublic: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, found: LookupAddress[]) => {
    if (error) return callback(error, '', 0);
    if (found.length === 0 || !found.every(({ address }) => isPublicAddress(address)))
      return callback(new PrivateAddress(`${hostname} lies in a private network`), '', 0);
    if (options.all) return callback(null, found);
    return callback(null, found[0]!.address, found[0]!.family);
  });
};
