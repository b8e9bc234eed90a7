/** Conversations that were kept to train with, as rows: without their citizens, and read by somebody before. */
import type { Recording } from '../../../domain/desk/recording';
import type { Collection, Database } from '../../collection';
import { insertNew } from '../../insert-new';

interface RecordingRow extends Omit<Recording, 'id'> {
  _id: string;
  [field: string]: unknown;
}

export interface Recordings {
  /** Declares the indexes its queries need. */
  prepare(): Promise<void>;
  /** Keeping the same one twice keeps it once. */
  keep(recording: Recording): Promise<void>;
  get(id: string): Promise<Recording | null>;
  /** The newest first. */
  of(town: string): Promise<Recording[]>;
  /** Whether it was there. */
  remove(id: string): Promise<boolean>;
}

const MOST_SHOWN = 100;

export function createRecordings(database: Database): Recordings {
  const rows: Collection<RecordingRow> = database.collection('recordings');
  const present = ({ _id, ...rest }: RecordingRow) => ({ id: _id, ...rest }) as Recording;
  return {
    async prepare() {
      await rows.index(['town', 'at'], { name: 'town' });
    },
    async keep({ id, ...rest }) {
      await insertNew(rows, { _id: id, ...rest });
    },
    async get(id) {
      const [row] = await rows.find({ _id: id }, { limit: 1 });
      return row ? present(row) : null;
    },
    of: async (town) => (await rows.find({ town }, { sort: [['at', -1]], limit: MOST_SHOWN })).map(present),
    async remove(id) {
      const [row] = await rows.find({ _id: id }, { limit: 1 });
      if (row) await rows.remove({ _id: id });
      return row !== undefined;
    },
  };
}
