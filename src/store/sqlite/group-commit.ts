/**
 * Group commit for the embedded database: the writes of one tick share one transaction and one wait for the
 * disk, and each caller hears of its own write only after COMMIT. A write that fails alone (a number
 * already taken) fails alone; a transaction that fails as a whole fails for all who were in it.
 */
import { StoreUnavailable } from '../collection';
import { BUSY_PATIENCE_MS, busyPauseMs } from '../patience';

/** What a transaction needs of a connection. */
export interface Transactions {
  begin(): void;
  commit(): void;
  rollback(): void;
  isOpen(): boolean;
  /** Whether an error says that another process holds the database just now. */
  isBusy(error: unknown): boolean;
  /** A driver's error in the port's terms. */
  translate(error: unknown): unknown;
}

export interface GroupCommit {
  /** Runs the job inside a transaction soon and gives what it gave, once on disk. The job must not wait for anything. */
  write<T>(job: () => T): Promise<T>;
  /** Resolves when every write asked for so far is settled. */
  settled(): Promise<void>;
}

interface Job {
  run(): unknown;
  resolve(value: unknown): void;
  reject(error: unknown): void;
}

/** The event loop is held at most about this long by one transaction; the rest of a crowd goes into the next. */
const GROUP_BUDGET_MS = 10;

export function createGroupCommit(connection: Transactions): GroupCommit {
  let queue: Job[] = [];
  let scheduled = false;
  let busySinceMs: number | null = null;
  const waiters: Array<() => void> = [];

  const schedule = (pauseMs = 0) => {
    scheduled = true;
    if (pauseMs > 0) setTimeout(flush, pauseMs);
    else setImmediate(flush);
  };

  /** Opens the transaction; false when there is nothing more to do in this flush. */
  function begin(): boolean {
    try {
      connection.begin();
      busySinceMs = null;
      return true;
    } catch (error) {
      const nowMs = performance.now();
      busySinceMs ??= nowMs;
      if (connection.isBusy(error) && nowMs - busySinceMs < BUSY_PATIENCE_MS) {
        schedule(busyPauseMs());
      } else {
        busySinceMs = null;
        failAll(queue.splice(0), error);
      }
      return false;
    }
  }

  function failAll(jobs: Job[], cause: unknown): void {
    const translated = connection.translate(cause);
    const error =
      translated instanceof StoreUnavailable ? translated : new StoreUnavailable('The transaction failed as a whole', { cause });
    for (const job of jobs) job.reject(error);
  }

  function flush(): void {
    scheduled = false;
    if (begin()) commitGroup();
    if (queue.length > 0 && !scheduled) schedule();
    if (queue.length === 0) for (const tell of waiters.splice(0)) tell();
  }

  function commitGroup(): void {
    const untilMs = performance.now() + GROUP_BUDGET_MS;
    const tell: Array<() => void> = [];
    let taken = 0;
    let failure: { cause: unknown } | null = null;
    try {
      while (taken < queue.length && (taken === 0 || performance.now() < untilMs)) {
        const job = queue[taken++]!;
        try {
          const value = job.run();
          tell.push(() => job.resolve(value));
        } catch (error) {
          // A full disk or a broken file ends the whole transaction, not one statement.
          if (!connection.isOpen()) throw error;
          tell.push(() => job.reject(connection.translate(error)));
        }
      }
      connection.commit();
    } catch (cause) {
      failure = { cause };
      if (connection.isOpen()) connection.rollback();
    }
    const group = queue.slice(0, taken);
    queue = queue.slice(taken);
    if (failure) failAll(group, failure.cause);
    else for (const one of tell) one();
  }

  return {
    write: <T>(run: () => T) =>
      new Promise<T>((resolve, reject) => {
        queue.push({ run, resolve: resolve as Job['resolve'], reject });
        if (!scheduled) schedule();
      }),
    settled: () => (queue.length === 0 ? Promise.resolve() : new Promise((resolve) => waiters.push(resolve))),
  };
}
