/** The report of a night, for who looks after the whole town. */
import { z } from 'zod';
import { holds } from '../../domain/desk/agent';
import type { Route } from '../../domain/http/route';
import type { Reports } from '../../store/rows/desk/reports';
import { type Frame, NOT_FOUND } from '../api/frame';
import type { NightReport } from '../wire';

const Query = z.strictObject({ date: z.iso.date().optional() });

export function createReportRoutes({ frame, reports }: { frame: Frame; reports: Reports }): Route[] {
  return [
    frame.agents({
      method: 'get',
      path: '/desk/api/report',
      query: Query,
      may: (agent) =>
        agent.roles.some(({ role, services }) => role !== 'agent' && services === 'all') && holds(agent, 'supervisor'),
      async handle({ caller: { town }, query: { date } }) {
        const found = date ? await reports.get(town.id, date) : await reports.latest(town.id);
        if (!found) return NOT_FOUND;
        const { looked, counts, at } = found;
        const body: NightReport = {
          date: found.date,
          at,
          looked,
          counts: { ...counts },
          items: found.items.map(({ conversation, channel, at: wrote, why }) => ({ conversation, channel, at: wrote, why })),
        };
        return { status: 200, body };
      },
    }),
  ];
}
