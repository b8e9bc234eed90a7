/**
 * What was not understood or answered badly, as rows for those who write the town's answers; beside them what agents
 * propose as an answer. A row holds no number and no name of its citizen: only a mark of the conversation, so that one
 * person is counted once and can be erased.
 */
import type { MissReason } from '../../domain/miss';
import type { Collection, Database } from '../collection';
import { insertNew } from '../insert-new';

export interface Miss {
  /** Derived from the message: a replay writes it once. */
  id: string;
  town: string;
  /** Milliseconds since 1970. */
  at: number;
  reason: MissReason | 'proposal';
  /** Without numbers; empty when only the topic is known. */
  words: string;
  language: string;
  /** `markOf` the conversation. */
  of: string;
  topic?: string;
  /** Whose it is, where that is known. */
  service?: string;
  /** Of a proposal: what the agent answered, and who proposes it. */
  answer?: string;
  by?: string;
  state: 'open' | 'settled';
  settledBy?: string;
  settledAt?: number;
}

interface MissRow extends Omit<Miss, 'id'> {
  _id: string;
  [field: string]: unknown;
}

export interface Misses {
  /** Declares the indexes its queries need. */
  prepare(): Promise<void>;
  /** Under an id that stands there already: nothing. */
  write(miss: Miss): Promise<void>;
  /** Those that nobody has settled, newest first. */
  open(town: string, limit: number): Promise<Miss[]>;
  get(id: string): Promise<Miss | null>;
  /** False when it is settled already, or not the town's. */
  settle(town: string, id: string, by: string, at: number): Promise<boolean>;
  /** Removes what is older (milliseconds since 1970), settled or not; how many. */
  forget(town: string, before: number): Promise<number>;
  /** Removes what one conversation left; how many. */
  forgetOf(of: string): Promise<number>;
}

const present = ({ _id, ...rest }: MissRow): Miss => ({ id: _id, ...rest });

export function createMisses(database: Database): Misses {
  const rows: Collection<MissRow> = database.collection('misses');
  return {
    async prepare() {
      await rows.index(['town', 'state', 'at'], { name: 'open' });
      await rows.index(['town', 'at'], { name: 'age' });
      await rows.index(['of'], { name: 'of' });
    },
    async write({ id, ...rest }) {
      await insertNew(rows, { _id: id, ...rest });
    },
    open: async (town, limit) => (await rows.find({ town, state: 'open' }, { sort: [['at', -1]], limit })).map(present),
    async get(id) {
      const [row] = await rows.find({ _id: id }, { limit: 1 });
      return row ? present(row) : null;
    },
    settle: (town, id, by, at) =>
      rows.changeIf({ _id: id, town, state: 'open' }, { $set: { state: 'settled', settledBy: by, settledAt: at } }),
    forget: (town, before) => rows.remove({ town, at: { $lt: before } }),
    forgetOf: (of) => rows.remove({ of }),
  };
}
