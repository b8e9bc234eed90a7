/**
 * What makes screens at the town hall live: a numbered feed of changes for each town, which any process writes and any
 * process reads, each reader from where it is. A change is marked as untold in the same write that made it, so that a
 * crash before it is told loses nothing: it is then told a second later, perhaps twice, which harms nobody.
 */
import type { Conversation } from '../domain/conversation';
import type { Change, FeedEntry } from '../domain/feed';
import { createRecurring } from '../recurring';
import type { Conversations } from '../store/rows/conversations';
import type { Feed } from '../store/rows/feed';
import { createReading, type Heard } from './reading';
import { createWriting } from './writing';

const SECOND = 1000;
const HOUR = 3600 * SECOND;
const KEPT_FOR = 24 * HOUR;
/** A change that its own process has not told by then is told by whoever finds it. */
const OVERDUE = 1 * SECOND;
const AT_ONCE = 100;
const FORGET_EVERY = 1 * HOUR;
const FORGOTTEN_AT_ONCE = 1000;

export interface LiveParts {
  feed: Feed;
  conversations: Pick<Conversations, 'untold' | 'told'>;
  /** Ids of the towns. */
  towns: string[];
  clock: () => Date;
  /** Others who are told of a conversation before it counts as told. May be called again for the same version. */
  alsoTell?: (conversation: Conversation) => Promise<void>;
  /** How often changes made by other processes are looked for, while anybody follows. */
  pollMs?: number;
  sweepMs?: number;
}

export interface Live {
  /** Resolves once it stands in the town's feed; with false when the store could not be used. Never rejects. */
  tell(town: string, change: Change): Promise<boolean>;
  /** A conversation whose change is marked as untold is saved and carried out. Neither throws nor waits. */
  changed(conversation: Conversation): void;
  /** Number of the last entry: where somebody begins who reads everything now. */
  last(town: string): Promise<number>;
  /** The entries after a number, oldest first; null when some of them are no longer kept. */
  after(town: string, seq: number, limit: number): Promise<FeedEntry[] | null>;
  /** Hears each entry after `seq` once, in order; null when some are no longer kept. Gives what ends it. */
  follow(town: string, seq: number, heard: Heard): () => void;
  start(): void;
  stop(): Promise<void>;
}

export function createLive({
  feed,
  conversations,
  towns,
  clock,
  alsoTell,
  pollMs = SECOND / 10,
  sweepMs = SECOND,
}: LiveParts): Live {
  const reading = createReading(feed, pollMs);
  const writing = createWriting(feed, clock, ({ town }) => reading.wake(town));
  const underWay = new Set<Promise<void>>();
  const sweeps = createRecurring(sweepMs, sweep);
  let forgetAt = 0;

  async function tellOf(conversation: Conversation): Promise<void> {
    const { town, id, version } = conversation;
    try {
      await alsoTell?.(conversation);
      if (await writing.tell(town, { kind: 'conversation', id, version })) await conversations.told(id, version);
    } catch {
      // Told, and not marked so: told once more.
    }
  }

  function changed(conversation: Conversation): void {
    const work = tellOf(conversation).finally(() => underWay.delete(work));
    underWay.add(work);
  }

  async function sweep(): Promise<void> {
    try {
      const now = clock().getTime();
      for (const conversation of await conversations.untold(now - OVERDUE, AT_ONCE)) changed(conversation);
      if (now >= forgetAt) {
        forgetAt = now + FORGET_EVERY;
        const before = new Date(now - KEPT_FOR).toISOString();
        for (const town of towns) while (await feed.forget(town, before, FORGOTTEN_AT_ONCE));
      }
    } catch {
      // The store is away; what is untold stays so.
    }
  }

  return {
    tell: writing.tell,
    changed,
    last: (town) => feed.last(town),
    async after(town, seq, limit) {
      const entries = await feed.after(town, seq, limit);
      return entries[0] && entries[0].seq !== seq + 1 ? null : entries;
    },
    follow: reading.follow,
    start: () => sweeps.start(0),
    async stop() {
      void sweeps.stop();
      reading.stop();
      await Promise.all(underWay);
      await writing.settled();
    },
  };
}
