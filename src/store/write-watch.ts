/**
 * Keeps an eye on what the database answers to writes, for the operator: says once when it takes no more writes, and why,
 * and once when it takes them again. Those who wrote meanwhile were told to come back.
 */
import { StoreUnavailable, type Unavailability } from './collection';

export interface Trouble {
  state: 'down' | 'full' | 'readonly' | 'up';
  /** Why, for the log: never holds the address's password. */
  reason?: string;
}

/** 'away' is told elsewhere (a server that is gone) or passes (another process that holds the file). */
const STATES: Record<Unavailability, Trouble['state'] | null> = { full: 'full', 'read-only': 'readonly', away: null };

export function watchWrites(onTrouble: (event: Trouble) => void) {
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
