/**
 * An address of the REST API as data: what it takes, answers and allows. From it come the route that is mounted and its
 * place in the contract, so that neither says what the other does not.
 */
import type { z } from 'zod';
import { isRefusal, type Refusal, refuse, sendRefusal } from '../../domain/http/refusal';
import type { Exchange, Route } from '../../domain/http/route';
import type { ApiKey, Scope } from '../../domain/programs/api-key';
import type { Town, Towns } from '../../domain/town';
import type { KeyRing } from '../keys';

export interface Call<Query, Body> {
  town: Town;
  key: ApiKey;
  params: Record<string, string>;
  query: Query;
  body: Body;
  /** The same for two sendings of the same call, where the caller says so. */
  idempotencyKey: string | undefined;
}

export interface Endpoint<Query = unknown, Body = unknown, Answer extends object = object> {
  method: 'get' | 'post' | 'patch';
  /** `/api/v1/tickets/:reference`. */
  path: string;
  summary: string;
  scope: Scope;
  query?: z.ZodType<Query>;
  body?: z.ZodType<Body>;
  status: 200 | 201;
  answer: z.ZodType<Answer>;
  handle(call: Call<Query, Body>): Promise<Answer | Refusal>;
}

/** Keeps the kinds of query, body and answer together while it is written down. */
export const endpoint = <Query, Body, Answer extends object>(one: Endpoint<Query, Body, Answer>): Endpoint =>
  one as unknown as Endpoint;

const TYPE = 'application/json; charset=utf-8';

function send({ response }: Exchange, status: number, body: object): void {
  response.setHeader('Cache-Control', 'no-store');
  response.writeHead(status, { 'Content-Type': TYPE });
  response.end(JSON.stringify(body));
}

export function routeOf(one: Endpoint, keys: KeyRing, towns: Towns): Route {
  async function hear(exchange: Exchange): Promise<object> {
    const { request, params } = exchange;
    const [, shown = ''] = /^Bearer ([\w-]{1,100})$/i.exec(request.headers.authorization ?? '') ?? [];
    const admitted = await keys.admit(request, shown, one.scope);
    if ('waitSeconds' in admitted)
      return refuse(429, 'too-many', `Try again in ${admitted.waitSeconds} seconds`, {
        retryAfterSeconds: admitted.waitSeconds,
      });
    if ('refused' in admitted)
      return admitted.refused === 'missing-scope'
        ? refuse(403, 'missing-scope', `This key has not the scope ${one.scope}`)
        : refuse(401, 'unknown-key', 'Send a key of this town that is in use: Authorization: Bearer guichet_…');
    const { key } = admitted;
    const town = towns.get(key.town);
    if (!town) return refuse(403, 'no-town', 'The town of this key is not served here any more');
    const query = read(one.query, queryOf(exchange), 'query');
    if (query.wrong) return query.wrong;
    if (one.body && !/^application\/json\b/i.test(request.headers['content-type'] ?? ''))
      return refuse(415, 'not-json', 'Send application/json');
    const body = read(one.body, exchange.body, 'body');
    if (body.wrong) return body.wrong;
    const idempotencyKey = /^[\x21-\x7e]{1,100}$/.exec(String(request.headers['idempotency-key'] ?? ''))?.[0];
    return one.handle({ town, key, params, query: query.value, body: body.value, idempotencyKey });
  }

  return {
    caller: 'program',
    method: one.method,
    path: one.path,
    body: one.body ? 'json' : 'none',
    async handle(exchange) {
      const answer = await hear(exchange);
      if (isRefusal(answer)) sendRefusal(exchange.response, answer);
      else send(exchange, one.status, answer);
    },
  };
}

/** Said twice, a name would mean one thing here and another there; null then. */
function queryOf({ query }: Exchange): Record<string, string> | null {
  const names = [...query.keys()];
  return new Set(names).size === names.length ? Object.fromEntries(query) : null;
}

function read(schema: z.ZodType | undefined, given: unknown, what: string): { value?: unknown; wrong?: Refusal } {
  if (!schema) return {};
  const result = schema.safeParse(given);
  if (result.success) return { value: result.data };
  const [first] = result.error.issues;
  return {
    wrong: refuse(400, 'bad-request', `The ${what} is not as it should be: ${first?.path.join('.') || what}: ${first?.message}`),
  };
}
