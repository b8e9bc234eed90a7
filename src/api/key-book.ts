/**
 * What a town does with the keys of other programs: makes, lists, renews and ends them. One way for the desk and for
 * `npm run api-key`.
 */
import type { ApiKey, Scope } from '../domain/programs/api-key';
import type { ApiKeys } from '../store/rows/api-keys';
import { makeKey } from './keys';

/** How long a key that was renewed still opens: time to put the new one in its place. */
const HANDOVER_MS = 7 * 24 * 3600_000;

export function createKeyBook(keys: ApiKeys, clock: () => Date) {
  async function make(town: string, name: string, scopes: Scope[]): Promise<{ key: string; row: ApiKey }> {
    const made = makeKey(town, name, scopes, clock());
    await keys.add(made.row);
    return made;
  }

  /** The one key that begins so; `none`, or `several`. */
  async function find(town: string, prefix: string): Promise<ApiKey | 'none' | 'several'> {
    const [found, ...more] = (await keys.ofTown(town)).filter((key) => key.prefix.startsWith(prefix));
    if (more.length > 0) return 'several';
    return found ?? 'none';
  }

  return {
    make,
    find,
    ofTown: keys.ofTown,
    /** A new key in place of one, which opens for a week more; null where that one is ended, or ends already. */
    async renew({ id, town, name, scopes }: ApiKey): Promise<{ key: string; row: ApiKey } | null> {
      if (!(await keys.endAt(id, clock().getTime() + HANDOVER_MS))) return null;
      return make(town, name, scopes);
    },
    /** Refused from the next call on; whether it was in use. */
    end: ({ id }: ApiKey) => keys.revoke(id, clock().getTime()),
  };
}
