/**
 * What every route of the desk has in common: who calls, from which page, with which rights; bodies and queries parsed
 * by a schema; refusals with a stable code. A route that is not told to be open to anyone is for people signed in.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { z } from 'zod';
import { type Agent, holds } from '../../domain/desk/agent';
import { traineeOf } from '../../domain/desk/training';
import { isRefusal, type Refusal, refuse, sendRefusal } from '../../domain/http/refusal';
import type { Exchange, Route } from '../../domain/http/route';
import type { FileMeta, FileStore } from '../../domain/message/file';
import type { Town, Towns } from '../../domain/town';
import type { Agents } from '../../store/rows/desk/agents';
import type { SignIns } from '../people/sign-ins';
import type { Doer } from '../people/trail';

export interface FrameParts {
  signIns: SignIns;
  agents: Pick<Agents, 'get'>;
  /** The rooms in which agents train among them. */
  towns: Towns;
  publicUrl: () => string;
  mode: 'demo' | 'live';
  clientIp: (request: IncomingMessage) => string;
}

/** Who is signed in and calls. */
export interface Caller {
  agent: Agent;
  town: Town;
  /** They train: nothing here is real. */
  isTraining: boolean;
  /** Id of the session: the hash of the cookie. */
  session: string;
  doer: Doer;
}

export type Answer =
  | { status: 200 | 201 | 202; body: object; setCookie?: string }
  | { status: 204; setCookie?: string }
  | { status: 302; location: string; setCookie?: string | string[] }
  | { status: 200; text: string; type: string; fileName: string }
  | { status: 200; file: NonNullable<Awaited<ReturnType<FileStore['get']>>> }
  | Refusal;

export interface OpenCall<Body> {
  body: Body;
  request: IncomingMessage;
  network: string;
}

export interface Call<Body, Query> extends OpenCall<Body> {
  caller: Caller;
  params: Record<string, string>;
  query: Query;
}

interface Address<Body> {
  method: Route['method'];
  path: string;
  /** Strict: a name that it does not know is refused. */
  body?: z.ZodType<Body>;
  /** The handler reads the request itself: files. */
  isRaw?: true;
}

export interface OpenRoute<Body> extends Address<Body> {
  handle(call: OpenCall<Body>): Promise<Answer>;
}

export interface AgentRoute<Body, Query> extends Address<Body> {
  query?: z.ZodType<Query>;
  /** It may be called from a room in which an agent trains; whatever may not is refused there. */
  alsoInTraining?: true;
  /** Whether this agent may call it at all; what it concerns is looked at by the handler. */
  may?: (agent: Agent) => boolean;
  handle(call: Call<Body, Query>): Promise<Answer>;
}

export type Frame = ReturnType<typeof createFrame>;

export const NOT_FOUND = refuse(404, 'not-found', 'There is nothing of this name that you may see');
export const FORBIDDEN = refuse(403, 'forbidden', 'Your roles do not allow this');

const NOT_IN_TRAINING = refuse(403, 'not-in-training', 'This is not part of the training: leave the room first');

/** A tab that trains says so with each call, and in the address where it cannot set a header. */
function asksForRoom({ headers, url = '' }: IncomingMessage): boolean {
  return headers['guichet-room'] === 'training' || /[?&]room=training(?:&|$)/.test(url);
}

