/** What citizens and other programs have still to be told of requests: marked in the write of each change (decision 27). */
import { isNews } from '../../../domain/ticket/notice';
import type { Ticket, TicketEvent } from '../../../domain/ticket/ticket';
import type { Collection } from '../../collection';
import { present, type TicketRow } from './row';

/** A ticket with changes the citizen has not been told yet, oldest first. */
export interface Untold {
  ticket: Ticket;
  events: TicketEvent[];
}

export interface TicketNews {
  untold(limit: number): Promise<Untold[]>;
  /** The news of a ticket is written down to be told; nothing happens when it has changed again meanwhile. */
  told(ticket: Ticket): Promise<void>;
  /** Tickets with events, from a place in their history on, that other programs may not have been told of. */
  unheard(limit: number): Promise<Array<{ ticket: Ticket; from: number }>>;
  /** Other programs are told, or there are none; nothing happens when the ticket has changed again meanwhile. */
  heard(ticket: Ticket): Promise<void>;
}

export function createTicketNews(rows: Collection<TicketRow>): TicketNews {
  return {
    async untold(limit) {
      const found = await rows.find({ untoldFrom: { $gt: 0 } }, { limit });
      return found.map((row) => ({ ticket: present(row), events: row.history.slice(row.untoldFrom).filter(isNews) }));
    },
    async told({ id, revision }) {
      await rows.changeIf({ _id: id, revision }, { $set: { untoldFrom: 0 } });
    },
    async unheard(limit) {
      const found = await rows.find({ unheardFrom: { $gte: 0 } }, { limit });
      return found.map((row) => ({ ticket: present(row), from: row.unheardFrom ?? 0 }));
    },
    async heard({ id, revision }) {
      await rows.changeIf({ _id: id, revision }, { $unset: ['unheardFrom'] });
    },
  };
}
