/** What a simulated year came to, looked at when it is over: nothing lost, nothing told twice, nothing late, and the town's own figures. */
import { DateTime } from 'luxon';
import { z } from 'zod';
import { isNews, noticeId } from '../../../src/domain/ticket/notice';
import type { Ticket } from '../../../src/domain/ticket/ticket';
import type { Calendar, Town } from '../../../src/domain/town';
import type { Document } from '../../../src/store/collection';
import type { DeskCaller } from './desk-caller';
import type { Lived } from './drive';
import type { YearHall } from './hall';
import { TIME_ZONE } from './plan';

export interface Checked {
  /** Changes that citizens care about; told once; the longest any waited, ms of the simulated clock. */
  news: number;
  notTold: number;
  toldTwice: number;
  longestMs: number;
  reminders: number;
  /** Reminders before their time, outside opening hours, twice or missing. */
  wrongReminders: number;
  /** Rows that are still to be heard or sent. */
  leftOver: number;
  /** Conversations that the nightly reports name. */
  withoutOutcome: number;
  /** Some of them: conversation and why. */
  named: string[];
  counted: { contacts: number; requests: number };
  tickets: number;
}

const PAGE = 500;
const MOST_NAMED = 20;
/** What fell due a moment ago may still be on its way. */
const LATELY_MS = 1000;
/** A reminder of the minute of closing is told a little after it. */
const JUST_CLOSED_MS = 6 * 60_000;

const Night = z.object({
  counts: z.record(z.string(), z.number()),
  items: z.array(z.object({ conversation: z.string(), why: z.string() })),
});
const Totals = z.object({ totals: z.object({ contacts: z.number(), requests: z.number() }) });

type Row = Omit<Ticket, 'id'> & Document;

export async function check(
  { hall, desk, town }: { hall: YearHall; desk: DeskCaller; town: Town },
  calendar: Calendar,
  [from, to]: [number, number],
): Promise<Checked> {
  const { database } = hall;
  const all = { news: 0, notTold: 0, toldTwice: 0, longestMs: 0, reminders: 0, wrongReminders: 0, tickets: 0 };
  for await (const ticket of rows<Row>('tickets')) {
    all.tickets += 1;
    for (const event of ticket.history.filter(isNews)) await told(ticket, event);
    reminded(ticket);
  }
  const left = await Promise.all([
    database.collection('inbox').find({ state: 'new' }, { limit: PAGE }),
    database.collection('outbox').find({ state: { $in: ['due', 'sending', 'unknown'] } }, { limit: PAGE }),
  ]);
  return {
    ...all,
    leftOver: left.flat().filter((row) => Number(row.dueAt) <= hall.now()).length,
    ...(await nights()),
    counted: await figures(),
  };

  async function* rows<T extends Document>(name: string): AsyncGenerator<T> {
    for (let after = ''; ; ) {
      const page = await database.collection<T>(name).find({ _id: { $gt: after } } as never, { sort: [['_id', 1]], limit: PAGE });
      yield* page;
      if (page.length < PAGE) return;
      after = page.at(-1)?._id ?? '';
    }
  }

  /** The lines that its citizen's conversation has of it, and what left for their phone. */
  async function told(ticket: Row, event: Ticket['history'][number]): Promise<void> {
    if (!['web', 'sms', 'whatsapp'].includes(ticket.channel)) return;
    all.news += 1;
    const id = noticeId(town.id, ticket.reference, event);
    const within = { $gte: `${id}#`, $lt: `${id}$` };
    const lines = await database.collection('transcript').find({ _id: within }, { limit: 10 });
    const said = lines.filter(({ from: by }) => by === 'bot');
    const letters = await database.collection('outbox').find({ _id: within }, { limit: 10 });
    const sent = letters.filter(({ state }) => state === 'sent');
    const arrived = ticket.channel === 'web' ? said : sent;
    if (said.length === 0 || arrived.length === 0) all.notTold += 1;
    if (arrived.length > 1) all.toldTwice += 1;
    for (const { at } of said) all.longestMs = Math.max(all.longestMs, Date.parse(String(at)) - Date.parse(event.at));
  }

  function reminded({ history, due, state, service: id }: Row): void {
    const named = (wanted: string | undefined) => town.services.find((one) => one.id === wanted);
    const service = named(id);
    const marks = history.filter(({ kind, text }) => kind === 'reminded' && /^\d+$/.test(text ?? ''));
    all.reminders += marks.length;
    if (new Set(marks.map((event) => event.id)).size !== marks.length) all.wrongReminders += 1;
    for (const { at } of marks) {
      // Of whoever had it then: it may have been handed on since.
      const handedOn = history.find(({ kind, at: when }) => kind === 'routed' && when > at);
      const then = handedOn ? named(handedOn.was) : service;
      const isOpen = (moment: number) => !then || calendar.at(town, then, new Date(moment)).isOpen;
      if (!isOpen(Date.parse(at) - JUST_CLOSED_MS) && !isOpen(Date.parse(at))) all.wrongReminders += 1;
    }
    const next = due?.marks[0];
    const isOpen = ['new', 'assigned', 'in-progress'].includes(state);
    const overdue = next && Date.parse(next.at) < hall.now() - LATELY_MS;
    if (isOpen && overdue && service && calendar.at(town, service, new Date(hall.now())).isOpen) all.wrongReminders += 1;
  }

  async function nights(): Promise<Pick<Checked, 'withoutOutcome' | 'named'>> {
    let withoutOutcome = 0;
    const named: string[] = [];
    for (
      let day = DateTime.fromMillis(from, { zone: TIME_ZONE });
      day.toMillis() < to - 24 * 3600_000;
      day = day.plus({ days: 1 })
    ) {
      const { status, body } = await desk.call('GET', `report?date=${day.toISODate()}`);
      if (status !== 200) throw new Error(`There is no report of ${day.toISODate()}`);
      const { counts, items } = Night.parse(body);
      for (const count of Object.values(counts)) withoutOutcome += count;
      named.push(...items.map(({ conversation, why }) => `${conversation} ${why}`));
    }
    return { withoutOutcome, named: named.slice(0, MOST_NAMED) };
  }

  async function figures(): Promise<Checked['counted']> {
    const day = (at: number) => DateTime.fromMillis(at, { zone: TIME_ZONE }).toISODate();
    const { body } = await desk.call('GET', `figures?from=${day(from)}&to=${day(to - 1)}`);
    return Totals.parse(body).totals;
  }
}

export function faults({ lived, checked }: { lived: Lived; checked: Checked }): string[] {
  const isNone: Array<[string, number]> = [
    ['contacts with neither an answer, nor a request, nor a person', lived.byOutcome.none],
    ['changes that nobody was told of', checked.notTold],
    ['changes told twice', checked.toldTwice],
    ['wrong reminders', checked.wrongReminders],
    ['rows left over', checked.leftOver],
    ['conversations in the nightly reports', checked.withoutOutcome],
    ['things the desk would not do', lived.services.worked.refused.length],
  ];
  const found = isNone.filter(([, count]) => count > 0).map(([what, count]) => `${count} ${what}`);
  if (checked.longestMs > NEWS_WITHIN_MS) found.push(`news told after ${checked.longestMs} ms`);
  if (checked.counted.contacts !== lived.expected)
    found.push(`${checked.counted.contacts} contacts counted of ${lived.expected}`);
  if (checked.counted.requests !== checked.tickets)
    found.push(`${checked.counted.requests} requests counted of ${checked.tickets}`);
  return found;
}

/** Of the simulated clock, on a machine that is busy with a whole town's worst hour. */
const NEWS_WITHIN_MS = 5 * 60_000;
