/**
 * Tickets as rows. Opened under an id derived from the message that asked for it, so once;
 * its history only grows. A change that is news to the citizen is marked as untold in the same
 * write, so that no crash comes between the change and the news of it.
 */

import type { Forward } from '../../../domain/forwarding/partner';
import { type Due, dueAfterMove, lookAt } from '../../../domain/ticket/due';
import { isNews } from '../../../domain/ticket/notice';
import { publicIdOf } from '../../../domain/ticket/public-id';
import { isOpen, TICKET_STATES, type TicketState } from '../../../domain/ticket/states';
import type { Ticket, TicketEvent } from '../../../domain/ticket/ticket';
import { type Collection, type Database, DuplicateKey, type Filter } from '../../collection';
import { findInGroups } from '../../find-in-groups';
import { createTicketsOfCitizen, type TicketsOfCitizen } from './citizen';
import { createTicketEnds, type TicketEnds } from './ends';
import { createTicketNews, type TicketNews } from './news';
import { SEEN_BY_ALL, SEEN_BY_FEW } from './restricted';
import { present, type TicketRow } from './row';

/** Where a page ended. */
export interface PageEnd {
  openedAt: string;
  reference: string;
}

const OPEN = TICKET_STATES.filter((state) => isOpen({ state }));

/** Tickets opened in the same millisecond; more of them would be shown twice or not at all. */
const MOST_TIES = 20;

/** Newest first. */
const isBefore = (one: PageEnd, other: PageEnd) =>
  one.openedAt === other.openedAt ? one.reference > other.reference : one.openedAt > other.openedAt;

/** What a list shows: in any of these states, of these services or all, in this sector or anywhere. */
export interface Listed {
  states: readonly TicketState[];
  services: string[] | 'all';
  /** Services of which those that only few may still see are among them. */
  restricted: string[] | 'all';
  sector?: string;
}

export interface Tickets extends TicketEnds, TicketNews, TicketsOfCitizen {
  /** Declares the indexes its queries need. */
  prepare(): Promise<void>;
  /** Opening the same ticket twice opens it once. Throws DuplicateKey when another ticket has the reference. */
  open(ticket: Ticket): Promise<void>;
  byReference(town: string, reference: string): Promise<Ticket | null>;
  byPublicId(town: string, publicId: string): Promise<Ticket | null>;
  /** Those of these references that there are, in no order. */
  among(town: string, references: string[]): Promise<Ticket[]>;
  /** Of these topics and states, opened from one moment up to another (ISO, both included), newest first. */
  openedWithin(
    asked: { town: string; topics: string[]; states: readonly TicketState[]; from: string; to: string },
    limit: number,
  ): Promise<Ticket[]>;
  /** Newest first. */
  ofAddress(town: string, channel: string, address: string, limit: number): Promise<Ticket[]>;
  /** Of these addresses of a channel, those with a request that is still being worked on. */
  openAmong(town: string, channel: string, addresses: string[]): Promise<Set<string>>;
  /** With this phone or e-mail noted as contact, newest first. */
  ofContact(town: string, contact: string, limit: number): Promise<Ticket[]>;
  /**
   * Adds to the history and changes fields, unless an event with its id is there already, or `fields`, asked of the ticket as it
   * stands in that very moment, says null. A state that changes is kept with the event as it was.
   */
  change(town: string, reference: string, event: TicketEvent, fields: (ticket: Ticket) => Partial<Ticket> | null): Promise<void>;
  /** Open ones of a topic, whoever made them, newest first. */
  openOf(town: string, topic: string, limit: number): Promise<Ticket[]>;
  /** Tickets of a town in one state, newest first. */
  list(town: string, state: TicketState, limit: number): Promise<Ticket[]>;
  /** Newest first; a page goes on after the last of the one before. */
  page(town: string, asked: Listed & { after?: PageEnd }, limit: number): Promise<Ticket[]>;
  /** How many such a list has in all. */
  countOf(town: string, asked: Listed): Promise<number>;
  /** How many of a topic came in from one moment up to another (ISO, the second not included): anywhere, or in a sector. */
  countOpened(asked: { town: string; topic: string; from: string; to: string; sector?: string }): Promise<number>;
  /** Those that changed at a moment (ISO) or since, the first that did first. */
  changedSince(at: string, limit: number): Promise<Ticket[]>;
  /** Formal requests of a town, those on which silence decides last first. */
  formal(town: string, limit: number): Promise<Ticket[]>;
  /** Those whose time is to be looked at by now, the first first. */
  toLookAt(now: number, limit: number): Promise<Ticket[]>;
  /** Looked at again then (milliseconds since 1970), or not at all with 0; nothing happens when it has changed meanwhile. */
  lookAgain(ticket: Ticket, at: number): Promise<void>;
  /** Its time, worked out anew; nothing happens when it has changed meanwhile. */
  setDue(ticket: Ticket, due: Due): Promise<void>;
  /** Handed to another authority, and to be looked at by now (milliseconds since 1970), the longest waiting first. */
  forwards(now: number, limit: number): Promise<Ticket[]>;
  /** Where its handing over stands, if nothing has changed since: no step of its history. */
  setForward(ticket: Pick<Ticket, 'id' | 'revision'>, forward: Forward): Promise<void>;
  count(town: string): Promise<number>;
  /** How many requests of these towns about these topics are in each state; none of what nobody asked for. */
  tally(
    asked: Array<{ town: string; topics: string[] }>,
  ): Promise<Array<{ town: string; topic: string; state: TicketState; count: number }>>;
}

