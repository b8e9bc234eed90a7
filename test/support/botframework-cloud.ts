/**
 * The Bot Framework's cloud on this machine: a login with its signing keys, and a channel's connector
 * that takes replies. Two origins, so that a test sees which of them was given what.
 */
import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type Algorithm, sign } from 'jsonwebtoken';

export const APP_ID = '11111111-2222-4333-8444-555555555555';
export const APP_PASSWORD = 'only-this-machine-knows~1';
export const TENANT = '99999999-8888-4777-8666-555555555555';
export const ISSUER = 'https://api.botframework.com';

export interface Post {
  method: string;
  path: string;
  headers: IncomingMessage['headers'];
  body: Record<string, unknown>;
}

/** How the connector answers a reply; `silence` takes it and never says so. */
export type ConnectorAnswer = { status: number; headers?: Record<string, string>; body?: string } | 'silence' | 'hang-up';

type LoginState = 'up' | 'down' | 'silent';

export interface MintOptions {
  claims?: Record<string, unknown>;
  algorithm?: Algorithm;
  keyId?: string;
  key?: KeyObject | string;
}

const newKey = () => generateKeyPairSync('rsa', { modulusLength: 2048 });
const signing = newKey();
const teamsOnly = newKey();
const stranger = newKey();

export async function openBotFrameworkCloud() {
  const keys = [
    { ...signing.publicKey.export({ format: 'jwk' }), kid: 'signing', use: 'sig' },
    { ...teamsOnly.publicKey.export({ format: 'jwk' }), kid: 'teams-only', use: 'sig', endorsements: ['msteams'] },
  ];
  const tokensAsked: Array<{ path: string; form: Record<string, string> }> = [];
  const posts: Post[] = [];
  const answers: ConnectorAnswer[] = [];
  let loginState: LoginState = 'up';
  let granted = 0;
  let shown = 0;

  const login = await listen(async (request, response) => {
    if (loginState === 'silent') return;
    if (loginState === 'down') return json(response, 503, { error: 'away' });
    if (request.url === '/keys') return json(response, 200, { keys });
    if (request.url === '/openid') return json(response, 200, { issuer: ISSUER, jwks_uri: `${login.url}/keys` });
    const form = Object.fromEntries(new URLSearchParams(await textOf(request)));
    tokensAsked.push({ path: request.url ?? '', form });
    const isRight = form.client_id === APP_ID && form.client_secret === APP_PASSWORD && form.grant_type === 'client_credentials';
    if (!isRight) return json(response, 401, { error: 'invalid_client' });
    granted += 1;
    json(response, 200, { token_type: 'Bearer', expires_in: 3600, access_token: `granted-${granted}` });
  });

  const connector = await listen(async (request, response) => {
    const body = JSON.parse(await textOf(request));
    posts.push({ method: request.method ?? '', path: request.url ?? '', headers: request.headers, body });
    const answer = answers.shift() ?? { status: 201 };
    if (answer === 'silence') return;
    if (answer === 'hang-up') return void request.socket.destroy();
    shown += 1;
    response.writeHead(answer.status, { 'Content-Type': 'application/json', ...answer.headers });
    response.end(answer.body ?? JSON.stringify(answer.status < 300 ? { id: `shown-${shown}` } : { error: { code: 'Refused' } }));
  });

  return {
    endpoints: { openIdMetadata: `${login.url}/openid`, loginUrl: login.url },
    serviceUrl: `${connector.url}/amer/`,
    connectorOrigin: connector.url,
    posts,
    tokensAsked,
    strangersKey: stranger.privateKey,
    teamsOnlyKey: teamsOnly.privateKey,
    publicPem: signing.publicKey.export({ format: 'pem', type: 'spki' }) as string,
    /** The next replies are answered so; after that they are accepted. */
    answerWith: (...next: ConnectorAnswer[]) => void answers.push(...next),
    setLogin(state: LoginState) {
      loginState = state;
    },
    /** A token as a channel sends it; whatever is given is wrong on purpose. */
    mint({ claims, algorithm = 'RS256', keyId = 'signing', key = signing.privateKey }: MintOptions = {}): string {
      const now = Math.floor(Date.now() / 1000);
      const right = { iss: ISSUER, aud: APP_ID, serviceurl: this.serviceUrl, nbf: now - 60, exp: now + 3600 };
      const secret = algorithm === 'none' ? '' : key;
      return sign({ ...right, ...claims }, secret, { algorithm, header: { alg: algorithm, kid: keyId } });
    },
    async close() {
      await Promise.all([login.close(), connector.close()]);
    },
  };
}

export type BotFrameworkCloud = Awaited<ReturnType<typeof openBotFrameworkCloud>>;

/** A server of nobody's, to which nothing should ever come. */
export async function openStranger() {
  const visits: string[] = [];
  const server = await listen((request, response) => {
    visits.push(`${request.method} ${request.url}`);
    json(response, 201, { id: 'caught' });
  });
  return { ...server, visits };
}

async function listen(handle: (request: IncomingMessage, response: ServerResponse) => Promise<void> | void) {
  const server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += chunk;
  return text;
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify(body));
}
