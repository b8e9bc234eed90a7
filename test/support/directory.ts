/**
 * A directory on this machine, as strict as ProConnect: it refuses what it did not agree to, wants long values, takes a code
 * once, and signs what it says of a user.
 */
import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sign } from 'jsonwebtoken';

export interface DirectoryUser {
  sub: string;
  email?: string;
  email_verified?: boolean;
  siret?: string;
}

export interface TestDirectory {
  issuer: string;
  /** Who is signed in there: comes back at once. */
  user: DirectoryUser;
  /** What it signs with from now on; 'stranger' is a key that nobody announced. */
  signsWith: 'own' | 'stranger';
  /** Addresses it was left at. */
  left: URL[];
  close(): Promise<void>;
}

export const CLIENT = { id: 'guichet', secret: 'a secret of the directory, long enough' };
const AGREED = new Set(['response_type', 'client_id', 'redirect_uri', 'scope', 'state', 'nonce']);
const LONG = 32;

export async function openDirectory(): Promise<TestDirectory> {
  const keys = { own: pair(), stranger: pair() };
  const codes = new Map<string, { nonce: string; user: DirectoryUser }>();
  const tokens = new Map<string, DirectoryUser>();
  const server = createServer((request, response) => {
    answer(request, response).catch(() => {
      response.writeHead(500);
      response.end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const directory: TestDirectory = {
    issuer,
    user: { sub: 'nobody' },
    signsWith: 'own',
    left: [],
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return directory;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '', issuer);
    const json = (body: object, status = 200) => {
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(JSON.stringify(body));
    };
    switch (url.pathname) {
      case '/.well-known/openid-configuration':
        return json({
          issuer,
          authorization_endpoint: `${issuer}/authorize`,
          token_endpoint: `${issuer}/token`,
          userinfo_endpoint: `${issuer}/userinfo`,
          jwks_uri: `${issuer}/jwks`,
          end_session_endpoint: `${issuer}/leave`,
          response_types_supported: ['code'],
          subject_types_supported: ['public'],
          id_token_signing_alg_values_supported: ['RS256'],
        });
      case '/jwks':
        return json({ keys: [{ ...keys.own.publicKey.export({ format: 'jwk' }), kid: 'own', alg: 'RS256', use: 'sig' }] });
      case '/authorize':
        return authorize(url, response);
      case '/token':
        return json(...exchange(new URLSearchParams(await bodyOf(request))));
      case '/userinfo': {
        const user = tokens.get((request.headers.authorization ?? '').replace('Bearer ', ''));
        if (!user) return json({ error: 'invalid_token' }, 401);
        response.writeHead(200, { 'content-type': 'application/jwt' });
        response.end(signed({ ...user, iss: issuer, aud: CLIENT.id }));
        return;
      }
      case '/leave':
        directory.left.push(url);
        return json({});
      default:
        return json({}, 404);
    }
  }

  function authorize({ searchParams }: URL, response: ServerResponse): void {
    const back = new URL(searchParams.get('redirect_uri') ?? '');
    const isAsAgreed =
      [...searchParams.keys()].every((name) => AGREED.has(name)) &&
      ['state', 'nonce'].every((name) => (searchParams.get(name) ?? '').length >= LONG);
    if (isAsAgreed) {
      const code = randomUUID();
      codes.set(code, { nonce: searchParams.get('nonce') ?? '', user: directory.user });
      back.searchParams.set('code', code);
    } else back.searchParams.set('error', 'Y000400');
    back.searchParams.set('state', searchParams.get('state') ?? '');
    response.writeHead(302, { location: back.href });
    response.end();
  }

  function exchange(asked: URLSearchParams): [object, number] {
    const found = codes.get(asked.get('code') ?? '');
    codes.delete(asked.get('code') ?? '');
    const isClient = asked.get('client_id') === CLIENT.id && asked.get('client_secret') === CLIENT.secret;
    if (!found || !isClient) return [{ error: 'invalid_grant' }, 400];
    const token = randomUUID();
    tokens.set(token, found.user);
    const id = signed({ iss: issuer, aud: CLIENT.id, sub: found.user.sub, nonce: found.nonce });
    return [{ access_token: token, token_type: 'Bearer', expires_in: 60, id_token: id }, 200];
  }

  function signed(claims: object): string {
    return sign(claims, keys[directory.signsWith].privateKey, { algorithm: 'RS256', expiresIn: 60, keyid: 'own' });
  }
}

const pair = () => generateKeyPairSync('rsa', { modulusLength: 2048 });

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
}
