/** The page behind the link by which anybody who has it sees where a request stands, without an account and without a name. */
import type { IncomingMessage } from 'node:http';
import type { Ticket } from '../../../domain/ticket/ticket';
import type { Towns } from '../../../domain/town';
import type { Exchange } from '../../channel';
import { addressOf, counter } from '../allowance';
import { linkRoute, townlessPage } from '../pages/behind-link';
import { languageOf } from '../pages/language';
import { sendPage } from '../pages/page';
import { createStatusCodes } from './code';
import { statusPage } from './page';

const PER_ADDRESS = { count: 120, seconds: 600 };
const AGAIN_SECONDS = 5;

export interface StatusPageParts {
  /** The one that signs tokens; a key of its own is made from it. */
  secret: string;
  /** Where the outside world reaches this server; '' while that is not known. */
  publicUrl: () => string;
  towns: Towns;
  ticket(town: string, reference: string): Promise<Ticket | null>;
  clock: () => Date;
  clientIp?: (request: IncomingMessage) => string;
}

export function createStatusPage({ secret, publicUrl, towns, ticket: find, clock, clientIp }: StatusPageParts) {
  const codes = createStatusCodes(secret);
  const fromAddress = counter(PER_ADDRESS, 'pages from your network');

  /** An unknown link, a forged one and one whose request was erased are answered alike. */
  function refuse({ request, response }: Exchange, status: number, lines: string[], retryAfterSeconds?: number): void {
    const page = townlessPage(towns, request, status === 404 ? 'page.unknown' : 'page.heading', lines);
    sendPage(response, status, page, retryAfterSeconds);
  }

  async function show(exchange: Exchange): Promise<void> {
    const { request, response, params, query } = exchange;
    const spent = await fromAddress(addressOf(request, clientIp));
    if (spent) return refuse(exchange, 429, ['page.busy'], spent.more?.retryAfterSeconds);
    const said = codes.read(
      params.code ?? '',
      towns.list().map(({ id }) => id),
    );
    const town = said && towns.get(said.town);
    const own = said && (await find(said.town, said.reference));
    if (!town || !own || own.erasedAt !== undefined) return refuse(exchange, 404, ['page.unknown-why']);
    // Put together with another: what becomes of that one is what becomes of it.
    const other = own.mergedInto ? await find(town.id, own.mergedInto) : null;
    const ticket = other ? { ...own, state: other.state, updatedAt: other.updatedAt, due: other.due } : own;
    const spoken: string[] = town.languages;
    const asked = query.get('l') ?? '';
    const first = spoken.includes(own.language) ? [own.language, ...spoken] : spoken;
    const language = spoken.includes(asked) ? asked : languageOf(request, first);
    const others = spoken.filter((code) => code !== language);
    sendPage(response, 200, statusPage({ towns, town, ticket, language, others, now: clock() }));
  }

  const route = linkRoute({ method: 'get', path: '/s/:code', body: 'none' }, show, (exchange) =>
    refuse(exchange, 503, ['page.busy'], AGAIN_SECONDS),
  );

  return {
    routes: [route],
    linkTo(town: string, reference: string): string | null {
      return publicUrl() ? `${publicUrl()}/s/${codes.make(town, reference)}` : null;
    },
  };
}
