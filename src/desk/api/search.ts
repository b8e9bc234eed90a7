/**
 * The desk's one search field: a reference or a phone number, typed in any way, comes first; then whatever has all the
 * words. What an agent may not open is not found either.
 */
import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js';
import { z } from 'zod';
import type { Agent } from '../../domain/desk/agent';
import type { Route } from '../../domain/http/route';
import { findReferences, type Ticket } from '../../domain/ticket/ticket';
import type { Town } from '../../domain/town';
import type { Search, SearchEntry } from '../../store/rows/desk/search';
import type { Tickets } from '../../store/rows/tickets';
import { maySee, servicesOf } from '../people/rights';
import type { Trail } from '../people/trail';
import { presentService } from '../present/agent';
import type { Scenes } from '../present/scenes';
import { presentTitle, type TicketReader } from '../present/ticket';
import type { SearchHit } from '../wire';
import type { Frame } from './frame';

const MOST_HITS = 30;

const SearchQuery = z.strictObject({ q: z.string().max(200) });

/** The number in E.164, typed in any way of the town's country; null where it can be none. */
export function readPhone(typed: string, { country }: Pick<Town, 'country'>): string | null {
  const phone = parsePhoneNumberFromString(typed, country as CountryCode);
  return phone?.isPossible() ? phone.number : null;
}

export interface SearchParts {
  frame: Frame;
  search: Search;
  tickets: Tickets;
  trail: Trail;
  scenes: Pick<Scenes, 'coverFor'>;
  towns: TicketReader['towns'];
}

export function createSearchRoutes({ frame, search, tickets, trail, scenes, towns }: SearchParts): Route[] {
  async function exact(typed: string, agent: Agent, town: Town): Promise<Ticket[]> {
    const byReference = await Promise.all(findReferences(typed).map((reference) => tickets.byReference(town.id, reference)));
    const phone = readPhone(typed, town);
    const byPhone = phone
      ? await Promise.all([
          tickets.ofContact(town.id, phone, MOST_HITS),
          ...['sms', 'whatsapp'].map((channel) => tickets.ofAddress(town.id, channel, phone, MOST_HITS)),
        ])
      : [];
    return [...byReference, ...byPhone.flat()].flatMap((ticket) => (ticket && maySee(agent, town, ticket) ? [ticket] : []));
  }

  const ofTicket = (ticket: Ticket, reader: TicketReader): SearchHit => ({
    kind: 'ticket',
    id: ticket.reference,
    title: presentTitle(ticket, reader),
    excerpt: ticket.words.slice(0, 160),
    at: ticket.openedAt,
    service: ticket.service ? presentService(reader.town, ticket.service, reader.language) : undefined,
  });

  const ofConversation = ({ id, title, excerpt, at, service }: SearchEntry, { town, language }: TicketReader): SearchHit => ({
    kind: 'conversation',
    id: id.slice('conversation:'.length),
    title,
    excerpt,
    at: new Date(at).toISOString(),
    service: presentService(town, service, language),
  });

  /** A request as it is now; one that only few may still see is found by them alone. */
  async function hitOf(entry: SearchEntry, agent: Agent, reader: TicketReader): Promise<SearchHit | []> {
    if (entry.kind !== 'ticket') return ofConversation(entry, reader);
    const { town } = reader;
    const ticket = await tickets.byReference(town.id, entry.id.slice(`ticket:${town.id}:`.length));
    return ticket && maySee(agent, town, ticket) ? ofTicket(ticket, reader) : [];
  }

  return [
    frame.agents({
      method: 'get',
      path: '/desk/api/search',
      query: SearchQuery,
      async handle({ caller: { agent, town, doer }, query: { q } }) {
        const reader = { town, towns, language: agent.settings.language };
        const [first, found] = await Promise.all([
          exact(q, agent, town),
          search.find(town.id, servicesOf(agent, town, 'agent'), q, MOST_HITS),
        ]);
        const then = await Promise.all(found.map((entry) => hitOf(entry, agent, reader)));
        await trail.saw(doer, 'search.used', `town:${town.id}`);
        const hits = [...first.map((ticket) => ofTicket(ticket, reader)), ...then.flat()];
        const once = new Map(hits.map((hit) => [`${hit.kind}:${hit.id}`, hit] as const).reverse());
        const cover = scenes.coverFor(town, agent);
        const items = [...once.values()]
          .reverse()
          .slice(0, MOST_HITS)
          .map((hit) => ({ ...hit, title: cover(hit.title), excerpt: cover(hit.excerpt) }));
        return { status: 200, body: { items } };
      },
    }),
  ];
}
