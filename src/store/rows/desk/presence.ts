/**
 * Which agents are at their desk, by browser tab: what each tab has open and whether its agent types there. A row is a
 * lease that the tab renews; it ends by itself when the machine sleeps, the line breaks or the process dies.
 */
import type { Collection, Database } from '../../collection';
import { changeOrInsert } from '../../insert-new';

export interface Presence {
  /** One browser tab, or the agent's calls without one. */
  tab: string;
  agent: string;
  town: string;
  /** Milliseconds since 1970. */
  until: number;
  /** The conversation that is open there. */
  viewing?: string;
  isTyping: boolean;
}

interface PresenceRow extends Omit<Presence, 'tab'> {
  _id: string;
  [field: string]: unknown;
}

export interface Presences {
  /** Declares the indexes its queries need. */
  prepare(): Promise<void>;
  put(presence: Presence): Promise<void>;
  /** Those of a town that were heard of since a moment, the ended ones too. */
  since(town: string, at: number): Promise<Presence[]>;
  /** Those that have a conversation open, heard of since a moment. */
  viewing(conversation: string, at: number): Promise<Presence[]>;
  /** Of one agent, the last moment until which one of their tabs was there; 0 when none was for a day. */
  lastOf(agent: string): Promise<number>;
  /** Forgets those that ended before a moment. */
  forget(before: number): Promise<void>;
}

/** Tabs that are read at a time. */
const MOST = 2000;

export function createPresences(database: Database): Presences {
  const rows: Collection<PresenceRow> = database.collection('presence');
  const present = ({ _id, ...rest }: PresenceRow): Presence => ({ tab: _id, ...rest }) as Presence;
  return {
    async prepare() {
      await rows.index(['town', 'until'], { name: 'town' });
      await rows.index(['agent', 'until'], { name: 'agent' });
      await rows.index(['until'], { name: 'until' });
      await rows.index(['viewing', 'until'], { name: 'viewing', whenPresent: true });
    },
    async put({ tab, viewing, ...rest }) {
      const $set = { ...rest, ...(viewing ? { viewing } : {}) };
      const changes = { $set, $unset: viewing ? [] : ['viewing'] };
      await changeOrInsert(rows, { _id: tab, ...rest, ...(viewing ? { viewing } : {}) }, changes);
    },
    async since(town, at) {
      return (await rows.find({ town, until: { $gt: at } }, { sort: [['until', -1]], limit: MOST })).map(present);
    },
    async viewing(viewing, at) {
      return (await rows.find({ viewing, until: { $gt: at } }, { sort: [['until', -1]], limit: MOST })).map(present);
    },
    async lastOf(agent) {
      const [row] = await rows.find({ agent, until: { $gt: 0 } }, { sort: [['until', -1]], limit: 1 });
      return row?.until ?? 0;
    },
    async forget(before) {
      await rows.remove({ until: { $lt: before } });
    },
  };
}
