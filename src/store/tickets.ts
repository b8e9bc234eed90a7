/**
 * Tickets as rows. Opened under an id derived from the message that asked for it, so once;
 * its history only grows.
 */
import type { Ticket, TicketEvent } from '../domain/ticket';
import { type Collection, type Database, DuplicateKey } from './collection';

interface TicketRow extends Omit<Ticket, 'id'> {
  _id: string;
  [field: string]: unknown;
}

export interface Tickets {
  /** Declares the indexes its queries need. */
  prepare(): Promise<void>;
  /** Opening the same ticket twice opens it once. Throws DuplicateKey when another ticket has the reference. */
  open(ticket: Ticket): Promise<void>;
  byReference(town: string, reference: string): Promise<Ticket | null>;
  /** Newest first. */
  ofAddress(town: string, channel: string, address: string, limit: number): Promise<Ticket[]>;
  /** Adds to the history and changes fields, unless an event with its id is there already. */
  change(town: string, reference: string, event: TicketEvent, fields: (ticket: Ticket) => Partial<Ticket>): Promise<void>;
  count(town: string): Promise<number>;
}

const present = ({ _id, ...rest }: TicketRow): Ticket => ({ id: _id, ...rest }) as Ticket;

export function createTickets(database: Database): Tickets {
  const rows: Collection<TicketRow> = database.collection('tickets');
  return {
    async prepare() {
      await rows.index(['town', 'reference'], { name: 'reference', unique: true });
      await rows.index(['town', 'channel', 'address', 'openedAt'], { name: 'address' });
    },
    async open({ id, ...rest }) {
      try {
        await rows.insert({ _id: id, ...rest });
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
    async ofAddress(town, channel, address, limit) {
      const found = await rows.find({ town, channel, address }, { sort: [['openedAt', -1]], limit });
      return found.map(present);
    },
    async change(town, reference, event, fields) {
      for (;;) {
        const [row] = await rows.find({ town, reference }, { limit: 1 });
        if (!row || row.history.some((known) => known.id === event.id)) return;
        const changes = {
          $set: { ...fields(present(row)), updatedAt: event.at },
          $push: { history: event },
          $inc: { revision: 1 },
        };
        if (await rows.updateIf({ _id: row._id, revision: row.revision }, changes)) return;
      }
    },
    count: (town) => rows.count({ town }),
  };
}
