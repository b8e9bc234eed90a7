/**
 * What happens at the desk though nobody asks for it: a service closes while people wait, an agent is gone, a closing is
 * not taken back. Each becomes a row in the inbox of its conversation, under an id derived from what happened, so that any
 * number of processes may look and it is done once; whether it is still so is looked at again in the conversation's line.
 */
import { isIdle } from '../../domain/queue';
import type { Calendar, Town, Towns } from '../../domain/town';
import type { Agents } from '../../store/rows/agents';
import type { Conversations } from '../../store/rows/conversations';
import type { Presences } from '../../store/rows/presence';
import type { Capacity } from './capacity';
import { isGone } from './gone';
import type { Post } from './post';

/** Closings, lost agents and idle places are looked for so often. */
const LOOK_EVERY = 5000;
const DAY = 24 * 60 * 60_000;

export interface WatchParts {
  agents: Agents;
  conversations: Conversations;
  presences: Presences;
  capacity: Capacity;
  towns: Towns;
  calendar: Calendar;
  post: Post;
  clock: () => Date;
  log: (level: 'info' | 'warn', event: string, fields?: Record<string, unknown>) => void;
}

export function createWatch({ agents, conversations, presences, capacity, towns, calendar, post, clock, log }: WatchParts) {
  let lookAt = 0;

  async function closeWaiting(town: Town, now: Date): Promise<void> {
    const opens = new Map<string, string | null>();
    for (const conversation of await conversations.atDesk(town.id, 'queue')) {
      const { queue } = conversation;
      const service = town.services.find(({ id }) => id === queue?.service);
      if (!queue || queue.botAnswers || !service) continue;
      if (!opens.has(service.id)) {
        const state = calendar.at(town, service, now);
        opens.set(service.id, state.isOpen ? null : JSON.stringify(state.opens ?? 'never'));
      }
      const next = opens.get(service.id);
      if (next) await post.ask(conversation, { kind: 'closing' }, `${queue.queuedAt}|${next}`);
    }
  }

  /** Whose agent is gone waits again; what takes nobody's time is put aside. */
  async function lookAfterHeld(town: Town, now: Date): Promise<void> {
    const held = await conversations.atDesk(town.id, 'agent');
    const lost = new Set<string>();
    for (const agent of new Set(held.map(({ queue }) => queue?.agent ?? ''))) {
      if (await isGone(presences, agent, undefined, now)) lost.add(agent);
    }
    for (const conversation of held) {
      if (conversation.queue && isIdle(conversation.queue, now))
        await post.ask(conversation, { kind: 'idle' }, `${conversation.version}`);
      const { agent = '', takenAt } = conversation.queue ?? {};
      if (!lost.has(agent) || !(await isGone(presences, agent, takenAt, now))) continue;
      if ((await post.ask(conversation, { kind: 'lost', agent }, `${agent}|${takenAt}`)) !== 'new') continue;
      log('warn', 'desk.agent-lost', { town: town.id, agent, conversation: conversation.id });
      await capacity.giveBack(agent, conversation.id);
      await agents.change(agent, ({ status }) =>
        status === 'available' ? { status: 'away', statusReason: 'lost', statusAt: now.toISOString() } : null,
      );
    }
  }

  return {
    async sweep(): Promise<void> {
      const now = clock();
      for (const conversation of await conversations.toSettle(now.getTime(), 50)) {
        const closedAt = conversation.queue?.closedAt;
        if (closedAt) await post.ask(conversation, { kind: 'settled', closedAt }, closedAt);
      }
      if (now.getTime() < lookAt && lookAt - now.getTime() <= LOOK_EVERY) return;
      lookAt = now.getTime() + LOOK_EVERY;
      for (const town of towns.list()) {
        if ((await agents.ofTown(town.id)).length === 0) continue;
        await closeWaiting(town, now);
        await lookAfterHeld(town, now);
        await capacity.sweep(town.id);
      }
      await presences.forget(now.getTime() - DAY);
    },
  };
}
