/**
 * The audit log as its town's admin reads it: on screen, or as a file for a spreadsheet, in which no value can become a
 * formula. Reading it is noted too.
 */
import { z } from 'zod';
import { mayAdminister } from '../../domain/desk/agent';
import type { Route } from '../../domain/http/route';
import type { Agents } from '../../store/rows/desk/agents';
import type { Audit, AuditEntry } from '../../store/rows/desk/audit';
import type { Frame } from '../api/frame';
import { Id } from '../api/requests';
import { csvFile } from '../present/csv';
import type { AuditRow } from '../wire';
import type { Trail } from './trail';

const DAY = 24 * 60 * 60 * 1000;
const MOST_SHOWN = 200;
const MOST_EXPORTED = 20_000;

const Span = z.strictObject({
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  by: Id.optional(),
  /** How what was done begins: `conversation`, `ticket.read`. */
  what: z
    .string()
    .regex(/^[a-z.-]{1,40}$/)
    .optional(),
});

export interface AuditParts {
  frame: Frame;
  agents: Agents;
  audit: Audit;
  trail: Trail;
  clock: () => Date;
}

export function createAuditRoutes({ frame, agents, audit, trail, clock }: AuditParts): Route[] {
  /** Whole days (UTC), the last included; the last thirty when nothing is said. */
  function spanOf({ from, to }: z.infer<typeof Span>): [number, number] {
    const end = to ? Date.parse(to) + DAY : clock().getTime() + 1;
    return [from ? Date.parse(from) : end - 30 * DAY, end];
  }

  async function rowsOf(town: string, { by, what = '', ...span }: z.infer<typeof Span>, most: number): Promise<AuditRow[]> {
    const names = new Map((await agents.ofTown(town)).map(({ id, name }) => [id, name]));
    const looked = by || what ? MOST_EXPORTED : most;
    const entries = (await audit.list(town, ...spanOf(span), looked)).filter(
      (entry) => (!by || entry.agent === by) && entry.what.startsWith(what),
    );
    return entries.slice(0, most).map((entry) => presentEntry(entry, names));
  }

  return [
    frame.agents({
      method: 'get',
      path: '/desk/api/audit',
      query: Span,
      may: mayAdminister,
      async handle({ caller: { town, doer }, query }) {
        await trail.saw(doer, 'audit.read', `town:${town.id}`);
        return { status: 200, body: { items: await rowsOf(town.id, query, MOST_SHOWN) } };
      },
    }),
    frame.agents({
      method: 'get',
      path: '/desk/api/audit.csv',
      query: Span,
      may: mayAdminister,
      async handle({ caller: { town, doer }, query }) {
        await trail.did(doer, 'audit.exported', `town:${town.id}`);
        const rows = await rowsOf(town.id, query, MOST_EXPORTED);
        const columns = ['at', 'who', 'what', 'subject', 'details', 'network'];
        const lines = rows.map(({ at, by, what, subject, details, network }) => [
          at,
          by?.name ?? '',
          what,
          subject,
          Object.entries(details ?? {})
            .map(([name, value]) => `${name}: ${value}`)
            .join(', '),
          network,
        ]);
        return csvFile([columns, ...lines], `audit-${town.id}.csv`);
      },
    }),
  ];
}

export function presentEntry({ at, agent, what, subject, details, network }: AuditEntry, names: Map<string, string>): AuditRow {
  const by = agent ? { id: agent, name: names.get(agent) ?? agent } : undefined;
  return { at: new Date(at).toISOString(), by, what, subject, details, network };
}
