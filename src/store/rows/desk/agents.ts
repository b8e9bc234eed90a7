/**
 * The people who answer, as rows, and the one-time links by which they choose their password. Of a link only the
 * hash is kept: who reads the database cannot use it.
 */
import type { Agent } from '../../../domain/desk/agent';
import { type Changes, type Collection, type Database, DuplicateKey } from '../../collection';

interface AgentRow extends Omit<Agent, 'id'> {
  _id: string;
  [field: string]: unknown;
}

/** `first`: makes the first admin of a town. */
export interface Invitation {
  /** SHA-256 of what the link carries, in hexadecimal. */
  id: string;
  kind: 'first' | 'invite' | 'reset';
  town: string;
  agent?: string;
  /** Milliseconds since 1970. */
  expiresAt: number;
}

interface InvitationRow extends Omit<Invitation, 'id'> {
  _id: string;
  [field: string]: unknown;
}

export interface Agents {
  /** Declares the indexes its queries need. */
  prepare(): Promise<void>;
  /** The new agent; null when the town has one with this e-mail. With `isFirst`, also when the town has any. */
  add(agent: Omit<Agent, 'id' | 'version'>, isFirst?: boolean): Promise<Agent | null>;
  get(id: string): Promise<Agent | null>;
  /** Of all towns, or of one: an e-mail is one agent in a town. */
  byEmail(email: string, town?: string): Promise<Agent | null>;
  /** Who is known to the town's directory under this name; of all towns, or of one. */
  byDirectory(directory: string, town?: string): Promise<Agent | null>;
  /** Those of a list (ids) that there are, in no order. */
  among(ids: string[]): Promise<Agent[]>;
  /** The disabled as well. */
  ofTown(town: string): Promise<Agent[]>;
  /** One change of what stands there; false when somebody changed it since this version. */
  changeIf(id: string, version: number, changes: Changes): Promise<boolean>;
  /** The same, tried on what stands there now until it holds; null for nobody, or when `fields` says that nothing is to be changed. */
  change(id: string, fields: (agent: Agent) => Partial<Omit<Agent, 'id' | 'version'>> | null): Promise<Agent | null>;
  invite(invitation: Invitation): Promise<void>;
  invitation(id: string): Promise<Invitation | null>;
  /** Whether it was there to be taken: a link opens once. */
  takeInvitation(id: string): Promise<boolean>;
  /** Takes the links of an agent away; those that nobody used in time too. */
  dropInvitations(agent: string, now: number): Promise<void>;
}

/** People of one town hall. */
const MOST_AGENTS = 2000;

const present = ({ _id, ...rest }: AgentRow): Agent => ({ id: _id, ...rest }) as Agent;

export function createAgents(database: Database): Agents {
  const rows: Collection<AgentRow> = database.collection('agents');
  const invitations: Collection<InvitationRow> = database.collection('invitations');

  async function get(id: string): Promise<Agent | null> {
    const [row] = await rows.find({ _id: id }, { limit: 1 });
    return row ? present(row) : null;
  }

  const changeIf = (id: string, version: number, changes: Changes) =>
    rows.changeIf({ _id: id, version }, { ...changes, $inc: { ...changes.$inc, version: 1 } });

  return {
    async prepare() {
      await rows.index(['email', 'town'], { name: 'email', unique: true });
      await rows.index(['town'], { name: 'town' });
      await rows.index(['directory', 'town'], { name: 'directory' });
      await invitations.index(['agent'], { name: 'agent' });
      await invitations.index(['expiresAt'], { name: 'expires' });
    },
    async add(agent, isFirst = false) {
      let n = isFirst ? 1 : (await rows.count({ town: agent.town })) + 1;
      for (;;) {
        const made: Agent = { ...agent, id: `${agent.town}:${n}`, version: 0 };
        const { id, ...rest } = made;
        try {
          await rows.insert({ _id: id, ...rest });
          return made;
        } catch (error) {
          if (!(error instanceof DuplicateKey)) throw error;
          if (isFirst || error.index !== '_id') return null;
          n += 1;
        }
      }
    },
    get,
    async byEmail(email, town) {
      const [row] = await rows.find({ email, ...(town ? { town } : {}) }, { sort: [['town', 1]], limit: 1 });
      return row ? present(row) : null;
    },
    async byDirectory(directory, town) {
      const [row] = await rows.find({ directory, ...(town ? { town } : {}) }, { sort: [['town', 1]], limit: 1 });
      return row ? present(row) : null;
    },
    among: async (ids) => (ids.length ? (await rows.find({ _id: { $in: ids } })).map(present) : []),
    ofTown: async (town) => (await rows.find({ town }, { limit: MOST_AGENTS })).map(present),
    changeIf,
    async change(id, fields) {
      for (;;) {
        const agent = await get(id);
        const changed = agent && fields(agent);
        if (!changed) return null;
        const $set = Object.fromEntries(Object.entries(changed).filter(([, value]) => value !== undefined));
        const $unset = Object.keys(changed).filter((name) => !(name in $set));
        if (await changeIf(id, agent.version, { $set, $unset })) return { ...agent, ...changed, version: agent.version + 1 };
      }
    },
    async invite({ id, ...rest }) {
      await invitations.insert({ _id: id, ...rest });
    },
    async invitation(id) {
      const [row] = await invitations.find({ _id: id }, { limit: 1 });
      if (!row) return null;
      const { _id, ...rest } = row;
      return { id: _id, ...rest } as Invitation;
    },
    takeInvitation: async (id) => (await invitations.remove({ _id: id })) === 1,
    async dropInvitations(agent, now) {
      await invitations.remove({ agent });
      await invitations.remove({ expiresAt: { $lt: now } });
    },
  };
}
