// The lists of conversations: loaded, and loaded on.
import { currentRoute, go } from '../route';
import { api, type ListName } from '../server/api';
import { inOrder, LISTS, withRows } from './state';
import { change, current } from './store';
import { explain } from './toasts';

export function showList(list: ListName): void {
  change((state) => ({ ...state, list }));
  if (currentRoute().view !== 'desk') go({ view: 'desk' });
}

export async function loadLists(): Promise<void> {
  const before = current();
  try {
    // In which they are named: of other people's too, which stand in no list of theirs.
    const lists = await Promise.all([...LISTS, 'mentions' as const].map((name) => api.list(name)));
    change((state) => {
      // What was heard while they were read is newer than they may be, and is heard once. Rows of before that no list has
      // any more are not shown again; the open one stays until it is read anew.
      const heard = {
        rows: new Map([...state.rows].filter(([id, row]) => before.rows.get(id) !== row)),
        gone: new Map([...state.gone].filter(([id, version]) => before.gone.get(id) !== version)),
      };
      const known = withRows(
        { ...state, ...heard },
        lists.flatMap(({ items }) => items),
      );
      // They are read one by one: what changed between the first and the last is asked for again.
      const seq = Math.min(...lists.map((one) => one.seq));
      return {
        ...known,
        counts: state.counts === before.counts ? lists[0]!.counts : state.counts,
        seq: state.seq === before.seq ? seq : state.seq,
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
