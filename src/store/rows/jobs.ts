/**
 * Work that one process does for all: a lease says whose it is now, and a process that dies loses it by itself.
 */
import type { Collection, Database } from '../collection';
import { insertNew } from '../insert-new';

interface JobRow {
  _id: string;
  owner: string;
  /** Milliseconds since 1970. */
  until: number;
  /** Up to when it has been done (milliseconds since 1970). */
  reached?: number;
  [field: string]: unknown;
}

export interface Jobs {
  /** Whether this owner has the job for so long from now on (milliseconds); asking again renews it. */
  hold(name: string, owner: string, forMs: number, now: number): Promise<boolean>;
  /** Gives it up before its time. */
  letGo(name: string, owner: string): Promise<void>;
  /** Up to when it has been done (milliseconds since 1970); undefined before it was first said. */
  reached(name: string): Promise<number | undefined>;
  /** Says up to when it has been done and gives it up; nothing for an owner who has lost it. */
  end(name: string, owner: string, reached: number): Promise<void>;
}

export function createJobs(database: Database): Jobs {
  const rows: Collection<JobRow> = database.collection('jobs');

  return {
    async hold(name, owner, forMs, now) {
      const held = { $set: { owner, until: now + forMs } };
      return (
        (await rows.changeIf({ _id: name, owner }, held)) ||
        (await rows.changeIf({ _id: name, until: { $lte: now } }, held)) ||
        // No lease is that long: whoever wrote it had another clock.
        (await rows.changeIf({ _id: name, until: { $gt: now + 2 * forMs } }, held)) ||
        insertNew(rows, { _id: name, owner, until: now + forMs })
      );
    },
    async letGo(name, owner) {
      await rows.changeIf({ _id: name, owner }, { $set: { until: 0 } });
    },
    reached: async (name) => (await rows.find({ _id: name }))[0]?.reached,
    async end(name, owner, reached) {
      await rows.changeIf({ _id: name, owner }, { $set: { until: 0, reached } });
    },
  };
}
