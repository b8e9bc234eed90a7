/**
 * The days of a town: those that are over stand in rows, worked out once and again the day after (a process that died may
 * have written something late); the day that is running is worked out when somebody looks. No message is ever read for it.
 */
import type { Calendar, Town, Towns } from '../../domain/town';
import { createRecent } from '../../recent';
import type { Spending } from '../../store/rows/spending';
import type { Tallies } from '../../store/rows/tallies';
import { type DayFigures, dayAfter, figuresOf, localDay, spanOf } from './day';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** What was counted is kept so long; the days that it came to stay. */
const KEPT_MS = 60 * DAY;
/** After midnight, so that what was still under way is in. */
const SETTLED_MS = 15 * MINUTE;
/** How old the running day may be when it is shown. */
const FRESH_MS = 5000;
/** Running days, by town and day. */
const REMEMBERED = 100;

export interface DaysParts {
  tallies: Tallies;
  spending: Pick<Spending, 'of'>;
  towns: Pick<Towns, 'list' | 'get'>;
  calendar: Calendar;
  clock: () => Date;
}

export interface CountedDay {
  day: string;
  figures: DayFigures;
}

export type Days = ReturnType<typeof createDays>;

export function createDays({ tallies, spending, towns, calendar, clock }: DaysParts) {
  /** By town: the last day this process has worked out. */
  const done = new Map<string, string>();
  const lately = createRecent<{ from: number; counted: Promise<CountedDay> }>(REMEMBERED);

  async function work(town: Town, day: string): Promise<CountedDay> {
    const found = await tallies.between(town.id, ...spanOf(town, day));
    return { day, figures: { groups: figuresOf(town, found, calendar), pieces: await spending.of(town.id, day) } };
  }

  /** Worked out now, unless somebody asked within seconds. */
  function running(town: Town, day: string): Promise<CountedDay> {
    const key = `${town.id} ${day}`;
    const now = clock().getTime();
    const known = lately.get(key);
    if (known && Math.abs(now - known.from) < FRESH_MS) return known.counted;
    const counted = work(town, day);
    lately.set(key, { from: now, counted });
    counted.catch(() => lately.delete(key));
    return counted;
  }

  async function rollUp(town: Town, yesterday: string): Promise<void> {
    const oldest = await tallies.oldest(town.id);
    if (oldest !== null) {
      const first = localDay(town, oldest);
      const kept = new Set((await tallies.days(town.id, first, yesterday)).map(({ day }) => day));
      const again = dayAfter(yesterday, -1);
      for (let day = first; day <= yesterday; day = dayAfter(day))
        if (!kept.has(day) || day >= again) await tallies.keepDay({ town: town.id, ...(await work(town, day)) });
    }
    await tallies.forget(town.id, clock().getTime() - KEPT_MS);
  }

  return {
    /** Works out the days that are over; does nothing where that is done. */
    async sweep(): Promise<void> {
      for (const town of towns.list()) {
        const yesterday = dayAfter(localDay(town, clock().getTime() - SETTLED_MS), -1);
        if (done.get(town.id) === yesterday) continue;
        await rollUp(town, yesterday);
        done.set(town.id, yesterday);
      }
    },
    /** Each day from one to another, the last included, oldest first; the days that are not over yet as they stand now. */
    async between(town: Town, from: string, to: string): Promise<CountedDay[]> {
      const today = localDay(town, clock().getTime());
      const kept = (await tallies.days(town.id, from, to)) as unknown as CountedDay[];
      const isKept = new Set(kept.map(({ day }) => day));
      const open = [dayAfter(today, -1), today].filter((day) => day >= from && day <= to && !isKept.has(day));
      return [...kept, ...(await Promise.all(open.map((day) => running(town, day))))];
    },
  };
}
