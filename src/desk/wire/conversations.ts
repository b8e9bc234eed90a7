/** Conversations: in a list, whole, and what helps to answer them. */
import type { ChannelName, Holder } from '../../domain/conversation';
import type { AgentStatus } from '../../domain/desk/agent';
import type { ActionKind } from './actions';
import type { AgentName, Counts, Priority, ServiceName, WireFile } from './names';
import type { TicketRow } from './requests';

/** Every refusal: the HTTP status says its kind, the code is stable, the message is for people who read logs. */
export interface WireRefusal {
  error: { code: string; message: string; by?: AgentName; lines?: Line[]; retryAfterSeconds?: number };
}

/** `GET /desk/api/conversations?list=queue|mine|parked|closed|mentions&service=&after=`: `{items, total, seq}`. */
export interface ConversationRow {
  id: string;
  version: number;
  channel: ChannelName;
  /** What the citizen is known by here: '·· 45 67', 'z··@post.example', 'Visiteur web'. */
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
  /** Who named this agent in a note, and when, until they have read it. */
  mention?: { by: AgentName; at: string };
  /** Others who have it open, and whether they type. */
  looking: Array<AgentName & { isTyping: boolean }>;
}

export interface Line {
  /** Its number in the conversation; notes have numbers of the same row. */
  line: number;
  at: string;
  by: 'citizen' | 'bot' | 'agent' | 'note' | 'whisper' | 'system';
  agent?: AgentName;
  text: string;
  /** Of an e-mail: its subject, and all that was written where the text is less: quotes, signature. */
  mail?: { subject: string; whole?: string };
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
  /** Requests of the same citizen, newest first, and how many there are in all. */
  tickets: TicketRow[];
  ticketsTotal: number;
  /** Other conversations of the same citizen: of the same phone, where that is what is known of them. */
  others: Array<{ id: string; channel: ChannelName; at: string; subject: string }>;
  suggestions: Array<{ topic: string; title: string; text: string }>;
  /** Answers of this agent's on their way out, oldest first. */
  leaving: LeavingAnswer[];
  drafts: Partial<Record<'reply' | 'note' | 'whisper', { text: string; seenLine: number }>>;
  /** WhatsApp: for how long free text may still be sent, milliseconds from this answer; none when zero or less. */
  windowLeftMs?: number;
  /** What this agent may do now. */
  may: ActionKind[];
  outcomes: Array<{ id: string; name: string }>;
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

/**
 * `GET /desk/api/conversations/:id/templates`, of a conversation by WhatsApp: what may be sent when its day is over. `body` is
 * what the citizen reads, with `{{1}}`, `{{2}}`… for `fields`, which are named, like `title`, in the agent's language.
 */
export interface TemplateList {
  items: Array<{
    name: string;
    language: string;
    title: string;
    fields: string[];
    body: string;
    isApproved: boolean;
  }>;
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
