/**
 * What the desk's page and its server say to each other under `/desk/api/`: shapes only. Times are ISO 8601 in UTC,
 * durations carry their unit, a missing field is not known. Requests are parsed by schemas beside the routes.
 */

import type { ChannelName, Holder } from '../domain/conversation';
import type { AbuseFacts, AbuseKind } from '../domain/desk/abuse';
import type { AgentSettings, AgentStatus, Role } from '../domain/desk/agent';

export type { AbuseKind, AgentSettings, AgentStatus, Role };

/** Every refusal: the HTTP status says its kind, the code is stable, the message is for people who read logs. */
export interface WireRefusal {
  error: { code: string; message: string; by?: AgentName; lines?: Line[]; retryAfterSeconds?: number };
}

export type Priority = 'normal' | 'high' | 'danger';

export interface AgentName {
  id: string;
  name: string;
}

export interface ServiceName {
  id: string;
  name: string;
}

/**
 * `POST /desk/api/session {email, password, town?}`, `GET /desk/api/me`, `PATCH /desk/api/me {status?, settings?, languages?}`;
 * `DELETE /desk/api/session` answers 204.
 */
export interface Me extends AgentName {
  email: string;
  town: { id: string; name: string; timeZone: string; languages: string[] };
  roles: Array<{ role: Role; services: ServiceName[] | 'all' }>;
  languages: string[];
  status: AgentStatus;
  /** Why it is away when the agent did not choose it: 'missed-offers', 'lost'. */
  statusReason?: string;
  load: number;
  capacity: number;
  settings: AgentSettings;
}

/** `POST /desk/api/invitation {code}`; 404 when it is unknown, used or too old. The first admin of a town has no e-mail yet. */
export interface InvitationLook {
  email?: string;
  name?: string;
  town: { id: string; name: string };
}

/** `GET /desk/api/audit?from=&to=&by=&what=` (dates, an agent's id, how what was done begins) for admins: `{items}`, newest first; `/desk/api/audit.csv` the same as a file. */
export interface AuditRow {
  at: string;
  /** Missing where nobody was signed in. */
  by?: AgentName;
  what: string;
  subject: string;
  details?: Record<string, string>;
  network: string;
}

/** `GET /desk/api/conversations?list=queue|mine|parked|closed&service=&after=`: `{items, total, seq}`. */
export interface ConversationRow {
  id: string;
  version: number;
  channel: ChannelName;
  /** What the citizen is known by here: '·· 45 67', 'Visiteur web'. */
  who: string;
  holder: Holder;
  service?: ServiceName;
  language: string;
  subject: string;
  snippet: string;
  priority: Priority;
  /** Since when it waits, and its place in the queue (1 is next). */
  queuedAt?: string;
  position?: number;
  /** What the queue is ordered by, smaller is sooner: the page sorts by it when rows come and go. */
  place?: number;
  agent?: AgentName;
  /** When its citizen is to be called back: it waits from then on. */
  callAt?: string;
  /** Whom it is offered to, until when: they claim it or refuse it. */
  offer?: { to: AgentName; until: string };
  parkedAt?: string;
  /** Put aside until then, unless its citizen writes before; and since when it is back from there. */
  parkedUntil?: string;
  wokeAt?: string;
  /** Until when it rests after a warning. */
  calmUntil?: string;
  /** The numbered request that stands for it. */
  ticket?: string;
  closedAt?: string;
  /** Id of one of `outcomes`. */
  outcome?: string;
  /** When the citizen last wrote; `awaitsReply` while nobody answered it. */
  lastCitizenAt?: string;
  awaitsReply: boolean;
  lines: number;
  /** An alert of danger that nobody has acknowledged. */
  alert?: { id: string; danger: string; at: string; acknowledgedBy?: AgentName; escalatedAt?: string };
  /** Others who have it open, and whether they type. */
  looking: Array<AgentName & { isTyping: boolean }>;
}

/** A photo or a document. `size` in bytes, where known. */
export interface WireFile {
  url: string;
  name: string;
  type: string;
  size?: number;
}

export interface Line {
  /** Its number in the conversation; notes have numbers of the same row. */
  line: number;
  at: string;
  by: 'citizen' | 'bot' | 'agent' | 'note' | 'whisper' | 'system';
  agent?: AgentName;
  text: string;
  /** Stretches that this agent wants covered until asked for: from, up to and without. */
  covered?: Array<[number, number]>;
  buttons?: string[];
  files?: WireFile[];
  place?: { latitude?: number; longitude?: number; address?: string };
  /** What the bot understood of a citizen's line, and the rule that took it. */
  understood?: { rule: string; topics: Array<{ topic: string; title: string; confidence: number }> };
  delivery?: 'sending' | 'sent' | 'delivered' | 'read' | 'failed';
  deliveryReason?: string;
}

