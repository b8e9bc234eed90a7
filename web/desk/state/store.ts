// The one place where the page's state stands. Views read pieces of it; whoever changes it says how in a function.
import { useSyncExternalStore } from 'react';
import { START, type State } from './state';

let state: State = START;
const listeners = new Set<() => void>();

export const current = (): State => state;

export function change(how: (state: State) => State): void {
  const next = how(state);
  if (next === state) return;
  state = next;
  for (const listener of listeners) listener();
}

export function watch(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** A piece of the state; the view is drawn again when that piece is another. */
export function useDesk<T>(piece: (state: State) => T): T {
  return useSyncExternalStore(watch, () => piece(state));
}

/** The agent who is signed in; only for views that are shown to one. */
export function useMe() {
  return useDesk((now) => now.me)!;
}
