// What an agent can make the page do: sign in, load lists, open a conversation, and act on it. Each asks the server and puts
// what it says into the store; what goes wrong becomes words in the place where it matters.
import type { Action, ActionKind, AgentSettings, AgentStatus, LeavingAnswer, Me, StreamFrame } from '../../../src/desk/wire';
import { currentRoute, go } from '../route';
import { api, type ListName, onSignedOut, Refused } from '../server/api';
import { type Live, openLive } from '../server/stream';
import { attachAgain } from '../talk/attaching';
import { insert } from '../talk/composer-door';
import { wordsOf } from '../words';
import { createDrafts, DRAFT_OF, type Drafts, type Kind, SENT_AS } from './drafts';
import { inOrder, joinLines, LISTS, type Pending, type Toast, withEvents, withRows } from './state';
import { change, current } from './store';

/** Rows that are heard of together are drawn together. */
const BUNDLE_MS = 100;
const WINDOW = 100;
const BACK_SHOWN_MS = 3000;

let live: Live | undefined;
let drafts: Drafts = createDrafts('');

export const draftsOf = (): Drafts => drafts;
const words = () => wordsOf(current().me?.settings.language);

// ---- toasts

let toasts = 0;
const TOAST_MS = 6000;

export function toast(kind: Toast['kind'], text: string, action?: Toast['action']): void {
  toasts += 1;
  const id = toasts;
  change((state) => ({ ...state, toasts: [...state.toasts.slice(-2), { id, kind, text, action }] }));
  setTimeout(() => dropToast(id), action ? 10_000 : TOAST_MS);
}

export function dropToast(id: number): void {
  change((state) => ({ ...state, toasts: state.toasts.filter((one) => one.id !== id) }));
}

/** What a refusal means for whoever pressed the button. */
export function explain(error: unknown): string {
  const t = words();
  if (!(error instanceof Refused)) return t.errors.other;
  if (error.status === 0) return t.errors.offline;
  if (error.status === 409 && error.by) return t.errors.taken(error.by);
  if (error.status === 403) return t.errors.forbidden;
  if (error.code === 'too-late') return t.errors.tooLate;
  if (error.code === 'full') return t.errors.full;
  if (error.code === 'not-offered') return t.errors.notOffered;
  if (error.code === 'seen-line') return t.write.heldCitizen;
  return t.errors.other;
}

// ---- signing in and out

export async function start(): Promise<void> {
  onSignedOut(() => {
    live?.close();
    live = undefined;
    change((state) => ({ ...state, session: 'out' }));
  });
  try {
    await signedIn(await api.me());
  } catch (error) {
    const isOut = error instanceof Refused && error.status === 401;
    change((state) => ({ ...state, session: isOut ? 'out' : 'unreachable' }));
  }
}

export async function signedIn(me: Me): Promise<void> {
  const { me: before } = current();
  drafts = createDrafts(me.id);
  // Another person at the same screen starts from nothing.
  change((state) => ({
    ...state,
    ...(before && before.id !== me.id ? { rows: new Map(), gone: new Map(), open: undefined, seq: 0 } : {}),
    me,
    session: 'in',
    pending: drafts.pending(),
  }));
  await loadLists();
  listen();
  void drafts.keepAll();
}

export async function signOut(): Promise<void> {
  await drafts.keepAll();
  const left = await api.signOut();
  drafts.forgetKept();
  live?.close();
  live = undefined;
  location.assign(left?.next ?? '/desk/');
}

export async function changeMe(changes: {
  status?: AgentStatus;
  languages?: string[];
  settings?: Partial<AgentSettings>;
}): Promise<void> {
  const { me } = current();
  if (!me) return;
  // Shown at once; the server's word follows, or the old state comes back with the reason.
  const { status = me.status, languages = me.languages } = changes;
  const wished = { ...me, status, languages, settings: { ...me.settings, ...changes.settings } };
  change((state) => ({ ...state, me: wished }));
  try {
    const changed = await api.change(changes);
    change((state) => ({ ...state, me: changed }));
  } catch (error) {
    change((state) => ({ ...state, me }));
    toast('bad', explain(error));
  }
}

