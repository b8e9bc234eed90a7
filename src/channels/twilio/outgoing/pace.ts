/**
 * No faster than a sender may: operators drop or queue what exceeds a sender's rate, so a burst
 * waits here a moment, and beyond that goes back to the outbox for a second.
 */
import { RateLimiterMemory, RateLimiterQueue } from 'rate-limiter-flexible';

export interface Pace {
  /** Resolves true when it is this message's turn, false when the line is too long to wait in. */
  turn(sender: string): Promise<boolean>;
}

/** `perSecond`: messages a second for one sender; protocols.md 1.9 has the usual ones. */
export function createPace(perSecond: number): Pace {
  const bucket = new RateLimiterMemory({ points: perSecond, duration: 1 });
  const line = new RateLimiterQueue(bucket, { maxQueueSize: perSecond * 2 });
  return {
    async turn(sender) {
      try {
        await line.removeTokens(1, sender);
        return true;
      } catch {
        return false;
      }
    },
  };
}
