/**
 * The register of formal requests, as a file: what came in when, whose it is, what silence means from which day, and how it
 * ended. For those who watch over a whole town; what citizens wrote is not in it.
 */
import type { Route } from '../../domain/http/route';
import type { Ticket } from '../../domain/ticket/ticket';
import type { Tickets } from '../../store/rows/tickets';
import { FORBIDDEN, type Frame } from '../api/frame';
import { watchesAll } from '../people/rights';
import type { Trail } from '../people/trail';
import { csvFile } from '../present/csv';

/** Of more the newest. */
const MOST = 10_000;
const COLUMNS = [
  'reference',
  'received',
  'topic',
  'service',
  'silence_means',
  'silence_decides_on',
  'state',
  'ended',
  'answered',
];

export interface RegisterParts {
  frame: Frame;
  tickets: Tickets;
  trail: Trail;
}

export function createRegisterRoutes({ frame, tickets, trail }: RegisterParts): Route[] {
  return [
    frame.agents({
      method: 'get',
      path: '/desk/api/register.csv',
      async handle({ caller: { agent, town, doer } }) {
        if (!watchesAll(agent, town)) return FORBIDDEN;
        const found = await tickets.formal(town.id, MOST);
        await trail.saw(doer, 'register.read', `town:${town.id}`);
        const lines = [COLUMNS, ...found.map(lineOf)];
        return csvFile(lines, `register-${town.id}.csv`);
      },
    }),
  ];
}

function lineOf({ reference, openedAt, topic, service, formal, state, history }: Ticket): string[] {
  const ended = history.findLast(
    (event) => event.state === state && ['resolved', 'refused', 'moved', 'withdrawn', 'closed'].includes(state),
  );
  const answered = history.find(({ by, isPublic, text }) => by === 'agent' && isPublic && text);
  const facts = [formal?.silence ?? '', formal?.decidesOn ?? '', state, ended?.at ?? '', answered?.at ?? ''];
  return [reference, openedAt, topic, service, ...facts];
}
