/** Whose address a request is counted under: one subscriber, one count. */
import type { IncomingMessage } from 'node:http';
import { addressOf } from '../../src/channels/web/allowance';

const from = (remoteAddress: string | undefined) =>
  addressOf({ socket: { remoteAddress }, headers: { 'x-forwarded-for': '9.9.9.9' } } as unknown as IncomingMessage);

test('an IPv4 address counts as itself, however it is written, and no header is believed', () => {
  expect(from('203.0.113.7')).toBe('203.0.113.7');
  expect(from('::ffff:203.0.113.7')).toBe('203.0.113.7');
  expect(from(undefined)).toBe('');
});

test('all addresses of one IPv6 subscriber count as one; its neighbour counts apart', () => {
  const home = '2001:db8:1:2::/64';
  for (const address of ['2001:db8:1:2::1', '2001:0db8:0001:0002:ffff:ffff:ffff:ffff', '2001:db8:1:2:a::'])
    expect(from(address)).toBe(home);
  expect(from('2001:db8:1:3::1')).toBe('2001:db8:1:3::/64');
  expect(from('::1')).toBe('0:0:0:0::/64');
  expect(from('fe80::1%eth0')).toBe('fe80:0:0:0::/64');
});

test('what stands behind a trusted proxy is told by the house', () => {
  expect(addressOf({ socket: {} } as IncomingMessage, () => '198.51.100.4')).toBe('198.51.100.4');
});
