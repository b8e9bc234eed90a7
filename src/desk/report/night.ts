/** Makes the report of the day before, once over all processes: by night, or at the next start after a night without. */
import { randomUUID } from 'node:crypto';
import { DateTime } from 'luxon';
import type { Towns } from '../../domain/town';
import type { Reports } from '../../store/rows/desk/reports';
import type { Jobs } from '../../store/rows/jobs';
import { type NightlyParts, nightlyReport } from './nightly';

const MINUTE = 60_000;
const LOOK_EVERY = MINUTE;
const LEASE_MS = 10 * MINUTE;
/** Nobody writes much then (the town's hour). */
const MADE_AT = 2;

export interface NightParts extends NightlyParts {
  reports: Reports;
  jobs: Jobs;
  towns: Towns;
  clock: () => Date;
  log: (level: 'info' | 'warn', event: string, fields?: Record<string, unknown>) => void;
}

export function createNight(parts: NightParts) {
  const { reports, jobs, towns, clock, log } = parts;
  const owner = randomUUID();
  const made = new Map<string, string>();
  let lookAt = 0;

  async function make(town: ReturnType<Towns['list']>[number], now: Date): Promise<void> {
    const local = DateTime.fromJSDate(now, { zone: town.timeZone });
    const date = local.minus({ days: local.hour < MADE_AT ? 2 : 1 }).toISODate()!;
    if (made.get(town.id) === date) return;
    if (!(await reports.get(town.id, date))) {
      if (!(await jobs.hold(`nightly:${town.id}`, owner, LEASE_MS, now.getTime()))) return;
      const report = { ...(await nightlyReport(parts, town, date)), at: now.toISOString() };
      await reports.write(report);
      await jobs.letGo(`nightly:${town.id}`, owner);
      const without = Object.values(report.counts).reduce((sum, count) => sum + count, 0);
      if (without > 0) log('warn', 'desk.without-outcome', { town: town.id, date, conversations: without });
    }
    made.set(town.id, date);
  }

  return {
    async sweep(): Promise<void> {
      const now = clock();
      if (now.getTime() < lookAt && lookAt - now.getTime() <= LOOK_EVERY) return;
      lookAt = now.getTime() + LOOK_EVERY;
      for (const town of towns.list()) await make(town, now);
    },
  };
}
