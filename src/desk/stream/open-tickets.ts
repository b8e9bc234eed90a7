/**
 * Requests that stand open on a page at the desk, followed as they change: by whoever changes them, in whichever process, and by
 * another authority. One question a second for all pages of a process, and none where no request is open.
 */
import type { Agent } from '../../domain/desk/agent';
import type { Ticket } from '../../domain/ticket/ticket';
import type { Town } from '../../domain/town';
import type { Tickets } from '../../store/rows/tickets';
import { maySee } from '../people/rights';
import type { StreamFrame, StreamHello } from '../wire';

export interface TicketReader {
  caller: { agent: Agent; town: Town };
  told: Pick<StreamHello, 'ticket'>;
  /** How the request that is open stood when it was looked at last. */
  stands?: string;
  send(frame: StreamFrame): void;
}

export interface OpenTickets {
  /** Tells each reader whose request has changed since they loaded it, and may be seen by them. */
  look(readers: Iterable<TicketReader>): Promise<void>;
}

/** Where it stands at another authority is no step of its history. */
const standing = ({ revision, forward }: Ticket) => JSON.stringify([revision, forward ?? null]);

export function createOpenTickets(tickets: Pick<Tickets, 'among'>): OpenTickets {
  return {
    async look(readers) {
      const all = [...readers].flatMap((reader) => (reader.told.ticket ? [{ reader, open: reader.told.ticket }] : []));
      for (const town of new Set(all.map(({ reader }) => reader.caller.town.id))) {
        const here = all.filter(({ reader }) => reader.caller.town.id === town);
        const references = new Set(here.map(({ open }) => open.reference));
        const found = new Map((await tickets.among(town, [...references])).map((ticket) => [ticket.reference, ticket]));
        for (const { reader, open } of here) {
          const { reference, revision } = open;
          const ticket = found.get(reference);
          if (!ticket || !maySee(reader.caller.agent, reader.caller.town, ticket)) continue;
          const stands = standing(ticket);
          const isNews = reader.stands === undefined ? ticket.revision !== revision : reader.stands !== stands;
          reader.stands = stands;
          if (isNews && ticket.revision >= revision) reader.send({ kind: 'ticket', reference });
        }
      }
    },
  };
}
