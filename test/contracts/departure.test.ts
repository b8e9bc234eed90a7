/** The moment at which a letter leaves over HTTP: whether it may is asked behind names, connections and handshakes, and not before. */
import { createServer as createPlain, type RequestListener } from 'node:http';
import { createServer as createSecure, request, Agent as SecureAgent } from 'node:https';
import type { AddressInfo, Server } from 'node:net';
import { NotOurs, onceConnected, send, whileOurs } from '../../src/domain/http/departure';
import { useOpened } from '../support/use-city-hall';

const KEY = { psk: Buffer.alloc(16, 7), identity: 'guichet' };
/** A handshake without certificates, which anybody's clock or day could make wrong. */
const TLS = { ciphers: 'PSK', maxVersion: 'TLSv1.2', minVersion: 'TLSv1.2' } as const;

const taken: string[] = [];
const answer: RequestListener = (asked, response) => {
  let body = '';
  asked.on('data', (chunk) => {
    body += chunk;
  });
  asked.on('end', () => {
    taken.push(body);
    if (asked.url === '/broken') {
      response.writeHead(200, { 'content-length': '9' });
      response.write('half', () => response.destroy());
      return;
    }
    response.end(asked.url === '/long' ? 'x'.repeat(2000) : 'taken');
  });
};

function useServer(make: () => Server): Server {
  return useOpened(
    async () => {
      const server = make();
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      return server;
    },
    (server) => new Promise((resolve) => server.close(resolve)),
  );
}

const portOf = (server: Server) => (server.address() as AddressInfo).port;
const asked = { method: 'POST', headers: { 'content-type': 'text/plain' }, timeoutMs: 5000, mostBytes: 1000 } as const;
const plain = useServer(() => createPlain(answer));
const secure = useServer(() => createSecure({ ...TLS, pskCallback: () => KEY.psk }, answer));
const at = (path: string) => new URL(`http://127.0.0.1:${portOf(plain)}${path}`);

beforeEach(() => {
  taken.length = 0;
});

test('leaves once, and says what was answered', async () => {
  expect(await send(at('/'), { ...asked, body: 'a' }, () => true)).toMatchObject({ status: 200, body: 'taken' });
  expect(taken).toEqual(['a']);
});

test('an answer that is too long, breaks off or is not wanted is none, and the letter has left all the same', async () => {
  for (const [path, mostBytes] of [
    ['/long', 1000],
    ['/broken', 1000],
    ['/', 0],
  ] as const)
    expect(await send(at(path), { ...asked, mostBytes, body: path }, () => true)).toMatchObject({ status: 200, body: null });
  expect(taken).toEqual(['/long', '/broken', '/']);
});

test('what is not ours any more when the connection stands is not written to it', async () => {
  const ended = expect(send(at('/'), { ...asked, body: 'a' }, () => false)).rejects;
  await ended.toBeInstanceOf(NotOurs);
  expect(await send(at('/'), { ...asked, body: 'b' }, () => true)).toMatchObject({ status: 200 });
  expect(taken).toEqual(['b']);
});

test('nobody there: said as such, and nobody was asked whether it may leave', async () => {
  let looks = 0;
  const isOurs = () => {
    looks += 1;
    return true;
  };
  await expect(send(new URL('http://127.0.0.1:9/'), asked, isOurs)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  expect(looks).toBe(0);
});

test.each([false, true])(
  'over TLS it is asked behind the handshake, and behind the line for a free connection (kept alive: %s)',
  async (keepAlive) => {
    const agent = onceConnected(
      new SecureAgent({ ...TLS, keepAlive, maxSockets: 1, pskCallback: () => KEY, checkServerIdentity: () => undefined }),
    );
    const handshakes = new Set<unknown>();
    const post = (body: string, isOurs: boolean) =>
      new Promise<number | string>((resolve) => {
        const options = { method: 'POST', host: '127.0.0.1', port: portOf(secure), agent };
        const sent = request(options, (response) => response.resume().on('end', () => resolve(response.statusCode ?? 0)));
        const look = () => {
          handshakes.add((sent.socket as unknown as { getProtocol(): string | null } | null)?.getProtocol());
          return isOurs;
        };
        whileOurs(sent, look)
          .on('error', (error) => resolve(error.constructor.name))
          .end(body);
      });
    const ended = await Promise.all([post('a', true), post('b', false), post('c', true), post('d', false), post('e', true)]);
    expect(ended).toEqual([200, 'NotOurs', 200, 'NotOurs', 200]);
    expect([taken, [...handshakes]]).toEqual([['a', 'c', 'e'], ['TLSv1.2']]);
    agent.destroy();
  },
);
