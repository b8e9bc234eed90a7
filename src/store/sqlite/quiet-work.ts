/** Work that nobody waits for: done while nothing else is asked, and not before it has become worth it. */

/** So often it must have become due before it is done. */
const WORTH_IT = 32;
/** So long nothing may have been asked. Between the commits of one message there is less. */
const QUIET_MS = 20;

export interface QuietWork {
  /** There is a little more to do. */
  due(): void;
  stop(): void;
}

export function createQuietWork(work: () => void): QuietWork {
  let times = 0;
  let timer: NodeJS.Timeout | undefined;

  function run(): void {
    timer = undefined;
    times = 0;
    work();
  }

  return {
    due() {
      times += 1;
      if (times < WORTH_IT) return;
      if (timer) timer.refresh();
      else timer = setTimeout(run, QUIET_MS).unref();
    },
    stop() {
      clearTimeout(timer);
    },
  };
}
