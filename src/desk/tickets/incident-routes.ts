/**
 * One incident at the desk: requests put together and taken apart, and an incident declared, so that whoever reports it next
 * hears that it is known. What is then said publicly of the request answers everybody who has to do with it.
 */
import type { Agent } from '../../domain/desk/agent';
import { refuse } from '../../domain/http/refusal';
import type { Route } from '../../domain/http/route';
import { readReference, type Ticket } from '../../domain/ticket/ticket';
import type { Town } from '../../domain/town';
import type { Followers } from '../../store/rows/followers';
import type { Tickets } from '../../store/rows/tickets';
import { type Caller, type Frame, NOT_FOUND } from '../api/frame';
import { Incident, Merge, Split } from '../api/requests';
import { maySee } from '../people/rights';
import type { Trail } from '../people/trail';

/** What comes of putting a request to another, as the mailroom says it. */
type MergeOutcome = 'merged' | 'unknown' | 'itself' | 'elsewhere' | 'other-topic' | 'not-open';
type By = { id: string; name: string };

export interface IncidentParts {
  frame: Frame;
  tickets: Tickets;
  followers: Followers;
  trail: Trail;
  incidents: {
    merge(source: Ticket, into: string, by: By): Promise<MergeOutcome>;
    /** False when it was not put together with another. */
    split(source: Ticket, by: By): Promise<boolean>;
    declare(ticket: Ticket, incident: { metres?: number; next?: string } | null, by: By): Promise<void>;
  };
}

const WHY: Record<Exclude<MergeOutcome, 'merged'>, string> = {
  unknown: 'No request has this reference',
  itself: 'A request cannot be put together with itself',
  elsewhere: 'It is put together with another request already: take it apart first',
  'other-topic': 'Requests of different topics are not one incident',
  'not-open': 'Both requests must be open',
};

export function createIncidentRoutes({ frame, tickets, followers, trail, incidents }: IncidentParts): Route[] {
  async function seen(agent: Agent, town: Town, typed = ''): Promise<Ticket | null> {
    const reference = readReference(typed);
    const ticket = reference && (await tickets.byReference(town.id, reference));
    return ticket && maySee(agent, town, ticket) ? ticket : null;
  }

  async function answer({ town }: Caller, { reference }: Ticket) {
    const [now, count] = await Promise.all([tickets.byReference(town.id, reference), followers.count(town.id, reference)]);
    const { mergedInto, incident, state, revision } = now ?? {};
    return { status: 200 as const, body: { reference, state, revision, mergedInto, incident, followers: count } };
  }

  const byOf = ({ agent: { id, name } }: Caller): By => ({ id, name });

  return [
    frame.agents({
      method: 'post',
      path: '/desk/api/tickets/:reference/merge',
      body: Merge,
      async handle({ caller, params, body: { into } }) {
        const { agent, town, doer } = caller;
        const [source, target] = await Promise.all([seen(agent, town, params.reference), seen(agent, town, into)]);
        if (!source) return NOT_FOUND;
        // What an agent may not see is nobody's, too.
        if (!target) return refuse(404, 'unknown', WHY.unknown);
        const outcome = await incidents.merge(source, target.reference, byOf(caller));
        if (outcome !== 'merged') return refuse(409, outcome, WHY[outcome], { mergedInto: source.mergedInto });
        await trail.did(doer, 'ticket.merged', `ticket:${source.reference}`, { into: target.reference });
        return answer(caller, source);
      },
    }),
    frame.agents({
      method: 'post',
      path: '/desk/api/tickets/:reference/split',
      body: Split,
      async handle({ caller, params }) {
        const ticket = await seen(caller.agent, caller.town, params.reference);
        if (!ticket) return NOT_FOUND;
        if (!(await incidents.split(ticket, byOf(caller)))) return refuse(409, 'not-merged', 'It stands for itself already');
        await trail.did(caller.doer, 'ticket.split', `ticket:${ticket.reference}`);
        return answer(caller, ticket);
      },
    }),
    frame.agents({
      method: 'post',
      path: '/desk/api/tickets/:reference/incident',
      body: Incident,
      async handle({ caller, params, body: { isDeclared, metres, next } }) {
        const ticket = await seen(caller.agent, caller.town, params.reference);
        if (!ticket) return NOT_FOUND;
        const incident = isDeclared ? { ...(metres ? { metres } : {}), ...(next ? { next } : {}) } : null;
        await incidents.declare(ticket, incident, byOf(caller));
        await trail.did(caller.doer, isDeclared ? 'incident.declared' : 'incident.over', `ticket:${ticket.reference}`);
        return answer(caller, ticket);
      },
    }),
  ];
}
