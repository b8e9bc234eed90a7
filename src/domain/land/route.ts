/**
 * Whose a request is: the service of its topic, or what the town says otherwise for a topic, a sector or an hour. The first
 * rule that fits decides.
 */
import type { Topic } from '../topic/topic';
import type { Town } from '../town';

export interface Route {
  service: string;
  /** E-mail, in lower case. */
  agent?: string;
}

/** `isOpen` says whether a service is open as the request comes in. */
export function routeOf(
  town: Pick<Town, 'routing' | 'frontDesk'>,
  topic: Pick<Topic, 'id' | 'service'>,
  sector: string | undefined,
  isOpen: (service: string) => boolean,
): Route {
  const own = topic.service ?? town.frontDesk;
  const rule = town.routing?.find(
    ({ topics, sectors, when }) =>
      (topics?.includes(topic.id) ?? true) &&
      (sectors ? sector !== undefined && sectors.includes(sector) : true) &&
      (when === undefined || isOpen(own) === (when === 'open')),
  );
  return { service: rule?.service ?? own, ...(rule?.agent ? { agent: rule.agent.toLowerCase() } : {}) };
}
