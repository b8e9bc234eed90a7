// What the browser keeps so that a reload or a click through the town's site goes on with the same conversation.
// Nothing is written before the citizen opens the chat (CNIL on chatbots: no tracer before it is asked for).
import type { Opening } from './incoming';
import type { Letter } from './outbox';

export interface Kept {
  conversationId?: string;
  token?: string;
  /** Whose chat it is, so that a reload need not ask. */
  town?: Opening['town'];
  /** Language the citizen chose with the switch. */
  language?: string;
  isOpen?: boolean;
  /** Time (ISO) of the last message that stood in the open panel. */
  readUntil?: string;
  /** Messages typed and not yet known to be received; a file cannot be kept, only that there was one. */
  letters?: Letter[];
}

export interface Memory {
  read(): Kept;
  keep(change: Kept): void;
  forget(): void;
}

/** Storage may be refused by the browser (private windows, blocked cookies): then the page's life is all there is. */
export function createMemory(town: string, remember: 'session' | 'device'): Memory {
  const key = `guichet:${town}`;
  let kept: Kept = {};
  const storage = (): Storage => (remember === 'device' ? localStorage : sessionStorage);
  try {
    const found: unknown = JSON.parse(storage().getItem(key) ?? '{}');
    if (found && typeof found === 'object') kept = found as Kept;
    // Other scripts of the page can write here too; a letter that is not one would stop the chat from opening.
    kept.letters = Array.isArray(kept.letters) ? kept.letters.filter((letter) => letter?.id && letter.activity && letter.at) : [];
  } catch {
    kept = {};
  }
  const write = () => {
    try {
      storage().setItem(key, JSON.stringify(kept));
    } catch {
      // Full or refused: the conversation still works, it only ends with the page.
    }
  };
  return {
    read: () => kept,
    keep(change) {
      kept = { ...kept, ...change };
      write();
    },
    forget() {
      kept = { town: kept.town, language: kept.language, isOpen: kept.isOpen };
      write();
    },
  };
}
