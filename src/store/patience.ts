/**
 * Waiting for a store that is away: a server that restarts, a file another process is writing. The work is
 * done again until it goes through, so it must be work that can be done twice.
 */
import { StoreUnavailable } from './collection';

export const BUSY_PATIENCE_MS = 10_000;

/** A short uneven pause, so that two processes at one file do not knock in step. */
export const busyPauseMs = () => 2 + Math.random() * 8;

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 2000;

/** Repeats the work while it ends in StoreUnavailable, with growing pauses, at most this long; then throws the last one. */
export async function whileAway<T>(work: () => Promise<T>, patienceMs: number): Promise<T> {
  const untilMs = performance.now() + patienceMs;
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof StoreUnavailable) || performance.now() + pauseMs > untilMs) throw error;
      await new Promise((resolve) => setTimeout(resolve, pauseMs * (0.75 + Math.random() / 2)));
    }
  }
}
