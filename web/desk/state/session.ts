// Who is signed in: coming in, changing one's own settings, going.
import type { AgentSettings, AgentStatus, Me } from '../../../src/desk/wire';
import { api, onSignedOut, Refused } from '../server/api';
import { hangUp } from './line';
import { listen } from './listening';
import { loadLists } from './lists';
import { draftsOf, openDrafts } from './own-drafts';
import { withMe } from './state';
import { change, current } from './store';
import { explain, toast } from './toasts';

export async function start(): Promise<void> {
  onSignedOut(() => {
    hangUp();
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
  const drafts = openDrafts(me.id);
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
  await draftsOf().keepAll();
  const left = await api.signOut();
  draftsOf().forgetKept();
  hangUp();
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
    change((state) => withMe(state, changed));
  } catch (error) {
    change((state) => withMe(state, me));
    toast('bad', explain(error));
  }
}
