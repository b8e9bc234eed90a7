// A list that opens while one writes, over the text field: arrows choose, Enter or Tab takes, Escape closes. The focus stays
// in the field, which names the chosen entry to screen readers.
import { type KeyboardEvent, useState } from 'react';

export interface Offered {
  id: string;
  title: string;
  text: string;
}

interface CompletionParts<O> {
  isOpen: boolean;
  found: readonly O[];
  choose(one: O): void;
  close(): void;
}

export function useCompletion<O extends Offered>({ isOpen, found, choose, close }: CompletionParts<O>) {
  const [active, setActive] = useState(0);
  const at = Math.min(active, Math.max(0, found.length - 1));
  const take = (one: O) => {
    setActive(0);
    choose(one);
  };
  return {
    isOpen,
    at,
    found,
    choose: take,
    activeId: isOpen && found[at] ? `offered-${found[at].id}` : undefined,
    /** Whether the key was for this list. */
    pressed(event: KeyboardEvent): boolean {
      if (!isOpen) return false;
      const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
      const isChoice = (event.key === 'Enter' || event.key === 'Tab') && !event.ctrlKey && !event.metaKey && found[at];
      if (step) setActive((at + step + found.length) % Math.max(1, found.length));
      else if (isChoice) take(isChoice);
      else if (event.key === 'Escape') {
        setActive(0);
        close();
      } else return false;
      event.preventDefault();
      return true;
    },
  };
}

interface CompletionListProps<O> {
  label: string;
  /** Said where nothing fits. */
  none: string;
  found: readonly O[];
  at: number;
  choose(one: O): void;
}

export function CompletionList<O extends Offered>({ label, none, found, at, choose }: CompletionListProps<O>) {
  return (
    <div className="canned">
      {found.length === 0 && <p className="hint">{none}</p>}
      <div id="offered" role="listbox" aria-label={label}>
        {found.map((one, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the text field that names the active option hears the keys.
          // biome-ignore lint/a11y/useFocusableInteractive: focus stays in the text field.
          <div
            key={one.id}
            id={`offered-${one.id}`}
            role="option"
            aria-selected={index === at}
            className="canned-item"
            onClick={() => choose(one)}
          >
            <span className="canned-title">{one.title}</span>
            <span className="canned-text">{one.text}</span>
          </div>
        ))}
      </div>
    </div>
  );
}
