/** In which language a page is written for whoever opens it: the first that their browser asks for and the town speaks. */
import type { IncomingMessage } from 'node:http';
import { escaped } from '../../../domain/http/html';

const LONGEST = 200;

/** @param spoken the first is taken where the browser asks for none of them. */
export function languageOf({ headers }: Pick<IncomingMessage, 'headers'>, spoken: string[]): string {
  const wanted = (headers['accept-language'] ?? '').slice(0, LONGEST).split(',');
  const codes = wanted.map((each) => each.trim().slice(0, 2).toLowerCase());
  return codes.find((code) => spoken.includes(code)) ?? spoken[0] ?? '';
}

/** The page in other languages: each named in its own. */
export function languageLinks(codes: string[]): string[] {
  const links = codes.map((code) => {
    const name = new Intl.DisplayNames([code], { type: 'language' }).of(code) ?? code;
    return `<a href="?l=${escaped(code)}" lang="${escaped(code)}" hreflang="${escaped(code)}">${escaped(name)}</a>`;
  });
  return links.length > 0 ? [`<p>${links.join(' · ')}</p>`] : [];
}
