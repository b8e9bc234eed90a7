/**
 * How Direct Line answers: JSON, and for a refusal `{error: {code, message}}`. The code is
 * stable and for programs; the message says what to do about it.
 */
import type { ServerResponse } from 'node:http';

export interface Refusal {
  refused: number;
  code: string;
  message: string;
  retryAfterSeconds?: number;
}

export type Answer = { status: 200 | 201; body: object } | Refusal;

export function refuse(refused: number, code: string, message: string, retryAfterSeconds?: number): Refusal {
  return { refused, code, message, retryAfterSeconds };
}

export function isRefusal(value: object): value is Refusal {
  return 'refused' in value;
}

/** Whether the database is away just now, which passes, rather than something being wrong. */
export function isPassing(error: unknown): boolean {
  return (error as { code?: unknown } | null)?.code === 'store-unavailable';
}

export function send(response: ServerResponse, answer: Answer): void {
  const status = isRefusal(answer) ? answer.refused : answer.status;
  const body = isRefusal(answer) ? { error: { code: answer.code, message: answer.message } } : answer.body;
  response.setHeader('Content-Type', 'application/json; charset=utf-8');
  response.setHeader('Cache-Control', 'no-store');
  response.setHeader('X-Content-Type-Options', 'nosniff');
  if (status === 401) response.setHeader('WWW-Authenticate', 'Bearer');
  if (isRefusal(answer) && answer.retryAfterSeconds) response.setHeader('Retry-After', String(answer.retryAfterSeconds));
  response.writeHead(status);
  response.end(JSON.stringify(body));
}
