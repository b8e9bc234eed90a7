/** Requests on a map of the town: the town's own lines, and the points of those requests that the list with the same filters shows. */
import type { Route } from '../../domain/http/route';
import type { Ticket } from '../../domain/ticket/ticket';
import type { Towns } from '../../domain/town';
import type { Listed, PageEnd, Tickets } from '../../store/rows/tickets';
import { type Frame, NOT_FOUND } from '../api/frame';
import { TicketQuery } from '../api/requests';
import { maySee } from '../people/rights';
import { presentTicketRow, type TicketReader } from '../present/ticket';
import { listedFor } from '../tickets/listed';
import type { PlacedTicket, TicketPlaces, TownMap } from '../wire';
import { outlineOf, pointOf } from './outline';

/** Points that can still be told apart; of more the newest. */
const MOST = 500;
const PAGE = 100;

export interface MapParts {
  frame: Frame;
  tickets: Pick<Tickets, 'page' | 'countOf'>;
  towns: Pick<Towns, 'topic'>;
  mapTiles?: TownMap['tiles'];
}

export function createMapRoutes({ frame, tickets, towns, mapTiles: tiles }: MapParts): Route[] {
  async function newest(town: string, listed: Listed): Promise<Ticket[]> {
    const found: Ticket[] = [];
    for (let after: PageEnd | undefined; found.length < MOST; after = found.at(-1)) {
      const page = await tickets.page(town, { ...listed, after }, PAGE);
      found.push(...page);
      if (page.length < PAGE) break;
    }
    return found;
  }

  return [
    frame.agents({
      method: 'get',
      path: '/desk/api/map',
      async handle({ caller: { agent, town } }) {
        const { language } = agent.settings;
        const sectors = (town.sectors ?? []).map(({ name, outline }) => ({
          name: name[language] ?? name[town.languages[0]] ?? '',
          rings: outline.flat().map((ring) => ring.map(([longitude = 0, latitude = 0]) => pointOf({ latitude, longitude }))),
        }));
        const body: TownMap = { ...outlineOf(town), sectors, tiles };
        return { status: 200, body };
      },
    }),
    frame.agents({
      method: 'get',
      path: '/desk/api/tickets/places',
      query: TicketQuery.omit({ after: true }),
      async handle({ caller: { agent, town }, query }) {
        const listed = listedFor(agent, town, query);
        if (!listed) return NOT_FOUND;
        const [found, total] = await Promise.all([newest(town.id, listed), tickets.countOf(town.id, listed)]);
        const body: TicketPlaces = {
          items: found
            .filter((ticket) => maySee(agent, town, ticket))
            .flatMap((ticket) => placed(ticket, { town, towns, language: agent.settings.language }) ?? []),
          looked: found.length,
          total,
        };
        return { status: 200, body };
      },
    }),
  ];
}

function placed(ticket: Ticket, reader: TicketReader): PlacedTicket | undefined {
  const { latitude, longitude, precision } = ticket.place ?? {};
  if (latitude === undefined || longitude === undefined) return undefined;
  return { ...presentTicketRow(ticket, reader), at: pointOf({ latitude, longitude }), isExact: precision !== 'street' };
}
