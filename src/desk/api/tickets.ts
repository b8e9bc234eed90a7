/**
 * Requests at the desk: lists by state and service, one with its history and files, and moving it on, which the citizen
 * is told in the way that news of a request always takes.
 */
import type { z } from 'zod';
import { type Agent, holds } from '../../domain/desk/agent';
import { authoritiesOf, authorityOf, HANDING_FAULTS, handingOf, hasAgreed } from '../../domain/forwarding/forwarding';
import { type HowHanded, wayTo } from '../../domain/forwarding/partner';
import { refuse } from '../../domain/http/refusal';
import type { Route } from '../../domain/http/route';
import type { FileStore } from '../../domain/message/file';
import { type Mover, movesFrom, type TicketState } from '../../domain/ticket/states';
import { readReference, type Ticket } from '../../domain/ticket/ticket';
import type { Calendar, Town, Towns } from '../../domain/town';
import type { Tickets } from '../../store/rows/tickets';
import { maySee, watchesAll } from '../people/rights';
import type { Trail } from '../people/trail';
import { presentSector } from '../present/agent';
import { presentTicket, presentTicketRow, type TicketFile } from '../present/ticket';
import { listedFor } from '../tickets/listed';
import { ticketsOfCitizen } from '../tickets/of-citizen';
import type { TicketList } from '../wire';
import { type Answer, type Caller, type Frame, NOT_FOUND } from './frame';
import { eachOf, resultOf } from './many';
import { ManyChanges, TicketChange, TicketQuery, TicketRouting } from './requests';

type Change = z.infer<typeof TicketChange>;

/** What came of a change, as the mailroom says it. */
type Outcome = 'changed' | 'same' | 'unknown' | 'nothing' | 'too-long' | 'illegal' | 'needs-words';

export interface TicketParts {
  /** Hands a request to another service, with the reason. */
  routeTicket: (ticket: Ticket, to: { service: string; reason: string; agent: { id: string; name: string } }) => Promise<void>;
  /** Nobody acts for its citizen any more; false where nobody did. */
  endHelp: (ticket: Ticket, agent: { id: string; name: string }) => Promise<boolean>;
  frame: Frame;
  tickets: Tickets;
  files: Pick<FileStore, 'get' | 'look'>;
  trail: Trail;
  /** The lanes by which a request can be handed to another authority here. */
  forwardWays: ReadonlySet<string>;
  towns: Pick<Towns, 'topics' | 'topic'>;
  calendar: Pick<Calendar, 'local'>;
  clock: () => Date;
  changeTicket: (
    town: string,
    reference: string,
    change: {
      state?: TicketState;
      comment?: string;
      isPublic: boolean;
      office?: string;
      forward?: HowHanded;
      as: Mover;
      agent: { id: string; name: string };
    },
  ) => Promise<Outcome>;
}

const PAGE = 50;

function moverOf(agent: Agent, { service }: Ticket, town: Town): Mover {
  return holds(agent, 'supervisor', service ?? town.frontDesk) ? 'supervisor' : 'agent';
}

