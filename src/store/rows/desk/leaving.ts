/**
 * Answers on their way out: what an agent sent and may still take back, as rows with a time. One that the conversation would
 * not have any more is held for its writer. Taking back and leaving are two moves of one row, so only one of them happens.
 */
import type { ChannelName } from '../../../domain/conversation';
import type { Collection, Database } from '../../collection';
import { insertNew } from '../../insert-new';

export interface Leaving {
  /** Id of the inbox row that it becomes. */
  id: string;
  town: string;
  agent: { id: string; name: string };
  /** From where it was sent, for the audit log. */
  network: string;
  conversation: string;
  channel: ChannelName;
  address: string;
  /** The agent's action, plain JSON. */
  action: Record<string, unknown> & { text: string };
  /** The files that go with it, as they were uploaded. */
  uploads: string[];
  /** When it was sent (ISO), and when it leaves (milliseconds since 1970); 0 while it is held. */
  at: string;
  leavesAt: number;
  /** `waiting`: may be taken back; `left`: is being written into the inbox; `held`: was refused there. */
  state: 'waiting' | 'left' | 'held';
  /** Why it is held. */
  why?: string;
}

interface LeavingRow extends Omit<Leaving, 'id' | 'agent'> {
  _id: string;
  agent: string;
  name: string;
  [field: string]: unknown;
}

export interface LeavingRows {
  /** Declares the indexes its queries need. */
  prepare(): Promise<void>;
  /** Writing the same one twice writes it once. */
  put(leaving: Omit<Leaving, 'state' | 'why'>): Promise<void>;
  /** Those whose time has come, the first first. */
  due(now: number, limit: number): Promise<Leaving[]>;
  /** What an agent has on its way in a conversation, the first first. */
  of(agent: string, conversation: string): Promise<Leaving[]>;
  /** It cannot be taken back from now on; false when it was, or left already. */
  depart(id: string): Promise<boolean>;
  hold(id: string, why: string): Promise<void>;
  /** Takes it back, waiting or held; false when it has left. */
  takeBack(id: string): Promise<boolean>;
  /** It stands in the inbox, and was worked off; false when another process said so before. */
  done(id: string): Promise<boolean>;
}

const MOST = 50;

export function createLeavingRows(database: Database): LeavingRows {
  const rows: Collection<LeavingRow> = database.collection('leaving');
  const present = ({ _id, agent, name, ...rest }: LeavingRow) => ({ id: _id, agent: { id: agent, name }, ...rest }) as Leaving;
  return {
    async prepare() {
      await rows.index(['leavesAt'], { name: 'leaves' });
      await rows.index(['agent', 'conversation', 'at'], { name: 'agent' });
    },
    async put({ id, agent, ...rest }) {
      await insertNew(rows, { _id: id, agent: agent.id, name: agent.name, ...rest, state: 'waiting' });
    },
    async due(now, limit) {
      return (await rows.find({ leavesAt: { $gt: 0, $lte: now } }, { sort: [['leavesAt', 1]], limit })).map(present);
    },
    async of(agent, conversation) {
      return (await rows.find({ agent, conversation }, { sort: [['at', 1]], limit: MOST })).map(present);
    },
    depart: (id) => rows.changeIf({ _id: id, state: 'waiting' }, { $set: { state: 'left' } }),
    async hold(id, why) {
      await rows.changeIf({ _id: id }, { $set: { state: 'held', leavesAt: 0, why } });
    },
    takeBack: async (id) => (await rows.remove({ _id: id, state: { $in: ['waiting', 'held'] } })) > 0,
    done: async (id) => (await rows.remove({ _id: id })) > 0,
  };
}
