/**
 * Conversations in which a request was begun and left: when the moment that the bot set has come, the bot is told so
 * through the inbox. The moment stands with the conversation, in the same write as the turn that set it, so it
 * costs nothing and survives any crash.
 */
import type { Receive } from '../../domain/message/letter';
import { reminderOf } from '../../domain/reminder';
import type { MailroomParts } from '../parts';

export function createReminders({ conversations, clock }: Pick<MailroomParts, 'conversations' | 'clock'>, receive: Receive) {
  return {
    async sweep(): Promise<void> {
      for (const conversation of await conversations.toRemind(clock().getTime(), 50)) await receive(reminderOf(conversation));
    },
  };
}
