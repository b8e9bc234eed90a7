/**
 * Who of the town hall saw and did what, as rows that are written once and never changed. What a citizen wrote never
 * stands here: only what it was done to.
 */
import type { Collection, Database } from '../../collection';
import { insertNew } from '../../insert-new';
import { type Pace, removeGently } from '../../remove-gently';

export interface AuditEntry {
  id: string;
  town: string;
  /** Milliseconds since 1970. */
  at: number;
  /** Agent's id; missing where nobody was signed in. */
  agent?: string;
  /** 'session.opened', 'ticket.read', 'agent.disabled'… */
  what: string;
  /** What it was done to: 'ticket:47HZ-B7WS', 'agent:bellerive:2'. */
  subject: string;
  /** Facts that are no citizen's words: the state a request was moved to, the roles that were given. */
  details?: Record<string, string>;
  network: string;
}

interface AuditRow extends Omit<AuditEntry, 'id'> {
  _id: string;
  [field: string]: unknown;
}

export interface Audit {
  /** Declares the indexes its queries need. */
  prepare(): Promise<void>;
  /** Under an id that stands there already: nothing. */
  write(entry: AuditEntry): Promise<void>;
  /** Removes what is older than a moment (milliseconds since 1970); how many. */
  forget(town: string, before: number, pace: Pace): Promise<number>;
  /** Newest first, within a span of time: milliseconds since 1970, the end not included. */
  list(town: string, from: number, to: number, limit: number): Promise<AuditEntry[]>;
  /** What was done to these, newest first: 'ticket:47HZ-B7WS'. */
  ofSubjects(town: string, subjects: string[], limit: number): Promise<AuditEntry[]>;
}

const present = ({ _id, ...rest }: AuditRow): AuditEntry => ({ id: _id, ...rest }) as AuditEntry;

export function createAudit(database: Database): Audit {
  const rows: Collection<AuditRow> = database.collection('audit');
  return {
    async prepare() {
      await rows.index(['town', 'at'], { name: 'town' });
      await rows.index(['town', 'subject', 'at'], { name: 'subject' });
    },
    async write({ id, ...rest }) {
      await insertNew(rows, { _id: id, ...rest });
    },
    forget: (town, before, pace) => removeGently(rows, { town, at: { $lt: before } }, pace),
    async ofSubjects(town, subjects, limit) {
      const found = await Promise.all(subjects.map((subject) => rows.find({ town, subject }, { sort: [['at', -1]], limit })));
      return found
        .flat()
        .sort((one, other) => other.at - one.at)
        .slice(0, limit)
        .map(present);
    },
    async list(town, from, to, limit) {
      return (await rows.find({ town, at: { $gte: from, $lt: to } }, { sort: [['at', -1]], limit })).map(present);
    },
  };
}
