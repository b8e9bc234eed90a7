// Rows that are chosen to do one thing to all of them: one by one, from one to another, or all. Kept while the list lives; what
// has gone from the list is no longer chosen.
import { useMemo, useRef, useState } from 'react';

export interface Selection {
  /** Whether rows are being chosen at all. */
  isOn: boolean;
  chosen: ReadonlySet<string>;
  begin(): void;
  end(): void;
  toggle(id: string): void;
  /** Everything between what was chosen last and this one. */
  reach(id: string): void;
  all(ids: string[]): void;
}

export function useSelection(ids: string[]): Selection {
  const [isOn, setOn] = useState(false);
  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const last = useRef<string>(undefined);
  const chosen = useMemo(() => new Set(ids.filter((id) => picked.has(id))), [ids, picked]);
  return {
    isOn,
    chosen,
    begin: () => setOn(true),
    end() {
      setOn(false);
      setPicked(new Set());
    },
    toggle(id) {
      last.current = id;
      setOn(true);
      const next = new Set(chosen);
      if (!next.delete(id)) next.add(id);
      setPicked(next);
    },
    reach(id) {
      const from = ids.indexOf(last.current ?? id);
      const to = ids.indexOf(id);
      setOn(true);
      setPicked(new Set([...chosen, ...ids.slice(Math.max(0, Math.min(from, to)), Math.max(from, to) + 1)]));
    },
    all(every) {
      setOn(true);
      setPicked(new Set(every));
    },
  };
}
