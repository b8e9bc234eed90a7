/**
 * Who is asked first for a conversation that waits. The one with the most room, then the one who was given nothing for the
 * longest time; who answered this citizen a moment ago stands before all, who was asked in vain behind all.
 */
import { type Agent, holds } from '../../domain/desk/agent';
import type { QueueEntry } from '../../domain/desk/queue';

const MINUTE = 60_000;
/** After so long an agent who does not speak the language is better than none. */
const LANGUAGE_WAITS = 5 * MINUTE;
/** So long after it ended a conversation still has its agent. */
const STICKS_FOR = 30 * MINUTE;
const OFFERED_FOR = 45_000;
/** The agent of before is waited for a little, not long. */
const OFFERED_FIRST_FOR = 20_000;

export interface Choice {
  agent: Agent;
  /** How long the offer stands, milliseconds. */
  forMs: number;
}

/** Of agents who are there, whom this is offered to; null while none of them fits. */
export function chooseFor(
  entry: Pick<QueueEntry, 'service' | 'language' | 'queuedAt' | 'asked' | 'last'>,
  present: readonly Agent[],
  now: number,
): Choice | null {
  const hasWaited = now - Date.parse(entry.queuedAt) > LANGUAGE_WAITS;
  const fitting = present.filter(
    (agent) =>
      isFree(agent) &&
      holds(agent, 'agent', entry.service) &&
      (hasWaited || !entry.language || agent.languages.includes(entry.language)),
  );
  const asked = new Map((entry.asked ?? []).map(({ agent }, n) => [agent, n + 1]));
  const before = fitting.find(({ id }) => id === entry.last?.agent && !asked.has(id));
  if (before && now - Date.parse(entry.last?.at ?? '') < STICKS_FOR) return { agent: before, forMs: OFFERED_FIRST_FOR };
  const load = ({ slots, capacity }: Agent) => slots.length / capacity;
  const [agent] = fitting.sort(
    (one, other) =>
      (asked.get(one.id) ?? 0) - (asked.get(other.id) ?? 0) ||
      load(one) - load(other) ||
      one.lastGivenAt - other.lastGivenAt ||
      (one.id < other.id ? -1 : 1),
  );
  return agent ? { agent, forMs: OFFERED_FOR } : null;
}

/** Whether one more conversation may be offered to an agent: available, with room, and not being asked already. */
export function isFree({ status, disabledAt, offering, slots, capacity }: Agent): boolean {
  return status === 'available' && !disabledAt && !offering && slots.length < capacity;
}
