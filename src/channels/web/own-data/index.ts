/**
 * The page behind the link that a citizen gets for a copy of their own data. It says what it is, and a press downloads the
 * file: whatever looks at links before people do opens nothing. The copy is made then, and kept nowhere.
 */
import type { IncomingMessage } from 'node:http';
import { escaped } from '../../../domain/http/html';
import { sentenceOf } from '../../../domain/language/sentences';
import type { Town, Towns } from '../../../domain/town';
import type { Exchange } from '../../channel';
import { addressOf, counter } from '../allowance';
import { linkRoute, townlessPage } from '../pages/behind-link';
import { languageOf } from '../pages/language';
import { type Page, sendPage } from '../pages/page';
import { createOwnDataCodes, keyOf, LINK_SHAPE } from './codes';

const PER_ADDRESS = { count: 60, seconds: 600 };
const PER_LINK = { count: 10, seconds: 3600 };
const AGAIN_SECONDS = 5;

export interface OwnDataParts {
  /** The one that signs tokens; a key of its own is made from it. */
  secret: string;
  /** Where the outside world reaches this server; '' while that is not known. */
  publicUrl: () => string;
  towns: Towns;
  /** Whose town the link of this key is of; null once it has ended. */
  townOf(key: string): Promise<string | null>;
  copy(key: string): Promise<object | null>;
  clientIp?: (request: IncomingMessage) => string;
}

export function createOwnData({ secret, publicUrl, towns, townOf, copy, clientIp }: OwnDataParts) {
  const codes = createOwnDataCodes(secret);
  const fromAddress = counter(PER_ADDRESS, 'copies from your network');
  const forLink = counter(PER_LINK, 'copies by this link');
  /** Photos stand in a copy: one is made at a time. */
  let making: Promise<unknown> = Promise.resolve();

  /** What the page is for; a press on its button fetches the copy. */
  function askingPage(request: IncomingMessage, { id, languages, authority, name }: Town): Page {
    const language = languageOf(request, languages);
    const t = (sentence: string) => sentenceOf(towns, id, language, sentence);
    const form = `<form method="post"><button>${escaped(t('copy.button'))}</button></form>`;
    const main = [`<p>${escaped(t('copy.what'))}</p>`, form];
    return { language, authority: authority[language] ?? name, heading: t('copy.heading'), main };
  }

  function busy({ request, response }: Exchange, status: 429 | 503, seconds?: number): void {
    sendPage(response, status, townlessPage(towns, request, 'copy.heading', ['photo.busy']), seconds);
  }

  function ended({ request, response }: Exchange): void {
    sendPage(response, 404, townlessPage(towns, request, 'copy.ended', ['copy.ended-why']));
  }

  async function answer(exchange: Exchange): Promise<void> {
    const { request, response, params } = exchange;
    const code = params.code ?? '';
    const refused = await fromAddress(addressOf(request, clientIp));
    if (refused) return busy(exchange, 429, refused.more?.retryAfterSeconds);
    const key = LINK_SHAPE.test(code) ? keyOf(code) : null;
    const id = key && (await townOf(key));
    const town = id && towns.get(id);
    if (!key || !town) return ended(exchange);
    if (request.method !== 'POST') return sendPage(response, 200, askingPage(request, town));
    const spent = await forLink(key);
    if (spent) return busy(exchange, 429, spent.more?.retryAfterSeconds);
    const made = making.then(() => copy(key));
    making = made.catch(() => {});
    const document = await made;
    if (!document) return ended(exchange);
    response.writeHead(200, {
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Disposition': `attachment; filename="guichet-${town.id}.json"`,
      'Cache-Control': 'no-store',
      'Referrer-Policy': 'no-referrer',
      'X-Robots-Tag': 'noindex',
      'X-Content-Type-Options': 'nosniff',
    });
    response.end(`${JSON.stringify(document, null, 2)}\n`);
  }

  const route = (method: 'get' | 'post') =>
    linkRoute({ method, path: '/d/:code', body: 'none' }, answer, (exchange) => busy(exchange, 503, AGAIN_SECONDS));

  return {
    routes: [route('get'), route('post')],
    /** Six digits for whoever sent this message. */
    digits: codes.digits,
    /** Where a copy can be fetched that this message asks for, and the key by which it is asked for; null where there is no such place. */
    link(id: string): { url: string; key: string } | null {
      const link = codes.link(id);
      return publicUrl() ? { url: `${publicUrl()}/d/${link}`, key: keyOf(link) } : null;
    },
  };
}
