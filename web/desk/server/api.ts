// Asking the server: every call of the desk goes through here, and every refusal comes back as one kind of error that says
// what a person can do about it. The session is a cookie that this page never sees.
import type {
  AbuseRow,
  Action,
  AgentSettings,
  AgentStatus,
  AuditRow,
  Board,
  Canned,
  ContactReading,
  ContactReceipt,
  ConversationDetail,
  ConversationList,
  ConversationRow,
  Destinations,
  EarlierLines,
  ImportOutcome,
  InvitationLook,
  Line,
  ManyResults,
  Me,
  Person,
  Role,
  SearchHit,
  ServiceName,
  TemplateList,
  TicketDetail,
  TicketList,
  TicketPlaces,
  TicketRow,
  TopicName,
  TownMap,
  WireRefusal,
} from '../../../src/desk/wire';

const PATIENCE_MS = 15_000;

/** What the server refused, or that it could not be reached (`status` 0). */
export class Refused extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly by?: string,
    readonly lines: Line[] = [],
    readonly retryAfterSeconds?: number,
    /** What else the refusal says. */
    readonly more: Record<string, unknown> = {},
  ) {
    super(message);
  }
}

let beside: Record<string, string> = {};

/** Headers that go with every call from now on. */
export function sendBeside(headers: Record<string, string>): void {
  beside = headers;
}

let signedOut = () => {};

/** Called whenever an answer says that nobody is signed in any more. */
export function onSignedOut(listener: () => void): void {
  signedOut = listener;
}

