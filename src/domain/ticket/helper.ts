/**
 * Whoever acts for the citizen of a request, with that citizen's proof: a code that was sent to their phone or e-mail address
 * and that they passed on. Which of two codes they passed on says whether the helper hears the news too.
 */
import { phraseKey } from '../language/words';

export interface Helper {
  /** As the helper gave it, and as the citizen was told it. */
  name: string;
  /** Theirs: they follow the request from there. */
  conversation: string;
  /** The citizen's: where the codes went. */
  contact: { kind: 'phone' | 'email'; value: string };
  /** The helper hears what becomes of it; false: the citizen alone. */
  isTold: boolean;
  /** ISO. */
  at: string;
}

const LONGEST = 40;
/** A name and nothing else: it is sent to somebody in a text message, so it holds no link, no number and no sentence. */
const NAME = /^\p{L}[\p{L}'’-]*(?: \p{L}[\p{L}'’-]*){0,3}$/u;

/** Whether words, keyed as `phraseKey` does it, name somebody: by any of their names that is no initial. */
export function isNamedIn(key: string, name: string): boolean {
  const said = new Set(key.split(/[^\p{L}]+/u));
  return phraseKey(name)
    .split(/[^\p{L}]+/u)
    .some((part) => part.length > 2 && said.has(part));
}

/** The name as it is kept; null where it is none. */
export function readName(typed: string): string | null {
  const name = typed.trim().replace(/\s+/g, ' ').replace(/[.!]$/, '');
  return name.length > 1 && name.length <= LONGEST && NAME.test(name) ? name : null;
}
