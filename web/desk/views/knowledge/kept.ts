// What a clerk has begun to change in a topic, kept on the server while they type: there again after a reload and on another screen.
import { useEffect, useRef, useState } from 'react';
import type { KeptTopicDraft } from '../../../../src/desk/knowledge/wire';
import { knowledge } from './ask';
import type { Draft } from './draft';

/** What is typed is kept when the typing rests. */
const RESTS_MS = 700;

interface Keeping {
  /** Of the topic; empty for one that is new. */
  id: string;
  base: string;
  /** As the fields stood before anything was typed. */
  before: Draft;
  draft: Draft;
  /** Whether anything differs. */
  isBegun: boolean;
}

/** `isKept`: what stands in the fields is on the server. */
export function useKept({ id, base, before, draft, isBegun }: Keeping, kept: KeptTopicDraft['draft']) {
  const [saved, setSaved] = useState<Draft | undefined>(kept ? draft : undefined);
  const there = useRef(kept !== null);
  const isKept = isBegun ? saved === draft : true;
  useEffect(() => {
    if (isBegun ? saved === draft : !there.current) return;
    const timer = setTimeout(() => {
      const asked = isBegun ? knowledge.keep(id, base, before, draft) : knowledge.drop(id);
      there.current = isBegun;
      // What could not be kept is tried again with the next letter; the page asks before it goes.
      asked.then(
        () => setSaved(isBegun ? draft : undefined),
        () => undefined,
      );
    }, RESTS_MS);
    return () => clearTimeout(timer);
  }, [id, base, before, draft, isBegun, saved]);
  useEffect(() => {
    if (isKept) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', warn);
    return () => removeEventListener('beforeunload', warn);
  }, [isKept]);
  return { isKept };
}
