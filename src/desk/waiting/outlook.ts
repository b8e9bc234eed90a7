/** What somebody who asks for a person of a service can be told: their position, and a range of minutes. */

import type { Conversation } from '../../domain/conversation';
import { type Agent, holds } from '../../domain/desk/agent';
import { type Outlook, placeOf } from '../../domain/desk/queue';
import type { Towns } from '../../domain/town';
import type { Conversations } from '../../store/rows/conversations';
import type { Agents } from '../../store/rows/desk/agents';
import type { Pauses } from '../../store/rows/desk/pauses';
import type { Presences } from '../../store/rows/desk/presence';
import type { Ledger } from '../../store/rows/ledger';
import { estimateWait, HANDLINGS, MOVED_IN } from './wait';

const DAY = 24 * 60 * 60_000;
/** Whoever was there so long ago is there: their page is loading again, or their line comes back. */
const RELOAD_MS = 20_000;

export interface OutlookParts {
  agents: Agents;
  conversations: Pick<Conversations, 'waiting'>;
  ledger: Ledger;
  presences: Presences;
}

export type Outlooks = (conversation: Pick<Conversation, 'id' | 'town'>, service: string, now: Date) => Promise<Outlook | null>;

/** How the queue of a service stands: enough to say to anybody in it what they can expect. */
export interface Standing {
  slots: number;
  handlings: number[];
  departures: number;
  isAnybodyThere: boolean;
}

export type Standings = (town: string, service: string, now: Date) => Promise<Standing | null>;

/** Null where nobody answers for the service at this desk. Who waits is counted, not read: of thousands nothing else is asked. */
export function createStandings({ agents, conversations, ledger, presences }: OutlookParts): Standings {
  /** How many wait for what an agent answers for. */
  function createLoads(town: string) {
    const counts = new Map<string, Promise<number>>();
    function count(service?: string): Promise<number> {
      const counted = counts.get(service ?? '') ?? conversations.waiting(town, service);
      counts.set(service ?? '', counted);
      return counted;
    }
    return {
      count,
      async of({ roles }: Agent): Promise<number> {
        if (roles.some(({ services }) => services === 'all')) return count();
        const services = new Set(roles.flatMap((grant) => grant.services));
        return (await Promise.all([...services].map(count))).reduce((sum, each) => sum + each, 0);
      },
    };
  }

  return async (town, service, now) => {
    const people = (await agents.ofTown(town)).filter(
      (agent) => agent.hash !== null && !agent.disabledAt && holds(agent, 'agent', service),
    );
    if (people.length === 0) return null;
    const at = now.getTime();
    const loads = createLoads(town);
    const [inLine, there, handlings, departures] = await Promise.all([
      loads.count(service),
      presences.since(town, at - RELOAD_MS),
      ledger.since('handling', town, service, at - 7 * DAY, HANDLINGS),
      ledger.count('departure', town, service, at - MOVED_IN),
    ]);
    const present = new Set(there.map(({ agent }) => agent));
    const atDesk = people.filter((agent) => agent.status === 'available' && present.has(agent.id));
    // Whoever answers for several services answers here by the share of those who wait here.
    const shares = await Promise.all(
      atDesk.map(async (agent) => agent.capacity * ((inLine + 1) / ((await loads.of(agent)) + 1))),
    );
    const slots = shares.reduce((sum, share) => sum + share, 0);
    return { slots, handlings: handlings.map(({ ms }) => ms), departures, isAnybodyThere: atDesk.length > 0 };
  };
}

/** What a conversation in this position can expect. */
export function outlookIn({ isAnybodyThere, ...figures }: Standing, position: number): Outlook {
  return { isAnybodyThere, position, wait: estimateWait({ ...figures, position }) };
}

export interface OutlooksParts {
  conversations: Pick<Conversations, 'find' | 'ahead'>;
  pauses: Pauses;
  towns: Towns;
}

export function createOutlooks(standings: Standings, { conversations, pauses, towns }: OutlooksParts): Outlooks {
  /** In line already, or at the end of it. */
  async function positionOf({ id, town }: Pick<Conversation, 'id' | 'town'>, service: string, now: Date): Promise<number> {
    const { holder, queue } = (await conversations.find(id))?.conversation ?? {};
    const isInLine = holder === 'queue' && queue?.service === service;
    const place = isInLine ? queue.place : placeOf(now.getTime(), 'normal');
    return (await conversations.ahead(town, service, { id, place })) + 1;
  }

  return async ({ id, town }, service, now) => {
    const [standing, pause] = await Promise.all([standings(town, service, now), pauses.of(town, service, now.toISOString())]);
    const isHubs = towns.get(town)?.hub?.services.includes(service) === true;
    if (isHubs)
      return {
        isAnybodyThere: true,
        position: 1,
        wait: { kind: 'unknown' },
        ...(pause ? { pause: { words: pause.words } } : {}),
      };
    if (!standing) return null;
    const position = await positionOf({ id, town }, service, now);
    return { ...outlookIn(standing, position), ...(pause ? { pause: { words: pause.words } } : {}) };
  };
}
