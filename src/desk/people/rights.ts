/**
 * What an agent may see of what citizens wrote. Everything belongs to a service, the town's front desk where nothing
 * says which; who holds no role for it is answered as if it were not there.
 */
import { type Agent, holds, type Role } from '../../domain/desk/agent';
import type { Town } from '../../domain/town';

/** Anything of a town that may belong to a service. */
interface Thing {
  town: string;
  service?: string;
  /** For few eyes alone since then. */
  restrictedAt?: number;
  isSetAside?: boolean;
}

export function maySee(
  agent: Agent,
  town: Town,
  { town: of, service = town.frontDesk, restrictedAt, isSetAside }: Thing,
): boolean {
  return of === agent.town && holds(agent, restrictedAt === undefined && !isSetAside ? 'agent' : 'supervisor', service);
}

/** The services for which a role of this rank holds: `all`, or those of the town by id. */
export function servicesOf(agent: Agent, town: Town, least: Role): string[] | 'all' {
  const hasAll = agent.roles.some((grant) => grant.services === 'all' && holds({ roles: [grant] }, least));
  return hasAll ? 'all' : town.services.map(({ id }) => id).filter((service) => holds(agent, least, service));
}

/** Whoever watches over each of a town's services. */
export const watchesAll = (agent: Agent, town: Town) => town.services.every(({ id }) => holds(agent, 'supervisor', id));
