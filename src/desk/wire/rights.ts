/** What is kept of a person, for how long, and who looked at it. */
import type { KeptFor, Proof } from '../../domain/rights';
import type { ServiceName } from './names';
import type { AuditRow } from './people';

export type { ComingEnd, RetentionPlan } from '../../domain/retention';
export type { Asker, Ground, KeptFor, Proof } from '../../domain/rights';

/** Whom it is about: a phone number or an e-mail address as typed, or a request's reference; and how they were recognised. */
export interface PersonAsked {
  by: 'phone' | 'email' | 'reference';
  value: string;
  proof: Proof;
}

/**
 * `POST /desk/api/persons/find {by, value, proof}`; 404 where nothing is kept. `POST /desk/api/persons/export` with the same
 * answers a file; `POST /desk/api/persons/erase` with `{asker, ground, typed, withOpen}` too answers `PersonErased`: `typed` is
 * what `confirm` says, and 409 `in-hand` while somebody answers them.
 */
export interface PersonHeld {
  /** The number, address or reference as it is kept: typed again to erase. */
  confirm: string;
  conversations: Array<{ id: string; channel: string; at: string; isInHand: boolean }>;
  /** How many there are; the list ends earlier. */
  conversationCount: number;
  requests: Array<{
    reference: string;
    title: string;
    state: string;
    openedAt: string;
    isOpen: boolean;
    files: number;
    service?: ServiceName;
    keptFor?: KeptFor;
  }>;
}

export interface PersonErased {
  conversations: number;
  requests: number;
  kept: Array<{ reference: string; why: KeptFor }>;
}

/**
 * `GET /desk/api/tickets/:reference/readers` for supervisors of its service: who opened or changed the request and its
 * conversation, newest first; `…/readers.csv` the same as a file. `PUT /desk/api/tickets/:reference/hold {reason}` and `DELETE`
 * there: 409 where it is held already, or is not.
 */
export interface Readers {
  items: AuditRow[];
  hold?: { at: string; by: string; reason: string };
}
