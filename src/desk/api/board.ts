/** What a supervisor watches: where each of their services stands now, and who is there, with how much in hand. */
import { type Agent, holds } from '../../domain/desk/agent';
import type { Route } from '../../domain/http/route';
import type { Calendar, Town } from '../../domain/town';
import type { Agents } from '../../store/rows/desk/agents';
import type { Pause, Pauses } from '../../store/rows/desk/pauses';
import type { Presences } from '../../store/rows/desk/presence';
import type { Ledger } from '../../store/rows/ledger';
import { presentService } from '../present/agent';
import type { Scenes } from '../present/scenes';
import type { Board } from '../wire';
import type { Frame } from './frame';

const DAY = 24 * 60 * 60_000;
const MINUTE = 60_000;
const LOOKED_BACK = 15 * 60_000;
/** Departures of one service in a day that are counted. */
const MOST_COUNTED = 1000;

export interface BoardParts {
  frame: Frame;
  agents: Agents;
  ledger: Ledger;
  presences: Presences;
  pauses: Pauses;
  scenes: Scenes;
  calendar: Calendar;
  clock: () => Date;
}

type Departure = { ms: number; isTaken: boolean; toldMinutes?: number };

function promisesIn(gone: Departure[]): Board['services'][number]['promises'] {
  const told = gone.filter(({ isTaken, toldMinutes }) => isTaken && toldMinutes !== undefined);
  return { told: told.length, kept: told.filter(({ ms, toldMinutes = 0 }) => ms <= toldMinutes * MINUTE).length };
}

function presentPause({ at, by, until, words }: Pause, people: Agent[]): Board['services'][number]['pause'] {
  const name = people.find(({ id }) => id === by)?.name ?? by;
  return { at, by: { id: by, name }, words: { ...words }, ...(until ? { until } : {}) };
}

export function createBoardRoutes({ frame, agents, ledger, presences, pauses, scenes, calendar, clock }: BoardParts): Route[] {
  async function boardOf(town: Town, reader: Agent): Promise<Board> {
    const now = clock();
    const watched = town.services.filter(({ id }) => holds(reader, 'supervisor', id));
    const [{ waiting }, people, there, paused] = await Promise.all([
      scenes.standingOf(town),
      agents.ofTown(town.id),
      presences.since(town.id, now.getTime()),
      pauses.ofTown(town.id, now.toISOString()),
    ]);
    const online = new Set(there.map(({ agent }) => agent));
    const staff = people.filter(
      (agent) => !agent.disabledAt && agent.hash !== null && watched.some(({ id }) => holds(agent, 'agent', id)),
    );
    const since = now.getTime() - LOOKED_BACK;
    const services = await Promise.all(
      watched.map(async (service): Promise<Board['services'][number]> => {
        const inLine = waiting.flatMap(({ queue }) =>
          queue?.service === service.id && queue.queuedAt <= now.toISOString() ? [queue.queuedAt] : [],
        );
        const present = staff.filter(
          (agent) => holds(agent, 'agent', service.id) && agent.status === 'available' && online.has(agent.id),
        );
        const [gone, closedIn15] = await Promise.all([
          ledger.since('departure', town.id, service.id, now.getTime() - DAY, MOST_COUNTED),
          ledger.count('handling', town.id, service.id, since),
        ]);
        const [longestSince] = inLine.sort();
        const pause = paused.find((one) => one.service === service.id);
        return {
          ...presentService(town, service.id, reader.settings.language),
          isOpen: calendar.at(town, service, now).isOpen,
          waiting: inLine.length,
          ...(longestSince ? { longestSince } : {}),
          present: present.length,
          load: present.reduce((sum, { slots }) => sum + slots.length, 0),
          capacity: present.reduce((sum, { capacity }) => sum + capacity, 0),
          promises: promisesIn(gone),
          ...(pause ? { pause: presentPause(pause, people) } : {}),
          takenIn15: gone.filter(({ isTaken, at }) => isTaken && at >= since).length,
          closedIn15,
        };
      }),
    );
    return {
      at: now.toISOString(),
      services,
      agents: staff.map(({ id, name, status, statusReason, statusAt, slots, capacity }) => ({
        id,
        name,
        status,
        statusReason,
        since: statusAt,
        load: slots.length,
        capacity,
        isOnline: online.has(id),
      })),
    };
  }

  return [
    frame.agents({
      method: 'get',
      path: '/desk/api/board',
      may: (agent) => holds(agent, 'supervisor'),
      handle: async ({ caller: { agent, town } }) => ({ status: 200, body: await boardOf(town, agent) }),
    }),
  ];
}
