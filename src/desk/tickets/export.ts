/**
 * The list of requests as a file: the same filters as on screen, the requests that this agent may see, newest first. What
 * citizens wrote, and how to reach them, is not in it: a file goes where no right is asked for any more.
 */
import type { Route } from '../../domain/http/route';
import type { Ticket } from '../../domain/ticket/ticket';
import { FOR_A_PERSON } from '../../domain/topic/topic';
import type { Town } from '../../domain/town';
import type { Listed, PageEnd, Tickets } from '../../store/rows/tickets';
import { type Frame, NOT_FOUND } from '../api/frame';
import { TicketQuery } from '../api/requests';
import { maySee } from '../people/rights';
import type { Trail } from '../people/trail';
import { presentSector, presentService } from '../present/agent';
import { csvFile } from '../present/csv';
import { listedFor } from './listed';

/** Of more the newest. */
const MOST = 10_000;
const PAGE = 500;
const COLUMNS = [
  ...['reference', 'received', 'topic', 'title', 'service', 'sector', 'state', 'priority'],
  ...['address', 'latitude', 'longitude', 'due', 'changed', 'answered', 'reopened', 'agent'],
];

export interface ExportParts {
  frame: Frame;
  tickets: Tickets;
  trail: Trail;
}

export function createExportRoutes({ frame, tickets, trail }: ExportParts): Route[] {
  async function allOf(town: string, listed: Listed): Promise<Ticket[]> {
    const found: Ticket[] = [];
    for (let after: PageEnd | undefined; found.length < MOST; after = found.at(-1)) {
      const page = await tickets.page(town, { ...listed, after }, PAGE);
      found.push(...page);
      if (page.length < PAGE) break;
    }
    return found.slice(0, MOST);
  }

  return [
    frame.agents({
      method: 'get',
      path: '/desk/api/tickets.csv',
      query: TicketQuery.omit({ after: true }),
      async handle({ caller: { agent, town, doer }, query }) {
        const listed = listedFor(agent, town, query);
        if (!listed) return NOT_FOUND;
        const shown = (await allOf(town.id, listed)).filter((ticket) => maySee(agent, town, ticket));
        await trail.did(doer, 'tickets.exported', `town:${town.id}`, { state: query.state, count: String(shown.length) });
        const { language } = agent.settings;
        return csvFile([COLUMNS, ...shown.map((ticket) => lineOf(ticket, town, language))], `requests-${town.id}.csv`);
      },
    }),
  ];
}

function lineOf(ticket: Ticket, town: Town, language: string): Array<string | number> {
  const {
    reference,
    openedAt,
    topic,
    title,
    service = town.frontDesk,
    state,
    priority,
    due,
    updatedAt,
    agent,
    reopened,
  } = ticket;
  // Of a message for a person the place is their own.
  const place = topic === FOR_A_PERSON ? undefined : ticket.place;
  const answered = ticket.history.find(({ by, isPublic, text }) => by === 'agent' && isPublic && text);
  return [
    ...[reference, openedAt, topic, title, presentService(town, service, language).name],
    ...[presentSector(town, ticket.sector, language)?.name ?? '', state, priority],
    ...[place?.text ?? '', place?.latitude ?? '', place?.longitude ?? ''],
    ...[due?.at ?? '', updatedAt, answered?.at ?? '', reopened ?? 0, agent ?? ''],
  ];
}
