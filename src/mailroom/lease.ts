/**
 * For how long a row is this process's own. A process can be stopped anywhere, for a minute, by a machine that is moved
 * or throttled, and others have taken its work by then: whatever cannot be taken back is asked for here once more, at the
 * moment of the effect. A clock can be set back as well: no wait is longer than it was meant to be.
 */

export interface Lease {
  /** Milliseconds since 1970. */
  until: number;
  /** Whether an effect may still begin: a third of the lease is kept for the effect itself. */
  isOurs(): boolean;
}

/** What another machine's clock may differ by, when its leases are read. */
const SKEW = 60_000;

export function beginLease(clock: () => Date, leaseMs: number): Lease {
  const at = clock().getTime();
  // Two clocks: one stands still while the machine sleeps, the other can be set back.
  const begun = performance.now();
  const most = (leaseMs * 2) / 3;
  return {
    until: at + leaseMs,
    isOurs() {
      const passed = clock().getTime() - at;
      return passed >= 0 && passed < most && performance.now() - begun < most;
    },
  };
}

/** Milliseconds that a lease read from a row still runs; 0 when it is over, or when the clock was set back behind it. */
export function leaseLeft(until: number, leaseMs: number, now: number): number {
  const left = Math.max(0, until - now);
  return left > leaseMs + SKEW ? 0 : left;
}

/** Milliseconds until a row's time comes; 0 when it has come, or when the clock was set back: nothing waits longer than it was to wait. */
export function waitLeft({ dueAt, waitMs = 0 }: { dueAt: number; waitMs?: number }, now: number): number {
  const left = Math.max(0, dueAt - now);
  return left > waitMs ? 0 : left;
}

/** Later than this no row's time can rightly come, and no lease end: its clock was set back since. */
export function beyond(longestMs: number, now: number): number {
  return now + longestMs + SKEW;
}
