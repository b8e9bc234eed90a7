/**
 * Room for one more conversation is taken before it is claimed, in the agent's own row and by compare-and-set: of two
 * processes that give somebody the last place only one can. What was taken for nothing (a lost claim, a crash) is given back.
 */
import type { Agents } from '../../store/rows/agents';
import type { Conversations } from '../../store/rows/conversations';

/** With those put aside nobody holds more than so many times their capacity. */
const MOST_HELD = 3;
/** Conversations of one agent that are counted. */
const MOST_LOOKED_AT = 200;
/** A place taken for a claim that did not come. */
const UNUSED_MS = 30_000;

export interface Capacity {
  /** `beyond`: over the capacity, because the agent said so; never over the hard limit. */
  take(agent: string, conversation: string, beyond: boolean): Promise<'taken' | 'full'>;
  giveBack(agent: string, conversation: string): Promise<void>;
  /** Frees what stands for nothing; safe at any time. */
  sweep(town: string): Promise<void>;
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
  return {
    async take(id, conversation, beyond) {
      const held = await conversations.ofAgent(id, 'agent', { limit: MOST_LOOKED_AT });
      for (;;) {
        const agent = await agents.get(id);
        if (!agent) return 'full';
        if (agent.slots.some((slot) => slot.conversation === conversation)) return 'taken';
        const all = new Set([...held.map((one) => one.id), ...agent.slots.map((slot) => slot.conversation)]);
        if (all.size >= MOST_HELD * agent.capacity || (!beyond && agent.slots.length >= agent.capacity)) return 'full';
        const slots = [...agent.slots, { conversation, since: clock().getTime() }];
        if (await agents.changeIf(id, agent.version, { $set: { slots, lastGivenAt: clock().getTime() } })) return 'taken';
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
      const all = (await agents.ofTown(town)).filter(({ slots }) => slots.length > 0);
      if (all.length === 0) return;
      const held = await conversations.atDesk(town, 'agent');
      const now = clock().getTime();
      for (const { id, slots } of all) {
        const own = new Set(held.filter(({ queue }) => queue?.agent === id && !queue.parkedAt).map((one) => one.id));
        const isIdle = (slot: { conversation: string; since: number }) =>
          !own.has(slot.conversation) && now - slot.since > UNUSED_MS;
        if (!slots.some(isIdle)) continue;
        await agents.change(id, (agent) =>
          agent.slots.some(isIdle) ? { slots: agent.slots.filter((slot) => !isIdle(slot)) } : null,
        );
      }
    },
  };
}
