// The open conversation: read, read anew, and what is done to it. What goes wrong becomes words in the place where it matters.
import type { Action, ActionKind } from '../../../src/desk/wire';
import { api, Refused } from '../server/api';
import { insert } from '../talk/compose/composer-door';
import { tell } from './line';
import { settlePending } from './pending';
import { joinLines, withRows } from './state';
import { change, current } from './store';
import { explain, toast } from './toasts';

const WINDOW = 100;

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
      const { windowLeftMs } = detail;
      const windowEndsAt = windowLeftMs === undefined ? undefined : Date.now() + windowLeftMs;
      return { ...known, open: { ...open, detail: shown, lines, hasEarlier, windowEndsAt, failed: undefined } };
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

type Plain = Exclude<ActionKind, 'say' | 'template' | 'note' | 'whisper' | 'readMention'>;
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

/** They have seen the note that names them. Where that does not arrive it is said again, with the next look at it. */
export async function readMention(id: string): Promise<void> {
  try {
    const { conversation } = (await api.act(id, { kind: 'readMention', actionId: crypto.randomUUID() })) ?? {};
    if (conversation) change((state) => withRows(state, [conversation]));
  } catch {
    // Nothing was lost: they stay named.
  }
}

/** What was taken stands among one's own from now on, and the next thing is to answer. */
export function claimed(): void {
  change((state) => ({ ...state, list: 'mine' }));
  insert.wantsReply = true;
}
