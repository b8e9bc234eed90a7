/**
 * What this process knows of messages that left: which sid belongs to which outbox row, and when
 * a doubtful attempt was made. It only makes reconciliation surer; a restart may forget it.
 */
import { createRecent } from '../../../recent';

const MOST_KEPT = 10_000;
/** An answer that never came may still become a message for a while. */
const SETTLES_AFTER_MS = 15_000;

export interface Departures {
  left(outboxId: string, sid: string): void;
  /** This sending came to nothing: it must not pass for the next one. */
  failed(outboxId: string, sid: string): void;
  doubted(outboxId: string, now: Date): void;
  sidOf(outboxId: string): string | undefined;
  /** Whether a sid is known to be another row's message. */
  isAnothers(sid: string, outboxId: string): boolean;
  /** Whether a doubtful attempt is so recent that it may still appear. */
  isSettling(outboxId: string, now: Date): boolean;
}

export function createDepartures(): Departures {
  const sids = createRecent<string>(MOST_KEPT);
  const owners = createRecent<string>(MOST_KEPT);
  const doubts = createRecent<number>(MOST_KEPT);
  return {
    left(outboxId, sid) {
      sids.set(outboxId, sid);
      owners.set(sid, outboxId);
      doubts.delete(outboxId);
    },
    failed(outboxId, sid) {
      if (sids.get(outboxId) === sid) sids.delete(outboxId);
    },
    doubted(outboxId, now) {
      doubts.set(outboxId, now.getTime());
    },
    sidOf: (outboxId) => sids.get(outboxId),
    isAnothers: (sid, outboxId) => (owners.get(sid) ?? outboxId) !== outboxId,
    isSettling: (outboxId, now) => now.getTime() - (doubts.get(outboxId) ?? Number.NEGATIVE_INFINITY) < SETTLES_AFTER_MS,
  };
}
