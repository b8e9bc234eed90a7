/**
 * What the town hall keeps of a person, for whoever watches over all its services: looked up once they were recognised, given
 * as one file, or taken away. How they were recognised, who asked and on which ground is noted before anything is done.
 */
import { z } from 'zod';
import type { Agent } from '../../domain/desk/agent';
import { refuse } from '../../domain/http/refusal';
import type { Route } from '../../domain/http/route';
import { ASKERS, GROUNDS, type KeptFor, PROOFS } from '../../domain/rights';
import { isOpen } from '../../domain/ticket/states';
import { readReference, type Ticket } from '../../domain/ticket/ticket';
import type { Town } from '../../domain/town';
import type { Conversations } from '../../store/rows/conversations';
import { type Caller, FORBIDDEN, type Frame, NOT_FOUND } from '../api/frame';
import { EmailAddress } from '../api/requests';
import { readPhone } from '../api/search';
import { watchesAll } from '../people/rights';
import type { Trail } from '../people/trail';
import { presentService } from '../present/agent';
import type { PersonErased, PersonHeld } from '../wire';

type Known = { phone: string } | { email: string } | { reference: string };

interface Person {
  town: string;
  addresses: string[];
  conversations: string[];
  tickets: Ticket[];
}

type Kept = Array<{ reference: string; why: KeptFor }>;

export interface PersonParts {
  frame: Frame;
  trail: Trail;
  conversations: Pick<Conversations, 'find'>;
  /** What the house does with what is kept of somebody. */
  persons: {
    find(town: string, known: Known): Promise<Person>;
    keeps(person: Person, withOpen: boolean): Kept;
    document(person: Person, mostBytes: number): Promise<object>;
    erase(person: Person, withOpen: boolean): Promise<{ conversations: number; tickets: string[]; kept: Kept }>;
  };
}

const MOST_SHOWN = 100;
/** Of files, in one copy: the page holds it whole. */
const MOST_BYTES = 40 * 1024 * 1024;

const Asked = z.strictObject({
  by: z.enum(['phone', 'email', 'reference']),
  value: z.string().trim().min(3).max(254),
  proof: z.enum(PROOFS),
});

const Erase = Asked.extend({
  asker: z.enum(ASKERS),
  ground: z.enum(GROUNDS),
  typed: z.string().max(254),
  withOpen: z.boolean(),
});

const UNREADABLE = refuse(400, 'unreadable', 'This is no phone number, e-mail address or reference');
const mayLook = ({ agent, town }: Caller) => watchesAll(agent, town);

export function createPersonRoutes({ frame, trail, conversations, persons }: PersonParts): Route[] {
  function read({ by, value }: z.infer<typeof Asked>, town: Town): { known: Known; confirm: string } | null {
    if (by === 'phone') {
      const phone = readPhone(value, town);
      return phone ? { known: { phone }, confirm: phone } : null;
    }
    if (by === 'email') {
      const { data: email } = EmailAddress.safeParse(value);
      return email ? { known: { email }, confirm: email } : null;
    }
    const reference = readReference(value);
    return reference ? { known: { reference }, confirm: reference } : null;
  }

  const isNobody = ({ conversations: all, tickets }: Person) => all.length + tickets.length === 0;

  async function handsOf(ids: string[]): Promise<PersonHeld['conversations']> {
    const found = await Promise.all(ids.map((id) => conversations.find(id)));
    return found.flatMap((one) => {
      if (!one) return [];
      const { id, channel, updatedAt: at, holder, pending } = one.conversation;
      return [{ id, channel, at, isInHand: holder !== 'bot' || pending !== null }];
    });
  }

  async function heldOf(person: Person, confirm: string, agent: Agent, town: Town): Promise<PersonHeld> {
    const kept = new Map(persons.keeps(person, false).map(({ reference, why }) => [reference, why]));
    return {
      confirm,
      conversations: await handsOf(person.conversations.slice(0, MOST_SHOWN)),
      conversationCount: person.conversations.length,
      requests: person.tickets.map((ticket) => ({
        reference: ticket.reference,
        title: ticket.title,
        state: ticket.state,
        openedAt: ticket.openedAt,
        isOpen: isOpen(ticket),
        files: ticket.files.length,
        service: ticket.service ? presentService(town, ticket.service, agent.settings.language) : undefined,
        keptFor: kept.get(ticket.reference),
      })),
    };
  }

  return [
    frame.agents({
      method: 'post',
      path: '/desk/api/persons/find',
      body: Asked,
      async handle({ caller, body }) {
        if (!mayLook(caller)) return FORBIDDEN;
        const { agent, town, doer } = caller;
        const asked = read(body, town);
        if (!asked) return UNREADABLE;
        await trail.did(doer, 'person.looked-up', 'citizen', { by: body.by, proof: body.proof });
        const person = await persons.find(town.id, asked.known);
        if (isNobody(person)) return NOT_FOUND;
        return { status: 200, body: await heldOf(person, asked.confirm, agent, town) };
      },
    }),
    frame.agents({
      method: 'post',
      path: '/desk/api/persons/export',
      body: Asked,
      async handle({ caller, body }) {
        if (!mayLook(caller)) return FORBIDDEN;
        const { town, doer } = caller;
        const asked = read(body, town);
        if (!asked) return UNREADABLE;
        const person = await persons.find(town.id, asked.known);
        if (isNobody(person)) return NOT_FOUND;
        await trail.did(doer, 'person.exported', 'citizen', { by: body.by, proof: body.proof });
        const text = JSON.stringify(await persons.document(person, MOST_BYTES), null, 2);
        return { status: 200, text, type: 'application/json; charset=utf-8', fileName: `person-${town.id}.json` };
      },
    }),
    frame.agents({
      method: 'post',
      path: '/desk/api/persons/erase',
      body: Erase,
      async handle({ caller, body }) {
        if (!mayLook(caller)) return FORBIDDEN;
        const { town, doer } = caller;
        const { by, proof, asker, ground, typed, withOpen } = body;
        const asked = read(body, town);
        if (!asked) return UNREADABLE;
        if (typed.trim() !== asked.confirm) return refuse(400, 'not-confirmed', 'What was typed to confirm is something else');
        const person = await persons.find(town.id, asked.known);
        if (isNobody(person)) return NOT_FOUND;
        if ((await handsOf(person.conversations)).some(({ isInHand }) => isInHand))
          return refuse(409, 'in-hand', 'Somebody waits or is being answered there: close that first');
        // Noted first: cut off in between, it stands there that it was begun, and the same again ends it.
        await trail.did(doer, 'person.erasing', 'citizen', { by, proof, asker, ground, withOpen: String(withOpen) });
        const done = await persons.erase(person, withOpen);
        const counts: PersonErased = { conversations: done.conversations, requests: done.tickets.length, kept: done.kept };
        await trail.did(doer, 'person.erased', 'citizen', {
          ...{ conversations: String(counts.conversations), requests: String(counts.requests), kept: String(counts.kept.length) },
        });
        return { status: 200, body: counts };
      },
    }),
  ];
}
