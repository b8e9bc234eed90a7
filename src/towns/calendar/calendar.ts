/**
 * Opening hours as arithmetic: when a citizen asks "are you open?", the answer comes from the
 * week of the service, its lunch break, the town's exceptional days and the public holidays
 * of its country, in the town's own wall time. Never from a sentence somebody once wrote.
 */
import { DateTime } from 'luxon';
import type { Localised } from '../../domain/language/localised';
import type { Calendar, DayHours, OpenState, Service, Town } from '../../domain/town';
import { createRecent, type Recent } from '../../recent';
import { WEEKDAYS } from '../read/fields';

/** A service with no opening within a year is told to have none. */
const FURTHEST_DAYS = 366;
const MINUTE = 60_000;

interface Day {
  spans: DayHours;
  reason?: Localised;
}

interface Opening {
  from: DateTime;
  to: DateTime;
  written: DayHours[number];
}

/** Minutes of a wall that are remembered. */
const REMEMBERED = 100;
/** Days of a service whose openings are: each request asks for those of weeks, and the next request for the same ones. */
const REMEMBERED_DAYS = 400;
const DAY = 24 * 60 * MINUTE;

export function createCalendar(): Calendar {
  // What is asked again and again in one turn, and in the next of the same minute; hours begin and end on whole minutes.
  const locals = createRecent<ReturnType<Calendar['local']>>(REMEMBERED);
  const states = new WeakMap<Service, { town: Town; minute: number; state: OpenState }>();
  const weeks = new WeakMap<Service, { town: Town; days: Recent<Opening[]> }>();

  function dayOf(town: Town, service: Service, day: DateTime): Day {
    const date = day.toISODate()!;
    const usual = service.hours[WEEKDAYS[day.weekday - 1]!];
    const exception = exceptionOn(town, service, date);
    if (exception) return { spans: exception.hours ?? [], reason: exception.reason };
    // On a day closed anyway a holiday changes nothing, so it is not the reason.
    const holiday = usual.length > 0 ? publicHolidays(town, day.year)[date] : undefined;
    return holiday ? { spans: [], reason: holiday } : { spans: usual };
  }

  /** The spans that begin on a day (YYYY-MM-DD), as moments: what the wall says, whatever the clock did in the night. */
  function openingsOn(town: Town, service: Service, date: string): Opening[] {
    const day = DateTime.fromISO(date, { zone: town.timeZone });
    return dayOf(town, service, day).spans.map(([from, to]) => ({
      from: onWall(day, from),
      to: onWall(to <= from ? day.plus({ days: 1 }) : day, to),
      written: [from, to],
    }));
  }

  function daysOf(town: Town, service: Service): Recent<Opening[]> {
    const known = weeks.get(service);
    if (known?.town === town) return known.days;
    const days = createRecent<Opening[]>(REMEMBERED_DAYS);
    weeks.set(service, { town, days });
    return days;
  }

  /** Openings that are not over at a moment, in order, within a year; those that meet or overlap are told apart. */
  function* openingsFrom(town: Town, service: Service, moment: Date): Generator<Opening> {
    const days = daysOf(town, service);
    const today = Date.parse(localOf(town, moment).date);
    for (let ahead = -1; ahead <= FURTHEST_DAYS; ahead++) {
      const date = new Date(today + ahead * DAY).toISOString().slice(0, 10);
      const openings = days.get(date) ?? openingsOn(town, service, date);
      days.set(date, openings);
      for (const opening of openings) if (opening.to.toMillis() > moment.getTime()) yield opening;
    }
  }

  function localOf(town: Town, moment: Date): ReturnType<Calendar['local']> {
    // Everyone who writes in the same minute is told the same wall time.
    const key = `${town.timeZone} ${Math.floor(moment.getTime() / MINUTE)}`;
    const known = locals.get(key);
    if (known) return known;
    const now = DateTime.fromJSDate(moment, { zone: town.timeZone });
    const local = { date: now.toISODate()!, time: now.toFormat('HH:mm'), weekday: WEEKDAYS[now.weekday - 1]! };
    locals.set(key, local);
    return local;
  }

  return {
    at(town, service, moment) {
      const minute = Math.floor(moment.getTime() / MINUTE);
      const known = states.get(service);
      if (known?.town === town && known.minute === minute) return known.state;
      const now = DateTime.fromJSDate(moment, { zone: town.timeZone });
      const { spans, reason } = dayOf(town, service, now);
      const [next] = openingsFrom(town, service, moment);
      const isOpen = next !== undefined && next.from <= now;
      const state: OpenState = {
        isOpen,
        today: spans,
        ...(reason && { reason }),
        ...(isOpen && { closesAt: next.written[1] }),
        ...(next && !isOpen && { opens: opensAt(next) }),
      };
      states.set(service, { town, minute, state });
      return state;
    },
    due(town, service, from, workingMs) {
      let left = workingMs;
      let reached = from.getTime();
      for (const opening of openingsFrom(town, service, from)) {
        const begun = Math.max(reached, opening.from.toMillis());
        const open = Math.max(0, opening.to.toMillis() - begun);
        if (left <= open) return new Date(begun + left);
        left -= open;
        reached = Math.max(reached, opening.to.toMillis());
      }
      return null;
    },
    dueDay(town, service, from, days) {
      const today = localOf(town, from).date;
      let [counted, day]: [number, string] = [0, today];
      let end: DateTime | undefined;
      for (const { from: begun, to } of openingsFrom(town, service, from)) {
        const date = begun.toISODate()!;
        if (date <= today) continue;
        if (date !== day && counted === days) break;
        if (date !== day) counted += 1;
        [day, end] = [date, to];
      }
      return counted === days && end ? end.toJSDate() : null;
    },
    openings(town, service, from, to) {
      const found: Array<{ from: Date; to: Date }> = [];
      for (const opening of openingsFrom(town, service, from)) {
        if (opening.from.toMillis() >= to.getTime()) break;
        found.push({ from: opening.from.toJSDate(), to: opening.to.toJSDate() });
      }
      return found;
    },
    worked(town, service, from, to) {
      let sum = 0;
      let reached = from.getTime();
      for (const opening of openingsFrom(town, service, from)) {
        if (opening.from.toMillis() >= to.getTime()) break;
        const end = Math.min(opening.to.toMillis(), to.getTime());
        sum += Math.max(0, end - Math.max(reached, opening.from.toMillis()));
        reached = Math.max(reached, end);
      }
      return sum;
    },
    holiday: (town, date) => publicHolidays(town, Number(date.slice(0, 4)))[date],
    local: localOf,
  };
}

/** A time of day on the wall. One that the clock leaves out, in the night of its change, is an hour later. */
function onWall(day: DateTime, time: string): DateTime {
  const [hour, minute] = time.split(':').map(Number);
  return hour === 24 ? day.startOf('day').plus({ days: 1 }) : day.set({ hour, minute, second: 0, millisecond: 0 });
}

function opensAt({ from, written }: Opening): OpenState['opens'] {
  return { date: from.toISODate()!, time: written[0], weekday: WEEKDAYS[from.weekday - 1]! };
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
