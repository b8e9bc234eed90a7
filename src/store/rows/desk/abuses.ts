/**
 * What people of the town hall were called or threatened with, as rows for their employer, who has to protect them: who,
 * when, in which words, and what was done. Written once under an id derived from the report, kept as long as the audit log.
 */
import type { AbuseFacts } from '../../../domain/desk/abuse';
import type { Collection, Database } from '../../collection';
import { insertNew } from '../../insert-new';

export interface AbuseReport extends AbuseFacts {
  id: string;
  town: string;
  /** Milliseconds since 1970. */
  at: number;
  conversation: string;
  channel: string;
}

interface AbuseRow extends Omit<AbuseReport, 'id'> {
  _id: string;
  [field: string]: unknown;
}

export interface Abuses {
  /** Declares the indexes its queries need. */
  prepare(): Promise<void>;
  write(report: AbuseReport): Promise<void>;
  /** Newest first, within a span of time: milliseconds since 1970, the end not included. */
  list(town: string, from: number, to: number, limit: number): Promise<AbuseReport[]>;
  /** Removes what is older than a moment (milliseconds since 1970); how many. */
  forget(town: string, before: number): Promise<number>;
}

export function createAbuses(database: Database): Abuses {
  const rows: Collection<AbuseRow> = database.collection('abuses');
  return {
    prepare: () => rows.index(['town', 'at'], { name: 'town' }),
    async write({ id, ...rest }) {
      await insertNew(rows, { _id: id, ...rest });
    },
    async list(town, from, to, limit) {
      const found = await rows.find({ town, at: { $gte: from, $lt: to } }, { sort: [['at', -1]], limit });
      return found.map(({ _id, ...rest }) => ({ id: _id, ...rest }) as AbuseReport);
    },
    forget: (town, before) => rows.remove({ town, at: { $lt: before } }),
  };
}
