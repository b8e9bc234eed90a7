/**
 * Room for one more conversation is taken before it is claimed, in the agent's own row and by compare-and-set: of two
 * processes that give somebody the last place only one can. What was taken for nothing (a lost claim, a crash) is given back.
 */

import type { Conversation } from '../../domain/conversation';
import type { Agent } from '../../domain/desk/agent';
import type { Conversations } from '../../store/rows/conversations';
import type { Agents } from '../../store/rows/desk/agents';
import { isFree } from './fit';

/** With those put aside nobody holds more than so many times their capacity. */
const MOST_HELD = 3;
/** Conversations of one agent that are counted. */
const MOST_LOOKED_AT = 200;
/** A place taken for a claim that did not come. */
const UNUSED_MS = 30_000;

export interface Capacity {
  /** `beyond`: over the capacity, because the agent said so; never over the hard limit. */
  take(agent: string, conversation: string, beyond: boolean): Promise<'taken' | 'full'>;
  /** A place for a conversation that is offered; the agent as they then stand, null when they cannot be asked now. */
  offer(agent: string, conversation: string, offer: string): Promise<Agent | null>;
  giveBack(agent: string, conversation: string): Promise<void>;
  /** Frees places that stand for nothing, takes those of conversations that woke up; safe at any time. */
  sweep(town: string): Promise<void>;
}

/** What takes an agent's time now, and all that is theirs with what is put aside. One that woke up has no place yet, and counts. */
function countOf({ slots }: Agent, held: Conversation[]): { live: number; all: number } {
  const given = slots.map((slot) => slot.conversation);
  const live = held.filter(({ queue }) => !queue?.parkedAt);
  return {
    live: new Set([...given, ...live.map(({ id }) => id)]).size,
    all: new Set([...given, ...held.map(({ id }) => id)]).size,
  };
}

export function createCapacity({
  agents,
  conversations,
  clock,
}: {
  agents: Agents;
  conversations: Conversations;
  clock: () => Date;
}): Capacity {
  const heldBy = (agent: string) => conversations.ofAgent(agent, 'agent', { limit: MOST_LOOKED_AT });

  function withPlace({ slots }: Agent, conversation: string): Pick<Agent, 'slots' | 'lastGivenAt'> {
    const now = clock().getTime();
    return { slots: [...slots, { conversation, since: now }], lastGivenAt: now };
  }

  return {
    async take(id, conversation, beyond) {
      const held = await heldBy(id);
      for (;;) {
        const agent = await agents.get(id);
        if (!agent) return 'full';
        if (agent.slots.some((slot) => slot.conversation === conversation)) return 'taken';
        const { live, all } = countOf(agent, held);
        if (all >= MOST_HELD * agent.capacity || (!beyond && live >= agent.capacity)) return 'full';
        if (await agents.changeIf(id, agent.version, { $set: withPlace(agent, conversation) })) return 'taken';
      }
    },
    async offer(id, conversation, offer) {
      const held = await heldBy(id);
      for (;;) {
        const agent = await agents.get(id);
        if (!agent || !isFree(agent) || agent.slots.some((slot) => slot.conversation === conversation)) return null;
        const { live, all } = countOf(agent, held);
        if (all >= MOST_HELD * agent.capacity || live >= agent.capacity) return null;
        const given = { ...withPlace(agent, conversation), offering: { id: offer, conversation } };
        if (await agents.changeIf(id, agent.version, { $set: given })) return { ...agent, ...given, version: agent.version + 1 };
      }
    },
    async giveBack(id, conversation) {
      await agents.change(id, ({ slots }) =>
        slots.some((slot) => slot.conversation === conversation)
          ? { slots: slots.filter((slot) => slot.conversation !== conversation) }
          : null,
      );
    },
    async sweep(town) {
      const [all, held] = await Promise.all([agents.ofTown(town), conversations.atDesk(town, 'agent')]);
      const now = clock().getTime();
      const live = new Map<string, Set<string>>();
      for (const { id, queue } of held) {
        if (!queue?.agent || queue.parkedAt) continue;
        live.set(queue.agent, (live.get(queue.agent) ?? new Set()).add(id));
      }
      for (const agent of all) {
        const own = live.get(agent.id) ?? new Set();
        const isIdle = (slot: { conversation: string; since: number }) =>
          !own.has(slot.conversation) && now - slot.since > UNUSED_MS;
        const swept = ({ slots }: Agent) => {
          const woken = [...own].filter((one) => !slots.some((slot) => slot.conversation === one));
          if (woken.length === 0 && !slots.some(isIdle)) return null;
          return {
            slots: [...slots.filter((slot) => !isIdle(slot)), ...woken.map((conversation) => ({ conversation, since: now }))],
          };
        };
        // Of most there is nothing to change, and nothing more is asked.
        if (swept(agent)) await agents.change(agent.id, swept);
      }
    },
  };
}
