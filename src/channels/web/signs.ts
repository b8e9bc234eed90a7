/**
 * What a citizen's client tells without a word being said: that they type (a `typing` activity of Direct Line), and up to
 * which message they have read (the Bot Framework's read receipt). Neither is a message: they stand in no inbox and no
 * transcript, cost nothing of what citizens may write, and are told to whoever answers at the desk.
 */
import { z } from 'zod';

export type Sign = { kind: 'typing' } | { kind: 'read'; message: string };

/** The name that the Bot Framework gives to read receipts. */
const READ = 'application/vnd.microsoft.readReceipt';

const shape = z.discriminatedUnion('type', [
  z.object({ type: z.literal('typing') }).transform((): Sign => ({ kind: 'typing' })),
  z
    .object({
      type: z.literal('event'),
      name: z.literal(READ),
      value: z.object({ lastReadMessageId: z.string().min(1).max(300) }),
    })
    .transform(({ value }): Sign => ({ kind: 'read', message: value.lastReadMessageId })),
]);

/** The sign that an activity from outside is; null for anything else. */
export function readSign(body: unknown): Sign | null {
  const read = shape.safeParse(body);
  return read.success ? read.data : null;
}
