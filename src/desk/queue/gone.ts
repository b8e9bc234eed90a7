/** When an agent counts as gone: not after a reload or a change of network, and never because one process lost sight of them. */

import { PRESENT_MS } from '../../domain/desk/agent';
import type { Presences } from '../../store/rows/desk/presence';

/** Nothing was heard of any of their tabs for so long. */
export const GONE_MS = 3 * 60_000;

/** `since`: nobody is gone from what was given to them later than that (ISO). */
export async function isGone(presences: Presences, agent: string, since: string | undefined, now: Date): Promise<boolean> {
  const given = since ? Date.parse(since) : 0;
  const seen = (await presences.lastOf(agent)) - PRESENT_MS;
  return now.getTime() - Math.max(given, seen) > GONE_MS;
}
