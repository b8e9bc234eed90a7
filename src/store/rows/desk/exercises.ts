/** Exercises that agents played, as rows: by whom, from which conversation, and what was to be seen at its end. */
import type { Exercise, Fact } from '../../../domain/desk/training';
import type { Collection, Database } from '../../collection';
import { insertNew } from '../../insert-new';

export interface Played {
  /** The conversation's. */
  id: string;
  /** The real town, and the real agent. */
  town: string;
  agent: string;
  /** As it stood when it was begun. */
  exercise: Exercise;
  /** ISO. */
  startedAt: string;
  state: 'running' | 'over';
  /** Once it is over. */
  facts?: Fact[];
  /** Its agent lets the supervisors of the town see it. */
  isShared: boolean;
}

interface PlayedRow extends Omit<Played, 'id'> {
  _id: string;
  [field: string]: unknown;
}

export interface Exercises {
  /** Declares the indexes its queries need. */
  prepare(): Promise<void>;
  begin(played: Played): Promise<void>;
  get(id: string): Promise<Played | null>;
  /** Those under way, of all towns. */
  running(): Promise<Played[]>;
  /** An agent's own, the last first. */
  of(agent: string): Promise<Played[]>;
  /** Those that their agents show, the last first. */
  shared(town: string): Promise<Played[]>;
  end(id: string, facts: Fact[]): Promise<void>;
  share(id: string, isShared: boolean): Promise<void>;
}

const MOST_RUNNING = 500;
const MOST_SHOWN = 30;

export function createExercises(database: Database): Exercises {
  const rows: Collection<PlayedRow> = database.collection('exercises');
  const present = ({ _id, ...rest }: PlayedRow) => ({ id: _id, ...rest }) as Played;
  return {
    async prepare() {
      await rows.index(['state'], { name: 'state' });
      await rows.index(['agent', 'startedAt'], { name: 'agent' });
      await rows.index(['town', 'isShared', 'startedAt'], { name: 'shared' });
    },
    async begin({ id, ...rest }) {
      await insertNew(rows, { _id: id, ...rest });
    },
    async get(id) {
      const [row] = await rows.find({ _id: id }, { limit: 1 });
      return row ? present(row) : null;
    },
    running: async () => (await rows.find({ state: 'running' }, { limit: MOST_RUNNING })).map(present),
    of: async (agent) => (await rows.find({ agent }, { sort: [['startedAt', -1]], limit: MOST_SHOWN })).map(present),
    shared: async (town) =>
      (await rows.find({ town, isShared: true }, { sort: [['startedAt', -1]], limit: MOST_SHOWN })).map(present),
    async end(id, facts) {
      await rows.changeIf({ _id: id, state: 'running' }, { $set: { state: 'over', facts } });
    },
    async share(id, isShared) {
      await rows.changeIf({ _id: id }, { $set: { isShared } });
    },
  };
}