// ---- lists and the live line

export function showList(list: ListName): void {
  change((state) => ({ ...state, list }));
  if (currentRoute().view !== 'desk') go({ view: 'desk' });
}

export async function loadLists(): Promise<void> {
  try {
    const lists = await Promise.all(LISTS.map((name) => api.list(name)));
    change((state) => {
      const known = withRows(
        // Rows of before that no list has any more are not shown again; the open one stays until it is read anew.
        { ...state, rows: new Map(), gone: new Map() },
        lists.flatMap(({ items }) => items),
      );
      return {
        ...known,
        counts: lists[0]!.counts,
        seq: Math.max(...lists.map(({ seq }) => seq)),
        loaded: { queue: true, mine: true, parked: true },
        next: { queue: lists[0]!.next, mine: lists[1]!.next, parked: lists[2]!.next },
        failedList: undefined,
      };
    });
  } catch (error) {
    change((state) => ({ ...state, failedList: explain(error) }));
  }
}

export async function loadMore(list: ListName): Promise<void> {
  const after = current().next[list];
  if (!after) return;
  change((state) => ({ ...state, next: { ...state.next, [list]: undefined } }));
  try {
    const { items, next } = await api.list(list, after);
    change((state) => ({ ...withRows(state, items), next: { ...state.next, [list]: next } }));
  } catch {
    change((state) => ({ ...state, next: { ...state.next, [list]: after } }));
  }
}

/** Loads what the list still holds back; the ids of all its rows, as they stand in it. */
export async function loadAll(list: ListName): Promise<string[]> {
  for (let before = ''; current().next[list] && current().next[list] !== before; ) {
    before = current().next[list] ?? '';
    await loadMore(list);
  }
  const { rows, me } = current();
  return me ? inOrder(rows.values(), list, me).map(({ id }) => id) : [];
}

function listen(): void {
  let bundle: Array<Extract<StreamFrame, { kind: 'events' }>> = [];
  const apply = () => {
    const frames = bundle;
    bundle = [];
    const { open } = current();
    change((state) => frames.reduce((so, { seq, items }) => withEvents(so, seq, items), state));
    const concerns = frames.some(({ items }) => items.some((item) => item.kind !== 'typing' && idOf(item) === open?.id));
    if (open && concerns) void refresh(open.id);
    settlePending();
  };
  live?.close();
  live = openLive({
    seq: () => current().seq,
    heard(frame) {
      if (frame.kind === 'events') {
        if (bundle.length === 0) setTimeout(apply, BUNDLE_MS);
        bundle.push(frame);
      }
      if (frame.kind === 'resync') void resync(frame.seq);
      if (frame.kind === 'signed-out') {
        live?.close();
        change((state) => ({ ...state, session: 'out' }));
      }
    },
    changed(line) {
      const { link } = current();
      if (line === 'lost' && link !== 'lost') change((state) => ({ ...state, link: 'lost', lostAt: performance.now() }));
      if (line === 'live' && link === 'connecting') change((state) => ({ ...state, link: 'live' }));
      if (line === 'live' && link === 'lost') {
        change((state) => ({ ...state, link: 'back', lostAt: undefined }));
        setTimeout(() => change((state) => (state.link === 'back' ? { ...state, link: 'live' } : state)), BACK_SHOWN_MS);
        void drafts.keepAll();
        const { open } = current();
        if (open) void refresh(open.id);
      }
    },
  });
}

const idOf = (item: { kind: string; id?: string; conversation?: string; row?: { id: string } }): string | undefined =>
  item.id ?? item.conversation ?? item.row?.id;

async function resync(seq: number): Promise<void> {
  await loadLists();
  change((state) => ({ ...state, seq: Math.max(state.seq, seq) }));
  const { open } = current();
  if (open) await refresh(open.id);
}

