/**
 * Opening hours in words: of today or of the days that were asked, and of the week. On a page today comes first and
 * the week stands behind a fold; a text message says today and the next opening, or the week in one line.
 */
import type { Talk } from '../../dialogs';
import { capital } from '../../domain/language/wording';
import type { DayHours, Service, Weekday } from '../../domain/town';

/** A Monday to a Sunday: their names are asked of any week. */
const WEEK: Array<[Weekday, string]> = (['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const).map((day, at) => [
  day,
  `2024-01-0${at + 1}`,
]);
const MOST_DAYS = 7;
/** Closures and other hours of so many days are told with the week. */
const AHEAD_DAYS = 14;
const DAY_MS = 24 * 60 * 60_000;

export interface AskedDays {
  /** Local dates, today not among them when nothing else was said. */
  days: string[];
  /** Words that name a time we could not find in the calendar. */
  unread: string | null;
}

/** Which days somebody asks the hours of. A question looks ahead: "lundi ?" is the next Monday; "et le 25 ?" the one beside the day last told of. */
export async function daysAsked(talk: Talk): Promise<AskedDays> {
  const { dates, unreadTime } = await talk.entities(talk.text, 'ahead', talk.memory.hours?.days.at(-1));
  const days = dates.flatMap(({ value, until }) =>
    until ? daysBetween(value.slice(0, 10), until.slice(0, 10)) : [value.slice(0, 10)],
  );
  return { days: [...new Set(days)].sort().slice(0, MOST_DAYS), unread: unreadTime ?? null };
}

function daysBetween(from: string, to: string): string[] {
  const first = Date.parse(`${from}T12:00:00Z`);
  const count = Math.min(MOST_DAYS, Math.round((Date.parse(`${to}T12:00:00Z`) - first) / DAY_MS) + 1);
  return Array.from({ length: Math.max(1, count) }, (_, at) => new Date(first + at * DAY_MS).toISOString().slice(0, 10));
}

/** Today, or each day asked; a day that was asked and not understood is said. */
export function hoursOf(talk: Talk, service: Service, { days, unread }: AskedDays): string {
  const { date } = talk.calendar.local(talk.town, talk.lookups.now);
  if (unread !== null && days.length === 0)
    return [talk.t('hours.which-day', { words: unread }), hoursToday(talk, service)].join('\n');
  const others = days.filter((day) => day !== date);
  const lines = others.map((day) => hoursOn(talk, service, day));
  // Of days gone by alone nobody asks to know whether to come.
  const isToday = days.length === 0 || days.includes(date) || others.every((day) => day < date);
  return [...(isToday ? [hoursToday(talk, service)] : []), ...lines].join('\n');
}

/** The week as a list, and what differs from it soon; in a text message in one line. */
export function hoursOfWeek(talk: Talk, service: Service): string {
  if (talk.conversation.channel === 'sms') return weekInOneLine(talk, service);
  const week = WEEK.map(([day, date]) => line(talk, talk.wording.dayName(date), spans(talk, service.hours[day])));
  const now = talk.lookups.now.getTime();
  const ahead = Array.from({ length: AHEAD_DAYS }, (_, at) => new Date(now + at * DAY_MS)).flatMap((moment) => {
    const { today, reason } = talk.calendar.at(talk.town, service, moment);
    const { date } = talk.calendar.local(talk.town, moment);
    return reason ? [line(talk, talk.wording.weekday(date), `${spans(talk, today)} (${talk.local(reason)})`)] : [];
  });
  return [...week, ...ahead].join('\n');
}

function line(talk: Talk, day: string, hours: string): string {
  return `- ${talk.t('hours.line', { day: capital(day), hours })}`;
}

function weekInOneLine(talk: Talk, service: Service): string {
  const runs: Array<{ first: string; last: string; hours: string }> = [];
  for (const [day, date] of WEEK) {
    const hours = spans(talk, service.hours[day]);
    const run = runs.at(-1);
    if (run?.hours === hours) run.last = date;
    else runs.push({ first: date, last: date, hours });
  }
  const name = (date: string) => talk.wording.dayName(date, true);
  return capital(
    runs.map(({ first, last, hours }) => `${first === last ? name(first) : `${name(first)}-${name(last)}`} ${hours}`).join('; '),
  );
}

function hoursToday(talk: Talk, service: Service): string {
  const state = talk.calendar.at(talk.town, service, talk.lookups.now);
  const today = talk.t('hours.today', { hours: withReason(talk, state) });
  if (state.isOpen) return `${today} ${talk.t('hours.open', { time: talk.wording.time(state.closesAt ?? '') })}`;
  return state.opens
    ? `${today} ${talk.t('hours.opens', { when: talk.wording.when(state.opens.date, state.opens.time) })}`
    : today;
}

function hoursOn(talk: Talk, service: Service, day: string): string {
  // Noon in UTC is the same day in every time zone a town hall of ours can be in.
  const state = talk.calendar.at(talk.town, service, new Date(`${day}T12:00:00Z`));
  return `${talk.t('hours.line', { day: capital(talk.wording.weekday(day)), hours: withReason(talk, state) })}.`;
}

function withReason(talk: Talk, { today, reason }: { today: DayHours; reason?: Record<string, string> }): string {
  return spans(talk, today) + (reason ? ` (${talk.local(reason)})` : '');
}

function spans(talk: Talk, hours: DayHours): string {
  if (hours.length === 0) return talk.t('hours.closed');
  const length = talk.conversation.channel === 'sms' ? 'short' : 'long';
  return hours
    .map(([from, to]) => talk.t(`format.span.${length}`, { from: talk.wording.time(from), to: talk.wording.time(to) }))
    .join(', ');
}
