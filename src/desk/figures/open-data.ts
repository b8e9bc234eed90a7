/**
 * How many requests came in by topic, month and sector, for anybody to take, where the town's file allows it: JSON and CSV.
 * Months that are over, of topics with `open_data`; small counts are hidden (suppress.ts).
 */
import { DateTime } from 'luxon';
import { refuse, sendRefusal } from '../../domain/http/refusal';
import type { Route } from '../../domain/http/route';
import type { Town, Towns } from '../../domain/town';
import type { Tickets } from '../../store/rows/tickets';
import { csvFile } from '../present/csv';
import { localDay } from './day';
import { suppress, type Told } from './suppress';

const MONTHS = 12;

interface Row extends Told {
  month: string;
  topic: string;
  title: string;
}

export interface OpenDataParts {
  tickets: Pick<Tickets, 'countOpened'>;
  towns: Towns;
  clock: () => Date;
}

export function createOpenData({ tickets, towns, clock }: OpenDataParts): Route[] {
  /** Worked out once a day: a count that moved while somebody looked would give a single request away. */
  const known = new Map<string, { day: string; rows: Promise<Row[]> }>();

  async function rowOf(town: Town, topic: string, from: DateTime): Promise<Told> {
    const [begin, end] = [from, from.plus({ months: 1 })].map((at) => at.toUTC().toISO() ?? '');
    const span = { town: town.id, topic, from: begin ?? '', to: end ?? '' };
    const total = await tickets.countOpened(span);
    const parts: number[] = [];
    for (const { id } of town.sectors ?? []) parts.push(total === 0 ? 0 : await tickets.countOpened({ ...span, sector: id }));
    // The last is of those that lie in no sector, or nobody can tell.
    return suppress([...parts, Math.max(0, total - parts.reduce((sum, part) => sum + part, 0))], town.openData?.smallest ?? 5);
  }

  /** One count after another: citizens are served meanwhile. */
  async function count(town: Town): Promise<Row[]> {
    const thisMonth = DateTime.fromJSDate(clock(), { zone: town.timeZone }).startOf('month');
    const rows: Row[] = [];
    for (let back = MONTHS; back > 0; back -= 1) {
      const from = thisMonth.minus({ months: back });
      for (const topic of towns.topics(town.id).filter(({ openData }) => openData !== undefined)) {
        const title = topic.title[town.languages[0] ?? ''] ?? topic.id;
        rows.push({ month: from.toFormat('yyyy-MM'), topic: topic.id, title, ...(await rowOf(town, topic.id, from)) });
      }
    }
    return rows;
  }

  function today(town: Town): Promise<Row[]> {
    const day = localDay(town, clock().getTime());
    const there = known.get(town.id);
    if (there?.day === day) return there.rows;
    const rows = count(town);
    known.set(town.id, { day, rows });
    rows.catch(() => known.delete(town.id));
    return rows;
  }

  const sectorsOf = (town: Town) => [
    ...(town.sectors ?? []).map(({ id, name }) => ({ id, name: name[town.languages[0] ?? ''] ?? id })),
    { id: '(none)', name: '' },
  ];

  const route = (format: 'json' | 'csv', write: (town: Town, rows: Row[]) => { type: string; text: string }): Route => ({
    caller: 'anyone',
    method: 'get',
    path: `/open-data/:town/requests.${format}`,
    body: 'none',
    async handle({ response, params }) {
      const town = towns.get(params.town ?? '');
      if (!town?.openData?.figures)
        return sendRefusal(response, refuse(404, 'not-found', 'No town of this name publishes figures of its requests'));
      const { type, text } = write(town, await today(town));
      response.writeHead(200, {
        ...{ 'Content-Type': type, 'Cache-Control': 'public, max-age=3600', 'Access-Control-Allow-Origin': '*' },
        'Content-Disposition': `inline; filename="requests-${town.id}.${format}"`,
      });
      response.end(text);
    },
  });

  return [
    route('json', (town, rows) => {
      const sectors = sectorsOf(town);
      const body = {
        ...{ town: town.id, smallest: town.openData?.smallest, sectors },
        rows: rows.map(({ month, topic, title, total, parts }) => ({
          ...{ month, topic, title, requests: total },
          bySector: Object.fromEntries(sectors.map(({ id }, n) => [id, parts[n] ?? null])),
        })),
      };
      return { type: 'application/json; charset=utf-8', text: JSON.stringify(body) };
    }),
    route('csv', (town, rows) => {
      const sectors = sectorsOf(town);
      const lines = rows.flatMap(({ month, topic, title, total, parts }) => [
        [month, topic, title, '(all)', '', total ?? ''],
        ...sectors.map(({ id, name }, n) => [month, topic, title, id, name, parts[n] ?? '']),
      ]);
      return csvFile([['month', 'topic', 'title', 'sector', 'sector_name', 'requests'], ...lines], `requests-${town.id}.csv`);
    }),
  ];
}
