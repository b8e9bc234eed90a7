/**
 * The requests of one citizen as far as an agent may see them: the newest, and how many there are. Whoever has made five hundred
 * is shown as fast as whoever has made one.
 */
import type { Agent } from '../../domain/desk/agent';
import type { Ticket } from '../../domain/ticket/ticket';
import type { Town } from '../../domain/town';
import type { Tickets } from '../../store/rows/tickets';
import { maySee, servicesOf, watchesAll } from '../people/rights';

/** Shown at a time. */
const MOST_SHOWN = 20;

/** What a citizen is known by: where they wrote from or are called back (E.164), and a phone or an e-mail that they noted. */
export interface KnownBy {
  channel?: Ticket['channel'];
  address?: string;
  contact?: string;
}

export interface OfOneCitizen {
  tickets: Ticket[];
  /** In all, those that are not shown among them. */
  total: number;
}

const PHONE = /\+[1-9]\d{6,14}$/;

/** A number that wrote or called is one citizen's, whichever way; of one that was only noted nothing is known but that. */
export async function ticketsOfCitizen(
  tickets: Pick<Tickets, 'ofCitizen'>,
  { channel, address, contact }: KnownBy,
  agent: Agent,
  town: Town,
): Promise<OfOneCitizen> {
  const phone = PHONE.exec(address ?? '')?.[0];
  const known = new Map<string, Pick<Ticket, 'channel' | 'address'>>();
  if (channel && address) known.set(`${channel} ${address}`, { channel, address });
  if (phone) {
    known.set(`sms ${phone}`, { channel: 'sms', address: phone });
    known.set(`whatsapp whatsapp:${phone}`, { channel: 'whatsapp', address: `whatsapp:${phone}` });
  }
  const found = await tickets.ofCitizen(
    town.id,
    {
      addresses: [...known.values()],
      contact: contact ?? phone,
      services: servicesOf(agent, town, 'agent'),
      withRestricted: watchesAll(agent, town),
    },
    MOST_SHOWN,
  );
  const shown = found.tickets.filter((one) => maySee(agent, town, one));
  return { tickets: shown, total: Math.max(shown.length, found.total) };
}
