/** Which requests a list at the desk shows: as asked, and no more than the agent's roles allow. */
import type { z } from 'zod';
import { type Agent, holds } from '../../domain/desk/agent';
import { isOpen, TICKET_STATES, type TicketState } from '../../domain/ticket/states';
import type { Town } from '../../domain/town';
import type { Listed } from '../../store/rows/tickets';
import type { TicketQuery } from '../api/requests';
import { servicesOf } from '../people/rights';

function statesOf(asked: 'open' | 'closed' | 'all' | TicketState): readonly TicketState[] {
  if (asked === 'all') return TICKET_STATES;
  if (asked === 'open' || asked === 'closed') return TICKET_STATES.filter((state) => isOpen({ state }) === (asked === 'open'));
  return [asked];
}

/** Null where a service is asked for that is not theirs. */
export function listedFor(agent: Agent, town: Town, query: Omit<z.infer<typeof TicketQuery>, 'after'>): Listed | null {
  const { state, service, sector } = query;
  if (service && !holds(agent, 'agent', service)) return null;
  const services = service ? [service] : servicesOf(agent, town, 'agent');
  return { states: statesOf(state), services, restricted: servicesOf(agent, town, 'supervisor'), sector };
}
