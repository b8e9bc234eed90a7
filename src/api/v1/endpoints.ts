/** Every address of the REST API: requests listed, read, opened, moved on and commented; services; who waits for a person. */
import { createHash, randomUUID } from 'node:crypto';
import { HANDING_FAULTS, handingOf } from '../../domain/forwarding/forwarding';
import type { HowHanded } from '../../domain/forwarding/partner';
import { type Refusal, refuse } from '../../domain/http/refusal';
import type { ApiKey } from '../../domain/programs/api-key';
import { attributesOf, draftFrom } from '../../domain/ticket/opening';
import { faultText } from '../../domain/ticket/opening-faults';
import { isOpen, TICKET_STATES, type TicketState } from '../../domain/ticket/states';
import { readReference, type Ticket } from '../../domain/ticket/ticket';
import type { Calendar, Town, Towns } from '../../domain/town';
import type { Conversations } from '../../store/rows/conversations';
import type { Tickets } from '../../store/rows/tickets';
import { isService } from '../open311/present';
import { type Endpoint, endpoint } from './endpoint';
import * as shapes from './shapes';

interface Change {
  state?: TicketState;
  comment?: string;
  isPublic: boolean;
  office?: string;
}

export interface EndpointParts {
  towns: Towns;
  tickets: Tickets;
  conversations: Pick<Conversations, 'atDesk'>;
  clock: () => Date;
  calendar: Calendar;
  /** The lanes by which a request can be handed to another authority here. */
  forwardWays: ReadonlySet<string>;
  /** Moves a request on, so that its citizen is told. */
  changeTicket: (
    town: string,
    reference: string,
    change: Change & { forward?: HowHanded; agent: { id: string; name: string } },
  ) => Promise<string>;
}

const NOT_FOUND = refuse(404, 'not-found', 'No request of this town has this reference');

const CURES: Record<string, string> = {
  nothing: 'A state, words, or both are needed',
  'too-long': 'Words have at most 1000 characters',
  illegal: 'It may not go there from the state it is in',
  'needs-words': 'Its citizen has to hear why: send public words',
};

const isPersonal = ({ scopes }: ApiKey) => scopes.includes('tickets.personal');

function statesOf(asked: 'open' | 'closed' | 'all' | TicketState): readonly TicketState[] {
  if (asked === 'all') return TICKET_STATES;
  if (asked === 'open' || asked === 'closed') return TICKET_STATES.filter((state) => isOpen({ state }) === (asked === 'open'));
  return [asked];
}

