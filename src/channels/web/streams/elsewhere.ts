/**
 * Finds what other processes wrote in the conversations somebody is watching here: one question to the store for all of
 * them, however many there are, since every line comes with a change of its conversation.
 */
import type { Feed } from '../parts';

const SECOND = 1000;
/** A change is dated when it is decided, and can be found when it is written: within a lease, and some time for clocks that differ. */
const WRITTEN_WITHIN = 10 * SECOND;
/** A line may be written long after its conversation, where a process died in between: it is looked for in so many sweeps. */
const LOOKED_FOR = 60;
const PAGE = 200;

export interface Elsewhere {
  /** The conversations in which there may be lines that are not sent yet. */
  sweep(): Promise<string[]>;
}

/** @param isBehind whether a conversation is watched by somebody who has fewer lines than this. */
export function createElsewhere(
  feed: Pick<Feed, 'changedSince'>,
  clock: () => Date,
  isBehind: (conversation: string, lines: number) => boolean,
): Elsewhere {
  const wanted = new Map<string, { lines: number; sweeps: number }>();
  let sweptAt = clock().getTime();

  async function look(): Promise<void> {
    const now = clock().getTime();
    let from = new Date(sweptAt - WRITTEN_WITHIN).toISOString();
    for (;;) {
      const changed = await feed.changedSince(from, PAGE);
      for (const { id, lines } of changed)
        if (isBehind(id, lines) && wanted.get(id)?.lines !== lines) wanted.set(id, { lines, sweeps: LOOKED_FOR });
      const last = changed.at(-1)?.updatedAt;
      if (changed.length < PAGE || !last || last === from) break;
      from = last;
    }
    // What could not be asked now is asked with the next sweep.
    sweptAt = now;
  }

  return {
    async sweep() {
      await look();
      for (const [id, one] of wanted) {
        one.sweeps -= 1;
        // Notes are lines too, which no citizen is sent.
        if (one.sweeps < 0 || !isBehind(id, one.lines)) wanted.delete(id);
      }
      return [...wanted.keys()];
    },
  };
}
