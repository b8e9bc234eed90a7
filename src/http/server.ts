/**
 * The door itself: a restify server that mounts the routes it is handed, reads bodies within
 * limits, sets security headers, and answers every mistake with a code and a sentence.
 */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import restify from 'restify';
import { Refused, refuse, sendRefusal } from '../domain/http/refusal';
import type { Exchange, Route } from '../domain/http/route';
import { readJson, UnreadableJson } from '../domain/http/untrusted-json';

const KILOBYTE = 1024;
const MOST_BODY = 256 * KILOBYTE;
const LAST_PATIENCE_MS = 3000;
/** The status under which those are counted who did not wait for their answer; nginx's. */
const HUNG_UP = 499;

export interface ServerParts {
  routes: Route[];
  /** Takes over an upgrade to WebSocket; false when the path is nobody's. */
  upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => boolean;
  isLive: boolean;
  log: (level: 'info' | 'warn' | 'error', event: string, fields?: Record<string, unknown>) => void;
  /** Told after every answer: what the route is counted under, status, seconds. */
  onAnswer: (route: string, status: number, seconds: number) => void;
}

export interface Door {
  /** The port it listens on. */
  listen(host: string, port: number): Promise<number>;
  close(): Promise<void>;
}

export function createServer({ routes, upgrade, isLive, log, onAnswer }: ServerParts): Door {
  const server = restify.createServer({
    name: 'guichet',
    ignoreTrailingSlash: true,
    handleUncaughtExceptions: false,
  } as restify.ServerOptions);
  const mount = server as unknown as Record<
    Exclude<Route['method'], 'options'> | 'opts',
    (path: string, handler: (request: restify.Request, response: restify.Response) => Promise<void>) => void
  >;
  // restify builds a URL from the Host header before any handler runs, and one that cannot be read would end
  // the process. Nothing of ours depends on it: addresses are made from PUBLIC_URL.
  server.pre((request: restify.Request, response: restify.Response, next: restify.Next) => {
    request.headers.host = 'localhost';
    if (request.url?.startsWith('/')) return next();
    secure(response, isLive);
    sendRefusal(response, refuse(400, 'BadArgument', 'The address of a request begins with /'));
    return next(false);
  });
  for (const route of routes) {
    mount[route.method === 'options' ? 'opts' : route.method](
      route.path,
      async (request: restify.Request, response: restify.Response) => {
        const startedAt = process.hrtime.bigint();
        const seconds = () => Number(process.hrtime.bigint() - startedAt) / 1e9;
        const countedAs = route.countedAs ?? route.path;
        response.on('close', () => onAnswer(countedAs, response.writableFinished ? response.statusCode : HUNG_UP, seconds()));
        secure(response, isLive);
        try {
          route.greet?.({ request, response, params: request.params as Record<string, string> });
          await route.handle(await readExchange(route, request, response));
        } catch (error) {
          // Whoever hangs up half-way wants no answer, and nothing is wrong here.
          if (request.destroyed && !request.complete) response.destroy();
          else answerFault(response, error, route, log);
        }
      },
    );
  }
  // Answered here, so its `done` is not called: restify would then answer a second time, and the throw would end the process.
  server.on(
    'restifyError',
    (_request: restify.Request, response: restify.Response, error: { statusCode?: number; body?: { code?: string } }) => {
      secure(response, isLive);
      const status = error.statusCode ?? 500;
      const code = error.body?.code ?? 'InternalError';
      const message = status === 404 ? 'There is nothing at this address' : 'This request cannot be answered';
      sendRefusal(response, refuse(status, code, message));
    },
  );
  server.server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    // Node takes its own listener off before this event; a line that is cut must not end the process.
    socket.on('error', () => socket.destroy());
    if (!upgrade(request, socket, head)) socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n');
  });
  server.server.headersTimeout = 15_000;
  server.server.requestTimeout = 120_000;

  return {
    listen: (host, port) =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(port, host, () => resolve((server.address() as { port: number }).port));
      }),
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      // A webhook whose body is still arriving is heard to its end; a carrier would not send it again.
      server.server.closeIdleConnections();
      const patience = setTimeout(() => server.server.closeAllConnections(), LAST_PATIENCE_MS);
      await closed;
      clearTimeout(patience);
    },
  };
}

async function readExchange(route: Route, request: restify.Request, response: restify.Response): Promise<Exchange> {
  const query = new URLSearchParams(request.url?.split('?')[1] ?? '');
  const params = request.params as Record<string, string>;
  const exchange: Exchange = { request, response, params, query, body: undefined, rawBody: Buffer.alloc(0) };
  if (route.body === 'raw' || route.body === 'none') return exchange;
  const rawBody = await readBody(request);
  if (route.body === 'form') return { ...exchange, rawBody };
  try {
    return { ...exchange, rawBody, body: readJson(rawBody.toString('utf8')) };
  } catch (error) {
    throw error instanceof UnreadableJson ? new Refused(refuse(400, 'BadArgument', error.message)) : error;
  }
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > MOST_BODY) throw tooLarge();
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > MOST_BODY) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

const tooLarge = () => new Refused(refuse(413, 'MessageSizeTooBig', `A body may have at most ${MOST_BODY} bytes`));

/** Headers of every answer (ASVS 3.4). A page that needs more sets its own policy afterwards. */
function secure(response: restify.Response, isLive: boolean): void {
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.setHeader('Referrer-Policy', 'strict-origin-when-cross-origin');
  response.setHeader('Content-Security-Policy', "default-src 'none'; frame-ancestors 'none'");
  response.setHeader('Cross-Origin-Opener-Policy', 'same-origin');
  response.removeHeader('Server');
  if (isLive) response.setHeader('Strict-Transport-Security', 'max-age=31536000; includeSubDomains');
}

function answerFault(response: restify.Response, error: unknown, route: Route, log: ServerParts['log']): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  if (error instanceof Refused) {
    if (error.refusal.refused === 413) response.setHeader('Connection', 'close');
    sendRefusal(response, error.refusal);
    return;
  }
  const isStoreAway = (error as { code?: string } | null)?.code === 'store-unavailable';
  log('error', 'request.failed', {
    route: route.path,
    reason: error instanceof Error ? `${error.name}: ${error.message}` : 'unknown',
  });
  sendRefusal(response, isStoreAway ? STORE_AWAY : FAULT);
}

const STORE_AWAY = refuse(503, 'StoreUnavailable', 'The message could not be written down just now: send it again in a moment', {
  retryAfterSeconds: 5,
});
const FAULT = refuse(500, 'InternalError', 'Something went wrong here; it has been noted');
