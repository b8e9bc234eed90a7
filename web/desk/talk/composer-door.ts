// How the rest of the page reaches the composer that is shown, if one is: to put words into it, never to send them.
import type { Kind } from '../state/drafts';

export const insert: {
  /** At the place of the cursor. */
  text?(text: string): void;
  focus?(kind: Kind): void;
  send?(thenClose: boolean): void;
  /** The draft was changed from elsewhere: it is read anew. */
  restored?(): void;
} = {};
