/**
 * What a town keeps about one person, found by a phone number or by a request of theirs: conversations, requests, files and
 * consent. Given as one document (GDPR articles 15 and 20), or taken away (article 17) but for requests that are still
 * being worked on, which are kept until they are over unless it is said otherwise.
 */
import type { FileStore } from '../domain/message/file';
import { isOpen } from '../domain/ticket/states';
import type { Ticket } from '../domain/ticket/ticket';
import type { Eliminations } from '../store/rows/eliminations';
import type { Tickets } from '../store/rows/tickets';
import type { Traces } from '../store/rows/traces';
import type { Erasing } from './erasing';

export interface PersonParts {
  traces: Traces;
  tickets: Tickets;
  eliminations: Pick<Eliminations, 'note'>;
  files: Pick<FileStore, 'get'>;
  erasing: Erasing;
  clock: () => Date;
}

/** By the number in E.164, or by the reference of a request. */
export type Known = { phone: string } | { reference: string };

export interface Person {
  town: string;
  addresses: string[];
  conversations: string[];
  tickets: Ticket[];
}

export interface Erased {
  conversations: number;
  tickets: string[];
  /** Still being worked on, and so kept. */
  kept: string[];
}

const MOST = 10_000;

export function createPersons({ traces, tickets, eliminations, files, erasing, clock }: PersonParts) {
  async function find(town: string, known: Known): Promise<Person> {
    const own = 'reference' in known ? await tickets.byReference(town, known.reference) : null;
    const addresses = 'phone' in known ? [known.phone, `whatsapp:${known.phone}`] : own?.address ? [own.address] : [];
    const channels = 'phone' in known ? ['sms', 'whatsapp'] : own ? [own.channel] : [];
    const lists = await Promise.all([
      ...addresses.flatMap((address) => channels.map((channel) => tickets.ofAddress(town, channel, address, MOST))),
      ...('phone' in known ? [tickets.ofContact(town, known.phone, MOST)] : []),
    ]);
    const all = new Map([...(own ? [own] : []), ...lists.flat()].map((ticket) => [ticket.id, ticket]));
    const written = (await Promise.all(addresses.map((address) => traces.conversationsOf(town, address)))).flat();
    const conversations = new Set([...written, ...[...all.values()].map(({ conversation }) => conversation).filter(Boolean)]);
    return { town, addresses, conversations: [...conversations], tickets: [...all.values()] };
  }

  async function fileOf(id: string): Promise<object[]> {
    const found = await files.get(id);
    if (!found) return [];
    const bytes: Uint8Array[] = [];
    for await (const each of found.stream) bytes.push(each);
    const { name, contentType } = found.meta;
    return [{ id, name, content_type: contentType, base64: Buffer.concat(bytes).toString('base64') }];
  }

  return {
    find,

    /** Everything, as plain JSON: rows as they stand, files within. */
    async document({ town, addresses, conversations, tickets: own }: Person): Promise<object> {
      const rows = await Promise.all(conversations.map((conversation) => traces.of(conversation)));
      const facts = (await Promise.all(addresses.map((address) => traces.factsOf(town, address)))).flat();
      const shown = (await Promise.all(own.flatMap((ticket) => ticket.files).map(fileOf))).flat();
      return { made_at: clock().toISOString(), town, requests: own, conversations: rows, facts, files: shown };
    },

    /** `withOpen`: requests that are still being worked on go too. */
    async erase({ town, conversations, tickets: own }: Person, withOpen: boolean): Promise<Erased> {
      const kept = own.filter((ticket) => isOpen(ticket) && !withOpen);
      for (const ticket of own.filter((one) => !kept.includes(one))) {
        const { reference, topic, openedAt } = ticket;
        const day = clock().toISOString().slice(0, 10);
        await eliminations.note({ town, what: `ticket:${reference}`, topic, openedAt, day, fate: 'erased', why: 'asked' });
        await erasing.ticket(ticket);
      }
      for (const conversation of conversations) await erasing.conversation(conversation);
      const gone = own.filter((ticket) => !kept.includes(ticket));
      return {
        conversations: conversations.length,
        tickets: gone.map(({ reference }) => reference),
        kept: kept.map(({ reference }) => reference),
      };
    },
  };
}
