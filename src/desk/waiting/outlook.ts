/** What somebody who asks for a person of a service can be told: their position, and a range of minutes. */

import type { Conversation } from '../../domain/conversation';
import { holds } from '../../domain/desk/agent';
import { type Outlook, placeOf, positionOf, type Waiting } from '../../domain/desk/queue';
import type { Towns } from '../../domain/town';
import type { Conversations } from '../../store/rows/conversations';
import type { Agents } from '../../store/rows/desk/agents';
import type { Pauses } from '../../store/rows/desk/pauses';
import type { Presences } from '../../store/rows/desk/presence';
import type { Ledger } from '../../store/rows/ledger';
import { estimateWait, HANDLINGS, MOVED_IN } from './wait';

const DAY = 24 * 60 * 60_000;

export interface OutlookParts {
  agents: Agents;
  conversations: Conversations;
  ledger: Ledger;
  presences: Presences;
}

export type Outlooks = (conversation: Pick<Conversation, 'id' | 'town'>, service: string, now: Date) => Promise<Outlook | null>;

/** How the queue of a service stands: enough to say to anybody in it what they can expect. */
export interface Standing {
  inLine: Waiting[];
  slots: number;
  handlings: number[];
  departures: number;
  isAnybodyThere: boolean;
}

export type Standings = (town: string, service: string, now: Date) => Promise<Standing | null>;

/** Null where nobody answers for the service at this desk. */
export function createStandings({ agents, conversations, ledger, presences }: OutlookParts): Standings {
  return async (town, service, now) => {
    const people = (await agents.ofTown(town)).filter(
      (agent) => agent.hash !== null && !agent.disabledAt && holds(agent, 'agent', service),
    );
    if (people.length === 0) return null;
    const at = now.getTime();
    const [waiting, there, handlings, departures] = await Promise.all([
      conversations.atDesk(town, 'queue'),
      presences.since(town, at),
      ledger.since('handling', town, service, at - 7 * DAY, HANDLINGS),
      ledger.count('departure', town, service, at - MOVED_IN),
    ]);
    const inLine = waiting.filter(({ queue }) => queue?.service === service).map(waitingOf);
    const present = new Set(there.map(({ agent }) => agent));
    const atDesk = people.filter((agent) => agent.status === 'available' && present.has(agent.id));
    const slots = atDesk.reduce((sum, agent) => {
      // Whoever answers for several services answers here by the share of those who wait here.
      const all = waiting.filter(({ queue }) => queue && holds(agent, 'agent', queue.service)).length;
      return sum + agent.capacity * ((inLine.length + 1) / (all + 1));
    }, 0);
    return { inLine, slots, handlings: handlings.map(({ ms }) => ms), departures, isAnybodyThere: atDesk.length > 0 };
  };
}

/** What a conversation can expect, in line already or at the end of it. */
export function outlookIn({ inLine, isAnybodyThere, ...figures }: Standing, id: string, now: Date): Outlook {
  const own = inLine.find((one) => one.id === id) ?? { id, place: placeOf(now.getTime(), 'normal') };
  const position = positionOf(inLine, own);
  return { isAnybodyThere, position, wait: estimateWait({ ...figures, position }) };
}

export function createOutlooks(standings: Standings, pauses: Pauses, towns: Towns): Outlooks {
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
    return standing && { ...outlookIn(standing, id, now), ...(pause ? { pause: { words: pause.words } } : {}) };
  };
}

export function waitingOf({ id, queue }: Conversation): Waiting {
  return { id, place: queue?.place ?? 0 };
}
