/**
 * Letters that this process has just written down, where nothing of their conversation waits before them: they leave without
 * being read back. Whatever else is open is asked of the store.
 */
import { createRecent } from '../../recent';
import type { OutboxRow, Pile } from '../../store/rows/mail';

/** Conversations whose letters are being written down at one moment. */
const MOST = 1000;

interface Written {
  rows: OutboxRow[];
  /** Rows that are not on disk yet. */
  underWay: number;
  /** Nothing stands before them, and none of them stood there before. */
  isAll: boolean;
}

export interface JustWritten {
  /** Resolves once it is on disk; `'known'` when it stood there before. */
  write(row: OutboxRow): Promise<'new' | 'known'>;
  /** The letters of a conversation to send, once; null when the store has to be asked. */
  take(conversation: string): OutboxRow[] | null;
}

export function createJustWritten(outbox: Pick<Pile<OutboxRow>, 'write' | 'ofConversation'>): JustWritten {
  const lately = createRecent<Written>(MOST);
  return {
    async write(row) {
      const known = lately.get(row.conversation);
      const all = known ?? { rows: [], underWay: 0, isAll: true };
      lately.set(row.conversation, all);
      all.rows.push(row);
      all.underWay += 1;
      try {
        // Asked beside the writing: whoever sends it waits for neither.
        const [written, [first]] = await Promise.all([
          outbox.write(row),
          known ? [] : outbox.ofConversation(row.conversation, 1),
        ]);
        if (written === 'known' || (first && all.rows.every(({ _id }) => _id !== first._id))) all.isAll = false;
        return written;
      } catch (error) {
        all.isAll = false;
        throw error;
      } finally {
        all.underWay -= 1;
      }
    },
    take(conversation) {
      const all = lately.get(conversation);
      if (!all || all.underWay > 0) return null;
      lately.delete(conversation);
      return all.isAll ? all.rows : null;
    },
  };
}
