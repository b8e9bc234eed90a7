/**
 * Reads the feeds for those who follow them, each from where they are: every entry once, in order. What this process
 * writes is read at once; what others write is looked for while anybody follows.
 */
import type { FeedEntry } from '../domain/feed';
import type { Feed } from '../store/rows/feed';

/** Entries read at a time. */
const PAGE = 200;

/** Null: entries were taken away before they were read, so what is shown has to be read anew. */
export type Heard = (entries: FeedEntry[] | null) => void;

interface Follower {
  seq: number;
  heard: Heard;
}

export interface Reading {
  /** Hears what comes after `seq`, until the function it gives is called. */
  follow(town: string, seq: number, heard: Heard): () => void;
  /** Something may stand in this town's feed. */
  wake(town: string): void;
  stop(): void;
}

export function createReading(feed: Feed, pollMs: number): Reading {
  const followers = new Map<string, Set<Follower>>();
  const pumping = new Map<string, { again: boolean }>();
  let timer: NodeJS.Timeout | undefined;

  function hand(to: Iterable<Follower>, entries: FeedEntry[]): void {
    const last = entries.at(-1)!.seq;
    for (const follower of [...to]) {
      const news = entries.filter(({ seq }) => seq > follower.seq);
      if (news.length === 0) continue;
      const isWhole = news[0]!.seq === follower.seq + 1;
      follower.seq = last;
      follower.heard(isWhole ? news : null);
    }
  }

  async function pump(town: string): Promise<void> {
    const state = { again: true };
    pumping.set(town, state);
    try {
      while (state.again) {
        state.again = false;
        const following = followers.get(town);
        if (!following?.size) return;
        const from = Math.min(...[...following].map(({ seq }) => seq));
        const entries = await feed.after(town, from, PAGE);
        if (entries.length === 0) continue;
        hand(following, entries);
        state.again ||= entries.length === PAGE;
      }
    } catch {
      // The store is away: the next look goes on from the same entry.
    } finally {
      pumping.delete(town);
    }
  }

  function wake(town: string): void {
    const state = pumping.get(town);
    if (state) state.again = true;
    else if (followers.get(town)?.size) void pump(town);
  }

  function rest(): void {
    clearInterval(timer);
    timer = undefined;
  }

  return {
    wake,
    follow(town, seq, heard) {
      const follower = { seq, heard };
      followers.set(town, (followers.get(town) ?? new Set()).add(follower));
      timer ??= setInterval(() => {
        for (const each of followers.keys()) wake(each);
      }, pollMs);
      wake(town);
      return () => {
        const following = followers.get(town);
        following?.delete(follower);
        if (following?.size === 0) followers.delete(town);
        if (followers.size === 0) rest();
      };
    },
    stop() {
      followers.clear();
      rest();
    },
  };
}