export function createFrame({ signIns, agents, towns, publicUrl, mode, clientIp }: FrameParts) {
  /** Who calls, or why nobody does. For calls that change something and for streams, `isOwnPage` is asked first. */
  async function admit(request: IncomingMessage): Promise<Caller | Refusal> {
    const known = await signIns.read(request);
    if (!known || !holds(known.agent, 'agent')) return refuse(401, 'not-signed-in', 'Sign in first');
    const isTraining = asksForRoom(request);
    const agent = isTraining ? await agents.get(traineeOf(known.agent.id)) : known.agent;
    // Nobody is in a room before they begin to train.
    if (!agent) return NOT_FOUND;
    const town = towns.get(agent.town);
    if (!town) return refuse(401, 'not-signed-in', 'Sign in first');
    const doer = { town: town.id, agent: agent.id, network: clientIp(request) };
    return { agent, town, isTraining, session: known.session.id, doer };
  }

  /** Whether a page of ours asks: another site's cannot, even with the cookie (desk.md: CSRF; ASVS 3.5). */
  function isOwnPage({ headers }: IncomingMessage): boolean {
    const { origin } = headers;
    if (origin === undefined) return headers['sec-fetch-site'] === 'same-origin';
    const own = new URL(publicUrl());
    if (origin === own.origin) return true;
    if (mode !== 'demo' || !URL.canParse(origin)) return false;
    const { protocol, hostname, port } = new URL(origin);
    return protocol === 'http:' && /^(localhost|127\.0\.0\.1|\[::1\])$/.test(hostname) && port === own.port;
  }

  function route<Body>(
    caller: Route['caller'],
    { method, path, body: schema, isRaw }: Address<Body>,
    answer: (exchange: Exchange, parse: () => { body: Body } | Refusal) => Promise<Answer>,
  ): Route {
    return {
      caller,
      method,
      path,
      body: isRaw ? 'raw' : schema ? 'json' : 'none',
      async handle(exchange) {
        const { request, response } = exchange;
        const parse = () => {
          if (!schema) return { body: undefined as Body };
          if (!/^application\/json\b/i.test(request.headers['content-type'] ?? ''))
            return refuse(415, 'not-json', 'Send application/json');
          return parsed(schema, exchange.body, 'body');
        };
        const isRead = method === 'get';
        send(
          response,
          isRead || isOwnPage(request)
            ? await answer(exchange, parse)
            : refuse(403, 'wrong-origin', 'Only the desk itself may ask for this'),
        );
      },
    };
  }

  return {
    admit,
    isOwnPage,

    anyone<Body = undefined>(asked: OpenRoute<Body>): Route {
      return route('anyone', asked, async ({ request }, parse) => {
        const read = parse();
        return isRefusal(read) ? read : asked.handle({ body: read.body, request, network: clientIp(request) });
      });
    },

    agents<Body = undefined, Query = undefined>(asked: AgentRoute<Body, Query>): Route {
      return route('agent', asked, async ({ request, params, query: given }, parse) => {
        const caller = await admit(request);
        if (isRefusal(caller)) return caller;
        if (caller.isTraining && !asked.alsoInTraining) return NOT_IN_TRAINING;
        if (asked.may && !asked.may(caller.agent)) return FORBIDDEN;
        const read = parse();
        if (isRefusal(read)) return read;
        const query = asked.query ? readQuery(asked.query, given) : { body: undefined as Query };
        if (isRefusal(query)) return query;
        const network = caller.doer.network;
        return asked.handle({ caller, params, query: query.body, body: read.body, request, network });
      });
    },
  };
}

function parsed<T>(schema: z.ZodType<T>, value: unknown, what: string): { body: T } | Refusal {
  const read = schema.safeParse(value);
  if (read.success) return { body: read.data };
  const [first] = read.error.issues;
  return refuse(400, 'bad-request', `The ${what} is not as it should be: ${first?.path.join('.') || what}: ${first?.message}`);
}

/** Said twice, a name would mean one thing here and another there: refused (ASVS 15.3.7). */
function readQuery<T>(schema: z.ZodType<T>, query: URLSearchParams): { body: T } | Refusal {
  const names = [...query.keys()];
  if (new Set(names).size !== names.length) return refuse(400, 'bad-request', 'The query says a name twice');
  return parsed(schema, Object.fromEntries(query), 'query');
}

const JSON_TYPE = 'application/json; charset=utf-8';

export function send(response: ServerResponse, answer: Answer): void {
  response.setHeader('Cache-Control', 'no-store');
  response.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
  if ('setCookie' in answer && (typeof answer.setCookie === 'string' || Array.isArray(answer.setCookie)))
    response.setHeader('Set-Cookie', answer.setCookie);
  if (isRefusal(answer)) {
    sendRefusal(response, answer);
  } else if (answer.status === 204) {
    response.writeHead(204);
    response.end();
  } else if ('location' in answer) {
    response.writeHead(answer.status, { Location: answer.location, 'Referrer-Policy': 'no-referrer' });
    response.end();
  } else if ('text' in answer) {
    const disposition = `attachment; filename="${answer.fileName}"`;
    response.writeHead(answer.status, { 'Content-Type': answer.type, 'Content-Disposition': disposition });
    response.end(answer.text);
  } else if ('file' in answer) {
    sendFile(response, answer.file);
  } else {
    response.writeHead(answer.status, { 'Content-Type': JSON_TYPE });
    response.end(JSON.stringify(answer.body));
  }
}

const DRAWN = new Set(['image/jpeg', 'image/png', 'image/webp']);

/** What a citizen sent: a picture that we drew anew is shown, anything else is only saved, and nothing in it may run. */
function sendFile(response: ServerResponse, { meta, stream }: { meta: FileMeta; stream: AsyncIterable<Uint8Array> }): void {
  const disposition = DRAWN.has(meta.contentType) ? 'inline' : 'attachment';
  response.writeHead(200, {
    'Content-Type': meta.contentType,
    'Content-Length': String(meta.size),
    'Content-Disposition': `${disposition}; filename="${meta.name.replace(/[^\w .-]/g, '_')}"`,
    'Content-Security-Policy': "sandbox; default-src 'none'",
    'Cache-Control': 'private, max-age=3600',
  });
  // Whoever goes away half-way is their own business.
  void pipeline(Readable.from(stream), response).catch(() => response.destroy());
}
