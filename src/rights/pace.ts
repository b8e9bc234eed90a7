/**
 * The pace of the night's removals: statements of some milliseconds, as large as that allows on this machine, one after the
 * other while nobody writes. While a citizen waits for an answer they stand still, for a fifth of a second at most: a town that
 * is written to all night is tidied up too.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Pace } from '../store/remove-gently';

/** Aimed at for one statement: about what a citizen's message may have to wait. */
const STATEMENT_MS = 8;
/** Fewer cost more in crossings than they spare whoever waits, and on a server nobody waits for them. */
const [FEWEST, MOST] = [400, 4000];
const [LEAST_REST_MS, LOOK_AGAIN_MS, MOST_REST_MS] = [1, 5, 200];

/** @param isAwaited whether a citizen's message is being worked on just now. */
export function createPace(isAwaited: () => Promise<boolean>): Pace {
  let rows = FEWEST;
  return {
    rows: () => Math.round(rows),
    async rest(tookMs) {
      if (tookMs > 2 * STATEMENT_MS) rows = Math.max(FEWEST, rows / 2);
      else if (tookMs < STATEMENT_MS) rows = Math.min(MOST, rows * 1.2);
      const until = performance.now() + MOST_REST_MS;
      // Another process may be waiting for the file, which no row says.
      await pause(Math.max(LEAST_REST_MS, tookMs / 8));
      while ((await isAwaited()) && performance.now() < until) await pause(LOOK_AGAIN_MS);
    },
  };
}
