/**
 * Whether an address lies in a network of our own: what a town writes into its files must not make this server ask its
 * own neighbours (protocols.md 6, cases 3 and 4). Names are resolved once, and what was looked at is what is connected to.
 */
import { type LookupAddress, lookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';

/** RFC 6890 and its kin: this host, private, shared, link-local, loopback, documentation, benchmarks, multicast, reserved. */
const V4 = [
  ...[
    '0.0.0.0/8',
    '10.0.0.0/8',
    '100.64.0.0/10',
    '127.0.0.0/8',
    '169.254.0.0/16',
    '172.16.0.0/12',
    '192.0.0.0/24',
    '192.0.2.0/24',
  ],
  ...['192.88.99.0/24', '192.168.0.0/16', '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4'],
];
/** The same of IPv6, and what carries an IPv4 address inside: 6to4, Teredo, NAT64. */
const V6 = [
  '::/127',
  '64:ff9b::/96',
  '64:ff9b:1::/48',
  '100::/64',
  '2001::/32',
  '2001:db8::/32',
  '2002::/16',
  'fc00::/7',
  'fe80::/10',
  'fec0::/10',
  'ff00::/8',
];

const inside = new BlockList();
for (const [family, networks] of [
  ['ipv4', V4],
  ['ipv6', V6],
] as const)
  for (const network of networks) {
    const [address = '', bits] = network.split('/');
    inside.addSubnet(address, Number(bits), family);
  }

/** Of an IP address as text; an IPv4 address written as IPv6 counts as itself. */
export function isPrivateAddress(address: string): boolean {
  const family = isIP(address);
  return family === 0 || inside.check(address, family === 4 ? 'ipv4' : 'ipv6');
}

/** The connection was refused by us: code 'private-address'. */
export class PrivateAddress extends Error {
  readonly code = 'private-address';
}

/** For `lookup` of a request: resolves a name, and fails when any of its addresses is private. */
export const lookupPublic: LookupFunction = (hostname, options, callback) => {
  lookup(hostname, { ...options, all: true }, (error, found: LookupAddress[]) => {
    if (error) return callback(error, '', 0);
    if (found.length === 0 || found.some(({ address }) => isPrivateAddress(address)))
      return callback(new PrivateAddress(`${hostname} lies in a private network`), '', 0);
    if (options.all) return callback(null, found);
    return callback(null, found[0]!.address, found[0]!.family);
  });
};
