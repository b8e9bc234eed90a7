/**
 * A call that is not done, and why: one shape for every part that answers HTTP. The status and the code are for programs
 * and stay the same; the message says what to do about it. On the wire it is `{"error": {"code", "message", …}}`.
 */
import type { ServerResponse } from 'node:http';

export interface Refusal {
  /** The HTTP status: 400 to 503. */
  refused: number;
  code: string;
  message: string;
  /** What a caller needs to go on, beside code and message. `retryAfterSeconds` is said in `Retry-After` as well. */
  more?: { retryAfterSeconds?: number; [name: string]: unknown };
}

export function refuse(refused: number, code: string, message: string, more?: Refusal['more']): Refusal {
  return { refused, code, message, ...(more ? { more } : {}) };
}

export function isRefusal(value: object): value is Refusal {
  return 'refused' in value;
}

/** Thrown where there is no way to return it. */
export class Refused extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal.message);
  }
}

/** Answers with it. Headers that hold for the whole address are set before. @param body what is said instead of code, message and more, where a protocol has its own. */
export function sendRefusal(response: ServerResponse, refusal: Refusal, body?: object): void {
  const { refused, code, message, more } = refusal;
  response.setHeader('Content-Type', 'application/json; charset=utf-8');
  response.setHeader('Cache-Control', 'no-store');
  response.setHeader('X-Content-Type-Options', 'nosniff');
  if (more?.retryAfterSeconds) response.setHeader('Retry-After', String(more.retryAfterSeconds));
  response.writeHead(refused);
  response.end(JSON.stringify(body ?? { error: { code, message, ...more } }));
}
