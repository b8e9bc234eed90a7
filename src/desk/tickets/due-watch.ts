/**
 * Requests whose time runs out, and those that are done and can be closed: the service is reminded at half of it, at eight tenths and when it is over, in its working time
 * only. One process looks, by a lease; each reminder is an event of the request under an id of its own, so that none comes twice.
 */
import { randomUUID } from 'node:crypto';
import { resolvedAt } from '../../domain/ticket/citizen-change';
import { lookAt, putOff } from '../../domain/ticket/due';
import type { Ticket, TicketEvent } from '../../domain/ticket/ticket';
import type { Calendar, Service, Town, Towns } from '../../domain/town';
import type { Jobs } from '../../store/rows/jobs';
import type { Tickets } from '../../store/rows/tickets';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;
/** As long as a citizen can say that it is not done. */
const CLOSED_AFTER_DAYS = 30;
const LOOK_EVERY = 5 * SECOND;
const LEASE = 30 * SECOND;
const MOST_AT_ONCE = 100;
/** A reminder that falls on the minute of closing is told then. */
const JUST_CLOSED = 5 * MINUTE;

export interface DueWatchParts {
  tickets: Tickets;
  jobs: Jobs;
  towns: Towns;
  calendar: Calendar;
  clock: () => Date;
  log: (level: 'info' | 'warn', event: string, fields?: Record<string, unknown>) => void;
}

export function createDueWatch({ tickets, jobs, towns, calendar, clock, log }: DueWatchParts) {
  const owner = randomUUID();
  let next = 0;

  async function look(ticket: Ticket, now: Date): Promise<void> {
    const { due, town: id } = ticket;
    const town = towns.get(id);
    if (town && ticket.state === 'resolved') return close(town, ticket, now);
    const service = town?.services.find((one) => one.id === ticket.service);
    // A service that is gone from the town's folder reminds nobody.
    if (!town || !service) return tickets.lookAgain(ticket, 0);
    if (ticket.formal?.warnAt && Date.parse(ticket.formal.warnAt) <= now.getTime()) return warn(ticket, now);
    if (!due) return tickets.lookAgain(ticket, lookAt(ticket));
    if (due.resumedAt) return tickets.setDue(ticket, putOff(calendar, town, service, due));
    const [mark, ...marks] = due.marks;
    if (!mark) return tickets.lookAgain(ticket, 0);
    const opens = opensAt(town, service, now, Date.parse(mark.at));
    if (opens > now.getTime()) return tickets.lookAgain(ticket, opens);
    const isOver = mark.share === 100;
    const event: TicketEvent = {
      id: `due:${ticket.reopened ?? 0}:${mark.share}`,
      at: now.toISOString(),
      by: 'system',
      kind: 'reminded',
      text: String(mark.share),
      isPublic: false,
    };
    await tickets.change(town.id, ticket.reference, event, () => ({
      due: { ...due, marks },
      ...(isOver ? { priority: 'high' as const } : {}),
    }));
    log(isOver ? 'warn' : 'info', 'ticket.due', { town: town.id, service: service.id, share: mark.share });
  }

  /** Done, and nobody said otherwise for as long as the town waits: closed by itself, and nobody is written to. */
  async function close(town: Town, ticket: Ticket, now: Date): Promise<void> {
    const done = resolvedAt(ticket) ?? Date.parse(ticket.updatedAt);
    const closesAt = done + (town.closedAfterDays ?? CLOSED_AFTER_DAYS) * DAY;
    if (now.getTime() <= closesAt) return tickets.lookAgain(ticket, closesAt + 1);
    const event: TicketEvent = {
      id: `closed:${done}`,
      at: now.toISOString(),
      by: 'system',
      kind: 'state',
      state: 'closed',
      isPublic: true,
    };
    await tickets.change(town.id, ticket.reference, event, ({ state }) => (state === 'resolved' ? { state: 'closed' } : null));
  }

  /** Silence is about to decide: by the law's days, whether the service is open or not. */
  async function warn({ town, reference, service, formal }: Ticket, now: Date): Promise<void> {
    if (!formal) return;
    const event: TicketEvent = {
      id: `silence:${formal.decidesOn}`,
      at: now.toISOString(),
      by: 'system',
      kind: 'reminded',
      text: `silence ${formal.decidesOn}`,
      isPublic: false,
    };
    await tickets.change(town, reference, event, () => ({
      formal: { silence: formal.silence, decidesOn: formal.decidesOn },
      priority: 'high',
    }));
    log('warn', 'ticket.silence', { town, service, ticket: reference, decidesOn: formal.decidesOn });
  }

  /** Now, or when the service opens next. */
  function opensAt(town: Parameters<Calendar['due']>[0], service: Service, now: Date, mark: number): number {
    const isOpen = (at: number) => calendar.at(town, service, new Date(at)).isOpen;
    // A request that was handed on has its marks from the hours of the service that had it: what falls on the minute in which
    // that one opened waits for this one to open.
    const hasJustClosed = now.getTime() - mark < JUST_CLOSED && isOpen(mark - 1);
    if (isOpen(now.getTime()) || hasJustClosed) return now.getTime();
    return calendar.due(town, service, now, 1)?.getTime() ?? now.getTime();
  }

  return {
    async sweep(): Promise<void> {
      const now = clock();
      if (now.getTime() < next) return;
      next = now.getTime() + LOOK_EVERY;
      if (!(await jobs.hold('tickets-due', owner, LEASE, now.getTime()))) return;
      for (const ticket of await tickets.toLookAt(now.getTime(), MOST_AT_ONCE)) await look(ticket, now);
    },
  };
}