export async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
  let answer: Response;
  try {
    answer = await fetch(`/desk/api/${path}`, {
      method,
      headers: { ...(body !== undefined && { 'content-type': 'application/json' }), ...beside },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
  } catch {
    throw new Refused(0, 'offline', '');
  }
  if (answer.ok) return (answer.status === 204 ? undefined : await answer.json()) as T;
  const refusal = (await answer.json().catch(() => ({}))) as Partial<WireRefusal>;
  if (answer.status === 401 && path !== 'session') signedOut();
  const { code = `http-${answer.status}`, message = '', by, lines, retryAfterSeconds, ...more } = refusal.error ?? {};
  throw new Refused(answer.status, code, message, by?.name, lines, retryAfterSeconds, more);
}

const within = (id: string, rest = '') => `conversations/${encodeURIComponent(id)}${rest}`;

/** What is noted at the counter, as typed. */
export interface Contact {
  way: 'visit' | 'call' | 'letter' | 'email';
  language: string;
  words: string;
  topic?: string;
  service?: string;
  name: string;
  reach: string;
  answers: Record<string, string>;
}

/** A request moved on. `office`: with `moved`, whose it is. */
export interface TicketStep {
  state?: string;
  words?: string;
  isPublic: boolean;
  office?: string;
  forward?: { withPerson: boolean; agreed?: string };
}

/** What is done to several at once. */
export type ManyAction =
  | { kind: 'claim' | 'park' | 'unpark' | 'giveBack' }
  | { kind: 'note'; text: string }
  | { kind: 'transfer'; agent?: string; service?: string; note: string }
  | { kind: 'close'; outcome: string };
export type ManyChange = { state?: string; words?: string; isPublic: boolean } | { service: string; reason: string };

type Grants = Array<{ role: Role; services: 'all' | string[] }>;

const queryOf = (asked: Record<string, string>) => {
  const said = Object.entries(asked).filter(([, value]) => value);
  return said.length > 0 ? `?${new URLSearchParams(said)}` : '';
};

/** The audit log as a file, filtered as it is on screen. */
export const ticketFile = (asked: Record<string, string>) => `/desk/api/tickets.csv${queryOf(asked)}`;
export const auditFile = (asked: Record<string, string>) => `/desk/api/audit.csv${queryOf(asked)}`;

/** What was reported, as a file. */
export const abuseFile = '/desk/api/abuse.csv';

export type ListName = 'queue' | 'mine' | 'parked';

export const api = {
  me: () => call<Me>('GET', 'me'),
  change: (changes: { status?: AgentStatus; languages?: string[]; settings?: Partial<AgentSettings> }) =>
    call<Me>('PATCH', 'me', changes),
  signIn: (email: string, password: string) => call<Me>('POST', 'session', { email, password }),
  /** Where the browser goes next, to leave the directory too. */
  signOut: () => call<{ next: string } | undefined>('DELETE', 'session'),
  directory: () => call<{ name?: string }>('GET', 'directory/name'),
  invitation: (code: string) => call<InvitationLook>('POST', 'invitation', { code }),
  accept: (code: string, name: string, password: string, email?: string) =>
    call<Me>('POST', 'invitation/accept', { code, name, password, ...(email && { email }) }),
  list: (list: ListName | 'mentions', after?: string) =>
    call<ConversationList>('GET', `conversations?list=${list}${after ? `&after=${encodeURIComponent(after)}` : ''}`),
  conversation: (id: string) => call<ConversationDetail>('GET', within(id)),
  earlier: (id: string, before: number) => call<EarlierLines>('GET', within(id, `/lines?before=${before}`)),
  templates: (id: string) => call<TemplateList>('GET', within(id, '/templates')),
  act: (id: string, action: Action) => call<{ conversation: ConversationRow }>('POST', within(id, '/actions'), action),
  actOnMany: (actionId: string, ids: string[], action: ManyAction) =>
    call<ManyResults>('POST', 'actions', { actionId, ids, action }),
  changeMany: (rows: Array<Pick<TicketRow, 'reference' | 'revision'>>, change: ManyChange) =>
    call<ManyResults>('POST', 'changes', { rows: rows.map(({ reference, revision }) => ({ reference, revision })), change }),
  keepDraft: (id: string, kind: 'reply' | 'note' | 'whisper', text: string, seenLine: number) =>
    call<void>('PUT', within(id, `/drafts/${kind}`), { text, seenLine }),
  canned: () => call<{ items: Canned[] }>('GET', 'canned'),
  destinations: () => call<Destinations>('GET', 'destinations'),
  search: (words: string) => call<{ items: SearchHit[] }>('GET', `search?q=${encodeURIComponent(words)}`),
  tickets: (asked: { state: 'open' | 'closed' | 'all'; sector: string; service: string; after: string }) =>
    call<TicketList>('GET', `tickets${queryOf(asked)}`),
  map: () => call<TownMap>('GET', 'map'),
  ticketPlaces: (asked: { state: 'open' | 'closed' | 'all'; sector: string; service: string }) =>
    call<TicketPlaces>('GET', `tickets/places${queryOf(asked)}`),
  importTickets: (csv: string, isTrial: boolean) => call<ImportOutcome>('POST', 'tickets/import', { csv, isTrial }),
  ticket: (reference: string) => call<TicketDetail>('GET', `tickets/${encodeURIComponent(reference)}`),
  changeTicket: (reference: string, change: TicketStep & { revision: number }) =>
    call<TicketDetail>('POST', `tickets/${encodeURIComponent(reference)}/changes`, change),
  people: () => call<{ items: Person[] }>('GET', 'people'),
  invite: (person: { name: string; email: string; roles: Grants; languages: string[]; capacity: number }) =>
    call<{ person: Person; link: string }>('POST', 'people', person),
  linkFor: (id: string) => call<{ person: Person; link: string }>('POST', `people/${encodeURIComponent(id)}/link`),
  changePerson: (
    id: string,
    change: { version: number; name?: string; roles?: Grants; languages?: string[]; capacity?: number; isDisabled?: boolean },
  ) => call<{ person: Person }>('PATCH', `people/${encodeURIComponent(id)}`, change),
  audit: (asked: Record<string, string>) => call<{ items: AuditRow[] }>('GET', `audit${queryOf(asked)}`),
  abuse: () => call<{ items: AbuseRow[] }>('GET', 'abuse'),
  keepCanned: (id: string, reply: { title: string; text: string; language: string; service?: string; version?: number }) =>
    call<Canned>('PUT', `canned/${encodeURIComponent(id)}`, reply),
  dropCanned: (id: string) => call<void>('DELETE', `canned/${encodeURIComponent(id)}`),
  pauseIntake: (service: string, words: Record<string, string>) =>
    call<unknown>('PUT', `services/${encodeURIComponent(service)}/pause`, { words }),
  resumeIntake: (service: string) => call<unknown>('DELETE', `services/${encodeURIComponent(service)}/pause`),
  board: () => call<Board>('GET', 'board'),
  handOn: (reference: string, step: { service: string; reason: string; revision: number }) =>
    call<TicketDetail>('POST', `tickets/${encodeURIComponent(reference)}/service`, step),
  merge: (reference: string, into: string) => call<unknown>('POST', `tickets/${encodeURIComponent(reference)}/merge`, { into }),
  endHelp: (reference: string) => call<TicketDetail>('DELETE', `tickets/${encodeURIComponent(reference)}/helper`),
  split: (reference: string) => call<unknown>('POST', `tickets/${encodeURIComponent(reference)}/split`, {}),
  incident: (reference: string, step: { isDeclared: boolean; next?: string }) =>
    call<unknown>('POST', `tickets/${encodeURIComponent(reference)}/incident`, step),
  services: () => call<{ items: ServiceName[] }>('GET', 'services'),
  topics: () => call<{ items: TopicName[] }>('GET', 'topics'),
  readContact: (contact: Contact) => call<ContactReading>('POST', 'contacts/reading', contact),
  noteContact: (contact: Contact & { actionId: string; text?: boolean }) => call<ContactReceipt>('POST', 'contacts', contact),
};
