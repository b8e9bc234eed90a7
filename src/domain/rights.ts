/**
 * What citizens may ask of what is kept about them (GDPR articles 15, 17 and 20), and what shows that it is theirs: the
 * conversation they write in, and a phone or an e-mail address that they have proved to be theirs.
 */

export type Right = 'erase' | 'export';

export interface Proven {
  channel: string;
  address: string;
  conversation: string;
  /** E.164 or e-mail in lower case: the phone that writes, or what a code was sent to. */
  contact?: string;
}

/** How long an address is taken to be the same citizen's (decision 6): later it may be somebody else's. */
export const OWN_FOR_MS = 180 * 24 * 3600_000;

/** How long a link to one's own data opens it. */
export const LINK_LIFE_MS = 24 * 3600_000;
