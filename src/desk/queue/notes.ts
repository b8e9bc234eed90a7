/** What colleagues write to each other in a conversation: notes, whom they name in them, and what is whispered to one of them. */
import type { Conversation } from '../../domain/conversation';
import { withMentions } from '../../domain/desk/mention';
import type { QueueEntry } from '../../domain/desk/queue';
import { type Actor, answering, type Decided, type DeskLookups, note } from './decided';

export async function noted(text: string, by: Actor, { holder, queue }: Conversation, lookups: DeskLookups): Promise<Decided> {
  return { holder, queue: queue ? await mentioning(queue, text, by, lookups) : null, effects: [note(text, by)] };
}

/** Colleagues whom a note names are told of it; whoever wrote it needs no telling. */
export async function mentioning(queue: QueueEntry, text: string, by: Actor, { now, named }: DeskLookups): Promise<QueueEntry> {
  const agents = (await named(text, queue.service)).filter((id) => id !== by.id);
  return withMentions(queue, agents, by.id, now.toISOString());
}

/** Who looks after a service may tell whoever answers what only they are to read. */
export async function whisper(
  text: string,
  by: Actor,
  { holder, queue = null }: Conversation,
  { colleague }: DeskLookups,
): Promise<Decided> {
  if (holder !== 'agent' || !queue?.agent || queue.agent === by.id) return answering({ outcome: 'not-waiting' });
  if (!(await colleague(by.id))?.supervises(queue.service)) return answering({ outcome: 'taken', by: queue.agent });
  return {
    holder,
    queue,
    effects: [{ kind: 'whisper', text, to: queue.agent, by: { kind: 'agent', id: by.id, name: by.name } }],
  };
}
