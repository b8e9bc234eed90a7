/**
 * What a town keeps about one person, found by a phone number or by a request of theirs: conversations, requests, files and
 * consent. Given as one document (GDPR articles 15 and 20), or taken away (article 17) but for requests that are still
 * being worked on, which are kept until they are over unless it is said otherwise.
 */
import { WAYS } from '../domain/desk/counter';
import type { FileStore } from '../domain/message/file';
import { type KeptFor, OWN_FOR_MS, type Proven } from '../domain/rights';
import type { Ticket } from '../domain/ticket/ticket';
import type { Towns } from '../domain/town';
import type { Eliminations } from '../store/rows/eliminations';
import type { SubscriptionRows } from '../store/rows/listening/subscriptions';
import type { Tickets } from '../store/rows/tickets';
import type { Traces } from '../store/rows/traces';
import { fileIdsOf, filesIn, messagesOf, requestOf } from './copy';
import type { Erasing } from './erasing';
import { keptFor } from './keeping';

export interface PersonParts {
  traces: Traces;
  tickets: Tickets;
  subscriptions: Pick<SubscriptionRows, 'ofAddress' | 'erase'>;
  eliminations: Pick<Eliminations, 'note'>;
  files: Pick<FileStore, 'get'>;
  erasing: Erasing;
  towns: Pick<Towns, 'get' | 'topic'>;
  clock: () => Date;
}

/** By the number in E.164, by the e-mail address in lower case, or by the reference of a request. */
export type Known = { phone: string } | { email: string } | { reference: string };

export interface Person {
  town: string;
  addresses: string[];
  conversations: string[];
  tickets: Ticket[];
}

export interface Erased {
  conversations: number;
  tickets: string[];
  kept: Array<{ reference: string; why: KeptFor }>;
}

const MOST = 10_000;

export type Persons = ReturnType<typeof createPersons>;

