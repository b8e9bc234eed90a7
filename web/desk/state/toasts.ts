// Words that appear for some seconds, and what a refusal means in them.
import { Refused } from '../server/api';
import { wordsOf } from '../words';
import type { Toast } from './state';
import { change, current } from './store';

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
  const t = wordsOf(current().me?.settings.language);
  if (!(error instanceof Refused)) return t.errors.other;
  if (error.status === 0) return t.errors.offline;
  if (error.status === 409 && error.by) return t.errors.taken(error.by);
  if (error.status === 403) return t.errors.forbidden;
  if (error.code === 'too-late') return t.errors.tooLate;
  if (error.code === 'full') return t.errors.full;
  if (error.code === 'not-offered') return t.errors.notOffered;
  if (error.code === 'window-over') return t.write.windowOver;
  if (error.code === 'template-not-approved') return t.write.templates.notApproved;
  if (error.code === 'nothing-to-play') return t.training.keep.nothing;
  if (error.code === 'seen-line') return t.write.heldCitizen;
  return t.errors.other;
}
