/** Work that a process does again and again while it runs: never twice at a time, and waited for when it stops. */

export interface Recurring {
  /** @param inMs milliseconds before the first time. */
  start(inMs: number): void;
  isStopped(): boolean;
  /** Nothing begins after the call; resolves when what is under way has ended. */
  stop(): Promise<void>;
}

/**
 * @param everyMs milliseconds between the end of one time and the beginning of the next.
 * @param work says by itself what goes wrong: it never rejects.
 */
export function createRecurring(everyMs: number, work: () => Promise<void>): Recurring {
  let timer: NodeJS.Timeout | undefined;
  let working: Promise<void> | undefined;
  let isStopped = false;

  function start(inMs: number): void {
    timer = setTimeout(() => {
      working = work().then(() => {
        if (!isStopped) start(everyMs);
      });
    }, inMs);
  }

  return {
    start,
    isStopped: () => isStopped,
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      await working;
    },
  };
}
