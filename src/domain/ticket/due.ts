/**
 * By when a request is to be done, in the working time of its service, and when the service is reminded of it: at half of that
 * time, at eight tenths, and when it is over. While the citizen's answer is waited for the time stands still.
 */
import type { Delay, Topic } from '../topic/topic';
import type { Calendar, Service, Town } from '../town';
import type { Formal } from './formal';
import { isOpen, type TicketState } from './states';

const HOUR = 3600_000;
const DAY = 24 * HOUR;
export const SHARES = [50, 80, 100] as const;
export type Share = (typeof SHARES)[number];

export interface Due {
  /** ISO. */
  at: string;
  /** Reminders still to come, the next first. */
  marks: Array<{ share: Share; at: string }>;
  /** Since when it stands still (ISO). */
  pausedAt?: string;
  /** Since when it runs on (ISO): the moments to come are still to be put off by what stood still. */
  resumedAt?: string;
}

/** A published delay is a promise too. */
export function delayOf({ due, delayDays }: Pick<Topic, 'due' | 'delayDays'>): Delay | undefined {
  return due ?? (delayDays ? { workingDays: delayDays } : undefined);
}

/** Undefined where nothing is promised, or the service does not open for so long within a year. */
export function dueOf(calendar: Calendar, town: Town, service: Service, from: Date, delay: Delay | undefined): Due | undefined {
  if (!delay) return undefined;
  const at =
    'workingHours' in delay
      ? calendar.due(town, service, from, delay.workingHours * HOUR)
      : calendar.dueDay(town, service, from, delay.workingDays);
  if (!at) return undefined;
  const whole = calendar.worked(town, service, from, at);
  const marks = SHARES.map((share) => ({
    share,
    at: (share === 100 ? at : (calendar.due(town, service, from, (whole * share) / 100) ?? at)).toISOString(),
  }));
  return { at: at.toISOString(), marks };
}

/** What a change of state does to the time: nothing is worked out here, so that whoever changes a request needs no calendar. */
export function dueAfterMove(due: Due, from: TicketState, to: TicketState, at: string): Due {
  // Waiting again before the time ran on: it has stood still all along.
  if (to === 'waiting') return { ...due, pausedAt: due.pausedAt ?? at, resumedAt: undefined };
  return from === 'waiting' && due.pausedAt ? { ...due, resumedAt: at } : due;
}

/** The moments to come, put off by the working time that stood still. */
export function putOff(calendar: Calendar, town: Town, service: Service, { pausedAt, resumedAt, ...due }: Due): Due {
  if (!pausedAt || !resumedAt) return due;
  const [stood, runs] = [new Date(pausedAt), new Date(resumedAt)];
  const later = (moment: string): string => {
    if (moment <= pausedAt) return moment;
    const left = calendar.worked(town, service, stood, new Date(moment));
    return (calendar.due(town, service, runs, left) ?? new Date(moment)).toISOString();
  };
  return { at: later(due.at), marks: due.marks.map((mark) => ({ ...mark, at: later(mark.at) })) };
}

/**
 * When a request is next to be looked at (milliseconds since 1970); 0 when not.
 * @param changedAt ISO: what is done is looked at a day later, when it may have to be closed.
 */
export function lookAt({ state, due, formal }: { state: TicketState; due?: Due; formal?: Formal }, changedAt?: string): number {
  if (state === 'resolved' && changedAt) return Date.parse(changedAt) + DAY;
  if (!isOpen({ state })) return 0;
  const times = [markAt(due), formal?.warnAt ? Date.parse(formal.warnAt) : 0].filter((time) => time > 0);
  return times.length > 0 ? Math.min(...times) : 0;
}

function markAt(due: Due | undefined): number {
  if (!due) return 0;
  if (due.resumedAt) return Date.parse(due.resumedAt);
  const [next] = due.marks;
  return due.pausedAt || !next ? 0 : Date.parse(next.at);
}

/** Whether its time is over; what stands still is not late. */
export function isLate({ state, due }: { state: TicketState; due?: Due }, now: Date): boolean {
  return isOpen({ state }) && due !== undefined && !due.pausedAt && Date.parse(due.at) < now.getTime();
}
