/**
 * Keeps an eye on what the database file answers, for the operator: says once when it takes no more writes, and why,
 * and once when it takes them again. Those who wrote meanwhile were told to come back.
 */
import { StoreUnavailable, type Unavailability } from '../collection';
import type { Trouble } from '../mongo/watch';

/** 'away' is another process that holds the file for a while, which is expected and passes. */
const STATES: Record<Unavailability, Trouble['state'] | null> = { full: 'full', 'read-only': 'readonly', away: null };

export function watchFile(onTrouble: (event: Trouble) => void) {
  let state: Trouble['state'] = 'up';

  function become(next: Trouble['state'], reason?: string): void {
    if (state === next) return;
    state = next;
    onTrouble(reason ? { state: next, reason } : { state: next });
  }

  return {
    wrote: () => become('up'),
    failed(error: unknown): void {
      const next = error instanceof StoreUnavailable ? STATES[error.why] : null;
      if (next) become(next, (error as Error).message);
    },
  };
}
