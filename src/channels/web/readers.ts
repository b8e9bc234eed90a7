/** Who reads a conversation by asking for what was said since: clients without a stream ask every few seconds. */
import { createRecent } from '../../recent';

const MINUTE = 60_000;
/** More conversations than this are not remembered: the longest silent are forgotten first. */
const MOST = 10_000;

export interface Readers {
  read(conversation: string): void;
  /** Whether somebody asked within the last minute. */
  isReading(conversation: string): boolean;
}

export function createReaders(clock: () => Date): Readers {
  const readAt = createRecent<number>(MOST);
  return {
    read(conversation) {
      readAt.set(conversation, clock().getTime());
    },
    isReading: (conversation) => clock().getTime() - (readAt.get(conversation) ?? 0) < MINUTE,
  };
}
