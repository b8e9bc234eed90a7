// Naming a colleague in a note: `@` opens the list of those who may read the conversation, more letters narrow it.

import { type RefObject, useEffect, useState } from 'react';
import type { ConversationDetail, Destinations } from '../../../../src/desk/wire';
import { fold } from '../../../../src/domain/language/words';
import { api } from '../../server/api';
import { useWords } from '../../words';
import { useCompletion } from './completion';

/** Behind an `@` at the beginning of a word: the beginning of a name, its parts with a space between them. */
const TYPED = /(^|[\s(])@((?:[\p{L}\p{M}'’.-]+ ?){0,4})$/u;
const SHOWN = 8;

interface ColleagueParts {
  text: string;
  area: RefObject<HTMLTextAreaElement | null>;
  detail: ConversationDetail;
  write(text: string): void;
  isNote: boolean;
}

export function useColleagues({ text, area, detail, write, isNote }: ColleagueParts) {
  const t = useWords();
  const [all, setAll] = useState<Destinations['agents']>();
  const [isDismissed, setDismissed] = useState(false);
  const typed = isNote ? TYPED.exec(text) : null;
  const isTyped = typed !== null;
  useEffect(() => {
    if (isTyped && !all)
      api.destinations().then(
        ({ agents }) => setAll(agents),
        () => undefined,
      );
    if (!isTyped) setDismissed(false);
  }, [isTyped, all]);

  const { service } = detail.conversation;
  const words = fold(typed?.[2] ?? '');
  const found = (all ?? [])
    .filter(({ services }) => services === 'all' || services.some(({ id }) => id === service?.id))
    .filter(({ name }) => ` ${fold(name)}`.includes(` ${words}`))
    .slice(0, SHOWN)
    .map(({ id, name, status }) => ({ id, title: name, text: t.status[status] }));
  const choose = ({ title }: { title: string }) => {
    write(`${text.slice(0, text.length - (typed?.[2] ?? '').length)}${title} `);
    area.current?.focus();
  };
  const isOpen = isTyped && !isDismissed && found.length > 0;
  return useCompletion({ isOpen, found, choose, close: () => setDismissed(true) });
}