/** A sector of the town, in the agent's language. */
export interface SectorName {
  id: string;
  name: string;
}

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
 * `POST /desk/api/tickets/:reference/changes {state?, words?, isPublic, office?, revision}` (`office`: with `moved`, the topic of
 * the authority) and `POST /desk/api/tickets/:reference/service {service, reason, revision}` answer the TicketDetail; 409 `changed`
 * with it, 409 `illegal` with `may`, 400 `needs-words`.
 */

/**
 * `POST /desk/api/tickets/:reference/merge {into}`, `…/split {}`, `…/incident {isDeclared, metres?, next?}` answer
 * `{reference, state, revision, mergedInto?, incident?, followers}`; 409 with a code and why. A public comment on a declared
 * incident answers everybody who follows it.
 */

/** `GET /desk/api/abuse?from=&to=` (dates) for supervisors: `{items}`, newest first; `/desk/api/abuse.csv` the same as a file. */
export interface AbuseRow extends Omit<AbuseFacts, 'agent' | 'service'> {
  at: string;
  by: AgentName;
  service: ServiceName;
  conversation: string;
  channel: string;
}

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

/** What was sent and can still be taken back by `takeBack`; `held`: the conversation would not have it, `why` by its code. */
export interface LeavingAnswer {
  actionId: string;
  text: string;
  files: WireFile[];
  /** Under which ids they were sent before. */
  uploads: string[];
  thenClose?: string;
  state: 'waiting' | 'held';
  leavesInMs: number;
  why?: string;
}

/** `GET /desk/api/conversations/:id`: the row, the newest 100 lines, and what stands beside them. */
export interface ConversationDetail {
  conversation: ConversationRow;
  lines: Line[];
  hasEarlier: boolean;
  summary: string[];
  answers: Array<{ label: string; value: string }>;
  tickets: TicketRow[];
  /** Other conversations of the same citizen: of the same phone, where that is what is known of them. */
  others: Array<{ id: string; channel: ChannelName; at: string; subject: string }>;
  suggestions: Array<{ topic: string; title: string; text: string }>;
  /** Answers of this agent's on their way out, oldest first. */
  leaving: LeavingAnswer[];
  drafts: Partial<Record<'reply' | 'note' | 'whisper', { text: string; seenLine: number }>>;
  /** WhatsApp: until when free text may be sent. */
  windowUntil?: string;
  /** What this agent may do now. */
  may: ActionKind[];
  outcomes: Array<{ id: string; name: string }>;
}

/**
 * `POST /desk/api/conversations/:id/actions`: `actionId` (a UUID made by the page) makes a repetition harmless. 200 with
 * `{conversation}`; 202 when it is not worked off within two seconds (the stream tells); 403; 409 `taken` with the winner,
 * `not-offered` where a
 * service offers what waits, to one after the other; or `seen-line` with the lines that the writer has not seen.
 */
export type Action = { actionId: string } & (
  | { kind: 'claim'; beyondCapacity?: boolean }
  | { kind: 'refuse' }
  /** `uploads`: the ids under which files were sent before, five in all, with which the text may be empty. */
  /** With `leavesInSeconds` (up to 10) it leaves that much later, is answered 202, and stands in `leaving` until then. */
  | { kind: 'say'; text: string; seenLine: number; thenClose?: string; uploads?: string[]; leavesInSeconds?: number }
  /** What was sent under this `actionId` does not leave; 409 `too-late` when it has. */
  | { kind: 'takeBack'; sent: string }
  | { kind: 'note'; text: string }
  | { kind: 'transfer'; agent?: string; service?: string; note: string }
  /** For the employer; with `pauseMinutes` the citizen is warned, and it rests for so long. */
  | { kind: 'reportAbuse'; abuse: AbuseKind; note: string; pauseMinutes?: number }
  /** For supervisors: what only whoever holds it reads; and to hold it from now on. */
  | { kind: 'whisper'; text: string }
  | { kind: 'takeOver' }
  | { kind: 'giveBack' }
  | { kind: 'close'; outcome: string; seenLine?: number }
  | { kind: 'reopen' }
  /** `until`: a moment at which it comes back, if its citizen has not written before. */
  | { kind: 'park'; until?: string }
  | { kind: 'unpark' }
  | { kind: 'acknowledge'; alert: string }
);
export type ActionKind = Action['kind'];

