/**
 * Keys of other programs: made once and shown once, kept as a hash, with scopes for one town. Who calls with one is looked
 * up here, and counted: a program that asks too much waits, and whoever guesses keys waits soon.
 */
import { createHash, randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import type { ApiKey, Scope } from '../domain/programs/api-key';
import type { ApiKeys } from '../store/rows/api-keys';

const MINUTE_S = 60;
const HOUR_MS = 3600_000;
const PREFIX = 'guichet_';
const SHOWN = PREFIX.length + 6;
const SHAPE = /^guichet_[\w-]{43}$/;

/** Calls a minute of one key; wrong keys a minute, and calls without any, of one network. */
const LIMITS = { key: 600, wrong: 30, open: 240 };

export const hashOf = (key: string) => createHash('sha256').update(key).digest('hex');

/** A new key for a program of the town, and the row to keep of it. */
export function makeKey(town: string, name: string, scopes: Scope[], now: Date): { key: string; row: ApiKey } {
  const key = `${PREFIX}${randomBytes(32).toString('base64url')}`;
  return { key, row: { id: hashOf(key), prefix: key.slice(0, SHOWN), town, name, scopes, createdAt: now.getTime() } };
}

export type Admitted = { key: ApiKey } | { refused: 'unknown-key' | 'revoked-key' | 'missing-scope' } | { waitSeconds: number };

export type KeyRing = ReturnType<typeof createKeyRing>;

export function createKeyRing(
  keys: Pick<ApiKeys, 'find' | 'used'>,
  clientIp: (request: IncomingMessage) => string,
  clock: () => Date,
) {
  const limiter = (points: number) => new RateLimiterMemory({ points, duration: MINUTE_S });
  const [byKey, byWrong, byNetwork] = [limiter(LIMITS.key), limiter(LIMITS.wrong), limiter(LIMITS.open)];

  /** Seconds to wait when it is one too many. */
  async function count(limit: RateLimiterMemory, who: string): Promise<number | null> {
    try {
      await limit.consume(who);
      return null;
    } catch (spent) {
      if (spent instanceof Error) throw spent;
      return Math.max(1, Math.ceil((spent as { msBeforeNext: number }).msBeforeNext / 1000));
    }
  }

  return {
    /** Whose key this is, if it may do this. */
    async admit(request: IncomingMessage, shown: string, scope: Scope): Promise<Admitted> {
      const network = clientIp(request);
      const guessed = await byWrong.get(network);
      if (guessed && guessed.remainingPoints <= 0) return { waitSeconds: Math.ceil(guessed.msBeforeNext / 1000) };
      const key = SHAPE.test(shown) ? await keys.find(hashOf(shown)) : null;
      if (!key) {
        await count(byWrong, network);
        return { refused: 'unknown-key' };
      }
      const now = clock().getTime();
      if (key.revokedAt !== undefined || (key.endsAt !== undefined && key.endsAt <= now)) return { refused: 'revoked-key' };
      const waitSeconds = await count(byKey, key.id);
      if (waitSeconds !== null) return { waitSeconds };
      if (now - (key.lastUsedAt ?? 0) > HOUR_MS) await keys.used(key.id, now);
      return key.scopes.includes(scope) ? { key } : { refused: 'missing-scope' };
    },
    /** Counts a call that needs no key; seconds to wait when it is one too many. */
    open: (request: IncomingMessage) => count(byNetwork, clientIp(request)),
  };
}
