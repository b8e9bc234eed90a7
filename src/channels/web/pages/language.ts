/** In which language a page is written for whoever opens it: the first that their browser asks for and the town speaks. */
import type { IncomingMessage } from 'node:http';

const LONGEST = 200;

/** @param spoken the first is taken where the browser asks for none of them. */
export function languageOf({ headers }: Pick<IncomingMessage, 'headers'>, spoken: string[]): string {
  const wanted = (headers['accept-language'] ?? '').slice(0, LONGEST).split(',');
  const codes = wanted.map((each) => each.trim().slice(0, 2).toLowerCase());
  return codes.find((code) => spoken.includes(code)) ?? spoken[0] ?? '';
}
