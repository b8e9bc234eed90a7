/**
 * On WhatsApp a citizen sees that their message was read and that an answer is being written, as from
 * a person (Twilio's Typing Indicators resource, a public beta: one call does both, and the sign goes
 * away with the answer or after 25 seconds). A courtesy: it waits for nothing, and its failure changes nothing.
 */
import type { Client } from '../client';

/** Beyond this a burst goes without: the calls share their connections with what is sent. */
const MOST_AT_ONCE = 10;

export interface TypingParts {
  client: Pick<Client, 'showTyping'>;
  /** Whether this conversation is answered at once: not while it waits for a person. */
  isAnswering(conversation: string): Promise<boolean>;
  log(event: string, fields: Record<string, unknown>): void;
}

export function createTyping({ client, isAnswering, log }: TypingParts) {
  let underWay = 0;
  let hasFailed = false;

  async function show(conversation: string, messageSid: string): Promise<void> {
    underWay += 1;
    try {
      if (await isAnswering(conversation)) await client.showTyping(messageSid);
    } catch (error) {
      // Said once: with a beta switched off it would be said with every message.
      if (hasFailed) return;
      hasFailed = true;
      const { status, code } = error as { status?: unknown; code?: unknown };
      log('typing-unavailable', { reason: String(status ?? code ?? 'unknown') });
    } finally {
      underWay -= 1;
    }
  }

  return (conversation: string, messageSid: string): void => {
    if (underWay < MOST_AT_ONCE) void show(conversation, messageSid);
  };
}
