/** Services that take in nobody more for a while, and what citizens are told instead. */
import type { Collection, Database } from '../../collection';
import { changeOrInsert } from '../../insert-new';

export interface Pause {
  town: string;
  service: string;
  /** By language; none when nothing particular is said. */
  words: Record<string, string>;
  /** Which agent did it, and when (ISO). */
  by: string;
  at: string;
  /** When it ends by itself (ISO); '' when it does not. */
  until: string;
}

interface PauseRow extends Pause {
  _id: string;
  [field: string]: unknown;
}

export interface Pauses {
  /** Declares the indexes its queries need. */
  prepare(): Promise<void>;
  begin(pause: Pause): Promise<void>;
  /** Whether there was one. */
  end(town: string, service: string): Promise<boolean>;
  /** The pause of a service at a moment (ISO). */
  of(town: string, service: string, now: string): Promise<Pause | null>;
  ofTown(town: string, now: string): Promise<Pause[]>;
}

const MOST = 500;

export function createPauses(database: Database): Pauses {
  const rows: Collection<PauseRow> = database.collection('pauses');
  const present = ({ _id, ...rest }: PauseRow): Pause => rest as Pause;
  const lasts =
    (now: string) =>
    ({ until }: PauseRow) =>
      until === '' || until > now;
  return {
    prepare: () => rows.index(['town'], { name: 'town' }),
    async begin(pause) {
      const _id = `${pause.town}|${pause.service}`;
      await changeOrInsert(rows, { _id, ...pause }, { $set: { ...pause } });
    },
    end: async (town, service) => (await rows.remove({ _id: `${town}|${service}` })) === 1,
    async of(town, service, now) {
      const [row] = await rows.find({ _id: `${town}|${service}` }, { limit: 1 });
      return row && lasts(now)(row) ? present(row) : null;
    },
    ofTown: async (town, now) => (await rows.find({ town }, { limit: MOST })).filter(lasts(now)).map(present),
  };
}
