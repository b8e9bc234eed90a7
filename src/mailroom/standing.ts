/**
 * What a telephone channel asks of a conversation before it writes: since when WhatsApp's 24 hours run, and whether the
 * bot answers at once, so that nobody who waits for a person is shown that somebody writes.
 */
import type { MailroomParts } from './parts';

export function createStanding({ conversations }: Pick<MailroomParts, 'conversations'>) {
  return {
    /** When the citizen last wrote. */
    async heardAt(id: string): Promise<Date | undefined> {
      const touched = (await conversations.find(id))?.conversation.memory.touchedAt;
      return touched ? new Date(touched) : undefined;
    },
    /** A conversation that is not there yet is the bot's. */
    async isAnswering(id: string): Promise<boolean> {
      const found = await conversations.find(id);
      return !found || found.conversation.holder === 'bot';
    },
  };
}
