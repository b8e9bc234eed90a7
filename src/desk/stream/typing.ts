/**
 * That somebody types, told across the town hall's door and kept nowhere: the citizen's page shows that their agent writes,
 * the agent's page that the citizen does. In this process at once; in others by the numbered feed, which names the
 * conversation and nothing else, and which is followed only while a citizen whom an agent has reads here.
 */
import type { Agent } from '../../domain/desk/agent';
import type { FeedEntry } from '../../domain/feed';
import type { Conversations } from '../../store/rows/conversations';
import type { Agents } from '../../store/rows/desk/agents';
import { firstName } from '../queue/decided';
import type { Changes } from './broadcast';

export interface TypingParts {
  agents: Agents;
  conversations: Conversations;
  changes: Changes;
  /** Whether a citizen's page reads this conversation, in this process. */
  isRead(conversation: string): boolean;
  showTyping(conversation: string, town: string, name: string): void;
  fault: (error: unknown) => void;
}

export type Typing = ReturnType<typeof createTyping>;

export function createTyping({ agents, conversations, changes, isRead, showTyping, fault }: TypingParts) {
  const following = new Map<string, () => void>();

  async function heard(town: string, entries: FeedEntry[]): Promise<void> {
    const ids = new Set(entries.flatMap((entry) => entry.changes.flatMap(({ kind, id }) => (kind === 'typing' ? [id] : []))));
    for (const id of ids) {
      if (!isRead(id)) continue;
      const { holder, queue } = (await conversations.find(id))?.conversation ?? {};
      const agent = holder === 'agent' && queue?.agent ? await agents.get(queue.agent) : null;
      if (agent) showTyping(id, town, firstName(agent.name));
    }
  }

  return {
    /** An agent types in a conversation: its citizen sees it where it is theirs to answer; whether it is. */
    async agentTypes({ id: agent, name, town }: Agent, conversation: string): Promise<boolean> {
      const { holder, queue } = (await conversations.find(conversation))?.conversation ?? {};
      if (holder !== 'agent' || queue?.agent !== agent) return false;
      if (isRead(conversation)) showTyping(conversation, town, firstName(name));
      await changes.tell(town, { kind: 'typing', id: conversation, version: 0 });
      return true;
    },

    /** A citizen types: shown to those who have the conversation open, while a person has it. */
    async citizenTypes(id: string): Promise<void> {
      const { town, holder } = (await conversations.find(id))?.conversation ?? {};
      if (town && holder === 'agent') await changes.tell(town, { kind: 'citizen-typing', id, version: 0 });
    },

    /** Hears of agents in other processes while it is wanted. */
    async attend(town: string, isWanted: boolean): Promise<void> {
      const rest = following.get(town);
      if (isWanted === (rest !== undefined)) return;
      rest?.();
      following.delete(town);
      if (!isWanted) return;
      const last = await changes.last(town);
      following.set(
        town,
        changes.follow(town, last, (entries) => void (entries && heard(town, entries).catch(fault))),
      );
    },

    close(): void {
      for (const rest of following.values()) rest();
      following.clear();
    },
  };
}
