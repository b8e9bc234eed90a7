/** Replies that a service keeps ready, as rows: written by its supervisors, filled in by whoever sends one. */
import type { Collection, Database } from '../../collection';
import { insertNew } from '../../insert-new';

export interface CannedReply {
  /** `<town>:<random>`. */
  id: string;
  town: string;
  /** For one service; for all when missing. */
  service?: string;
  title: string;
  text: string;
  language: string;
  version: number;
}

interface CannedRow extends Omit<CannedReply, 'id'> {
  _id: string;
  [field: string]: unknown;
}

export interface Canned {
  /** Declares the indexes its queries need. */
  prepare(): Promise<void>;
  get(id: string): Promise<CannedReply | null>;
  ofTown(town: string): Promise<CannedReply[]>;
  /** False when it stands there already. */
  add(reply: Omit<CannedReply, 'version'>): Promise<boolean>;
  /** False when somebody changed it since this version. */
  change(id: string, version: number, fields: Pick<CannedReply, 'service' | 'title' | 'text' | 'language'>): Promise<boolean>;
  remove(id: string): Promise<boolean>;
}

const MOST = 1000;
const present = ({ _id, ...rest }: CannedRow): CannedReply => ({ id: _id, ...rest });

export function createCanned(database: Database): Canned {
  const rows: Collection<CannedRow> = database.collection('canned');
  return {
    prepare: () => rows.index(['town'], { name: 'town' }),
    async get(id) {
      const [row] = await rows.find({ _id: id }, { limit: 1 });
      return row ? present(row) : null;
    },
    ofTown: async (town) => (await rows.find({ town }, { limit: MOST })).map(present),
    async add({ id, ...rest }) {
      return insertNew(rows, { _id: id, ...rest, version: 0 });
    },
    change: (id, version, { service, ...fields }) =>
      rows.changeIf(
        { _id: id, version },
        {
          $set: { ...fields, ...(service ? { service } : {}) },
          ...(service ? {} : { $unset: ['service'] }),
          $inc: { version: 1 },
        },
      ),
    remove: async (id) => (await rows.remove({ _id: id })) === 1,
  };
}
