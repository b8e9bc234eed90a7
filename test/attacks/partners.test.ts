/**
 * A server of another authority that nobody has vouched for: it may be a name for our own machine, send us on to it, answer
 * without end, or with what breaks whoever reads it. Nothing private is asked, nothing is held up, and no letter is lost by it.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createOpen311 } from '../../src/couriers/open311';
import { type Open311Endpoint, open311Address, type Partner } from '../../src/domain/forwarding/partner';
import type { Letter } from '../../src/domain/message/courier';
import { createLastLook } from '../support/last-look';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

async function openServer() {
  let answer: Answer = (_, response) => response.end('[]');
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    request.resume();
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  return {
    port: (server.address() as AddressInfo).port,
    asked,
    answers(next: Answer) {
      answer = next;
      asked.length = 0;
    },
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

let theirs: Awaited<ReturnType<typeof openServer>>;
let inside: Awaited<ReturnType<typeof openServer>>;

beforeAll(async () => {
  [theirs, inside] = await Promise.all([openServer(), openServer()]);
});

afterAll(() => Promise.all([theirs.close(), inside.close()]));

const letter: Letter = {
  ...{ id: 'forward:1', town: 't', channel: 'open311', conversation: 'forward:c', address: open311Address('p') },
  activity: {
    type: 'event',
    value: { mark: '[t 47HZ-B7WS]', at: '2026-11-24T09:15:00.000Z', form: { service_code: 'x', description: 'A hole' } },
  },
};

/** As it is asked: what became of a letter, and of a question. */
async function attempt(endpoint: Partial<Open311Endpoint>, privateHosts: string[] = [], isOurs = () => true) {
  const open311: Open311Endpoint = { url: '', services: {}, format: 'json', onClosed: 'propose', ...endpoint };
  const name = { fr: 'P', en: 'P' };
  const verified = { on: '2026-09-01', until: '2027-08-31', source: 'https://p.example' };
  const partner: Partner = { id: 'p', name, verified, open311 };
  const asked = { partnersOf: () => [partner], keys: {}, privateHosts, clock: () => new Date('2026-11-24T10:00:00Z') };
  const client = createOpen311({ ...asked, timeoutMs: 1500 });
  return {
    delivered: await client.deliver(letter, isOurs),
    looked: await client.reconcile!(letter),
    statuses: await client.statuses('t', 'p', ['1']),
    promised: await client.promised('t', 'p', '../../admin?x=1'),
  };
}

const NOTHING = { statuses: null, promised: null };
const asIfTheirs = () => ({ url: `http://127.0.0.1:${theirs.port}` });
const trusted = ['127.0.0.1'];

test.each([
  ['loopback', () => `http://127.0.0.1:${inside.port}`],
  ['loopback by another spelling', () => `http://2130706433:${inside.port}`],
  ['loopback of IPv6', () => `http://[::1]:${inside.port}`],
  ['loopback written in IPv6', () => `http://[::ffff:127.0.0.1]:${inside.port}`],
  ['loopback by name', () => `http://localhost:${inside.port}`],
  ['the metadata of a cloud', () => 'http://169.254.169.254/latest'],
  ['link-local of IPv6', () => `http://[fe80::1]:${inside.port}`],
])('%s is not asked: the letter waits for the operator', async (_, url) => {
  inside.answers((_request, response) => response.end('[]'));
  const { delivered, ...rest } = await attempt({ url: url() });
  expect(delivered).toMatchObject({ outcome: 'later', reason: 'private-address' });
  expect(rest).toMatchObject(NOTHING);
  expect(inside.asked).toEqual([]);
});

test('a letter that is another process’s by now is not written to the connection', async () => {
  theirs.answers((_request, response) => response.end('[]'));
  const look = createLastLook(asIfTheirs().url);
  const { delivered } = await attempt(asIfTheirs(), trusted, look.isOurs);
  expect(delivered).toEqual({ outcome: 'later', reason: 'lease-over', isUntried: true });
  expect([look.stood, theirs.asked.filter((one) => one.startsWith('POST'))]).toEqual([[true], []]);
});

