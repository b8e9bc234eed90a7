/**
 * Removing very many rows beside citizens who are writing: statement after statement, each over few enough rows that
 * whoever asks meanwhile waits for a moment only. How many that is, and how long to rest, is the caller's to say.
 */
import type { Collection, Document, Filter } from './collection';

export interface Pace {
  /** How many rows the next statement may remove. */
  rows(): number;
  /** Waits until the next statement may begin, after one that took so long. */
  rest(tookMs: number): Promise<void>;
}

/** Removes every match; how many. */
export async function removeGently<T extends Document>(rows: Collection<T>, filter: Filter, pace: Pace): Promise<number> {
  for (let all = 0; ; ) {
    const limit = pace.rows();
    const from = performance.now();
    const gone = await rows.remove(filter, { limit });
    await pace.rest(performance.now() - from);
    all += gone;
    if (gone < limit) return all;
  }
}
