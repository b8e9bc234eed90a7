/** In live mode there is no demo to play with, and the door is shut to pages that are not the town's. */
import { request } from 'node:http';
import { connect } from 'node:net';
import { useCityHall } from '../support/use-city-hall';

const { hall } = useCityHall({
  env: { MODE: 'live', PUBLIC_URL: 'https://guichet.bellerive.example', TOKEN_SECRET: 'k'.repeat(40) },
});

test.each([
  '/',
  '/demo/demo.css',
  '/demo/phones',
  '/demo/carrier/messages',
  '/hooks/twilio/message',
  '/api/messages',
  '/.env',
  '/package.json',
])('%s is not there', async (path) => {
  const method = path.startsWith('/hooks') || path.startsWith('/api') ? 'POST' : 'GET';
  expect((await fetch(`${hall.url}${path}`, { method })).status).toBe(404);
});

test('answers carry the headers of a public site', async () => {
  const answer = await fetch(`${hall.url}/widget.js`);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('strict-transport-security')).toMatch(/max-age/);
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  expect(answer.headers.get('content-security-policy')).toMatch(/default-src/);
  expect(answer.headers.get('server')).toBeNull();
});

test('only the pages of the town get a token', async () => {
  const ask = (origin: string) => fetch(`${hall.url}/widget/bellerive/token`, { method: 'POST', headers: { origin } });
  for (const origin of ['https://evil.example', 'http://127.0.0.1:8080', 'null', 'https://www.bellerive.example.evil.example']) {
    expect((await ask(origin)).status).toBe(403);
  }
  expect((await ask('https://guichet.bellerive.example')).status).toBe(200);
});

test('a path outside, a body that is no JSON and one too large are answered, and the process goes on', async () => {
  const raw = (path: string) =>
    new Promise<number>((resolve, reject) => {
      const { hostname, port } = new URL(hall.url);
      request({ hostname, port, path }, (answer) => {
        answer.resume();
        resolve(answer.statusCode ?? 0);
      })
        .on('error', reject)
        .end();
    });
  for (const path of ['/../../etc/passwd', '/%2e%2e/%2e%2e/etc/passwd', '/%', '/widget/%00/token', '//evil.example']) {
    expect([400, 404, 405]).toContain(await raw(path));
  }
  const post = (body: string) =>
    fetch(`${hall.url}/v3/directline/conversations`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
  expect((await post('{"a":')).status).toBe(400);
  expect([401, 413]).toContain((await post(JSON.stringify({ a: 'x'.repeat(2_000_000) }))).status);
  expect((await fetch(`${hall.url}/healthz`)).status).toBe(200);
});

/** What is written on the line, byte for byte; resolves with what came back. */
function onTheLine(bytes: string, { reset = false } = {}): Promise<string> {
  const { hostname, port } = new URL(hall.url);
  return new Promise((resolve) => {
    let answer = '';
    const socket = connect(Number(port), hostname, () => {
      socket.write(bytes);
      if (reset) setTimeout(() => socket.resetAndDestroy(), 5);
    });
    socket.on('data', (chunk) => {
      answer += String(chunk);
    });
    socket.on('error', () => {});
    socket.on('close', () => resolve(answer));
  });
}

test.each(['[', 'a b', 'x:99999', 'a@b:c', '%', 'xn--', 'x/y'])('a Host header of "%s" ends nothing', async (host) => {
  expect(await onTheLine(`GET /healthz HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)).toMatch(/^HTTP\/1.1 (200|400)/);
  expect((await fetch(`${hall.url}/healthz`)).status).toBe(200);
});

test.each(['http://[::1/', 'http://a:b@c:99999/x', 'http://xn--/', 'http:///', '*'])(
  'a request for "%s" ends nothing',
  async (target) => {
    expect(await onTheLine(`GET ${target} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`)).toMatch(/^HTTP\/1.1 4/);
    expect((await fetch(`${hall.url}/healthz`)).status).toBe(200);
  },
);

test('a line cut in the middle of an upgrade ends nothing', async () => {
  const upgrade =
    'GET /nowhere HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Key: x\r\nSec-WebSocket-Version: 13\r\n\r\n';
  for (let round = 0; round < 20; round += 1) await onTheLine(upgrade, { reset: true });
  expect((await fetch(`${hall.url}/healthz`)).status).toBe(200);
});