/**
 * What became of each of several, in their order: `POST /desk/api/actions {actionId, ids, action}` (an action without `say`,
 * up to 50 conversations) and `POST /desk/api/changes {rows: [{reference, revision}], change}` (`change`: as for one request,
 * or `{service, reason}`). A refusal of one stops none; its code is that of the call for one.
 */
export interface ManyResults {
  results: Array<{ id: string; isDone: boolean; code?: string; by?: AgentName }>;
}

/** Frames of `/desk/api/stream?after=<seq>` (WebSocket), server to page. */
export type StreamFrame =
  | { kind: 'hello'; seq: number }
  | { kind: 'events'; seq: number; items: StreamItem[] }
  /** Asked for numbers that are no longer kept: load the lists anew; drafts stay. */
  | { kind: 'resync'; seq: number }
  | { kind: 'signed-out'; reason: 'revoked' | 'expired' };

export type StreamItem =
  | { kind: 'conversation'; row: ConversationRow }
  | { kind: 'gone'; id: string; version: number }
  | { kind: 'lines'; conversation: string; version: number; lines: Line[] }
  /** What became of lines that people wrote, which the page has. */
  | { kind: 'deliveries'; conversation: string; lines: Array<Pick<Line, 'line' | 'delivery' | 'deliveryReason'>> }
  /** The citizen of the conversation that is open types at this moment; nothing says that they stopped. */
  | { kind: 'typing'; conversation: string }
  | { kind: 'counts'; queue: number; mine: number; parked: number; urgent: number }
  | { kind: 'me'; me: Me };

/** Page to server: what is open in this tab and whether its agent types there; sent on change and every 15 s. */
export interface StreamHello {
  viewing?: string;
  isTyping: boolean;
}

export interface Counts {
  queue: number;
  mine: number;
  parked: number;
  urgent: number;
}

/** `GET /desk/api/conversations?…`; `next` is handed back as `after` for the following page. */
export interface ConversationList {
  items: ConversationRow[];
  total: number;
  counts: Counts;
  seq: number;
  next?: string;
}

/**
 * `POST /desk/api/conversations/:id/files?upload=<uuid>`: up to five photos or documents as a multipart form, for the next
 * `say` with this id; only by whoever holds it, to a page or by WhatsApp.
 */
export interface UploadedFiles {
  files: WireFile[];
}

/** `GET /desk/api/conversations/:id/lines?before=<line>`. */
export interface EarlierLines {
  lines: Line[];
  hasEarlier: boolean;
}

/**
 * `GET /desk/api/canned` `{items}`; for supervisors `PUT /desk/api/canned/:id {title, text, language, service?, version?}` and `DELETE`.
 * `{name}`, `{service}`, `{agent}`, `{reference}` in a text are filled in by the page at insertion; another field is refused.
 */
export interface Canned {
  id: string;
  title: string;
  text: string;
  language: string;
  /** All services when missing. */
  service?: ServiceName;
  version: number;
  mayChange: boolean;
  /** It stands in the town's `canned.yml`, and is changed there. */
  isFromFile: boolean;
}

/** `GET /desk/api/destinations`: whom a conversation may be passed to, and how it may end. */
export interface Destinations {
  outcomes: ConversationDetail['outcomes'];
  services: Array<ServiceName & { isOpen: boolean; waiting: number }>;
  agents: Array<AgentName & { status: AgentStatus; load: number; capacity: number; services: ServiceName[] | 'all' }>;
}

/** `GET /desk/api/search?q=`. */
export interface SearchHit {
  kind: 'conversation' | 'ticket';
  /** The conversation's id or the ticket's reference. */
  id: string;
  title: string;
  excerpt: string;
  at: string;
  service?: ServiceName;
}

/**
 * `GET /desk/api/tickets/:reference`. `POST /desk/api/tickets/:reference/changes {state?, words?, isPublic, revision}` answers
 * with it, or 409 `changed` with `ticket` as it stands now; public words and a new state are told to the citizen.
 */
export interface TicketDetail extends TicketRow {
  /** The states whoever looks may move it to; `resolved`, `refused` and `moved` want public words. */
  may: string[];
  conversation?: string;
  channel: string;
  /** The citizen's first words. */
  words: string;
  contact?: string;
  answers: Array<{ label: string; value: string; former: string[] }>;
  place?: { latitude?: number; longitude?: number; address?: string };
  files: WireFile[];
  /** `state`: where it stood after this; `by`: who of the town hall, `from`: which side. Words that are not public are for colleagues. */
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
  }>;
  /** Others it has to do with: what somebody said to lie near it and to be another thing. */
  linked: TicketRow[];
  /** Others of the same citizen, newest first. */
  others: TicketRow[];
}