export const tell = (viewing: string | undefined, isTyping: boolean): void => live?.tell({ viewing, isTyping });

// ---- the open conversation

export async function openConversation(id: string | undefined): Promise<void> {
  if (current().open?.id === id) return;
  change((state) => ({ ...state, open: id ? { id, lines: [], hasEarlier: false, seen: 0 } : undefined }));
  tell(id, false);
  if (id) await refresh(id);
}

let isRefreshing: string | undefined;
let refreshAgain = false;

/** Reads the open conversation anew; calls that come meanwhile are one. */
export async function refresh(id: string): Promise<void> {
  if (isRefreshing === id) {
    refreshAgain = true;
    return;
  }
  isRefreshing = id;
  try {
    const detail = await api.conversation(id);
    change((state) => {
      if (state.open?.id !== id) return state;
      const { open } = state;
      const isGap = open.lines.length > 0 && detail.lines.length > 0 && detail.lines[0]!.line > open.lines.at(-1)!.line + 1;
      const lines = isGap ? detail.lines : joinLines(open.lines, detail.lines);
      const hasEarlier = open.lines.length === 0 || isGap ? detail.hasEarlier : open.hasEarlier;
      const known = withRows(state, [detail.conversation]);
      const row = known.rows.get(id) ?? detail.conversation;
      const shown = { ...detail, conversation: row };
      return { ...known, open: { ...open, detail: shown, lines, hasEarlier, failed: undefined } };
    });
    settlePending();
  } catch (error) {
    const status = error instanceof Refused ? error.status : -1;
    const failed = status === 404 || status === 403 ? 'missing' : status === 0 ? 'offline' : 'other';
    change((state) => (state.open?.id === id && !state.open.detail ? { ...state, open: { ...state.open, failed } } : state));
  } finally {
    isRefreshing = undefined;
  }
  if (refreshAgain) {
    refreshAgain = false;
    const { open } = current();
    if (open) await refresh(open.id);
  }
}

export async function loadEarlier(): Promise<void> {
  const { open } = current();
  const first = open?.lines[0]?.line;
  if (!open?.hasEarlier || first === undefined) return;
  try {
    const { lines, hasEarlier } = await api.earlier(open.id, first);
    change((state) =>
      state.open?.id === open.id
        ? { ...state, open: { ...state.open, lines: joinLines(state.open.lines, lines), hasEarlier } }
        : state,
    );
  } catch (error) {
    toast('bad', explain(error));
  }
}

/** Lines that no longer stand in the window: whoever reads at the bottom keeps a hundred. */
export function trimLines(): void {
  change((state) =>
    state.open && state.open.lines.length > 2 * WINDOW
      ? { ...state, open: { ...state.open, lines: state.open.lines.slice(-WINDOW), hasEarlier: true } }
      : state,
  );
}

export function sawLine(id: string, line: number): void {
  change((state) =>
    state.open?.id === id && state.open.seen < line ? { ...state, open: { ...state.open, seen: line } } : state,
  );
}

// ---- what agents do

type Plain = Exclude<ActionKind, 'say' | 'note' | 'whisper'>;
type PlainAction = Extract<Action, { kind: Plain }>;
type Unnamed<A> = A extends unknown ? Omit<A, 'actionId'> : never;

/** Whether it was done. A refusal is told, with what the server knows. */
export async function act(id: string, action: Unnamed<PlainAction>): Promise<boolean> {
  try {
    const { conversation } = (await api.act(id, { ...action, actionId: crypto.randomUUID() } as Action)) ?? {};
    if (conversation) change((state) => withRows(state, [conversation]));
    if (current().open?.id === id) await refresh(id);
    return true;
  } catch (error) {
    toast('bad', explain(error));
    if (current().open?.id === id) void refresh(id);
    return false;
  }
}

/** What was taken stands among one's own from now on, and the next thing is to answer. */
export function claimed(): void {
  change((state) => ({ ...state, list: 'mine' }));
  insert.wantsReply = true;
}

