/** How Direct Line answers: JSON, and for a refusal `{error: {code, message}}` and nothing beside it, as its schema has it. */
import type { ServerResponse } from 'node:http';
import { isRefusal, type Refusal, sendRefusal } from '../../domain/http/refusal';

export type Answer = { status: 200 | 201; body: object } | Refusal;

/** Whether the database is away just now, which passes, rather than something being wrong. */
export function isPassing(error: unknown): boolean {
  return (error as { code?: unknown } | null)?.code === 'store-unavailable';
}

export function send(response: ServerResponse, answer: Answer): void {
  if (isRefusal(answer)) {
    const { refused, code, message } = answer;
    if (refused === 401) response.setHeader('WWW-Authenticate', 'Bearer');
    sendRefusal(response, answer, { error: { code, message } });
    return;
  }
  response.setHeader('Content-Type', 'application/json; charset=utf-8');
  response.setHeader('Cache-Control', 'no-store');
  response.setHeader('X-Content-Type-Options', 'nosniff');
  response.writeHead(answer.status);
  response.end(JSON.stringify(answer.body));
}
