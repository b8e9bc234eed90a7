/** Who reads a conversation by asking for what was said since: clients without a stream ask every few seconds. */

const MINUTE = 60_000;
/** More conversations than this are not remembered: the longest silent are forgotten first. */
const MOST = 10_000;

export interface Readers {
  read(conversation: string): void;
  /** Whether somebody asked within the last minute. */
  isReading(conversation: string): boolean;
}

export function createReaders(clock: () => Date): Readers {
  const readAt = new Map<string, number>();
  return {
    read(conversation) {
      readAt.delete(conversation);
      readAt.set(conversation, clock().getTime());
      const [oldest] = readAt.keys();
      if (readAt.size > MOST && oldest !== undefined) readAt.delete(oldest);
    },
    isReading: (conversation) => clock().getTime() - (readAt.get(conversation) ?? 0) < MINUTE,
  };
}
