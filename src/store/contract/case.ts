/** One promise of the store's contract. */
import type { Collection, Database } from '../collection';

export interface StoreCase {
  /** What holds when the case passes, as a sentence. */
  name: string;
  /** A case on which handoff and 'no reply twice' stand: a store that fails it must not be used. */
  race?: boolean;
  /** Throws when it does not hold. `fresh` gives an empty collection at each call. */
  run(fresh: () => Collection, database: Database): Promise<void>;
}
