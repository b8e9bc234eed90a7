/**
 * How long things are kept, for whoever watches over all services of a town: what the nights to come take away, and the list
 * of what went, as a file. What may not go, a request in a dispute, is held by a supervisor of its service, with the reason.
 */
import { z } from 'zod';
import { holds } from '../../domain/desk/agent';
import { refuse } from '../../domain/http/refusal';
import type { Route } from '../../domain/http/route';
import { eliminationLines, type RetentionPlan } from '../../domain/retention';
import { readReference, type Ticket } from '../../domain/ticket/ticket';
import type { Town, Towns } from '../../domain/town';
import type { Agents } from '../../store/rows/desk/agents';
import type { Audit } from '../../store/rows/desk/audit';
import type { Eliminations } from '../../store/rows/eliminations';
import type { Tickets } from '../../store/rows/tickets';
import { type Caller, FORBIDDEN, type Frame, NOT_FOUND } from '../api/frame';
import { line } from '../api/requests';
import { presentEntry } from '../people/audit';
import { maySee, watchesAll } from '../people/rights';
import type { Trail } from '../people/trail';
import { csvFile } from '../present/csv';
import type { AuditRow, Readers } from '../wire';

export interface RetentionParts {
  frame: Frame;
  trail: Trail;
  agents: Pick<Agents, 'ofTown'>;
  audit: Pick<Audit, 'ofSubjects'>;
  tickets: Pick<Tickets, 'byReference' | 'hold' | 'release'>;
  eliminations: Pick<Eliminations, 'list'>;
  towns: Pick<Towns, 'topic'>;
  retentionPlan: (town: Town, titleOf: (topic: string) => string) => Promise<RetentionPlan>;
  clock: () => Date;
}

const MOST_ELIMINATIONS = 100_000;
const [MOST_SHOWN, MOST_EXPORTED] = [100, 20_000];

const Span = z.strictObject({ from: z.iso.date().default('0000-01-01'), to: z.iso.date().default('9999-12-31') });
const HoldBody = z.strictObject({ reason: line(300) });

export function createRetentionRoutes(parts: RetentionParts): Route[] {
  const { frame, trail, agents, audit, tickets, eliminations, towns, retentionPlan, clock } = parts;

  /** The request, where whoever asks watches over its service. */
  async function watched({ agent, town }: Caller, typed = ''): Promise<Ticket | null> {
    const reference = readReference(typed);
    const ticket = reference && (await tickets.byReference(town.id, reference));
    return ticket && maySee(agent, town, ticket) && holds(agent, 'supervisor', ticket.service ?? town.frontDesk) ? ticket : null;
  }

  async function readersOf({ town, reference, conversation }: Ticket, most: number): Promise<AuditRow[]> {
    const subjects = [`ticket:${reference}`, ...(conversation ? [`conversation:${conversation}`] : [])];
    const [entries, people] = await Promise.all([audit.ofSubjects(town, subjects, most), agents.ofTown(town)]);
    const names = new Map(people.map(({ id, name }) => [id, name]));
    return entries.map((entry) => presentEntry(entry, names));
  }

  return [
    frame.agents({
      method: 'get',
      path: '/desk/api/retention',
      async handle({ caller: { agent, town } }) {
        if (!watchesAll(agent, town)) return FORBIDDEN;
        const titleOf = (id: string) => {
          const title = towns.topic(town.id, id)?.title ?? {};
          return title[agent.settings.language] ?? title[town.languages[0]] ?? id;
        };
        return { status: 200, body: await retentionPlan(town, titleOf) };
      },
    }),
    frame.agents({
      method: 'get',
      path: '/desk/api/eliminations.csv',
      query: Span,
      async handle({ caller: { agent, town, doer }, query: { from, to } }) {
        if (!watchesAll(agent, town)) return FORBIDDEN;
        await trail.did(doer, 'eliminations.exported', `town:${town.id}`);
        const list = await eliminations.list(town.id, from, to, MOST_ELIMINATIONS);
        return csvFile(eliminationLines(list), `eliminations-${town.id}.csv`);
      },
    }),
    frame.agents({
      method: 'get',
      path: '/desk/api/tickets/:reference/readers',
      async handle({ caller, params }) {
        const ticket = await watched(caller, params.reference);
        if (!ticket) return NOT_FOUND;
        const { reference, hold } = ticket;
        const items = await readersOf(ticket, MOST_SHOWN);
        await trail.saw(caller.doer, 'ticket.readers-read', `ticket:${reference}`);
        const body: Readers = { items, ...(hold && { hold: { at: hold.at, by: hold.by.name, reason: hold.reason } }) };
        return { status: 200, body };
      },
    }),
    frame.agents({
      method: 'get',
      path: '/desk/api/tickets/:reference/readers.csv',
      async handle({ caller, params }) {
        const ticket = await watched(caller, params.reference);
        if (!ticket) return NOT_FOUND;
        const rows = await readersOf(ticket, MOST_EXPORTED);
        await trail.did(caller.doer, 'ticket.readers-exported', `ticket:${ticket.reference}`);
        const lines = rows.map(({ at, by, what, subject, network }) => [at, by?.name ?? '', what, subject, network]);
        return csvFile([['at', 'who', 'what', 'subject', 'network'], ...lines], `readers-${ticket.reference}.csv`);
      },
    }),
    frame.agents({
      method: 'put',
      path: '/desk/api/tickets/:reference/hold',
      body: HoldBody,
      async handle({ caller, params, body: { reason } }) {
        const ticket = await watched(caller, params.reference);
        if (!ticket) return NOT_FOUND;
        const by = { id: caller.agent.id, name: caller.agent.name };
        if (!(await tickets.hold(ticket.id, { at: clock().toISOString(), by, reason })))
          return refuse(409, 'held', 'This request is held already, or nothing is left of it');
        await trail.did(caller.doer, 'ticket.held', `ticket:${ticket.reference}`);
        return { status: 204 };
      },
    }),
    frame.agents({
      method: 'del',
      path: '/desk/api/tickets/:reference/hold',
      async handle({ caller, params }) {
        const ticket = await watched(caller, params.reference);
        if (!ticket) return NOT_FOUND;
        if (!(await tickets.release(ticket.id))) return refuse(409, 'not-held', 'Nobody holds this request');
        await trail.did(caller.doer, 'ticket.released', `ticket:${ticket.reference}`);
        return { status: 204 };
      },
    }),
  ];
}
