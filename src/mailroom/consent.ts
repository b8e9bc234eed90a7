/** Whoever said STOP is not written to: asked before a message is decided, and again just before it leaves. */
import type { Ledger } from '../store/rows/ledger';
import type { MailroomParts } from './parts';

/** What an operator of telephones says of a number: whoever has it wants no more messages. */
export interface Consent {
  /** Derived from its cause: told twice, it is written once. */
  id: string;
  town: string;
  channel: string;
  address: string;
  given: boolean;
}

type ConsentParts = Pick<MailroomParts, 'ledger' | 'subscriptions' | 'clock'>;

export function createConsent({ ledger, subscriptions, clock }: ConsentParts) {
  return async ({ id, town, channel, address, given }: Consent): Promise<void> => {
    if (!given) await subscriptions.stop(town, address);
    await ledger.write(id, { kind: 'consent', town, subject: address, at: clock().getTime(), given, words: '', channel });
  };
}

/** Whether the last word from this address was to stop. */
export async function hasOptedOut(ledger: Ledger, town: string, address: string): Promise<boolean> {
  const [consent] = await ledger.since('consent', town, address, 0, 1);
  return consent !== undefined && !consent.given;
}
