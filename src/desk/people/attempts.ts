/**
 * How often a password may be tried: by who is tried from where, by who is tried at all, and by where it comes from.
 * A name that nobody has counts like any other, so that waiting tells nothing. Counted in the store: who is refused by one
 * process is refused by all, and after a restart too.
 */
import type { AttemptCounts } from '../../store/rows/desk/attempts';

const MINUTE = 60_000;

interface Limit {
  attempts: number;
  forMs: number;
}

/** So many in so long. The second keeps one who spreads over many networks from trying one account for ever. */
const LIMITS = {
  here: { attempts: 5, forMs: 15 * MINUTE },
  account: { attempts: 50, forMs: 60 * MINUTE },
  network: { attempts: 30, forMs: 15 * MINUTE },
} satisfies Record<string, Limit>;

export type Attempts = ReturnType<typeof createAttempts>;

export function createAttempts(counts: AttemptCounts, clock: () => Date) {
  const named = (kind: keyof typeof LIMITS, whose: string) => `${kind} ${whose}`;

  /** The seconds to wait when this is one too many, else null. */
  async function count(kind: keyof typeof LIMITS, whose: string): Promise<number | null> {
    const now = clock().getTime();
    const { attempts, forMs } = LIMITS[kind];
    const counted = await counts.add(named(kind, whose), forMs, now);
    return counted.count > attempts ? Math.max(1, Math.ceil((counted.until - now) / 1000)) : null;
  }

  return {
    /** Counts an attempt; the seconds to wait when it is one too many, else null. */
    async count(email: string, address: string): Promise<number | null> {
      const waits = await Promise.all([count('here', `${email} ${address}`), count('account', email), count('network', address)]);
      const longest = Math.max(...waits.map((seconds) => seconds ?? 0));
      return longest > 0 ? longest : null;
    },
    /** It was the right person: what they mistyped is forgotten. */
    async forget(email: string, address: string): Promise<void> {
      await Promise.all([
        counts.forget(named('here', `${email} ${address}`)),
        counts.takeBack(named('account', email)),
        counts.takeBack(named('network', address)),
      ]);
      await counts.sweep(clock().getTime());
    },
    /** A one-time link that is tried, whoever it is for: many people of one town hall may come in on the same day. */
    countLink: (address: string) => count('network', address),
    forgetLink: (address: string) => counts.takeBack(named('network', address)),
  };
}
