/** Whether anybody answers for a service just now, and since when nobody does. */
import { type Agent, holds, PRESENT_MS } from '../../domain/desk/agent';
import type { Agents } from '../../store/rows/desk/agents';
import type { Presences } from '../../store/rows/desk/presence';

export interface Attendance {
  /** Until when somebody of the service was at the desk (milliseconds since 1970): now, while somebody is. */
  attendedUntil(town: string, service: string, now: number): Promise<number>;
}

export function createAttendance({ agents, presences }: { agents: Agents; presences: Presences }): Attendance {
  function lastThere({ status, statusAt }: Agent, until: number, now: number): number {
    if (status === 'available') return until > now ? now : until - PRESENT_MS;
    // Away is away from that moment on, whatever is open on their screen.
    return Math.min(until - PRESENT_MS, statusAt ? Date.parse(statusAt) : 0);
  }

  return {
    async attendedUntil(town, service, now) {
      const people = (await agents.ofTown(town)).filter((agent) => !agent.disabledAt && holds(agent, 'agent', service));
      if (people.length === 0) return 0;
      // The last first: of each of them the last tab counts.
      const lastOf = new Map((await presences.since(town, 0)).reverse().map(({ agent, until }) => [agent, until]));
      return Math.max(0, ...people.map((agent) => lastThere(agent, lastOf.get(agent.id) ?? 0, now)));
    },
  };
}
