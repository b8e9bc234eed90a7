/** The mark of a conversation, for rows that count it or quote it and must not name it. */
import { createHash } from 'node:crypto';

/** What stands for a conversation where it must not be named: nobody reads an address out of it. */
export function markOf(conversation: string): string {
  return createHash('sha256').update(conversation).digest('hex').slice(0, 20);
}
