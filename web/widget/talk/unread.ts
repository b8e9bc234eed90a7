// What the town said while nobody looked: counted on the button until it is read, here or in another tab.
import type { Memory } from '../line/memory';

export interface Unread {
  /** Said while the chat is closed; false where it was read before, elsewhere or before a reload. */
  add(at: Date): boolean;
  /** The citizen looks at the chat. */
  read(): void;
  /** Another tab may have read it. */
  compare(): void;
}

interface Parts {
  memory: Memory;
  /** When the last of what is shown was said. */
  lastAt(): Date | undefined;
  show(count: number): void;
}

export function createUnread({ memory, lastAt, show }: Parts): Unread {
  let count = 0;
  const isRead = (at: Date) => at.toISOString() <= (memory.read().readUntil ?? '');
  return {
    add(at) {
      if (isRead(at)) return false;
      count += 1;
      show(count);
      return true;
    },
    read() {
      count = 0;
      const at = lastAt();
      if (at) memory.keep({ readUntil: at.toISOString() });
    },
    compare() {
      const at = lastAt();
      if (at && !isRead(at)) return;
      count = 0;
      show(count);
    },
  };
}
