/**
 * Who is signed in, as rows: a session is found by the hash of what the browser holds, so that who reads the database
 * cannot be anybody. Every process asks here at every call, which is why an ended session is ended everywhere at once.
 */
import type { Collection, Database } from '../../collection';

export interface Session {
  /** SHA-256 of the cookie's value, in hexadecimal. */
  id: string;
  agent: string;
  town: string;
  /** Milliseconds since 1970, like all times here. */
  createdAt: number;
  seenAt: number;
  expiresAt: number;
  /** The network it was opened from, and with which browser. */
  network: string;
  userAgent: string;
  /** What the town's directory vouched with; handed back to it when the session is closed. */
  idToken?: string;
}

interface SessionRow extends Omit<Session, 'id'> {
  _id: string;
  [field: string]: unknown;
}

export interface Sessions {
  /** Declares the indexes its queries need. */
  prepare(): Promise<void>;
  open(session: Session): Promise<void>;
  find(id: string): Promise<Session | null>;
  /** Those of a list that still stand, whether expired or not. */
  among(ids: string[]): Promise<Session[]>;
  /** How many of a list stand beyond a moment. */
  countAmong(ids: string[], at: number): Promise<number>;
  touch(id: string, seenAt: number, expiresAt: number): Promise<void>;
  end(id: string): Promise<void>;
  /** All of an agent's, but one if it is named. */
  endAllOf(agent: string, except?: string): Promise<void>;
  dropExpired(now: number): Promise<void>;
}

const present = ({ _id, ...rest }: SessionRow): Session => ({ id: _id, ...rest }) as Session;

export function createSessions(database: Database): Sessions {
  const rows: Collection<SessionRow> = database.collection('sessions');
  return {
    async prepare() {
      await rows.index(['agent'], { name: 'agent' });
      await rows.index(['expiresAt'], { name: 'expires' });
    },
    async open({ id, ...rest }) {
      await rows.insert({ _id: id, ...rest });
    },
    async find(id) {
      const [row] = await rows.find({ _id: id }, { limit: 1 });
      return row ? present(row) : null;
    },
    among: async (ids) => (ids.length ? (await rows.find({ _id: { $in: ids } })).map(present) : []),
    countAmong: async (ids, at) => (ids.length ? rows.count({ _id: { $in: ids }, expiresAt: { $gt: at } }) : 0),
    async touch(id, seenAt, expiresAt) {
      await rows.changeIf({ _id: id }, { $set: { seenAt, expiresAt } });
    },
    async end(id) {
      await rows.remove({ _id: id });
    },
    async endAllOf(agent, except) {
      await rows.remove({ agent, ...(except ? { _id: { $ne: except } } : {}) });
    },
    async dropExpired(now) {
      await rows.remove({ expiresAt: { $lt: now } });
    },
  };
}
