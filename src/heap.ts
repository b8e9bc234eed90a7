/** How far V8 lets its heap grow before it sweeps it: memory is given where there is work, and given back where there is none. */
import { setFlagsFromString } from 'node:v8';
import { createRecurring, type Recurring } from './recurring';

/** In percent of what was in use after the last sweep. */
export const GROWTH = {
  /** A town's machine is small, and waits most of the day. */
  quiet: 20,
  /** Sweeping again after every few messages took an eighth of the processor time that they cost (docs/measured.md). */
  busy: 100,
} as const;

const LOOKS_EVERY_MS = 1000;
/** Share of its time that the serving thread is at work: from here on it is busy, and below the other quiet again. */
const BUSY = 0.4;
const QUIET = 0.15;

/**
 * Not while starting, when nearly everything stays: sweeping again and again took a quarter of the time.
 * @param grow told at once, and whenever it changes: percent.
 */
export function tendHeap(grow: (percent: number) => void = growBy): Recurring {
  let isBusy = false;
  let last = performance.eventLoopUtilization();
  grow(GROWTH.quiet);
  const looking = createRecurring(LOOKS_EVERY_MS, async () => {
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, last);
    last = now;
    const wasBusy = isBusy;
    isBusy = utilization > (wasBusy ? QUIET : BUSY);
    if (isBusy !== wasBusy) grow(isBusy ? GROWTH.busy : GROWTH.quiet);
  });
  looking.start(LOOKS_EVERY_MS);
  return looking;
}

function growBy(percent: number): void {
  setFlagsFromString(`--heap-growing-percent=${percent}`);
}
