// What stands in the composer on its way out: sent, held where somebody wrote meanwhile, taken back.
import type { Action, LeavingAnswer } from '../../../src/desk/wire';
import { api, Refused } from '../server/api';
import { attachAgain } from '../talk/compose/attaching';
import { insert } from '../talk/compose/composer-door';
import { wordsOf } from '../words';
import { act, refresh } from './conversation';
import { DRAFT_OF, type Kind, SENT_AS } from './drafts';
import { draftsOf } from './own-drafts';
import { dropPending } from './pending';
import { joinLines, type Pending } from './state';
import { change, current } from './store';
import { explain, toast } from './toasts';

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
  draftsOf().keepPending(pending);
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
    draftsOf().dropPending(actionId);
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

/** Sends a template by WhatsApp; true when it went. A refusal is told. */
export async function sendTemplate(id: string, template: string, values: string[]): Promise<boolean> {
  const seenLine = current().open?.seen ?? 0;
  try {
    await api.act(id, { actionId: crypto.randomUUID(), kind: 'template', template, values, seenLine });
    toast('good', wordsOf(current().me?.settings.language).write.templates.sent);
    return true;
  } catch (error) {
    toast('bad', explain(error));
    return false;
  } finally {
    if (current().open?.id === id) await refresh(id);
  }
}

/** What was sent does not leave: its words stand in the composer again, before what was begun since. */
export async function takeBack(id: string, answer: LeavingAnswer): Promise<boolean> {
  if (!(await act(id, { kind: 'takeBack', sent: answer.actionId }))) return false;
  const begun = draftsOf().choose(id, 'reply', current().open?.detail?.drafts.reply).text;
  draftsOf().write(id, 'reply', [answer.text, begun].filter(Boolean).join('\n'), current().open?.seen ?? 0);
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
  draftsOf().write(pending.conversation, DRAFT_OF[pending.kind], pending.text, pending.seenLine);
  change((state) => {
    if (state.open?.id !== pending.conversation) return state;
    const all = joinLines(state.open.lines, lines);
    const seen = Math.max(state.open.seen, all.at(-1)?.line ?? 0);
    return { ...state, open: { ...state.open, lines: all, seen, held: { lines, by } } };
  });
  return false;
}