export function createPersons({ traces, tickets, subscriptions, eliminations, files, erasing, towns, clock }: PersonParts) {
  async function find(town: string, known: Known): Promise<Person> {
    const own = 'reference' in known ? await tickets.byReference(town, known.reference) : null;
    const contact = 'phone' in known ? known.phone : 'email' in known ? known.email : undefined;
    const addresses =
      'phone' in known ? [known.phone, `whatsapp:${known.phone}`] : contact ? [contact] : own?.address ? [own.address] : [];
    const channels = 'phone' in known ? ['sms', 'whatsapp', ...WAYS] : contact ? ['mail', ...WAYS] : own ? [own.channel] : [];
    const lists = await Promise.all([
      ...addresses.flatMap((address) => channels.map((channel) => tickets.ofAddress(town, channel, address, MOST))),
      ...(contact ? [tickets.ofContact(town, contact, MOST)] : []),
    ]);
    // By which they are found: erased last, so that what is cut off finds them again.
    const others = unique(lists.flat()).filter(({ id }) => id !== own?.id);
    const all = own ? [...others, own] : others;
    const written = (await Promise.all(addresses.map((address) => traces.conversationsOf(town, address)))).flat();
    const conversations = new Set([...written, ...all.map(({ conversation }) => conversation).filter(Boolean)]);
    return { town, addresses, conversations: [...conversations], tickets: all.filter(({ erasedAt }) => erasedAt === undefined) };
  }

  const since = () => new Date(clock().getTime() - OWN_FOR_MS).toISOString();
  const unique = (all: Ticket[]) => [...new Map(all.map((ticket) => [ticket.id, ticket])).values()];

  /** What is theirs beyond doubt: what was written from an address of theirs, and requests that have their contact. */
  async function ofCitizen(town: string, { channel, address, conversation, contact }: Proven): Promise<Person> {
    const phone = contact?.startsWith('+') ? contact : undefined;
    const ways = [
      { channel, address },
      ...(phone ? [{ channel: 'sms', address: phone }] : []),
      ...(phone ? [{ channel: 'whatsapp', address: `whatsapp:${phone}` }] : []),
    ];
    const addresses = [...new Set(ways.map((way) => way.address))];
    const lists = await Promise.all([
      ...ways.map((way) => tickets.ofAddress(town, way.channel, way.address, MOST)),
      ...(contact ? [tickets.ofContact(town, contact, MOST)] : []),
    ]);
    const written = (await Promise.all(addresses.map((each) => traces.conversationsOf(town, each)))).flat();
    return {
      town,
      addresses,
      conversations: [...new Set([conversation, ...written])],
      tickets: unique(lists.flat()).filter(({ updatedAt }) => updatedAt >= since()),
    };
  }

  function keeps({ town: id, tickets: own }: Pick<Person, 'town' | 'tickets'>, withOpen: boolean): Erased['kept'] {
    const rules = towns.get(id)?.retention;
    return own.flatMap((ticket) => {
      const why = keptFor(ticket, rules, towns.topic(id, ticket.topic)?.retention);
      return why && !(why === 'open' && withOpen) ? [{ reference: ticket.reference, why }] : [];
    });
  }

  return {
    find,

    /**
     * As `find`, for whoever proved to be them in a conversation. To be erased with it: conversations elsewhere in which every
     * request was noted with their contact.
     */
    async ofCitizen(town: string, proven: Proven): Promise<Person> {
      const person = await ofCitizen(town, proven);
      const { contact } = proven;
      const elsewhere = person.tickets.filter((ticket) => contact !== undefined && ticket.contact?.value === contact);
      for (const { channel, address, conversation } of elsewhere) {
        if (!conversation || person.conversations.includes(conversation)) continue;
        const there = await tickets.ofAddress(town, channel, address, MOST);
        if (there.every((ticket) => ticket.contact?.value === contact)) person.conversations.push(conversation);
      }
      return person;
    },

    /** A copy for the citizen themself: never what another person wrote, though it be about them. */
    async copyOf(town: string, proven: Proven): Promise<object> {
      const { addresses, conversations, tickets: own } = await ofCitizen(town, proven);
      const rows = await Promise.all(conversations.map((conversation) => traces.of(conversation)));
      const facts = (await Promise.all(addresses.map((address) => traces.factsOf(town, address)))).flat();
      const followed = (await Promise.all(addresses.map((one) => subscriptions.ofAddress(town, one)))).flat();
      return {
        made_at: clock().toISOString(),
        town,
        subscriptions: followed.map(({ theme, sector, at, state }) => ({ theme, sector, at, state })),
        requests: own.map(requestOf),
        conversations: rows.map((each) => messagesOf(each, since())),
        consent: facts.flatMap(({ kind, at, given, words }) => (kind === 'consent' ? [{ at, given, words }] : [])),
        files: await filesIn(files, fileIdsOf(rows, own, since())),
      };
    },

    /** Everything, as plain JSON: rows as they stand, files within, up to so many bytes of them: what is beyond is named. */
    async document(
      { town, addresses, conversations, tickets: own }: Person,
      mostBytes = Number.POSITIVE_INFINITY,
    ): Promise<object> {
      const rows = await Promise.all(conversations.map((conversation) => traces.of(conversation)));
      const facts = (await Promise.all(addresses.map((address) => traces.factsOf(town, address)))).flat();
      const followed = await Promise.all(addresses.map((address) => subscriptions.ofAddress(town, address)));
      const kept = await filesIn(files, [...new Set(own.flatMap((ticket) => ticket.files))], mostBytes);
      const made = { made_at: clock().toISOString(), town };
      return { ...made, requests: own, conversations: rows, subscriptions: followed.flat(), facts, files: kept };
    },

    /** What would stay, and why. */
    keeps,

    /** `withOpen`: requests that are still being worked on go too. */
    async erase({ town, addresses, conversations, tickets: own }: Person, withOpen: boolean): Promise<Erased> {
      const kept = keeps({ town, tickets: own }, withOpen);
      const stays = new Set(kept.map(({ reference }) => reference));
      const evidence = new Set(own.filter(({ hold }) => hold).map(({ conversation }) => conversation));
      const gone = own.filter(({ reference }) => !stays.has(reference));
      for (const address of addresses) await subscriptions.erase(town, address);
      // What was said about a request that is held belongs to the dispute.
      const ending = conversations.filter((conversation) => !evidence.has(conversation));
      // Before the requests: an erased request no longer tells whose it was, and what was cut off would not be found again.
      for (const conversation of ending) await erasing.conversation(conversation);
      for (const ticket of gone) {
        const { reference, topic, openedAt } = ticket;
        const day = clock().toISOString().slice(0, 10);
        await eliminations.note({ town, what: `ticket:${reference}`, topic, openedAt, day, fate: 'erased', why: 'asked' });
        await erasing.ticket(ticket);
      }
      return { conversations: ending.length, tickets: gone.map(({ reference }) => reference), kept };
    },
  };
}