/** Sends what stands in the composer; true when it went, false when it failed or waits for a second press. */
export async function send(id: string, kind: Kind, text: string, thenClose?: string, uploads?: string[]): Promise<boolean> {
  const pending: Pending = {
    actionId: crypto.randomUUID(),
    conversation: id,
    kind: SENT_AS[kind],
    text,
    seenLine: current().open?.seen ?? 0,
    thenClose,
    uploads,
    state: 'sending',
  };
  return transmit(pending);
}

export async function transmit(pending: Pending): Promise<boolean> {
  const { actionId, conversation, kind, text, seenLine, thenClose, uploads } = pending;
  drafts.keepPending(pending);
  change((state) => ({
    ...state,
    open: state.open?.id === conversation ? { ...state.open, held: undefined } : state.open,
    pending: [...state.pending.filter((one) => one.actionId !== actionId), { ...pending, state: 'sending', reason: undefined }],
  }));
  try {
    const leavesInSeconds = current().me?.settings.undoSeconds;
    const action: Action =
      kind === 'say'
        ? {
            actionId,
            kind,
            text,
            seenLine,
            ...(thenClose && { thenClose }),
            ...(uploads?.length && { uploads }),
            ...(leavesInSeconds && { leavesInSeconds }),
          }
        : { actionId, kind, text };
    await api.act(conversation, action);
    drafts.dropPending(actionId);
    if (current().open?.id === conversation) await refresh(conversation);
    dropPending(actionId);
    return true;
  } catch (error) {
    if (error instanceof Refused && error.code === 'seen-line') return hold(pending, error);
    const reason = error instanceof Refused && error.status !== 0 ? explain(error) : undefined;
    change((state) => ({
      ...state,
      pending: state.pending.map((one) => (one.actionId === actionId ? { ...one, state: 'failed', reason } : one)),
    }));
    return false;
  }
}

/** What was sent does not leave: its words stand in the composer again, before what was begun since. */
export async function takeBack(id: string, answer: LeavingAnswer): Promise<boolean> {
  if (!(await act(id, { kind: 'takeBack', sent: answer.actionId }))) return false;
  const begun = drafts.choose(id, 'reply', current().open?.detail?.drafts.reply).text;
  drafts.write(id, 'reply', [answer.text, begun].filter(Boolean).join('\n'), current().open?.seen ?? 0);
  attachAgain(id, answer);
  insert.restored?.();
  return true;
}

/** What was held is sent again by somebody who has read what was written meanwhile. */
export async function sendHeldAgain(id: string, { actionId, text, thenClose, uploads }: LeavingAnswer): Promise<void> {
  if (await act(id, { kind: 'takeBack', sent: actionId })) await send(id, 'reply', text, thenClose, uploads);
}

/** Somebody wrote meanwhile: the words go back to the composer, and what was written stands above it. */
function hold(pending: Pending, { lines, by }: Refused): false {
  dropPending(pending.actionId);
  drafts.write(pending.conversation, DRAFT_OF[pending.kind], pending.text, pending.seenLine);
  change((state) => {
    if (state.open?.id !== pending.conversation) return state;
    const all = joinLines(state.open.lines, lines);
    const seen = Math.max(state.open.seen, all.at(-1)?.line ?? 0);
    return { ...state, open: { ...state.open, lines: all, seen, held: { lines, by } } };
  });
  return false;
}

export function dropPending(actionId: string): void {
  drafts.dropPending(actionId);
  change((state) => ({ ...state, pending: state.pending.filter((one) => one.actionId !== actionId) }));
}

/** What the transcript shows by now is no longer under way, whatever became of the answer. */
function settlePending(): void {
  const { open, pending, me } = current();
  for (const one of pending) {
    if (one.conversation !== open?.id) continue;
    const said = open.lines.some(
      (line) => line.line > one.seenLine && line.agent?.id === me?.id && line.text === one.text && line.by !== 'citizen',
    );
    if (said) dropPending(one.actionId);
  }
}
