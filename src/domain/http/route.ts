/**
 * One address the front door answers at, as the part that owns it describes it. Written against
 * Node's own request and response, so that no channel needs to know which server mounts it.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';

export interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
  /** Named parts of the path. */
  params: Record<string, string>;
  query: URLSearchParams;
  /** `json`: parsed; `form`, `raw` and `none`: undefined. A form is read by whoever has checked its signature. */
  body: unknown;
  /** The body's bytes as they came, for `json` and `form`: what signatures are computed over. */
  rawBody: Buffer;
}

/** What is known of a call before its body is read. */
export type Opening = Pick<Exchange, 'request' | 'response' | 'params'>;

/**
 * Who may call an address. Each but `anyone` must show who it is, and is refused before anything is done: a visitor by the page
 * that carries the chat, a citizen by a token or a signed address, an agent by a session, a program by a key, a provider by its signature.
 */
export type RouteCaller = 'anyone' | 'visitor' | 'citizen' | 'agent' | 'program' | 'provider';

export interface Route {
  caller: RouteCaller;
  method: 'get' | 'post' | 'put' | 'patch' | 'del' | 'options';
  /** `/hooks/twilio/message`, `/v3/directline/conversations/:id`. */
  path: string;
  /** What its answers are counted under in the metrics, where that is not the path: files of a folder, whose names change, count as one. */
  countedAs?: string;
  /** How the body is read before `handle`; `raw` leaves the stream to it. */
  body: 'json' | 'form' | 'raw' | 'none';
  /** Before the body is read: headers that a refusal of the body must carry too. */
  greet?(opening: Opening): void;
  handle(exchange: Exchange): Promise<void>;
}
