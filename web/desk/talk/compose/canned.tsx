// Canned replies: `/` at the beginning of a word opens them, more letters narrow them, Enter puts one into the draft with its
// fields filled in. A field that is not known stays in braces, and a draft with braces is not sent.

import { type RefObject, useEffect, useState } from 'react';
import type { Canned as CannedReply, ConversationDetail } from '../../../../src/desk/wire';
import { fold } from '../../../../src/domain/language/words';
import { api } from '../../server/api';
import { useCompletion } from './completion';

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

  function close() {
    setAsked(false);
    setDismissed(true);
  }
  function choose(one: CannedReply) {
    const before = typed ? text.slice(0, text.length - (typed[2] ?? '').length - 1) : text && `${text.trimEnd()}\n`;
    write(before + fillIn(one.text, detail, agent));
    close();
    area.current?.focus();
  }

  return { ...useCompletion({ isOpen, found, choose, close }), open: () => setAsked(true) };
}
