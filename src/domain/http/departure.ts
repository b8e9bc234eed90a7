/**
 * The moment at which a letter leaves over HTTP: when its request is written to a connection that stands already. Names,
 * connections and handshakes take long, and a process can be stopped in the midst of them while another takes over its
 * letters: whether it may leave is asked behind all that (`Lease` in `src/mailroom/lease.ts`).
 */
import { type ClientRequest, type IncomingHttpHeaders, Agent as PlainAgent, request as plainRequest } from 'node:http';
import { Agent as SecureAgent, request as secureRequest } from 'node:https';
import type { LookupFunction, Socket } from 'node:net';
import { TLSSocket } from 'node:tls';

/** It was not sent: it is not this process's to send any more. Code 'lease-over'. */
export class NotOurs extends Error {
  readonly code = 'lease-over';
}

const CONNECTS_WITHIN_MS = 10_000;

/** The same agent, which from now on hands out connections only once they stand; fails with code 'connect-timeout' after ten seconds. */
export function onceConnected<One extends PlainAgent>(agent: One): One {
  const connect = agent.createConnection.bind(agent);
  agent.createConnection = (options, callback) => {
    const socket = connect(options) as Socket;
    const event = socket instanceof TLSSocket ? 'secureConnect' : 'connect';
    const done = (error: Error | null) => {
      clearTimeout(timer);
      socket.off(event, stands).off('error', done).off('close', closed);
      callback?.(error, socket);
    };
    const stands = () => done(null);
    const closed = () => done(new Error('It was closed before it stood'));
    const late = () => socket.destroy(Object.assign(new Error('No connection'), { code: 'connect-timeout' }));
    const timer = setTimeout(late, CONNECTS_WITHIN_MS);
    socket.once(event, stands).once('error', done).once('close', closed);
    return undefined;
  };
  return agent;
}

/** Ends the request with `NotOurs` unless it may leave in the moment in which it is about to. */
export function whileOurs(request: ClientRequest, isOurs: () => boolean): ClientRequest {
  return request.once('socket', () => {
    if (!isOurs()) request.destroy(new NotOurs('Another process may be sending it'));
  });
}

const plain = onceConnected(new PlainAgent());
const secure = onceConnected(new SecureAgent());

export interface Departure {
  method: 'GET' | 'POST';
  headers: Record<string, string>;
  body?: string;
  /** For the whole of it. */
  timeoutMs: number;
  lookup?: LookupFunction;
  /** Of its answer; what is longer is not read, and nothing with 0. */
  mostBytes: number;
}

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  /** Null where it was not read, is too long, or broke off. */
  body: string | null;
}

/** One request, which leaves only if `isOurs` says yes at the last moment; a redirect is an answer like any other. Throws `NotOurs`, or what the network says. */
export function send(url: URL, { body, timeoutMs, mostBytes, ...asked }: Departure, isOurs: () => boolean): Promise<Answer> {
  const isSecure = url.protocol === 'https:';
  const request = isSecure ? secureRequest : plainRequest;
  const signal = AbortSignal.timeout(timeoutMs);
  return new Promise((resolve, reject) => {
    const sent = request(url, { ...asked, signal, agent: isSecure ? secure : plain }, (response) => {
      const chunks: Buffer[] = [];
      let left = mostBytes;
      const end = (read: string | null) => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: read });
        response.destroy();
      };
      if (mostBytes === 0) return end(null);
      response.on('data', (chunk: Buffer) => {
        left -= chunk.length;
        chunks.push(chunk);
        if (left < 0) end(null);
      });
      response.on('error', () => end(null));
      response.on('end', () => end(Buffer.concat(chunks).toString('utf8')));
    });
    whileOurs(sent, isOurs).on('error', reject).end(body);
  });
}
