// Canned replies: `/` at the beginning of a word opens them, more letters narrow them, Enter puts one into the draft with its
// fields filled in. A field that is not known stays in braces, and a draft with braces is not sent.

import { type KeyboardEvent, type RefObject, useEffect, useState } from 'react';
import type { Canned as CannedReply, ConversationDetail } from '../../../../src/desk/wire';
import { fold } from '../../../../src/domain/language/words';
import { api } from '../../server/api';
import { useWords } from '../../words';

const TYPED = /(^|\s)\/([^\s/]*)$/;
const SHOWN = 8;

interface CannedParts {
  text: string;
  area: RefObject<HTMLTextAreaElement | null>;
  detail: ConversationDetail;
  agent: string;
  write(text: string): void;
  isReply: boolean;
}

/** The reply with what is known of this conversation in its fields. */
export function fillIn(text: string, { conversation, tickets }: ConversationDetail, agent: string): string {
  const known: Record<string, string | undefined> = {
    agent,
    service: conversation.service?.name,
    reference: tickets[0]?.reference,
  };
  return text.replace(/\{(\w+)\}/g, (field, name: string) => known[name] || field);
}

export function useCanned({ text, area, detail, agent, write, isReply }: CannedParts) {
  const [all, setAll] = useState<CannedReply[]>([]);
  const [isAsked, setAsked] = useState(false);
  const [isDismissed, setDismissed] = useState(false);
  const [active, setActive] = useState(0);
  const typed = isReply ? TYPED.exec(text) : null;
  const words = fold(typed?.[2] ?? '');
  const isOpen = isReply && ((typed !== null && !isDismissed) || isAsked);
  useEffect(() => {
    if (isOpen && all.length === 0)
      api.canned().then(
        ({ items }) => setAll(items),
        () => undefined,
      );
  }, [isOpen, all.length]);
  useEffect(() => {
    if (typed === null) setDismissed(false);
  }, [typed]);

  const { language } = detail.conversation;
  const found = all
    .filter((one) => fold(`${one.title} ${one.text}`).includes(words))
    .sort((a, b) => Number(b.language === language) - Number(a.language === language))
    .slice(0, SHOWN);
  const at = Math.min(active, Math.max(0, found.length - 1));

  function close() {
    setAsked(false);
    setDismissed(true);
    setActive(0);
  }
  function choose(one: CannedReply) {
    const before = typed ? text.slice(0, text.length - (typed[2] ?? '').length - 1) : text && `${text.trimEnd()}\n`;
    write(before + fillIn(one.text, detail, agent));
    close();
    area.current?.focus();
  }

  return {
    isOpen,
    found,
    at,
    choose,
    activeId: isOpen && found[at] ? `canned-${found[at].id}` : undefined,
    open: () => setAsked(true),
    /** Whether the key was for this list. */
    pressed(event: KeyboardEvent): boolean {
      if (!isOpen) return false;
      const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
      const isChoice = (event.key === 'Enter' || event.key === 'Tab') && !event.ctrlKey && !event.metaKey && found[at];
      if (step) setActive((at + step + found.length) % Math.max(1, found.length));
      else if (isChoice) choose(isChoice);
      else if (event.key === 'Escape') close();
      else return false;
      event.preventDefault();
      return true;
    },
  };
}

export function Canned({ found, at, choose }: Pick<ReturnType<typeof useCanned>, 'found' | 'at' | 'choose'>) {
  const t = useWords();
  return (
    <div className="canned">
      {found.length === 0 && <p className="hint">{t.write.noCanned}</p>}
      <div id="canned" role="listbox" aria-label={t.write.canned}>
        {found.map((one, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the text field that names the active option hears the keys.
          // biome-ignore lint/a11y/useFocusableInteractive: focus stays in the text field.
          <div
            key={one.id}
            id={`canned-${one.id}`}
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
