/**
 * Tickets as rows. Opened under an id derived from the message that asked for it, so once;
 * its history only grows. A change that is news to the citizen is marked as untold in the same
 * write, so that no crash comes between the change and the news of it.
 */
import { isNews } from '../../domain/notice';
import { TICKET_STATES, type Ticket, type TicketEvent, type TicketState } from '../../domain/ticket';
import { type Collection, type Database, DuplicateKey } from '../collection';

interface TicketRow extends Omit<Ticket, 'id'> {
  _id: string;
  /** Place in the history of the first event that the citizen may not have been told yet; 0 or missing when there is none. */
  untoldFrom?: number;
  [field: string]: unknown;
}

/** A ticket with changes the citizen has not been told yet, oldest first. */
export interface Untold {
  ticket: Ticket;
  events: TicketEvent[];
}

export interface Tickets {
  /** Declares the indexes its queries need. */
  prepare(): Promise<void>;
  /** Opening the same ticket twice opens it once. Throws DuplicateKey when another ticket has the reference. */
  open(ticket: Ticket): Promise<void>;
  byReference(town: string, reference: string): Promise<Ticket | null>;
  /** Newest first. */
  ofAddress(town: string, channel: string, address: string, limit: number): Promise<Ticket[]>;
  /** With this phone or e-mail noted as contact, newest first. */
  ofContact(town: string, contact: string, limit: number): Promise<Ticket[]>;
  /** Adds to the history and changes fields, unless an event with its id is there already. */
  change(town: string, reference: string, event: TicketEvent, fields: (ticket: Ticket) => Partial<Ticket>): Promise<void>;
  /** Tickets of a town in one state, newest first. */
  list(town: string, state: TicketState, limit: number): Promise<Ticket[]>;
  untold(limit: number): Promise<Untold[]>;
  /** The news of a ticket is written down to be told; nothing happens when it has changed again meanwhile. */
  told(ticket: Ticket): Promise<void>;
  count(town: string): Promise<number>;
  /** How many requests of these towns about these topics are in each state; none of what nobody asked for. */
  tally(
    asked: Array<{ town: string; topics: string[] }>,
  ): Promise<Array<{ town: string; topic: string; state: TicketState; count: number }>>;
}

const present = ({ _id, untoldFrom: _, ...rest }: TicketRow): Ticket => ({ id: _id, ...rest }) as Ticket;

export function createTickets(database: Database): Tickets {
  const rows: Collection<TicketRow> = database.collection('tickets');
  return {
    async prepare() {
      await rows.index(['town', 'reference'], { name: 'reference', unique: true });
      await rows.index(['town', 'channel', 'address', 'openedAt'], { name: 'address' });
      await rows.index(['town', 'contact.value', 'openedAt'], { name: 'contact' });
      await rows.index(['town', 'state', 'openedAt'], { name: 'state' });
      await rows.index(['town', 'topic', 'state'], { name: 'topic' });
      await rows.index(['untoldFrom'], { name: 'untold' });
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
    async ofContact(town, contact, limit) {
      const found = await rows.find({ town, 'contact.value': contact }, { sort: [['openedAt', -1]], limit });
      return found.map(present);
    },
    async change(town, reference, event, fields) {
      for (;;) {
        const [row] = await rows.find({ town, reference }, { limit: 1 });
        if (!row || row.history.some((known) => known.id === event.id)) return;
        const changes = {
          $set: {
            ...fields(present(row)),
            updatedAt: event.at,
            ...(isNews(event) ? { untoldFrom: row.untoldFrom || row.history.length } : {}),
          },
          $push: { history: event },
          $inc: { revision: 1 },
        };
        if (await rows.changeIf({ _id: row._id, revision: row.revision }, changes)) return;
      }
    },
    async list(town, state, limit) {
      const found = await rows.find({ town, state }, { sort: [['openedAt', -1]], limit });
      return found.map(present);
    },
    async untold(limit) {
      const found = await rows.find({ untoldFrom: { $gt: 0 } }, { limit });
      return found.map((row) => ({ ticket: present(row), events: row.history.slice(row.untoldFrom).filter(isNews) }));
    },
    async told({ id, revision }) {
      await rows.changeIf({ _id: id, revision }, { $set: { untoldFrom: 0 } });
    },
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
