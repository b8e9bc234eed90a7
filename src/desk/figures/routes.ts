/**
 * Figures for those who steer: on screen, and each table as a file for a spreadsheet, in which no value can become a
 * formula. A supervisor sees the services they watch over, and no more.
 */
import { z } from 'zod';
import { type Agent, holds } from '../../domain/desk/agent';
import { refuse } from '../../domain/http/refusal';
import type { Route } from '../../domain/http/route';
import type { Town, Towns } from '../../domain/town';
import type { Frame } from '../api/frame';
import { Id } from '../api/requests';
import { servicesOf } from '../people/rights';
import type { Trail } from '../people/trail';
import { csvFile } from '../present/csv';
import { dayAfter, localDay } from './day';
import type { Days } from './days';
import { summaryOf } from './summary';
import type { Figures, Table } from './wire';

const LONGEST_DAYS = 366;
const USUAL_DAYS = 29;

const span = {
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  channel: z
    .string()
    .regex(/^[a-z-]{1,20}$/)
    .optional(),
  service: Id.optional(),
};
const Span = z.strictObject(span);
const Export = z.strictObject({ ...span, of: z.enum(['days', 'hours', 'channels', 'services', 'topics']) });

export interface FigureParts {
  frame: Frame;
  days: Days;
  towns: Pick<Towns, 'topics'>;
  trail: Trail;
  clock: () => Date;
}

const mayRead = (agent: Agent) => holds(agent, 'supervisor');

export function createFigureRoutes({ frame, days, towns, trail, clock }: FigureParts): Route[] {
  async function read(agent: Agent, town: Town, asked: z.infer<typeof Span>): Promise<Figures | null> {
    const to = asked.to ?? localDay(town, clock().getTime());
    const from = asked.from ?? dayAfter(to, -USUAL_DAYS);
    if (from > to || dayAfter(from, LONGEST_DAYS) <= to) return null;
    const may = servicesOf(agent, town, 'supervisor');
    const { channel, service } = asked;
    const language = agent.settings.language;
    return summaryOf(town, towns.topics(town.id), await days.between(town, from, to), {
      from,
      to,
      channel,
      service,
      may,
      language,
    });
  }

  const badSpan = refuse(400, 'bad-span', 'The days run forwards, for a year at most');

  return [
    frame.agents({
      method: 'get',
      path: '/desk/api/figures',
      query: Span,
      may: mayRead,
      async handle({ caller: { agent, town }, query }) {
        const figures = await read(agent, town, query);
        return figures ? { status: 200, body: figures } : badSpan;
      },
    }),
    frame.agents({
      method: 'get',
      path: '/desk/api/figures.csv',
      query: Export,
      may: mayRead,
      async handle({ caller: { agent, town, doer }, query: { of, ...asked } }) {
        const figures = await read(agent, town, asked);
        if (!figures) return badSpan;
        await trail.did(doer, 'figures.exported', `town:${town.id}`, { table: of, from: figures.from, to: figures.to });
        const lines = TABLES[of](figures);
        const fileName = `${of}-${town.id}-${figures.from}-${figures.to}.csv`;
        return csvFile(lines, fileName);
      },
    }),
  ];
}

type Cell = string | number | undefined;
const COUNTS = ['contacts', 'confirmed', 'handed_over', 'after_hours'];
type Counted = { contacts: number; confirmed: number; handedOver: number; afterHours: number };
const counted = ({ contacts, confirmed, handedOver, afterHours }: Counted) => [contacts, confirmed, handedOver, afterHours];

const TABLES: Record<Table, (figures: Figures) => Cell[][]> = {
  days: ({ byDay }) => [
    ['day', 'contacts', 'confirmed', 'handed_over', 'unknown'],
    ...byDay.map((row) => [row.day, row.contacts, row.confirmed, row.handedOver, row.unknown]),
  ],
  hours: ({ byHour }) => [['hour', 'contacts'], ...byHour.map(({ hour, contacts }) => [hour, contacts])],
  channels: ({ byChannel }) => [['channel', ...COUNTS], ...byChannel.map((row) => [row.channel, ...counted(row)])],
  services: ({ byService }) => [
    ['service', ...COUNTS, 'median_first_response_minutes', 'satisfied', 'answered_survey'],
    ...byService.map((row) => [row.service.name, ...counted(row), row.median, row.satisfied, row.answered]),
  ],
  topics: ({ byTopic }) => [
    ['topic', 'title', 'times', 'requests', 'useful', 'not_useful'],
    ...byTopic.map((row) => [row.topic, row.title, row.times, row.requests, row.useful, row.notUseful]),
  ],
};
