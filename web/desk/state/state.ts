// What the page knows of the desk, and how it changes when something is heard: plain data and pure rules. The server is the
// truth; what is older than what is shown is ignored, by the version that stands on every row.
import type { ConversationDetail, ConversationRow, Counts, Line, Me, StreamItem } from '../../../src/desk/wire';
import type { ListName } from '../server/api';

export type { ListName };
export const LISTS: readonly ListName[] = ['queue', 'mine', 'parked'];

/** What an agent wrote and the server has not confirmed; kept in the browser until it has. */
export interface Pending {
  actionId: string;
  conversation: string;
  kind: 'say' | 'note' | 'whisper';
  text: string;
  seenLine: number;
  thenClose?: string;
  /** Files that were uploaded before, and go with it. */
  uploads?: string[];
  state: 'sending' | 'failed';
  /** Why it failed, in the server's words; none when the line is down. */
  reason?: string;
}

/** The conversation that is open. `lines` is a window onto it, which grows upwards. */
export interface Open {
  id: string;
  detail?: ConversationDetail;
  lines: Line[];
  hasEarlier: boolean;
  /** The citizen types: told so often, last after this line. */
  typing?: { times: number; after: number };
  /** Highest line that stood before the agent's eyes. */
  seen: number;
  /** WhatsApp: when free words may not be sent any more, by the page's own clock. */
  windowEndsAt?: number;
  /** Lines that came while a reply was written: it waits for a second press. */
  held?: { lines: Line[]; by?: string };
  failed?: 'missing' | 'offline' | 'other';
}

export interface Toast {
  id: number;
  kind: 'good' | 'bad';
  text: string;
  /** Undoing, trying again. */
  action?: { label: string; run(): void };
}

export interface State {
  session: 'unknown' | 'in' | 'out' | 'unreachable';
  me?: Me;
  link: 'connecting' | 'live' | 'lost' | 'back';
  /** When the line was lost, by the page's own clock. */
  lostAt?: number;
  rows: ReadonlyMap<string, ConversationRow>;
  /** Versions at which rows went out of sight, so that an older row that comes late does not bring them back. */
  gone: ReadonlyMap<string, number>;
  loaded: Record<ListName, boolean>;
  next: Record<ListName, string | undefined>;
  failedList?: string;
  /** The list in sight. */
  list: ListName;
  counts: Counts;
  seq: number;
  open?: Open;
  pending: readonly Pending[];
  toasts: readonly Toast[];
}

export const START: State = {
  session: 'unknown',
  link: 'connecting',
  rows: new Map(),
  gone: new Map(),
  loaded: { queue: false, mine: false, parked: false },
  next: { queue: undefined, mine: undefined, parked: undefined },
  list: 'queue',
  counts: { queue: 0, mine: 0, parked: 0, urgent: 0 },
  seq: 0,
  pending: [],
  toasts: [],
};

/** Which of this agent's lists a row stands in; none once it is closed or another's. */
export function listOf(row: ConversationRow, me: Me): ListName | undefined {
  if (row.holder === 'queue') return 'queue';
  if (row.holder === 'agent' && row.agent?.id === me.id) return row.parkedAt ? 'parked' : 'mine';
  return undefined;
}

/** Somebody waits for the agent, or what was put off has come due. */
const calls = ({ awaitsReply, wokeAt }: ConversationRow) => awaitsReply || wokeAt !== undefined;

const time = (moment: string | undefined) => (moment ? Date.parse(moment) : 0);

