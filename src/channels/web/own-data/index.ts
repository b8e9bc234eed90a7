/**
 * The page behind the link that a citizen gets for a copy of their own data. It says what it is, and a press downloads the
 * file: whatever looks at links before people do opens nothing. The copy is made then, and kept nowhere.
 */
import type { IncomingMessage } from 'node:http';
import { escaped } from '../../../domain/http/html';
import { sentenceOf, type Towns } from '../../../domain/town';
import type { Exchange, Route } from '../../channel';
import { addressOf, counter } from '../allowance';
import { isPassing } from '../answer';
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

  function pageOf({ request }: Exchange, town: string | null, heading: string, lines: string[], button?: string): Page {
    const known = town === null ? undefined : towns.get(town);
    const language = languageOf(request, known ? known.languages : towns.list().flatMap(({ languages }) => languages));
    const t = (id: string) => sentenceOf(towns, known?.id ?? towns.list()[0]?.id ?? '', language, id);
    return {
      language,
      ...(known ? { authority: known.authority[language] ?? known.name } : {}),
      heading: t(heading),
      main: [
        ...lines.map((line) => `<p>${escaped(t(line))}</p>`),
        ...(button ? [`<form method="post"><button>${escaped(t(button))}</button></form>`] : []),
      ],
    };
  }

  async function answer(exchange: Exchange): Promise<void> {
    const { request, response, params } = exchange;
    const code = params.code ?? '';
    const refused = await fromAddress(addressOf(request, clientIp));
    if (refused)
      return sendPage(response, 429, pageOf(exchange, null, 'copy.heading', ['photo.busy']), refused.more?.retryAfterSeconds);
    const key = LINK_SHAPE.test(code) ? keyOf(code) : null;
    const town = key && (await townOf(key));
    if (!key || !town) return sendPage(response, 404, pageOf(exchange, null, 'copy.ended', ['copy.ended-why']));
    if (request.method !== 'POST')
      return sendPage(response, 200, pageOf(exchange, town, 'copy.heading', ['copy.what'], 'copy.button'));
    const spent = await forLink(key);
    if (spent)
      return sendPage(response, 429, pageOf(exchange, town, 'copy.heading', ['photo.busy']), spent.more?.retryAfterSeconds);
    const made = making.then(() => copy(key));
    making = made.catch(() => {});
    const document = await made;
    if (!document) return sendPage(response, 404, pageOf(exchange, null, 'copy.ended', ['copy.ended-why']));
    response.writeHead(200, {
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Disposition': `attachment; filename="guichet-${town}.json"`,
      'Cache-Control': 'no-store',
      'Referrer-Policy': 'no-referrer',
      'X-Robots-Tag': 'noindex',
      'X-Content-Type-Options': 'nosniff',
    });
    response.end(`${JSON.stringify(document, null, 2)}\n`);
  }

  function route(method: 'get' | 'post'): Route {
    return {
      caller: 'citizen',
      method,
      path: '/d/:code',
      body: 'none',
      async handle(exchange) {
        try {
          await answer(exchange);
        } catch (error) {
          if (!isPassing(error)) throw error;
          sendPage(exchange.response, 503, pageOf(exchange, null, 'copy.heading', ['photo.busy']), AGAIN_SECONDS);
        }
      },
    };
  }

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
