/**
 * What citizens asked for in a conversation about their own data: to be erased in a little while, when the answer has left; or
 * a copy, that a link opens for a day. A row goes when it is done with: it names its citizen.
 */
import type { Proven, Right } from '../../../domain/rights';
import type { Collection, Database } from '../../collection';
import { insertNew } from '../../insert-new';

export interface DataRequest extends Proven {
  /** Of an export: the digest of what opens it. */
  id: string;
  town: string;
  right: Right;
  /** When it is to be erased, or when the link ends (milliseconds since 1970). */
  dueAt: number;
}

type Row = Omit<DataRequest, 'id'> & { _id: string; [field: string]: unknown };

export interface DataRequests {
  /** Declares the indexes its queries need. */
  prepare(): Promise<void>;
  ask(request: DataRequest): Promise<void>;
  /** A link's, until it ends. */
  export(id: string, now: number): Promise<DataRequest | null>;
  toErase(now: number, limit: number): Promise<DataRequest[]>;
  /** Not yet: looked at again at this moment (milliseconds since 1970). */
  postpone(id: string, dueAt: number): Promise<void>;
  done(id: string): Promise<void>;
  /** Links that have ended. */
  forget(now: number): Promise<void>;
}

export function createDataRequests(database: Database): DataRequests {
  const rows: Collection<Row> = database.collection('data_requests');
  const present = ({ _id: id, ...rest }: Row): DataRequest => ({ id, ...rest });

  return {
    async prepare() {
      await rows.index(['right', 'dueAt'], { name: 'due' });
      await rows.index(['right', 'conversation'], { name: 'conversation' });
    },
    async ask({ id, ...rest }) {
      await insertNew(rows, { _id: id, ...rest });
    },
    async export(id, now) {
      const [row] = await rows.find({ _id: id }, { limit: 1 });
      return row?.right === 'export' && row.dueAt > now ? present(row) : null;
    },
    async toErase(now, limit) {
      return (await rows.find({ right: 'erase', dueAt: { $lte: now } }, { sort: [['dueAt', 1]], limit })).map(present);
    },
    async postpone(id, dueAt) {
      await rows.changeIf({ _id: id }, { $set: { dueAt } });
    },
    async done(id) {
      await rows.remove({ _id: id });
    },
    async forget(now) {
      await rows.remove({ right: 'export', dueAt: { $lte: now } });
    },
  };
}
