/** What the desk's page is shown, field by field: what is not named here does not leave the server. */
import { costsOf } from '../../domain/costs';
import type { Agent } from '../../domain/desk/agent';
import { isRoom } from '../../domain/desk/training';
import type { Town } from '../../domain/town';
import type { Me, SectorName, ServiceName } from '../wire';

/** A service in the agent's language, or the town's first. */
export function presentService(town: Town, id: string, language: string): ServiceName {
  const name = town.services.find((service) => service.id === id)?.name ?? {};
  return { id, name: name[language] ?? name[town.languages[0]] ?? id };
}

export function presentSector(town: Town, id: string | null | undefined, language: string): SectorName | undefined {
  if (!id) return undefined;
  const name = town.sectors?.find((sector) => sector.id === id)?.name ?? {};
  return { id, name: name[language] ?? name[town.languages[0]] ?? id };
}

export function presentMe(agent: Agent, town: Town): Me {
  const { text: costOfText, currency } = costsOf(town);
  return {
    id: agent.id,
    version: agent.version,
    name: agent.name,
    email: agent.email,
    town: { id: town.id, name: town.name, timeZone: town.timeZone, languages: town.languages, costOfText, currency },
    roles: agent.roles.map(({ role, services }) => ({
      role,
      services: services === 'all' ? 'all' : services.map((id) => presentService(town, id, agent.settings.language)),
    })),
    languages: agent.languages,
    status: agent.status,
    statusReason: agent.statusReason,
    load: agent.slots.length,
    capacity: agent.capacity,
    settings: { ...agent.settings },
    ...(isRoom(town.id) && { isTraining: true as const }),
  };
}
