/**
 * Opening hours in words: of today or of the days that were asked, and of the week. On a page today comes first and
 * the week stands behind a fold; a text message says today and the next opening, or the week in one line.
 */
import type { Talk } from '../../dialogs';
import type { Entities } from '../../domain/language/heard';
import type { DayPart } from '../../domain/language/language-pack';
import { capital } from '../../domain/language/wording';
import type { DayHours, Service, Weekday } from '../../domain/town';

/** A Monday to a Sunday: their names are asked of any week. */
export const WEEK: Array<[Weekday, string]> = (['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const).map((day, at) => [
  day,
  `2024-01-0${at + 1}`,
]);
const MOST_DAYS = 7;
/** Closures and other hours of so many days are told with the week. */
const AHEAD_DAYS = 14;
const DAY_MS = 24 * 60 * 60_000;
/** So long after an answer 'and on Sunday?' leans on it, and the same answer is given again in short. */
const FRESH = 30 * 60_000;

export interface AskedDays {
  /** Local dates, today not among them when nothing else was said. */
  days: string[];
  /** Words that name a time we could not find in the calendar. */
  unread: string | null;
  /** The part of the one day, or the time of day ('HH:mm'), at which it may be closed: 'and in the evening?'. */
  moment?: { part: DayPart } | { time: string };
}

/** Nothing was said of when. */
export const NO_DAYS: AskedDays = { days: [], unread: null };

/** When a part of the day begins and ends, for whoever asks whether a door is open in it. */
const PARTS: Record<DayPart, [from: string, to: string]> = {
  morning: ['06:00', '12:00'],
  afternoon: ['12:00', '18:00'],
  evening: ['18:00', '24:00'],
  night: ['21:00', '24:00'],
};

/** Which days somebody asks the hours of. A question looks ahead: "lundi ?" is the next Monday; "et le 25 ?" the one beside the day last told of, "et le lendemain ?" the one after it. */
export async function daysAsked(talk: Talk): Promise<AskedDays> {
  const { dates, unreadTime } = await datesAsked(talk);
  const days = dates.flatMap(({ value, until }) =>
    until ? daysBetween(value.slice(0, 10), until.slice(0, 10)) : [value.slice(0, 10)],
  );
  const [only] = dates;
  const moment = dates.length === 1 && only ? momentOf(only) : undefined;
  return { days: [...new Set(days)].sort().slice(0, MOST_DAYS), unread: unreadTime ?? null, ...(moment && { moment }) };
}

/** Dates in the words; what leans on a day leans on the one that was last asked about. */
export function datesAsked(talk: Talk): Promise<Entities> {
  const today = talk.calendar.local(talk.town, talk.lookups.now).date;
  return talk.entities(talk.text, 'ahead', isFresh(talk) ? (talk.memory.lastDay ?? today) : undefined);
}

/** Whether something was answered not long ago. */
export function isFresh({ memory, lookups }: Talk): boolean {
  return memory.given !== undefined && lookups.now.getTime() - Date.parse(memory.given.at) < FRESH;
}

function momentOf({ value, part }: Entities['dates'][number]): AskedDays['moment'] {
  if (value.length > 10) return { time: value.slice(11) };
  return part && { part };
}

function daysBetween(from: string, to: string): string[] {
  const first = Date.parse(`${from}T12:00:00Z`);
  const count = Math.min(MOST_DAYS, Math.round((Date.parse(`${to}T12:00:00Z`) - first) / DAY_MS) + 1);
  return Array.from({ length: Math.max(1, count) }, (_, at) => new Date(first + at * DAY_MS).toISOString().slice(0, 10));
}

/** Today, or each day asked; a day that was asked and not understood is said. */
export function hoursOf(talk: Talk, service: Service, { days, unread, moment }: AskedDays): string {
  const { date } = talk.calendar.local(talk.town, talk.lookups.now);
  if (unread !== null && days.length === 0)
    return [talk.t('hours.which-day', { words: unread }), hoursToday(talk, service)].join('\n');
  const others = days.filter((day) => day !== date);
  const lines = others.map((day) => hoursOn(talk, service, day));
  // Of days gone by alone nobody asks to know whether to come.
  const isToday = days.length === 0 || days.includes(date) || others.every((day) => day < date);
  const told = [...(isToday ? [hoursToday(talk, service)] : []), ...lines].join('\n');
  const [day] = days;
  const then = moment && day && days.length === 1 ? closedThen(talk, service, day, moment) : '';
  return then ? `${told} ${then}` : told;
}

/** That a door is closed in the evening, or at six, where it is open on that day. */
function closedThen(talk: Talk, service: Service, day: string, moment: NonNullable<AskedDays['moment']>): string {
  const spans = talk.calendar.at(talk.town, service, noonOf(day)).today;
  const [from, to] = 'part' in moment ? PARTS[moment.part] : [moment.time, moment.time];
  const isOpen = spans.some(([opens, closes]) =>
    'part' in moment ? opens < to && closes > from : opens <= from && from < closes,
  );
  if (isOpen || spans.length === 0) return '';
  return 'part' in moment
    ? talk.t(`hours.closed.${moment.part}`)
    : talk.t('hours.closed.time', { time: talk.wording.time(moment.time) });
}

/** Noon in UTC is the same day in every time zone a town hall of ours can be in. */
function noonOf(day: string): Date {
  return new Date(`${day}T12:00:00Z`);
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
  const state = talk.calendar.at(talk.town, service, noonOf(day));
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
