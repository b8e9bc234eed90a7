// What the live line says, drawn: rows, lines, counts, and that the line is gone or back.
import type { StreamFrame } from '../../../src/desk/wire';
import { refresh } from './conversation';
import { connect, hangUp, ticketChanged } from './line';
import { loadLists } from './lists';
import { draftsOf } from './own-drafts';
import { settlePending } from './pending';
import { withEvents } from './state';
import { change, current } from './store';

/** Rows that are heard of together are drawn together. */
const BUNDLE_MS = 100;
const BACK_SHOWN_MS = 3000;

export function listen(): void {
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
  connect({
    seq: () => current().seq,
    heard(frame) {
      if (frame.kind === 'events') {
        if (bundle.length === 0) setTimeout(apply, BUNDLE_MS);
        bundle.push(frame);
      }
      if (frame.kind === 'resync') void resync(frame.seq);
      if (frame.kind === 'ticket') ticketChanged(frame.reference);
      if (frame.kind === 'signed-out') {
        hangUp();
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
        void draftsOf().keepAll();
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
