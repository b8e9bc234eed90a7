/**
 * Opening hours as arithmetic: when a citizen asks "are you open?", the answer comes from the
 * week of the service, its lunch break, the town's exceptional days and the public holidays
 * of its country, in the town's own wall time. Never from a sentence somebody once wrote.
 */
import { DateTime } from 'luxon';
import type { Calendar, DayHours, Localised, OpenState, Service, Town } from '../domain/town';
import { WEEKDAYS } from './fields';

/** A service with no opening within a year is told to have none. */
const FURTHEST_DAYS = 366;
const MINUTE = 60_000;

interface Day {
  spans: DayHours;
  reason?: Localised;
}

export function createCalendar(): Calendar {
  const minutes = new Map<string, { minute: number; local: ReturnType<Calendar['local']> }>();

  function dayOf(town: Town, service: Service, day: DateTime): Day {
    const date = day.toISODate()!;
    const usual = service.hours[WEEKDAYS[day.weekday - 1]!];
    const exception = exceptionOn(town, service, date);
    if (exception) return { spans: exception.hours ?? [], reason: exception.reason };
    // On a day closed anyway a holiday changes nothing, so it is not the reason.
    const holiday = usual.length > 0 ? publicHolidays(town, day.year)[date] : undefined;
    return holiday ? { spans: [], reason: holiday } : { spans: usual };
  }

  function nextOpening(town: Town, service: Service, now: DateTime): OpenState['opens'] {
    for (let ahead = 0; ahead <= FURTHEST_DAYS; ahead++) {
      const day = now.startOf('day').plus({ days: ahead });
      const time = ahead === 0 ? now.toFormat('HH:mm') : '';
      const span = dayOf(town, service, day).spans.find(([from]) => from > time);
      if (span) return { date: day.toISODate()!, time: span[0], weekday: WEEKDAYS[day.weekday - 1]! };
    }
    return undefined;
  }

  return {
    at(town, service, moment) {
      const now = DateTime.fromJSDate(moment, { zone: town.timeZone });
      const time = now.toFormat('HH:mm');
      const { spans, reason } = dayOf(town, service, now);
      const current = spans.find(([from, to]) => from <= time && time < to);
      const opens = current ? undefined : nextOpening(town, service, now);
      return {
        isOpen: current !== undefined,
        today: spans,
        ...(reason && { reason }),
        ...(current && { closesAt: current[1] }),
        ...(opens && { opens }),
      };
    },
    local(town, moment) {
      // Everyone who writes in the same minute is told the same wall time.
      const minute = Math.floor(moment.getTime() / MINUTE);
      const known = minutes.get(town.timeZone);
      if (known?.minute === minute) return known.local;
      const now = DateTime.fromJSDate(moment, { zone: town.timeZone });
      const local = { date: now.toISODate()!, time: now.toFormat('HH:mm'), weekday: WEEKDAYS[now.weekday - 1]! };
      minutes.set(town.timeZone, { minute, local });
      return local;
    },
  };
}

/** What was said of this service for the day, else what was said of all. */
function exceptionOn(town: Town, service: Service, date: string) {
  const onDay = town.exceptionalDays.filter((day) => day.from <= date && date <= day.to);
  return onDay.find((day) => day.services?.includes(service.id)) ?? onDay.find((day) => !day.services);
}

/** The year after the next comes only to a process that is never restarted. */
function publicHolidays(town: Town, year: number): Record<string, Localised> {
  const known = town.publicHolidays[year];
  if (known) return known;
  const { holidaysOf } = require('./public-holidays') as typeof import('./public-holidays');
  const found = holidaysOf(town, year);
  town.publicHolidays[year] = found;
  return found;
}
