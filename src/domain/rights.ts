/**
 * What citizens may ask of what is kept about them (GDPR articles 15, 17 and 20), and what shows that it is theirs: the
 * conversation they write in, and a phone or an e-mail address that they have proved to be theirs.
 */

export type Right = 'erase' | 'export';

/** What the audit log says of it, with nobody's name. */
export type OwnDataAct = 'person.exported' | 'person.erased';

export interface Proven {
  channel: string;
  address: string;
  conversation: string;
  /** E.164 or e-mail in lower case: the phone that writes, or what a code was sent to. */
  contact?: string;
}

/** Why a request of a person who is to be erased stays for now. */
export type KeptFor =
  /** It is worked on: it stays until it is over, unless it is said otherwise. */
  | 'open'
  /** Somebody holds it for a dispute (GDPR article 17, 3 e). */
  | 'held'
  /** Its topic's requests are handed to the archives (GDPR article 17, 3 d; code du patrimoine, L212-2). */
  | 'archives';

/** How somebody of the town hall was shown that who asks is the person, or may ask for them. */
export const PROOFS = ['identity-document', 'called-back', 'wrote-from-there', 'mandate'] as const;
export type Proof = (typeof PROOFS)[number];

/** Who asks for an erasure, and on which ground of GDPR article 17, 1. */
export const ASKERS = ['person', 'representative', 'authority'] as const;
export const GROUNDS = ['no-longer-needed', 'consent-withdrawn', 'objection', 'unlawful', 'law'] as const;
export type Asker = (typeof ASKERS)[number];
export type Ground = (typeof GROUNDS)[number];

/** How long an address is taken to be the same citizen's (decision 6): later it may be somebody else's. */
export const OWN_FOR_MS = 180 * 24 * 3600_000;

/** How long a link to one's own data opens it. */
export const LINK_LIFE_MS = 24 * 3600_000;
