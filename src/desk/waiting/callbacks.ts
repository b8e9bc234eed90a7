/** When citizens can be called back: within the hours of a service, as many at a time as it has places for. */
import { holds } from '../../domain/desk/agent';
import type { Calendar, Service, Town, Towns } from '../../domain/town';
import type { Agents } from '../../store/rows/desk/agents';
import type { Callbacks } from '../../store/rows/desk/callbacks';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** Nobody can be called back in the next minutes. */
const NOT_BEFORE = 30 * MINUTE;
/** Of a service whose file says nothing of it. */
const USUAL = { every: 30, places: 2, days: 7 };

export interface CallbackTimes {
  /** The free times (ISO), the first first; none of a service for which nobody answers at the desk. */
  free(town: string, service: string, now: Date): Promise<string[]>;
  /** Holds a place for the message that asks for it; false when it is no time of the service, or nobody is free then. */
  hold(town: string, service: string, at: string, by: string, now: Date): Promise<boolean>;
}

export interface CallbackParts {
  callbacks: Callbacks;
  agents: Agents;
  calendar: Calendar;
  towns: Towns;
}

export function createCallbackTimes({ callbacks, agents, calendar, towns }: CallbackParts): CallbackTimes {
  const settings = ({ callbacks: own }: Service) => (own === false ? null : { ...USUAL, ...own });

  const placesOf = (service: Service) => settings(service)?.places ?? 0;

  function named(id: string, service: string): [Town | undefined, Service | undefined] {
    const town = towns.get(id);
    return [town, town?.services.find((one) => one.id === service)];
  }

  function times(town: Town, service: Service, now: Date): string[] {
    const set = settings(service);
    if (!set) return [];
    const first = now.getTime() + NOT_BEFORE;
    const openings = calendar.openings(town, service, now, new Date(now.getTime() + set.days * DAY));
    return openings.flatMap(({ from, to }) => {
      const found: string[] = [];
      for (let at = from.getTime(); at + set.every * MINUTE <= to.getTime(); at += set.every * MINUTE)
        if (at >= first) found.push(new Date(at).toISOString());
      return found;
    });
  }

  return {
    async free(townId, id, now) {
      const [town, service] = named(townId, id);
      const all = town && service ? times(town, service, now) : [];
      if (!service || all.length === 0) return [];
      const people = (await agents.ofTown(townId)).filter(({ hash, disabledAt }) => hash !== null && !disabledAt);
      if (!people.some((agent) => holds(agent, 'agent', id))) return [];
      const count = new Map<string, number>();
      for (const at of await callbacks.taken(townId, id, all[0] ?? '', now.getTime())) count.set(at, (count.get(at) ?? 0) + 1);
      return all.filter((at) => (count.get(at) ?? 0) < placesOf(service));
    },
    async hold(townId, id, at, by, now) {
      const [town, service] = named(townId, id);
      if (!town || !service || !times(town, service, now).includes(at)) return false;
      return callbacks.hold({ town: townId, service: id, at }, placesOf(service), by, now.getTime());
    },
  };
}
