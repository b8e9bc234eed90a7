/**
 * Puts changes into the feed of their town. What changes in one turn of the event loop becomes one entry, and one write;
 * where another process has taken the number meanwhile, the next one is taken.
 */
import type { Change, FeedEntry } from '../domain/feed';
import type { Feed } from '../store/rows/feed';

interface Gathered {
  changes: Map<string, Change>;
  tell: Array<(isWritten: boolean) => void>;
}

export interface Writing {
  /** Resolves once it stands in the feed; with false when the store could not be used. Never rejects. */
  tell(town: string, change: Change): Promise<boolean>;
  /** Resolves when nothing is being written. */
  settled(): Promise<void>;
}

export function createWriting(feed: Feed, clock: () => Date, onWritten: (entry: FeedEntry) => void): Writing {
  const gathered = new Map<string, Gathered>();
  const busy = new Map<string, Promise<void>>();
  const lastOf = new Map<string, number>();

  async function write(town: string, changes: Change[]): Promise<boolean> {
    try {
      for (;;) {
        const seq = (lastOf.get(town) ?? (await feed.last(town))) + 1;
        const entry = { town, seq, at: clock().toISOString(), changes };
        const isOurs = await feed.add(entry);
        if (isOurs) lastOf.set(town, seq);
        else lastOf.delete(town);
        if (!isOurs) continue;
        onWritten(entry);
        return true;
      }
    } catch {
      // Whether it was written is not known: the change stays untold in its row, and is told again.
      lastOf.delete(town);
      return false;
    }
  }

  async function work(town: string): Promise<void> {
    // What else changes in this turn of the event loop goes into the same entry.
    await new Promise((resolve) => setImmediate(resolve));
    for (let next = gathered.get(town); next; next = gathered.get(town)) {
      gathered.delete(town);
      const isWritten = await write(town, [...next.changes.values()]);
      for (const tell of next.tell) tell(isWritten);
    }
    busy.delete(town);
  }

  return {
    tell: (town, change) =>
      new Promise((resolve) => {
        const into: Gathered = gathered.get(town) ?? { changes: new Map(), tell: [] };
        const key = `${change.kind} ${change.id}`;
        if ((into.changes.get(key)?.version ?? -1) < change.version) into.changes.set(key, change);
        into.tell.push(resolve);
        gathered.set(town, into);
        if (!busy.has(town)) busy.set(town, work(town));
      }),
    async settled() {
      await Promise.all(busy.values());
    },
  };
}
