/**
 * What colleagues were called or threatened with, for those who look after their services, who have to protect them: on
 * screen, or as a file for a spreadsheet, in which no value can become a formula. Reading it is noted.
 */
import { z } from 'zod';
import { type Agent, holds } from '../../domain/desk/agent';
import type { Route } from '../../domain/http/route';
import type { Town } from '../../domain/town';
import type { AbuseReport, Abuses } from '../../store/rows/desk/abuses';
import type { Frame } from '../api/frame';
import { presentService } from '../present/agent';
import { csvFile } from '../present/csv';
import type { AbuseRow } from '../wire';
import type { Trail } from './trail';

const DAY = 24 * 60 * 60 * 1000;
const MOST_SHOWN = 200;
const MOST_EXPORTED = 20_000;

const Span = z.strictObject({ from: z.iso.date().optional(), to: z.iso.date().optional() });

export interface AbuseParts {
  frame: Frame;
  abuses: Abuses;
  trail: Trail;
  clock: () => Date;
}

export function createAbuseRoutes({ frame, abuses, trail, clock }: AbuseParts): Route[] {
  /** Whole days (UTC), the last included; the last year when nothing is said. */
  async function rowsOf(agent: Agent, town: Town, { from, to }: z.infer<typeof Span>, most: number): Promise<AbuseRow[]> {
    const end = to ? Date.parse(to) + DAY : clock().getTime() + 1;
    const found = await abuses.list(town.id, from ? Date.parse(from) : end - 365 * DAY, end, MOST_EXPORTED);
    return found
      .filter(({ service }) => holds(agent, 'supervisor', service))
      .slice(0, most)
      .map((one) => present(one, town, agent.settings.language));
  }

  return [
    frame.agents({
      method: 'get',
      path: '/desk/api/abuse',
      query: Span,
      may: (agent) => holds(agent, 'supervisor'),
      async handle({ caller: { agent, town, doer }, query }) {
        await trail.saw(doer, 'abuse.read', `town:${town.id}`);
        return { status: 200, body: { items: await rowsOf(agent, town, query, MOST_SHOWN) } };
      },
    }),
    frame.agents({
      method: 'get',
      path: '/desk/api/abuse.csv',
      query: Span,
      may: (agent) => holds(agent, 'supervisor'),
      async handle({ caller: { agent, town, doer }, query }) {
        await trail.did(doer, 'abuse.exported', `town:${town.id}`);
        const rows = await rowsOf(agent, town, query, MOST_EXPORTED);
        const columns = ['at', 'who', 'service', 'channel', 'kind', 'words', 'note', 'paused_minutes', 'conversation'];
        const lines = rows.map(({ at, by, service, channel, kind, words, note, pausedMinutes, conversation }) => [
          ...[at, by.name, service.name, channel, kind, words.join(' | '), note, String(pausedMinutes), conversation],
        ]);
        return csvFile([columns, ...lines], `incidents-${town.id}.csv`);
      },
    }),
  ];
}

function present(report: AbuseReport, town: Town, language: string): AbuseRow {
  const { at, agent, service, conversation, channel, kind, note, words, pausedMinutes } = report;
  return {
    ...{ at: new Date(at).toISOString(), by: { ...agent }, service: presentService(town, service, language) },
    ...{ conversation, channel, kind, note, words, pausedMinutes },
  };
}
