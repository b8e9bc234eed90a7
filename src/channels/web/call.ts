/**
 * The outside of every address of this channel: which pages may read the answer, the
 * browser's question before a call (CORS preflight), and the answer written out.
 */

import { refuse } from '../../domain/http/refusal';
import type { Exchange, Opening, Route } from '../channel';
import { type Answer, send } from './answer';
import { allow, allowCall, type Origins } from './origins';

export interface Call {
  /** A citizen when absent. */
  caller?: Route['caller'];
  method: 'get' | 'post';
  path: string;
  /** `none` when absent. */
  body?: Route['body'];
  answer(exchange: Exchange): Promise<Answer>;
}

/** The routes of some calls: each call's own, and one for each path that answers a preflight. */
export function routesOf(calls: Call[], origins: Origins): Route[] {
  // A refusal is readable too: a client that cannot see "token expired" waits for ever.
  const opened = ({ request, response, params }: Opening, by: typeof allow): boolean => {
    const { origin } = request.headers;
    response.setHeader('Vary', 'Origin');
    if (!origin || !origins.mayAsk(origin, params.town)) return false;
    by(response, origin);
    return true;
  };

  const answers = calls.map(({ caller = 'citizen', method, path, body = 'none', answer }) => ({
    caller,
    method,
    path,
    body,
    greet: (opening: Opening) => void opened(opening, allow),
    handle: async (exchange: Exchange) => send(exchange.response, await answer(exchange)),
  }));

  const preflights = [...new Set(calls.map((call) => call.path))].map((path) => ({
    caller: 'anyone' as const,
    method: 'options' as const,
    path,
    body: 'none' as const,
    handle: async (exchange: Exchange) => {
      if (!opened(exchange, allowCall)) {
        return send(
          exchange.response,
          refuse(403, 'OriginNotAllowed', 'This page may not use the chat: see allowedOrigins in town.yml.'),
        );
      }
      exchange.response.writeHead(204);
      exchange.response.end();
    },
  }));

  return [...answers, ...preflights];
}
