/** Whose address a request is counted under: one subscriber, one count, whatever a proxy writes behind it. */
import type { IncomingMessage } from 'node:http';
import { openClientIp } from '../../src/app/channels/web';
import { addressOf } from '../../src/channels/web/allowance';
import { readConfig } from '../../src/config';
import { clientIpBehind } from '../../src/http/client-ip';

const request = (remoteAddress: string | undefined, headers = {}) => ({ socket: { remoteAddress }, headers }) as IncomingMessage;
const from = (remoteAddress: string | undefined) => addressOf(request(remoteAddress, { 'x-forwarded-for': '9.9.9.9' }));
const forwarded = (written: string, proxies = 1) =>
  clientIpBehind(proxies, () => {})(request('10.0.0.1', { 'x-forwarded-for': written }));

test('an IPv4 address counts as itself, however it is written, and no header is believed', () => {
  for (const address of ['203.0.113.7', '::ffff:203.0.113.7', '::ffff:cb00:7107', '0:0:0:0:0:FFFF:203.0.113.7'])
    expect(from(address)).toBe('203.0.113.7');
  expect(from(undefined)).toBe('');
});

test('all addresses of one IPv6 subscriber count as one; its neighbour counts apart', () => {
  const home = '2001:db8:1:2::/64';
  for (const address of ['2001:db8:1:2::1', '2001:0db8:0001:0002:ffff:ffff:ffff:ffff', '2001:db8:1:2:a::'])
    expect(from(address)).toBe(home);
  expect(from('2001:db8:1:3::1')).toBe('2001:db8:1:3::/64');
  expect(from('::1')).toBe('0:0:0:0::/64');
  expect(from('fe80::1%eth0')).toBe('fe80:0:0:0::/64');
  expect(from('64:ff9b::203.0.113.7')).toBe('64:ff9b:0:0::/64');
});

test('a port behind it, or brackets around it, make no new visitor', () => {
  for (const port of ['', ':1', ':5678', ':65535']) expect(forwarded(`203.0.113.7${port}`)).toBe('203.0.113.7');
  for (const written of ['2001:db8:1:2::1', '[2001:db8:1:2::2]', '[2001:db8:1:2::3]:5678', '[2001:DB8:1:2::3%1]:5678'])
    expect(forwarded(written)).toBe('2001:db8:1:2::/64');
  expect(forwarded('[::ffff:203.0.113.7]:80')).toBe('203.0.113.7');
});

test('the address that the outermost trusted proxy saw counts, and nothing that a visitor wrote before it', () => {
  expect(forwarded('9.9.9.9, 203.0.113.7')).toBe('203.0.113.7');
  expect(forwarded('9.9.9.9, 203.0.113.7, 10.0.0.2', 2)).toBe('203.0.113.7');
  for (const nonsense of [
    '',
    'unknown',
    '_hidden',
    '203.0.113.7:x',
    '1.2.3',
    '[::1',
    '999.1.1.1',
    '203.0.113.7, ',
    'x'.repeat(9000),
  ])
    expect([nonsense, forwarded(nonsense)]).toEqual([nonsense, '10.0.0.1']);
  expect(forwarded('203.0.113.7', 2)).toBe('10.0.0.1');
});

test('a proxy that speaks though none is trusted is noticed, and not believed', () => {
  for (const headers of [{ 'x-forwarded-for': '203.0.113.7' }, { forwarded: 'for=203.0.113.7' }]) {
    let noticed = 0;
    expect(clientIpBehind(0, () => (noticed += 1))(request('10.0.0.1', headers))).toBe('10.0.0.1');
    expect(noticed).toBe(1);
  }
  expect(clientIpBehind(0, () => expect(true).toBe(false))(request('10.0.0.1'))).toBe('10.0.0.1');
});

test.each([
  ['live', ['proxy.untrusted']],
  ['demo', []],
] as const)('in %s mode the operator is told of it so often: %j', (mode, told) => {
  const events: string[] = [];
  const clientIp = openClientIp({ ...readConfig({}), mode }, (_level, event) => void events.push(event));
  for (let n = 0; n < 3; n += 1) clientIp(request('10.0.0.1', { 'x-forwarded-for': '203.0.113.7' }));
  expect(events).toEqual(told);
});
