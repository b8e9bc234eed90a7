/**
 * Whom a network address stands for, so that a limit counts a subscriber once: without the port that some proxies
 * write behind it, an IPv4 address as itself however it is written, and of IPv6 the network a subscriber is given.
 */
import { isIPv4, isIPv6 } from 'node:net';

/** '198.51.100.4' or '2001:db8:1:2::/64'; null for what is no address. */
export function subscriberOf(written: string): string | null {
  const address = withoutPort(written.trim());
  if (isIPv4(address)) return address;
  if (!isIPv6(address)) return null;
  const groups = groupsOf(address);
  const isMapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;
  if (isMapped) return [groups[6]! >> 8, groups[6]! & 255, groups[7]! >> 8, groups[7]! & 255].join('.');
  // An IPv6 subscriber has 2^64 of them.
  return `${groups
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(':')}::/64`;
}

/** '1.2.3.4:5678', '[2001:db8::1]:5678', 'fe80::1%eth0'. */
function withoutPort(written: string): string {
  const [, bracketed] = /^\[([^\]]{2,60})\](?::\d{1,5})?$/.exec(written) ?? [];
  if (bracketed !== undefined) return bracketed.split('%')[0]!;
  const [, v4] = /^([\d.]{7,15}):\d{1,5}$/.exec(written) ?? [];
  return v4 ?? written.slice(0, 100).split('%')[0]!;
}

/** The eight numbers of an IPv6 address. */
function groupsOf(address: string): number[] {
  const plain = address.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_, ...bytes: string[]) => {
    const [a, b, c, d] = bytes.slice(0, 4).map(Number) as [number, number, number, number];
    return `${((a << 8) | b).toString(16)}:${((c << 8) | d).toString(16)}`;
  });
  const [head = '', tail = ''] = plain.split('::');
  const left = head.split(':').filter(Boolean);
  const right = tail.split(':').filter(Boolean);
  const all = plain.includes('::') ? [...left, ...Array<string>(8 - left.length - right.length).fill('0'), ...right] : left;
  return all.map((group) => Number.parseInt(group, 16));
}
