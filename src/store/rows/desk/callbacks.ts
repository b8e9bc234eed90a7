/**
 * Times at which citizens are called back, as places that are taken one by one: the n-th of a service at a time is one row.
 * A place is held for the message that asks for it, and is free again when nothing came of that.
 */
import type { Collection, Database } from '../../collection';
import { insertNew } from '../../insert-new';

interface PlaceRow {
  _id: string;
  town: string;
  service: string;
  /** When it begins (ISO). */
  at: string;
  /** Inbox id of the message that has it. */
  by: string;
  /** Until when it is held (milliseconds since 1970); 0 once it is taken for good. */
  heldUntil: number;
  [field: string]: unknown;
}

export interface Callbacks {
  /** Declares the indexes its queries need. */
  prepare(): Promise<void>;
  /** One of `places` at this time, for this message; the same again gets the same. False when all are taken. */
  hold(time: { town: string; service: string; at: string }, places: number, by: string, now: number): Promise<boolean>;
  /** What was held for this message is taken for good. */
  take(time: { town: string; service: string; at: string }, by: string): Promise<void>;
  /** What this message had is free again. */
  free(time: { town: string; service: string; at: string }, by: string): Promise<void>;
  /** Times (ISO) that are taken from a moment on, one entry a place. */
  taken(town: string, service: string, from: string, now: number): Promise<string[]>;
}

const HELD_MS = 10 * 60_000;
/** Places of a service that are looked at. */
const MOST = 2000;

export function createCallbacks(database: Database): Callbacks {
  const rows: Collection<PlaceRow> = database.collection('callbacks');
  const named = ({ town, service, at }: { town: string; service: string; at: string }) => `${town}|${service}|${at}`;

  return {
    prepare: () => rows.index(['town', 'service', 'at'], { name: 'time' }),
    async hold(time, places, by, now) {
      const ids = Array.from({ length: places }, (_, n) => `${named(time)}|${n}`);
      const heldUntil = now + HELD_MS;
      const there = await rows.find({ ...time }, { limit: places });
      if (there.some((row) => row.by === by)) return true;
      for (const _id of ids) {
        if (await rows.changeIf({ _id, heldUntil: { $gt: 0, $lte: now } }, { $set: { by, heldUntil } })) return true;
        if (await insertNew(rows, { _id, ...time, by, heldUntil })) return true;
      }
      return false;
    },
    async take(time, by) {
      await rows.changeIf({ ...time, by }, { $set: { heldUntil: 0 } });
    },
    async free(time, by) {
      await rows.remove({ ...time, by });
    },
    async taken(town, service, from, now) {
      const found = await rows.find({ town, service, at: { $gte: from } }, { sort: [['at', 1]], limit: MOST });
      return found.filter(({ heldUntil }) => heldUntil === 0 || heldUntil > now).map(({ at }) => at);
    },
  };
}
