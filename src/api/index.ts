/** What other programs see of the town hall, and what they are told. This is its face. */
import type { Route } from '../domain/http/route';
import { createKeyRing } from './keys';
import { createOpen311Routes, type Open311Parts } from './open311';
import { createRestRoutes, type RestParts } from './v1';

export { createHooks } from './hooks';
export { createHookLetters, type HookLetters } from './hooks/letters';
export { createKeyBook } from './key-book';
export { makeKey } from './keys';
export { createForwarding, type ForwardingParts } from './partners';

type ApiParts = Omit<Open311Parts & RestParts, 'keys'> & {
  apiKeys: Parameters<typeof createKeyRing>[0];
  clientIp: Parameters<typeof createKeyRing>[1];
  clock: () => Date;
};

/** Every route for other programs. */
export function createApiRoutes(handed: ApiParts): Route[] {
  const parts = { ...handed, keys: createKeyRing(handed.apiKeys, handed.clientIp, handed.clock) };
  return [...createOpen311Routes(parts), ...createRestRoutes(parts)];
}