/**
 * `GET /desk/api/people` for admins: `{items}`. `POST /desk/api/people {name, email, roles, languages?, capacity?}` and
 * `POST /desk/api/people/:id/link` answer `{person, link}`; `PATCH /desk/api/people/:id {version, name?, roles?, languages?,
 * capacity?, isDisabled?}` answers `{person}`. Whoever's roles change or who is disabled is signed out at once.
 */
export interface Person extends AgentName {
  email: string;
  roles: Me['roles'];
  languages: string[];
  capacity: number;
  status: AgentStatus;
  isDisabled: boolean;
  /** Nobody has used the link yet. */
  isInvited: boolean;
  version: number;
}

/**
 * `GET /desk/api/report?date=YYYY-MM-DD` (the newest without it), for supervisors of the whole town: the conversations of a
 * day that ended with neither an answer, nor a request, nor a person. `looked`: conversations of the day.
 */
export interface NightReport {
  date: string;
  at: string;
  looked: number;
  counts: Partial<Record<'not-understood' | 'failed' | 'form-left' | 'left-queue', number>>;
  items: Array<{ conversation: string; channel: string; at: string; why: string }>;
}

/** `GET /desk/api/board`, supervisors only: where each service stands now, and each agent. */
export interface Board {
  at: string;
  services: Array<
    ServiceName & {
      isOpen: boolean;
      waiting: number;
      longestSince?: string;
      present: number;
      load: number;
      capacity: number;
      /** Of those taken in a day who were told a time: how many were answered within it. */
      promises: { told: number; kept: number };
      /** Nobody more is let in: since when, by whom, what citizens are told. `PUT /desk/api/services/:id/pause {words?, until?}`, `DELETE`. */
      pause?: { at: string; by: AgentName; until?: string; words: Record<string, string> };
      takenIn15: number;
      closedIn15: number;
    }
  >;
  agents: Array<
    AgentName & { status: AgentStatus; statusReason?: string; since?: string; load: number; capacity: number; isOnline: boolean }
  >;
}

/**
 * `GET /desk/api/webhooks` for admins: `{items: HookState[]}`, with the letters that have not arrived, given up first. `POST
 * /desk/api/webhooks/:id/replay` sends again what was given up: `{again}`; `POST /desk/api/webhooks/:id/test` an event that says nothing.
 */
export interface HookState {
  id: string;
  url: string;
  /** Absent: everything. */
  events?: readonly string[];
  letters: Array<{ id: string; type: string; at: string; state: string; attempts: number; reason?: string }>;
}

/** `GET /desk/api/topics` `{items}`: all that citizens come for. */
export interface TopicName {
  id: string;
  kind: 'report' | 'question' | 'elsewhere';
  title: string;
  service?: ServiceName;
}

/**
 * `POST /desk/api/contacts/reading {way, language, words, topic?, service?, name?, reach?, answers}`: how a contact is read
 * while it is typed. Nothing is kept. `answers` are as typed, by field.
 */
export interface ContactReading {
  heard: Array<{ topic: string; title: string; confidence: number }>;
  topic?: string;
  fields: Array<{
    id: string;
    kind: 'text' | 'choice' | 'yes-no' | 'number' | 'date' | 'place' | 'file' | 'contact';
    label: string;
    /** The question, to be put to the citizen in their language. */
    ask: string;
    isRequired: boolean;
    isMissing: boolean;
    choices?: Array<{ id: string; label: string }>;
    /** What was understood. */
    read?: string;
    refused?: string;
  }>;
  /** The town's answer, of a topic that is a question. */
  answer?: string;
  /** The phone or e-mail that was read, as people write it. */
  reach?: string;
  reachRefused?: string;
  /** Requests of the same phone or e-mail, newest first. */
  others: TicketRow[];
}

/**
 * `POST /desk/api/contacts {actionId, text?, …as above}`, 201; the same `actionId` opens it once. `text`: its reference is
 * sent to the phone that was noted. 422 `incomplete` with `reading`; 503 `late`: kept, ask again.
 */
export interface ContactReceipt {
  /** Where the agent may read it. */
  conversation?: string;
  /** None of a question that was answered. */
  ticket?: TicketRow & {
    authority: string;
    language: string;
    delayDays?: number;
    words: string;
    answers: Array<{ label: string; value: string }>;
    serviceName: string;
    /** How the service is reached. */
    reach: string[];
    hasPhone: boolean;
    mayOpen: boolean;
  };
  isSent: boolean;
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
  faults: Array<{ line: number; column: string; why: string }>;
}
