// Answers under way: shown until the transcript has them.
import { draftsOf } from './own-drafts';
import { change, current } from './store';

export function dropPending(actionId: string): void {
  draftsOf().dropPending(actionId);
  change((state) => ({ ...state, pending: state.pending.filter((one) => one.actionId !== actionId) }));
}

/** What the transcript shows by now is no longer under way, whatever became of the answer. */
export function settlePending(): void {
  const { open, pending, me } = current();
  for (const one of pending) {
    if (one.conversation !== open?.id) continue;
    const said = open.lines.some(
      (line) => line.line > one.seenLine && line.agent?.id === me?.id && line.text === one.text && line.by !== 'citizen',
    );
    if (said) dropPending(one.actionId);
  }
}
