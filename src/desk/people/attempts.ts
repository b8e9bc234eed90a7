/**
 * How often a password may be tried: by who is tried from where, by who is tried at all, and by where it comes from.
 * A name that nobody has counts like any other, so that waiting tells nothing. Counted in this process: with several,
 * each counts for itself.
 */
import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

const MINUTE_S = 60;

/** So many in so long. The second keeps one who spreads over many networks from trying one account for ever. */
const LIMITS = {
  here: { points: 5, duration: 15 * MINUTE_S },
  account: { points: 50, duration: 60 * MINUTE_S },
  network: { points: 30, duration: 15 * MINUTE_S },
};

async function waitAfter(counting: Array<Promise<RateLimiterRes>>): Promise<number | null> {
  const waits = (await Promise.allSettled(counting)).flatMap((one) => {
    if (one.status === 'fulfilled') return [];
    if (!(one.reason instanceof RateLimiterRes)) throw one.reason;
    return [Math.max(1, Math.ceil(one.reason.msBeforeNext / 1000))];
  });
  return waits.length > 0 ? Math.max(...waits) : null;
}

export type Attempts = ReturnType<typeof createAttempts>;

export function createAttempts() {
  const here = new RateLimiterMemory({ keyPrefix: 'here', ...LIMITS.here });
  const account = new RateLimiterMemory({ keyPrefix: 'account', ...LIMITS.account });
  const network = new RateLimiterMemory({ keyPrefix: 'network', ...LIMITS.network });

  return {
    /** Counts an attempt; the seconds to wait when it is one too many, else null. */
    count: (email: string, address: string) =>
      waitAfter([here.consume(`${email} ${address}`), account.consume(email), network.consume(address)]),
    /** It was the right person: what they mistyped is forgotten. */
    async forget(email: string, address: string): Promise<void> {
      await Promise.all([here.delete(`${email} ${address}`), account.reward(email), network.reward(address)]);
    },
    /** A one-time link that is tried, whoever it is for: many people of one town hall may come in on the same day. */
    countLink: (address: string) => waitAfter([network.consume(address)]),
    async forgetLink(address: string): Promise<void> {
      await network.reward(address);
    },
  };
}
