/** Why a message did not arrive, as a person reads it: the couriers' reasons put together by what an agent can do about them. */
import type { Words } from './fr';

type Cause = keyof Words['talk']['failures'];

const CAUSES: Record<string, Cause> = {
  'bad-address': 'unknownAddress',
  'bad-recipient': 'unknownAddress',
  'unknown-handset': 'unknownAddress',
  'no-route': 'unknownAddress',
  landline: 'landline',
  'blocked-by-recipient': 'notWanted',
  'opted-out': 'notWanted',
  'opted out': 'notWanted',
  'handset-unreachable': 'unreachable',
  'window-closed': 'windowClosed',
  'template-not-approved': 'template',
  'template-language': 'template',
  'template-variables': 'template',
  'filtered-by-operator': 'filtered',
  'too-long': 'tooLong',
  'invalid-content': 'filtered',
  ceiling: 'ceiling',
  'daily-cap': 'ceiling',
  'credentials-refused': 'settings',
  'no-sender': 'settings',
  'bad-sender': 'settings',
  'sender-restricted': 'settings',
  'region-not-enabled': 'settings',
  'service-url-not-allowed': 'settings',
  'unsupported-parameter': 'settings',
};

/** @param reason as the outbox keeps it; one that no agent can do anything about stands as it is, for whoever looks after the machine. */
export function failureWords({ talk }: Words, reason: string): string {
  const cause = CAUSES[reason];
  return cause ? talk.failures[cause] : talk.failedOtherwise(reason);
}
