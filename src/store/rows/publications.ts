/**
 * Each publication of a topic, numbered over all towns from 1 without gaps and never changed: the text of the file before
 * the town's folder is written, so that every process takes it over and everything can be taken back. Beside them, topics
 * of which somebody says that the source has changed.
 */
import type { Collection, Database } from '../collection';
import { changeOrInsert, insertNew } from '../insert-new';

export interface Publication {
  seq: number;
  town: string;
  topic: string;
  /** The whole file; null when the topic was taken away. */
  text: string | null;
  /** The text it was made from, where no publication holds it; null: there was no file. */
  before?: string | null;
  /** SHA-256 of the file it was made from (null: there was none) and of what it became (null: taken away). */
  base: string | null;
  hash: string | null;
  kind: 'edit' | 'undo';
  /** Agent's id, and when (milliseconds since 1970). */
  by: string;
  at: number;
}

interface PublicationRow extends Publication {
  _id: string;
  [field: string]: unknown;
}

/** Somebody says that where the answer comes from has changed. */
export interface SourceFlag {
  town: string;
  topic: string;
  by: string;
  at: number;
  note: string;
}

interface FlagRow extends SourceFlag {
  _id: string;
  [field: string]: unknown;
}

export interface Publications {
  /** Declares the indexes its queries need. */
  prepare(): Promise<void>;
  /** Right after a number; null when another publication took that place. */
  add(after: number, publication: Omit<Publication, 'seq'>): Promise<Publication | null>;
  /** Those after a number, oldest first. */
  after(seq: number, limit: number): Promise<Publication[]>;
  /** Those of a topic, newest first. */
  of(town: string, topic: string, limit: number): Promise<Publication[]>;
  get(seq: number): Promise<Publication | null>;
  flag(flag: SourceFlag): Promise<void>;
  unflag(town: string, topic: string): Promise<void>;
  flags(town: string): Promise<SourceFlag[]>;
}

const idOf = (seq: number) => String(seq).padStart(12, '0');
const present = ({ _id, ...rest }: PublicationRow): Publication => rest as Publication;

export function createPublications(database: Database): Publications {
  const rows: Collection<PublicationRow> = database.collection('publications');
  const flags: Collection<FlagRow> = database.collection('source_flags');

  return {
    async prepare() {
      await rows.index(['town', 'topic', 'seq'], { name: 'topic' });
      await flags.index(['town'], { name: 'town' });
    },
    async add(after, publication) {
      const seq = after + 1;
      return (await insertNew(rows, { _id: idOf(seq), seq, ...publication })) ? { seq, ...publication } : null;
    },
    after: async (seq, limit) => (await rows.find({ _id: { $gt: idOf(seq) } }, { sort: [['_id', 1]], limit })).map(present),
    of: async (town, topic, limit) => (await rows.find({ town, topic }, { sort: [['seq', -1]], limit })).map(present),
    async get(seq) {
      const [row] = await rows.find({ _id: idOf(seq) }, { limit: 1 });
      return row ? present(row) : null;
    },
    async flag(flag) {
      const { by, at, note } = flag;
      await changeOrInsert(flags, { _id: `${flag.town}:${flag.topic}`, ...flag }, { $set: { by, at, note } });
    },
    async unflag(town, topic) {
      await flags.remove({ _id: `${town}:${topic}` });
    },
    flags: async (town) => (await flags.find({ town })).map(({ _id, ...flag }) => flag as unknown as SourceFlag),
  };
}