test('where it sends us on to, nobody goes', async () => {
  inside.answers((_request, response) => response.end('[]'));
  theirs.answers((_request, response) => {
    response.writeHead(307, { location: `http://127.0.0.1:${inside.port}/admin` });
    response.end();
  });
  const { delivered, ...rest } = await attempt(asIfTheirs(), trusted);
  expect(delivered).toMatchObject({ outcome: 'never', reason: 'http-307' });
  expect(rest).toMatchObject(NOTHING);
  expect(theirs.asked).toHaveLength(4);
  // What a token says stays within its own part of the address.
  expect(theirs.asked.at(-1)).toMatch(/^GET \/tokens\/\.\.%2F\.\.%2Fadmin%3Fx%3D1\.json/);
  expect(inside.asked).toEqual([]);
});

test('an answer without end is cut off; whether the letter arrived is not known', async () => {
  const mebibyte = Buffer.alloc(1024 * 1024, ' ');
  let sent = 0;
  theirs.answers((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    const more = () => {
      while (!response.destroyed && sent < 500) {
        sent += 1;
        if (!response.write(mebibyte)) return response.once('drain', more);
      }
      return response;
    };
    more();
  });
  const { delivered, looked, ...rest } = await attempt(asIfTheirs(), trusted);
  expect([delivered.outcome, looked.outcome]).toEqual(['unknown', 'unknown']);
  expect(rest).toMatchObject(NOTHING);
  // Four answers, each of them stopped early: what the sockets hold beside one mebibyte is far below a hundred.
  expect(sent).toBeLessThan(400);
});

test('an answer that drips, or never begins, ends by itself', async () => {
  const drips = new Set<NodeJS.Timeout>();
  theirs.answers((request, response) => {
    if (request.method === 'POST') return;
    response.writeHead(200);
    const drip = setInterval(() => response.write(' '), 50);
    drips.add(drip);
    response.on('close', () => clearInterval(drip));
  });
  const { delivered, looked, ...rest } = await attempt(asIfTheirs(), trusted);
  for (const drip of drips) clearInterval(drip);
  expect([delivered.outcome, looked.outcome]).toEqual(['unknown', 'unknown']);
  expect(rest).toMatchObject(NOTHING);
});

const bomb = `<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a "aaaaaaaaaa">${Array.from(
  { length: 12 },
  (_, n) => `<!ENTITY a${n} "${`&a${n === 0 ? '' : n - 1};`.repeat(10)}">`,
).join('')}]><service_requests><request><service_request_id>&a11;</service_request_id></request></service_requests>`;

test.each<[string, 'json' | 'xml', string]>([
  ['a page for people', 'json', '<!doctype html><html><body>Maintenance</body></html>'],
  ['a page for people', 'xml', '<html><body>Maintenance</body></html>'],
  ['the other format', 'json', '<service_requests></service_requests>'],
  ['a bomb of entities', 'xml', bomb],
  ['a file of ours', 'xml', '<!DOCTYPE b [<!ENTITY f SYSTEM "file:///etc/passwd">]><service_requests>&f;</service_requests>'],
  ['brackets without end', 'json', '['.repeat(500_000)],
  ['elements without end', 'xml', '<a>'.repeat(200_000)],
  ['nothing', 'json', ''],
  ['what poisons objects', 'json', '{"__proto__":{"service_request_id":"1"}}'],
])('%s (%s) in place of an answer: nothing is read from it', async (_, format, said) => {
  theirs.answers((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html' });
    response.end(said);
  });
  const { delivered, looked, ...rest } = await attempt({ ...asIfTheirs(), format }, trusted);
  // It said that it took it, under no reference; a look for it is made again later.
  expect(delivered).toMatchObject({ outcome: 'sent', providerId: '' });
  expect(looked.outcome).toBe('unknown');
  expect(rest).toMatchObject(NOTHING);
  expect(({} as Record<string, unknown>).service_request_id).toBeUndefined();
});