/** One question for each state and service: each goes through its index from its newest. */
function eachOf(town: string, { states, services, restricted, sector }: Listed): Filter[] {
  const within: Filter = sector ? { sector } : {};
  const some = (service: string, state: TicketState): Filter => ({ town, ...within, service, state });
  return states.flatMap((state) => {
    const any: Filter = { town, ...within, state };
    if (services !== 'all')
      return services.map((service) =>
        restricted === 'all' || restricted.includes(service) ? some(service, state) : { ...some(service, state), ...SEEN_BY_ALL },
      );
    if (restricted === 'all') return [any];
    return [
      { ...any, ...SEEN_BY_ALL },
      ...restricted.flatMap((service) => SEEN_BY_FEW.map((few) => ({ ...some(service, state), ...few }))),
    ];
  });
}

export function createTickets(database: Database): Tickets {
  const rows: Collection<TicketRow> = database.collection('tickets');
  const byAddress = findInGroups(rows, 'address', [['openedAt', -1]]);
  return {
    async prepare() {
      await rows.index(['updatedAt'], { name: 'changed' });
      await rows.index(['town', 'reference'], { name: 'reference', unique: true });
      await rows.index(['town', 'channel', 'address', 'openedAt'], { name: 'address' });
      await rows.index(['town', 'contact.value', 'openedAt'], { name: 'contact' });
      await rows.index(['town', 'state', 'openedAt'], { name: 'state' });
      await rows.index(['town', 'topic', 'state', 'openedAt'], { name: 'topic-opened' });
      await rows.index(['town', 'publicId'], { name: 'public', whenPresent: true });
      await rows.index(['town', 'service', 'state', 'openedAt'], { name: 'service' });
      await rows.index(['town', 'sector', 'state', 'openedAt'], { name: 'sector', whenPresent: true });
      await rows.index(['untoldFrom'], { name: 'untold' });
      await rows.index(['lookAt'], { name: 'look' });
      await rows.index(['town', 'topic', 'endedAt'], { name: 'ended', whenPresent: true });
      await rows.index(['town', 'topic', 'restrictedAt'], { name: 'restricted', whenPresent: true });
      await rows.index(['town', 'hold.at'], { name: 'held', whenPresent: true });
      await rows.index(['town', 'formal.decidesOn'], { name: 'formal', whenPresent: true });
      await rows.index(['forward.lookAt'], { name: 'forward', whenPresent: true });
      await rows.index(['unheardFrom'], { name: 'unheard', whenPresent: true });
    },
    async open({ id, ...rest }) {
      try {
        await rows.insert({ _id: id, ...rest, unheardFrom: 0, publicId: publicIdOf(id), lookAt: lookAt(rest) });
      } catch (error) {
        if (!(error instanceof DuplicateKey)) throw error;
        const [there] = await rows.find({ _id: id }, { limit: 1 });
        if (!there) throw error;
      }
    },
    async byReference(town, reference) {
      const [row] = await rows.find({ town, reference }, { limit: 1 });
      return row ? present(row) : null;
    },
    async byPublicId(town, publicId) {
      const [row] = await rows.find({ town, publicId }, { limit: 1 });
      return row ? present(row) : null;
    },
    among: async (town, references) => (await rows.find({ town, reference: { $in: references } })).map(present),
    async openedWithin({ town, topics, states, from, to }, limit) {
      const asked = { town, topic: { $in: topics }, state: { $in: [...states] }, openedAt: { $gte: from, $lte: to } };
      return (
        await rows.find(asked, {
          sort: [
            ['openedAt', -1],
            ['reference', -1],
          ],
          limit,
        })
      ).map(present);
    },
    async ofAddress(town, channel, address, limit) {
      return (await byAddress({ value: address, besides: { town, channel }, limit })).map(present);
    },
    async openAmong(town, channel, addresses) {
      const found = await rows.find({ town, channel, address: { $in: addresses }, state: { $in: OPEN } });
      return new Set(found.map(({ address }) => address));
    },
    async ofContact(town, contact, limit) {
      const found = await rows.find({ town, 'contact.value': contact }, { sort: [['openedAt', -1]], limit });
      return found.map(present);
    },
    async change(town, reference, event, fields) {
      for (;;) {
        const [row] = await rows.find({ town, reference }, { limit: 1 });
        if (!row || row.history.some((known) => known.id === event.id)) return;
        const fresh = fields(present(row));
        if (!fresh) return;
        const isMove = fresh.state !== undefined && fresh.state !== row.state;
        const { state = row.state, due: given = row.due } = fresh;
        const due = given && isMove ? dueAfterMove(given, row.state, state, event.at) : given;
        const isOver = !isOpen({ state });
        const changes = {
          $set: {
            ...fresh,
            // That the house itself puts away what is over begins no time anew.
            ...(isOver && (isMove || row.endedAt !== undefined) && !(event.by === 'system' && row.endedAt !== undefined)
              ? { endedAt: Date.parse(event.at) }
              : {}),
            ...(due ? { due } : {}),
            lookAt: lookAt({ state, due, formal: 'formal' in fresh ? fresh.formal : row.formal }, event.at),
            updatedAt: event.at,
            unheardFrom: row.unheardFrom ?? row.history.length,
            ...(isNews(event) ? { untoldFrom: row.untoldFrom || row.history.length } : {}),
          },
          // What is opened again is in use again.
          ...(isOver ? {} : { $unset: ['endedAt', 'restrictedAt'] }),
          $push: { history: isMove ? { ...event, state: fresh.state, was: row.state } : event },
          $inc: { revision: 1 },
        };
        if (await rows.changeIf({ _id: row._id, revision: row.revision }, changes)) return;
      }
    },
    async openOf(town, topic, limit) {
      return (await rows.find({ town, topic, state: { $in: OPEN } }, { sort: [['openedAt', -1]], limit })).map(present);
    },
    async list(town, state, limit) {
      const found = await rows.find({ town, state }, { sort: [['openedAt', -1]], limit });
      return found.map(present);
    },
    async page(town, { after, ...listed }, limit) {
      const until: Filter = after ? { openedAt: { $lte: after.openedAt } } : {};
      const found = await Promise.all(
        eachOf(town, listed).map((one) =>
          rows.find({ ...one, ...until }, { sort: [['openedAt', -1]], limit: limit + MOST_TIES }),
        ),
      );
      return found
        .flat()
        .filter((row) => !after || isBefore(after, row))
        .sort((one, other) => (isBefore(one, other) ? -1 : 1))
        .slice(0, limit)
        .map(present);
    },
    async countOf(town, listed) {
      const counts = await Promise.all(eachOf(town, listed).map((one) => rows.count(one)));
      return counts.reduce((sum, count) => sum + count, 0);
    },
    async countOpened({ town, topic, from, to, sector }) {
      const within = { openedAt: { $gte: from, $lt: to }, ...(sector ? { sector } : {}) };
      return rows.count({ town, topic, state: { $in: [...TICKET_STATES] }, ...within });
    },
    async changedSince(at, limit) {
      const found = await rows.find({ updatedAt: { $gte: at } }, { sort: [['updatedAt', 1]], limit });
      return found.map(present);
    },
    async formal(town, limit) {
      const found = await rows.find({ town, 'formal.decidesOn': { $gt: '' } }, { sort: [['formal.decidesOn', -1]], limit });
      return found.map(present);
    },
    async toLookAt(now, limit) {
      const found = await rows.find({ lookAt: { $gt: 0, $lte: now } }, { sort: [['lookAt', 1]], limit });
      return found.map(present);
    },
    async lookAgain({ id, revision }, at) {
      await rows.changeIf({ _id: id, revision }, { $set: { lookAt: at } });
    },
    async setDue({ id, revision, state, formal }, due) {
      await rows.changeIf(
        { _id: id, revision },
        { $set: { due, lookAt: lookAt({ state, due, formal }) }, $inc: { revision: 1 } },
      );
    },
    async forwards(now, limit) {
      const found = await rows.find({ 'forward.lookAt': { $gt: 0, $lte: now } }, { sort: [['forward.lookAt', 1]], limit });
      return found.map(present);
    },
    async setForward({ id, revision }, forward) {
      await rows.changeIf({ _id: id, revision }, { $set: { forward } });
    },
    ...createTicketEnds(rows),
    ...createTicketsOfCitizen(rows),
    ...createTicketNews(rows),
    count: (town) => rows.count({ town }),
    async tally(asked) {
      const wanted = asked.flatMap(({ town, topics }) =>
        topics.flatMap((topic) => TICKET_STATES.map((state) => ({ town, topic, state }))),
      );
      const counted = await Promise.all(wanted.map(async (one) => ({ ...one, count: await rows.count({ ...one }) })));
      return counted.filter(({ count }) => count > 0);
    },
  };
}
