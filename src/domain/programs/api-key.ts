/** A key by which another program of the town uses the API: what it may, and for whom it was made. */

export const SCOPES = [
  /** Requests without anything of their citizens. */
  'tickets.read',
  /** Words, answers, contact and files of requests too. */
  'tickets.personal',
  /** Moving requests on, and writing to their citizens. */
  'tickets.write',
  /** Opening requests, by the API and by Open311. */
  'tickets.open',
  /** Who waits, who is answered. */
  'conversations.read',
] as const;
export type Scope = (typeof SCOPES)[number];

export interface ApiKey {
  /** SHA-256 of the key in hexadecimal: the key itself is shown once and kept nowhere. */
  id: string;
  /** Its first characters, by which people tell keys apart. */
  prefix: string;
  town: string;
  /** Which program has it. */
  name: string;
  scopes: Scope[];
  /** Milliseconds since 1970. */
  createdAt: number;
  /** To the hour; missing when it was never used. */
  lastUsedAt?: number;
  /** It was renewed: it opens until then. */
  endsAt?: number;
  revokedAt?: number;
}

/** How a request came that another program opened: nobody is talked to there. */
const PROGRAMS = ['open311', 'api'] as const;

export function isOfProgram(channel: string): boolean {
  return PROGRAMS.some((program) => program === channel);
}
