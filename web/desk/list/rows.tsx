// The rows of a list as a listbox of thousands: only those in sight are in the page. The row under the pointer or the focus
// keeps its place on screen while others come and go, and focus stays on its row.
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { ConversationRow } from '../../../src/desk/wire';
import { useKeys } from '../keys';
import type { Selection } from '../many/selection';
import { Row } from './row';

const HEIGHTS = { comfortable: 96, compact: 64 };

const NO_ROOM = { above: 0, below: 0 };

/** How far a list is scrolled, and the room above it, once its rows are to be drawn so many pixels further down. */
function shifted(above: number, scrollTop: number, by: number): { above: number; scrollTop: number } {
  const wanted = scrollTop + by;
  // What there is too much of above goes first; what cannot be scrolled up becomes room.
  if (by > 0) return { above: Math.max(0, above - by), scrollTop: wanted - Math.min(above, by) };
  return { above: above + Math.max(0, -wanted), scrollTop: Math.max(0, wanted) };
}

interface RowsProps {
  rows: ConversationRow[];
  label: string;
  density: keyof typeof HEIGHTS;
  /** The one that is open. */
  chosen?: string;
  choose(id: string): void;
  /** Several, to do one thing to all of them. */
  selection: Selection;
  /** The end of what is loaded is near. */
  nearEnd(): void;
}

export function Rows({ rows, label, density, chosen, choose, selection, nearEnd }: RowsProps) {
  const box = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState<string>();
  const hovered = useRef<string>(undefined);
  const height = HEIGHTS[density];
  // Where the list is too short to be scrolled, room above or below it keeps the row in its place until it is let go.
  const [room, setRoom] = useState(NO_ROOM);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => height,
    getItemKey: (index) => rows[index]!.id,
    overscan: 6,
    paddingStart: room.above,
    paddingEnd: room.below,
  });
  useEffect(() => {
    if (height) virtual.measure();
  }, [height, virtual]);

  const order = useRef<string[]>([]);
  const held = useRef<number>(undefined);
  useLayoutEffect(() => {
    const ids = rows.map(({ id }) => id);
    const anchor = hovered.current ?? (box.current?.contains(document.activeElement) ? active : undefined);
    const before = anchor ? order.current.indexOf(anchor) : -1;
    const after = anchor ? ids.indexOf(anchor) : -1;
    order.current = ids;
    const list = box.current;
    if (!list || before < 0 || after < 0 || before === after) return;
    const now = shifted(room.above, list.scrollTop, (after - before) * height);
    const below = Math.max(0, now.scrollTop + list.clientHeight - now.above - ids.length * height);
    held.current = now.scrollTop;
    setRoom({ above: now.above, below });
  }, [rows, active, height, room.above]);
  // Once the room is there.
  useLayoutEffect(() => {
    if (held.current === undefined || !room || !box.current) return;
    box.current.scrollTop = held.current;
    held.current = undefined;
  }, [room]);
  const letGo = () => setRoom((now) => (now.above || now.below ? NO_ROOM : now));

  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (rows.length && last >= rows.length - 10) nearEnd();
  }, [last, rows.length, nearEnd]);

  const activeIndex = rows.findIndex(({ id }) => id === active);
  function move(to: number) {
    const index = Math.max(0, Math.min(rows.length - 1, to));
    const row = rows[index];
    if (!row) return;
    setActive(row.id);
    virtual.scrollToIndex(index);
  }
  const chosenIndex = rows.findIndex(({ id }) => id === chosen);
  const from = activeIndex >= 0 ? activeIndex : chosenIndex;
  const walk = (step: number) => {
    box.current?.focus();
    move(from < 0 ? 0 : from + step);
  };
  const mark = from >= 0 ? () => selection.toggle(rows[from]!.id) : undefined;
  useKeys({ j: () => walk(1), k: () => walk(-1), m: mark });

  const perPage = Math.max(1, Math.floor((box.current?.clientHeight ?? 0) / height) - 1);
  const steps: Record<string, number> = {
    ArrowDown: from + 1,
    ArrowUp: from - 1,
    PageDown: from + perPage,
    PageUp: from - perPage,
    Home: 0,
    End: rows.length - 1,
  };
  return (
    <div
      ref={box}
      className="rows"
      role="listbox"
      data-desk-keys
      tabIndex={0}
      aria-label={label}
      aria-multiselectable={selection.isOn || undefined}
      aria-activedescendant={active && activeIndex >= 0 ? `row-${active}` : undefined}
      onFocus={({ currentTarget }) => {
        // Only where the keyboard brought the focus: a list that scrolled under a pressed button would open nothing.
        if (active === undefined && currentTarget.matches(':focus-visible')) move(chosenIndex >= 0 ? chosenIndex : 0);
      }}
      onPointerLeave={() => {
        hovered.current = undefined;
        letGo();
      }}
      onBlur={letGo}
      onKeyDown={(event) => {
        const isSpace = event.key === ' ';
        if (event.key === 'Enter' || isSpace) {
          event.preventDefault();
          if (active && activeIndex >= 0) (isSpace && selection.isOn ? selection.toggle : choose)(active);
        }
        if (event.key === 'a' && (event.ctrlKey || event.metaKey)) {
          event.preventDefault();
          selection.all(rows.map(({ id }) => id));
        }
        const to = steps[event.key];
        if (to === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
        event.preventDefault();
        move(to);
        const reached = rows[Math.max(0, Math.min(rows.length - 1, to))];
        if (event.shiftKey && reached) selection.reach(reached.id);
      }}
    >
      <div role="presentation" className="rows-all" style={{ height: virtual.getTotalSize() }}>
        {items.map((item) => {
          const row = rows[item.index]!;
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the listbox around it hears the keys.
            // biome-ignore lint/a11y/useFocusableInteractive: focus stays on the listbox, which names its active option.
            <div
              key={item.key}
              id={`row-${row.id}`}
              role="option"
              aria-selected={selection.isOn ? selection.chosen.has(row.id) : row.id === chosen}
              aria-setsize={rows.length}
              aria-posinset={item.index + 1}
              className={`row-place ${row.id === active ? 'active' : ''} ${selection.isOn ? 'marking' : ''}`}
              style={{ height, transform: `translateY(${item.start}px)` }}
              onPointerEnter={() => {
                hovered.current = row.id;
              }}
              onClick={({ ctrlKey, metaKey, shiftKey }) => {
                setActive(row.id);
                if (shiftKey) selection.reach(row.id);
                else if (ctrlKey || metaKey || selection.isOn) selection.toggle(row.id);
                else choose(row.id);
              }}
            >
              {selection.isOn && <span className="mark-box" aria-hidden="true" />}
              <Row row={row} density={density} />
            </div>
          );
        })}
      </div>
    </div>
  );
}
