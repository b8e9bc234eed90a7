/** Whoever said STOP is not written to: asked before a message is decided, and again just before it leaves. */
import type { Ledger } from '../store/rows/ledger';

/** Whether the last word from this address was to stop. */
export async function hasOptedOut(ledger: Ledger, town: string, address: string): Promise<boolean> {
  const [consent] = await ledger.since('consent', town, address, 0, 1);
  return consent !== undefined && !consent.given;
}
