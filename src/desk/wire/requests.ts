/** Requests: in a list, whole, changed, and taken over from a file. */
import type { OpeningFault } from '../../domain/ticket/opening-faults';
import type { SectorName, ServiceName, WireFile } from './names';

export interface TicketRow {
  reference: string;
  /** Handed back with a change. */
  revision: number;
  topic: string;
  title: string;
  state: string;
  openedAt: string;
  isOpen: boolean;
  service?: ServiceName;
  priority: 'normal' | 'high';
  /** Where it is about, as the citizen was shown it. */
  address?: string;
  /** The town's sector it lies in. */
  sector?: SectorName;
  /** E-mail of whoever has it from the start. */
  agent?: string;
  /** By when it is to be done (ISO), while that time runs. */
  dueAt?: string;
  /** A formal request: the day (YYYY-MM-DD) on which silence becomes a decision. */
  silenceOn?: string;
  /** Its time stands still: the citizen's answer is waited for. */
  isPaused?: boolean;
  /** The service was reminded at half its time, at eight tenths, and that it is over. */
  reminded?: number;
  /** How often its citizen said that it was not done. */
  reopened?: number;
  /** Put together with this one. */
  mergedInto?: string;
  /** Declared: when there is news, as one says it. */
  incident?: { metres?: number; next?: string };
}

/**
 * `POST /desk/api/tickets/:reference/changes {state?, words?, isPublic, office?, forward?, revision}` (`office`: with `moved`, one of
 * `authorities`; `forward: {withPerson, agreed?}`: handed to it in the same step) and `POST /desk/api/tickets/:reference/service {service, reason, revision}` answer the TicketDetail; 409 `changed`
 * with it, 409 `illegal` with `may`, 400 `needs-words`.
 */

/**
 * `POST /desk/api/tickets/:reference/merge {into}`, `…/split {}`, `…/incident {isDeclared, metres?, next?}` answer
 * `{reference, state, revision, mergedInto?, incident?, followers}`; 409 with a code and why. A public comment on a declared
 * incident answers everybody who follows it.
 */

/** `GET /desk/api/tickets?state=open|closed|all|<state>&service=&sector=&after=`: `next` is handed back as `after`. */
export interface TicketList {
  items: TicketRow[];
  /** The town's, to choose from. */
  sectors: SectorName[];
  /** Requests may be taken over from a file. */
  mayImport: boolean;
  total: number;
  next?: string;
}

/**
 * `GET /desk/api/tickets/:reference`. `POST /desk/api/tickets/:reference/changes {state?, words?, isPublic, revision}` answers
 * with it, or 409 `changed` with `ticket` as it stands now; public words and a new state are told to the citizen.
 */
export interface TicketDetail extends TicketRow {
  /** The states whoever looks may move it to; `resolved`, `refused` and `moved` want public words. */
  may: string[];
  /** Whoever looks watches over its service. */
  isWatched: boolean;
  conversation?: string;
  channel: string;
  /** The citizen's first words. */
  words: string;
  contact?: string;
  /** Who acts for its citizen, with that citizen's agreement; `isTold`: the helper hears the news too. `DELETE …/helper` ends it, tells both, and answers the TicketDetail; 409 `nobody-helps`. */
  helper?: { name: string; isTold: boolean };
  answers: Array<{ label: string; value: string; former: string[] }>;
  place?: { latitude?: number; longitude?: number; address?: string };
  files: WireFile[];
  /** `state`: where it stood after this; `by`: who of the town hall, or who acts for its citizen, `from`: which side. Words that are not public are for colleagues. */
  history: Array<{
    at: string;
    kind: string;
    state: string;
    /** The value before. */
    was?: string;
    words?: string;
    by?: string;
    from: 'citizen' | 'agent' | 'system';
    isPublic: boolean;
    /** What became of it at the authority that it was handed to. */
    partner?: 'sent' | 'received' | 'failed' | 'closed';
    /** It was handed to another authority with this. */
    isForwarded: boolean;
  }>;
  /** Whose it may be where it is not the town's; by no `way` it can only be named; `photos`: they go along. */
  authorities: Array<{
    id: string;
    name: string;
    reach: string;
    way: 'email' | 'open311' | null;
    photos: boolean;
    verifiedOn: string;
  }>;
  /** Its citizen agreed, in the form, to be named to others. */
  hasAgreed: boolean;
  /** Handed to another authority: `status` and `notes` as its server says them. */
  forward?: {
    to: string;
    way: 'email' | 'open311';
    withPerson: boolean;
    photos: boolean;
    agreed?: string;
    at: string;
    state: 'to-send' | 'on-its-way' | 'sent' | 'failed';
    reference?: string;
    status?: 'open' | 'closed';
    notes?: string;
  };
  /** Others it has to do with: what somebody said to lie near it and to be another thing. */
  linked: TicketRow[];
  /** Others of the same citizen, newest first, and how many there are in all. */
  others: TicketRow[];
  othersTotal: number;
}

/**
 * `POST /desk/api/tickets/import {csv, isTrial}`: how many would be opened, were, or were there already; with faults nothing is
 * opened.
 */
export interface ImportOutcome {
  ready: number;
  opened: number;
  there: number;
  /** The first hundred. */
  faults: LineFault[];
}

/** What is wrong with a line of the file, in a word that the page has a sentence for; `more`: what that sentence names. */
export interface LineFault {
  line: number;
  /** Empty where it is the line, or the file. */
  column: string;
  code:
    | OpeningFault['code']
    | `no-${'columns' | 'id' | 'topic' | 'report'}`
    | 'column-twice'
    | 'twice'
    | 'too-many'
    | 'unreadable'
    | 'degrees'
    | 'half-position'
    | 'future'
    | 'phone'
    | 'email';
  more?: string;
}