export function createTicketRoutes(parts: TicketParts): Route[] {
  const { frame, tickets, files, trail, changeTicket, routeTicket, endHelp, forwardWays, towns, calendar, clock } = parts;

  const authorities = (town: Town) => authoritiesOf(town, towns.topics(town.id), calendar.local(town, clock()).date);

  /** The ticket, if it is there and this agent may see it. */
  async function seen(agent: Agent, town: Town, typed: string): Promise<Ticket | null> {
    const reference = readReference(typed);
    const ticket = reference && (await tickets.byReference(town.id, reference));
    return ticket && maySee(agent, town, ticket) ? ticket : null;
  }

  async function facts(id: string): Promise<TicketFile[]> {
    const found = await files.look(id);
    return found ? [found] : [];
  }

  /** Others of the same address, and of the same contact, as far as this agent may see them. */
  const othersOf = ({ channel, address, contact }: Ticket, agent: Agent, town: Town) =>
    ticketsOfCitizen(tickets, { channel, address, contact: contact?.value }, agent, town);

  async function linkedTo({ links = [] }: Ticket, agent: Agent, town: Town): Promise<Ticket[]> {
    const found = await Promise.all(links.map(({ reference }) => tickets.byReference(town.id, reference)));
    return found.flatMap((other) => (other && maySee(agent, town, other) ? other : []));
  }

  async function whole(ticket: Ticket, agent: Agent, town: Town) {
    const [shown, others, linked] = await Promise.all([
      Promise.all(ticket.files.map(facts)),
      othersOf(ticket, agent, town),
      linkedTo(ticket, agent, town),
    ]);
    const mover = moverOf(agent, ticket, town);
    const may = movesFrom(ticket.state, mover);
    return presentTicket(
      ticket,
      {
        ...{ files: shown.flat(), others, linked, may, isWatched: mover === 'supervisor' },
        authorities: may.includes('moved')
          ? authorities(town).map((one) => ({ ...one, way: wayTo(one, ticket.topic, forwardWays) }))
          : [],
        forwardedTo: ticket.forward && authorityOf(town, towns.topic(town.id, ticket.forward.to), ticket.forward.to)?.name,
        hasAgreed: hasAgreedTo(town, ticket),
      },
      { town, towns, language: agent.settings.language },
    );
  }

  const hasAgreedTo = (town: Town, { topic: id, answers }: Ticket) => {
    const topic = towns.topic(town.id, id);
    return topic !== undefined && hasAgreed(topic, answers);
  };

  /** Whether this very hand did this very thing since: sent again, it is answered as it was. */
  const isDone = ({ history, state: stands }: Ticket, agent: Agent, { state, words }: Change) => {
    const last = history.at(-1);
    return last?.agent?.id === agent.id && (!state || stands === state) && (last.text ?? '') === (words ?? '').trim();
  };

  /** Moved on or commented, as it stood for whoever asks. */
  async function moved({ agent, town, doer }: Caller, typed: string, change: Change): Promise<Answer> {
    const ticket = await seen(agent, town, typed);
    if (!ticket) return NOT_FOUND;
    const { state, words, isPublic, office, forward, revision } = change;
    if (ticket.revision !== revision && !isDone(ticket, agent, change))
      return refuse(409, 'changed', 'This request has changed meanwhile', { ticket: await whole(ticket, agent, town) });
    const open = { today: calendar.local(town, clock()).date, ways: forwardWays };
    const handing = handingOf(town, towns.topics(town.id), ticket, { state, office, forward }, open);
    if ('wrong' in handing) return refuse(400, handing.wrong, HANDING_FAULTS[handing.wrong]);
    const by = { id: agent.id, name: agent.name };
    const as = moverOf(agent, ticket, town);
    const asked = { state, comment: words, isPublic, office, ...handing, as, agent: by };
    const outcome = await changeTicket(town.id, ticket.reference, asked);
    if (outcome === 'illegal')
      return refuse(409, outcome, `From '${ticket.state}' this request may not become '${state}' by you`, {
        may: movesFrom(ticket.state, as),
      });
    if (outcome === 'needs-words')
      return refuse(400, outcome, 'The citizen is to hear why: write words for them, and let them be told');
    if (outcome !== 'changed' && outcome !== 'same')
      return refuse(400, outcome, 'A state, words of at most 1000 characters, or both are needed');
    const details = {
      isPublic: String(isPublic),
      ...(state ? { state } : {}),
      ...(handing.forward && office ? { to: office } : {}),
    };
    if (outcome === 'changed') await trail.did(doer, 'ticket.changed', `ticket:${ticket.reference}`, details);
    const now = await tickets.byReference(town.id, ticket.reference);
    return { status: 200, body: await whole(now ?? ticket, agent, town) };
  }

  /** Handed to another service. */
  async function routed(
    { agent, town, doer }: Caller,
    typed: string,
    { service, reason, revision }: z.infer<typeof TicketRouting>,
  ): Promise<Answer> {
    const ticket = await seen(agent, town, typed);
    if (!ticket) return NOT_FOUND;
    if (!town.services.some(({ id }) => id === service)) return refuse(400, 'unknown-service', 'The town has no such service');
    if (service !== ticket.service) {
      if (ticket.revision !== revision)
        return refuse(409, 'changed', 'This request has changed meanwhile', { ticket: await whole(ticket, agent, town) });
      await routeTicket(ticket, { service, reason, agent: { id: agent.id, name: agent.name } });
      await trail.did(doer, 'ticket.routed', `ticket:${ticket.reference}`, { from: ticket.service, to: service });
    }
    const now = (await tickets.byReference(town.id, ticket.reference)) ?? ticket;
    // Whoever handed it on may not be of the service that has it now.
    return { status: 200, body: await whole(now, agent, town) };
  }

  return [
    frame.agents({
      method: 'get',
      path: '/desk/api/tickets',
      query: TicketQuery,
      async handle({ caller: { agent, town }, query }): Promise<Answer> {
        const asked = listedFor(agent, town, query);
        if (!asked) return NOT_FOUND;
        const [openedAt = '', reference = ''] = query.after?.split('~') ?? [];
        const after = query.after ? { openedAt, reference } : undefined;
        const [found, total] = await Promise.all([
          tickets.page(town.id, { ...asked, after }, PAGE + 1),
          tickets.countOf(town.id, asked),
        ]);
        const items = found.slice(0, PAGE);
        const last = items.at(-1);
        const body: TicketList = {
          items: items
            .filter((ticket) => maySee(agent, town, ticket))
            .map((ticket) => presentTicketRow(ticket, { town, towns, language: agent.settings.language })),
          total,
          mayImport: watchesAll(agent, town),
          sectors: (town.sectors ?? []).flatMap(({ id }) => presentSector(town, id, agent.settings.language) ?? []),
          next: found.length > PAGE && last ? `${last.openedAt}~${last.reference}` : undefined,
        };
        return { status: 200, body };
      },
    }),
    frame.agents({
      method: 'get',
      path: '/desk/api/tickets/:reference',
      async handle({ caller: { agent, town, doer }, params }) {
        const ticket = await seen(agent, town, params.reference ?? '');
        if (!ticket) return NOT_FOUND;
        await trail.saw(doer, 'ticket.read', `ticket:${ticket.reference}`);
        return { status: 200, body: await whole(ticket, agent, town) };
      },
    }),
    frame.agents({
      method: 'get',
      path: '/desk/api/tickets/:reference/files/:file',
      async handle({ caller: { agent, town }, params: { reference = '', file: id = '' } }) {
        const ticket = await seen(agent, town, reference);
        const file = ticket?.files.includes(id) ? await files.get(id) : null;
        return file ? { status: 200, file } : NOT_FOUND;
      },
    }),
    frame.agents({
      method: 'post',
      path: '/desk/api/tickets/:reference/changes',
      body: TicketChange,
      handle: async ({ caller, params, body }) => moved(caller, params.reference ?? '', body),
    }),
    frame.agents({
      method: 'post',
      path: '/desk/api/tickets/:reference/service',
      body: TicketRouting,
      handle: async ({ caller, params, body }) => routed(caller, params.reference ?? '', body),
    }),
    frame.agents({
      method: 'del',
      path: '/desk/api/tickets/:reference/helper',
      async handle({ caller: { agent, town, doer }, params }) {
        const ticket = await seen(agent, town, params.reference ?? '');
        if (!ticket) return NOT_FOUND;
        if (!(await endHelp(ticket, { id: agent.id, name: agent.name })))
          return refuse(409, 'nobody-helps', 'Nobody acts for the citizen of this request');
        await trail.did(doer, 'ticket.helper-ended', `ticket:${ticket.reference}`);
        return { status: 200, body: await whole((await tickets.byReference(town.id, ticket.reference)) ?? ticket, agent, town) };
      },
    }),
    frame.agents({
      method: 'post',
      path: '/desk/api/changes',
      body: ManyChanges,
      async handle({ caller, body: { rows, change } }) {
        const revisions = new Map(rows.map(({ reference, revision }) => [reference, revision]));
        const answers = await eachOf([...revisions.keys()], async (reference) => {
          const revision = revisions.get(reference) ?? 0;
          return 'service' in change
            ? routed(caller, reference, { ...change, revision })
            : moved(caller, reference, { ...change, revision });
        });
        return { status: 200, body: { results: answers.map(([reference, answer]) => resultOf(reference, answer)) } };
      },
    }),
  ];
}