/** The queue as it is served; my own by who waits longest for my answer, then by what was written last. */
export function inOrder(rows: Iterable<ConversationRow>, list: ListName, me: Me): ConversationRow[] {
  const shown = [...rows].filter((row) => listOf(row, me) === list);
  const byId = (a: ConversationRow, b: ConversationRow) => (a.id < b.id ? -1 : 1);
  if (list === 'queue') {
    const place = (row: ConversationRow) => row.place ?? time(row.queuedAt);
    return shown.sort((a, b) => place(a) - place(b) || byId(a, b));
  }
  return shown.sort(
    (a, b) =>
      Number(calls(b)) - Number(calls(a)) ||
      (a.awaitsReply ? time(a.lastCitizenAt) - time(b.lastCitizenAt) : time(b.lastCitizenAt) - time(a.lastCitizenAt)) ||
      byId(a, b),
  );
}

/** Two pieces of one conversation, each line once, the newer word on it counting. */
export function joinLines(known: readonly Line[], more: readonly Line[]): Line[] {
  const byNumber = new Map([...known, ...more].map((line) => [line.line, line]));
  return [...byNumber.values()].sort((a, b) => a.line - b.line);
}

export function withRows(state: State, incoming: readonly ConversationRow[]): State {
  const rows = new Map(state.rows);
  const gone = new Map(state.gone);
  for (const row of incoming) {
    if ((rows.get(row.id)?.version ?? -1) > row.version || (gone.get(row.id) ?? -1) > row.version) continue;
    gone.delete(row.id);
    rows.set(row.id, row);
  }
  const { open } = state;
  const row = open && rows.get(open.id);
  if (!open?.detail || !row || row === open.detail.conversation) return { ...state, rows, gone };
  return { ...state, rows, gone, open: { ...open, detail: { ...open.detail, conversation: row } } };
}

function without(state: State, id: string, version: number): State {
  if ((state.rows.get(id)?.version ?? -1) > version) return state;
  const rows = new Map(state.rows);
  rows.delete(id);
  return { ...state, rows, gone: new Map(state.gone).set(id, version) };
}

/** What was told of before the newest change, and comes after it, would take that back on screen. */
export function withMe(state: State, me: Me): State {
  return state.me && state.me.version > me.version ? state : { ...state, me };
}

/** The state after a bundle of the stream. */
export function withEvents(state: State, seq: number, items: readonly StreamItem[]): State {
  let next: State = { ...state, seq: Math.max(seq, state.seq) };
  next = withRows(
    next,
    items.flatMap((item) => (item.kind === 'conversation' ? [item.row] : [])),
  );
  for (const item of items) {
    if (item.kind === 'gone') next = without(next, item.id, item.version);
    if (item.kind === 'counts') {
      const { queue, mine, parked, urgent } = item;
      next = { ...next, counts: { queue, mine, parked, urgent } };
    }
    if (item.kind === 'me') next = withMe(next, item.me);
    if (item.kind === 'typing' && next.open?.id === item.conversation) {
      const { lines, typing } = next.open;
      next = { ...next, open: { ...next.open, typing: { times: (typing?.times ?? 0) + 1, after: lines.at(-1)?.line ?? 0 } } };
    }
    if (item.kind === 'lines' && next.open?.id === item.conversation) {
      next = { ...next, open: { ...next.open, lines: joinLines(next.open.lines, item.lines) } };
    }
  }
  return next;
}

/** What is offered to this agent now: at most one at a time. */
export function offeredTo(rows: Iterable<ConversationRow>, agent: string): ConversationRow | undefined {
  return [...rows].find(({ offer, holder }) => holder === 'queue' && offer?.to.id === agent);
}

/** Rows in which a colleague named this agent, who has not read it yet: the first named first. */
export function mentionsIn(rows: Iterable<ConversationRow>): ConversationRow[] {
  return [...rows].filter(({ mention }) => mention).sort((a, b) => time(a.mention?.at) - time(b.mention?.at));
}

/** Rows with an alert that nobody has said they look after, oldest first. */
export function openAlerts(rows: Iterable<ConversationRow>): ConversationRow[] {
  return [...rows].filter((row) => row.alert && !row.alert.acknowledgedBy).sort((a, b) => time(a.alert?.at) - time(b.alert?.at));
}
