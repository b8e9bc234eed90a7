/** A request to the fake API and an answer of it, as plain values: written to the socket in one place. */

export interface Call {
  method: string;
  path: string;
  query: URLSearchParams;
  body: string;
}

/** What is written back; `silence` leaves the socket open until the other side gives up, `cut` drops it. */
export type Answer = { status: number; headers?: Record<string, string | number>; body?: Buffer } | 'silence' | 'cut';

export function json(status: number, body: unknown): Answer {
  return { status, headers: { 'Content-Type': 'application/json' }, body: Buffer.from(JSON.stringify(body)) };
}

export function refusal(status: number, code: number, message: string): Answer {
  return json(status, { code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status });
}