export function createEndpoints(parts: EndpointParts): Endpoint[] {
  const { towns, tickets, conversations, clock, calendar, forwardWays: ways, changeTicket } = parts;

  async function find(town: Town, typed: string | undefined): Promise<Ticket | null> {
    const reference = readReference(typed ?? '');
    return reference ? tickets.byReference(town.id, reference) : null;
  }

  async function change(
    town: Town,
    key: ApiKey,
    typed: string | undefined,
    what: Change,
    forward?: { with_person: boolean; agreed?: string },
  ) {
    const ticket = await find(town, typed);
    if (!ticket) return NOT_FOUND;
    const agent = { id: `key:${key.prefix}`, name: key.name };
    const asked = { ...what, forward: forward && { withPerson: forward.with_person, agreed: forward.agreed } };
    const today = calendar.local(town, clock()).date;
    const handing = handingOf(town, towns.topics(town.id), ticket, asked, { today, ways });
    if ('wrong' in handing) return refuse(400, handing.wrong, HANDING_FAULTS[handing.wrong]);
    const outcome = await changeTicket(town.id, ticket.reference, { ...what, ...handing, agent });
    if (outcome !== 'changed' && outcome !== 'same') return refuse(409, outcome, CURES[outcome] ?? 'It was not changed');
    const now = (await find(town, ticket.reference)) ?? ticket;
    return { ticket: shapes.presentTicket(now, isPersonal(key)), is_changed: outcome === 'changed' };
  }

  return [
    endpoint({
      method: 'get',
      path: '/api/v1/tickets',
      summary: 'Requests of the town, newest first, page by page',
      scope: 'tickets.read',
      query: shapes.TicketQuery,
      status: 200,
      answer: shapes.TicketList,
      async handle({ town, key, query: { state, service, limit, after: from } }) {
        const [openedAt = '', reference = ''] = from?.split('~') ?? [];
        const asked = {
          states: statesOf(state),
          services: service ? [service] : ('all' as const),
          restricted: 'all' as const,
          after: from ? { openedAt, reference } : undefined,
        };
        const found = await tickets.page(town.id, asked, limit + 1);
        const items = found.slice(0, limit);
        const last = items.at(-1);
        return {
          items: items.map((ticket) => shapes.presentTicket(ticket, isPersonal(key))),
          next: found.length > limit && last ? `${last.openedAt}~${last.reference}` : null,
        };
      },
    }),
    endpoint({
      method: 'post',
      path: '/api/v1/tickets',
      summary: 'Opens a request; the same Idempotency-Key opens it once',
      scope: 'tickets.open',
      body: shapes.NewTicket,
      status: 201,
      answer: shapes.TicketShape,
      async handle({ town, key, body, idempotencyKey }): Promise<ReturnType<typeof shapes.presentTicket> | Refusal> {
        const topic = towns.topic(town.id, body.topic);
        if (!topic || !isService(topic))
          return refuse(404, 'no-topic', 'The town has no such topic that requests are opened about');
        const call = idempotencyKey ? createHash('sha256').update(`${key.id} ${idempotencyKey}`).digest('hex') : randomUUID();
        const source = { id: `api:${call}#1`, channel: 'api', key: `key:${key.prefix}` };
        const report = {
          topic,
          answers: new Map(Object.entries(body.answers)),
          place: body.place,
          contact: body.contact,
          words: body.words,
        };
        const ticket = draftFrom(report, town, source, { now: clock(), calendar });
        if (Array.isArray(ticket)) return refuse(400, 'bad-request', ticket.map(faultText).join('; '));
        await tickets.open(ticket);
        return shapes.presentTicket((await find(town, ticket.reference)) ?? ticket, isPersonal(key));
      },
    }),
    endpoint({
      method: 'get',
      path: '/api/v1/tickets/:reference',
      summary: 'One request',
      scope: 'tickets.read',
      status: 200,
      answer: shapes.TicketShape,
      async handle({ town, key, params }) {
        const ticket = await find(town, params.reference);
        return ticket ? shapes.presentTicket(ticket, isPersonal(key)) : NOT_FOUND;
      },
    }),
    endpoint({
      method: 'patch',
      path: '/api/v1/tickets/:reference',
      summary: 'Moves a request on; what is public is told to its citizen',
      scope: 'tickets.write',
      body: shapes.TicketChange,
      status: 200,
      answer: shapes.Changed,
      handle: ({ town, key, params, body }) =>
        change(
          ...([town, key, params.reference] as const),
          { state: body.state, comment: body.words, isPublic: body.is_public, office: body.office },
          body.forward,
        ),
    }),
    endpoint({
      method: 'post',
      path: '/api/v1/tickets/:reference/comments',
      summary: 'Adds words of the service; what is public is told to its citizen',
      scope: 'tickets.write',
      body: shapes.Comment,
      status: 201,
      answer: shapes.Changed,
      handle: ({ town, key, params, body }) =>
        change(town, key, params.reference, { comment: body.text, isPublic: body.is_public }),
    }),
    endpoint({
      method: 'get',
      path: '/api/v1/services',
      summary: 'Topics that requests are opened about, with the ids of their questions',
      scope: 'tickets.read',
      status: 200,
      answer: shapes.ServiceList,
      async handle({ town }) {
        const items = towns.topics(town.id).filter(isService);
        return {
          items: items.map((topic) => ({
            topic: topic.id,
            service: topic.service ?? town.frontDesk,
            title: topic.title[town.languages[0]] ?? topic.id,
            questions: attributesOf(topic).map(({ id }) => id),
          })),
        };
      },
    }),
    endpoint({
      method: 'get',
      path: '/api/v1/conversations',
      summary: 'Who waits for a person, and who is being answered: nothing of what is said',
      scope: 'conversations.read',
      status: 200,
      answer: shapes.ConversationList,
      async handle({ town }) {
        const found = await Promise.all([conversations.atDesk(town.id, 'queue'), conversations.atDesk(town.id, 'agent')]);
        return { items: found.flat().flatMap(shapes.presentConversation) };
      },
    }),
  ];
}
