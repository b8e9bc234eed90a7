/**
 * From an open door to answered citizens: the store is prepared, the mailroom starts, and each town is answered as soon as
 * its phrases are learnt. What comes in meanwhile is kept. A store that is down is waited for: the door says that it is not ready, and nothing is lost.
 */
import type { HealthParts } from '../http/health';
import type { Log } from '../log';
import { whileAway } from '../store';

export interface Readiness {
  standing: HealthParts['standing'];
  /** Milliseconds since 1970; undefined until citizens are answered. */
  since(): number | undefined;
  /** Prepares the store, waiting for it however long it is away. */
  prepare(prepare: () => Promise<void>): Promise<void>;
  /** Starts once the store is prepared; ready when all towns are learnt. Resolves with what the store refused to be opened for, or null. */
  open(prepared: Promise<void>, learnt: Promise<unknown>, log: Log, start: () => void): Promise<Error | null>;
  /** Nothing is started any more. */
  close(): void;
  isClosed(): boolean;
}

export function createReadiness(clock: () => Date): Readiness {
  const startedMs = performance.now();
  let standing: ReturnType<Readiness['standing']> = 'upgrading';
  let since: number | undefined;
  let isClosed = false;
  return {
    standing: () => standing,
    since: () => since,
    async prepare(prepare) {
      await whileAway(() => (isClosed ? Promise.resolve() : prepare()), Number.POSITIVE_INFINITY);
      standing = 'learning';
    },
    async open(prepared, learnt, log, start) {
      try {
        await prepared;
        if (!isClosed) start();
        await learnt;
        standing = 'ready';
        since = clock().getTime();
        if (isClosed) return null;
        log('info', 'ready', { seconds: Math.round(performance.now() - startedMs) / 1000 });
        return null;
      } catch (error) {
        standing = 'store-refused';
        log('error', 'store.refused', { reason: (error as Error).message });
        return error as Error;
      }
    },
    close() {
      isClosed = true;
    },
    isClosed: () => isClosed,
  };
}
