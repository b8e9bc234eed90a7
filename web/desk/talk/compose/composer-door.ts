// How the rest of the page reaches the composer that is shown, if one is: to put words into it, never to send them.
import type { Kind } from '../../state/drafts';

export const insert: {
  /** At the place of the cursor. */
  text?(text: string): void;
  focus?(kind: Kind): void;
  isWriting?(): boolean;
  /** A conversation was just taken: the composer takes the focus as soon as a reply may be written. */
  wantsReply?: boolean;
  /** The draft was changed from elsewhere: it is read anew. */
  restored?(): void;
} = {};
