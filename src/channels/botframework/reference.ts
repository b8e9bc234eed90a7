/**
 * A citizen's address on a Bot Framework channel: all that is needed to write to them unasked, even
 * after a restart, because it stands with the conversation, its requests and its outbox rows. To
 * the rest of the house it is one opaque word. Names and languages stay out of it: they change,
 * and the same citizen must keep the same address.
 */
import { createHmac } from 'node:crypto';
import { z } from 'zod';

const MOST_ID = 500;
export const channelAccount = z.string().min(1).max(MOST_ID);

const Reference = z.object({
  serviceUrl: z.string().min(1).max(MOST_ID),
  channelId: z.string().min(1).max(100),
  conversation: channelAccount,
  bot: channelAccount,
  user: channelAccount,
});
export type Reference = z.infer<typeof Reference>;

/** The same reference always gives the same word. */
export function addressOf({ serviceUrl, channelId, conversation, bot, user }: Reference): string {
  return Buffer.from(JSON.stringify({ serviceUrl, channelId, conversation, bot, user })).toString('base64url');
}

/** Null for an address this channel did not make. */
export function readAddress(address: string): Reference | null {
  try {
    return Reference.parse(JSON.parse(Buffer.from(address, 'base64url').toString('utf8')));
  } catch {
    return null;
  }
}

/** Names a thread in rows and logs without telling whose it is; another bot in the same chat has another thread. */
export function threadOf({ channelId, conversation }: Pick<Reference, 'channelId' | 'conversation'>, appId: string): string {
  return createHmac('sha256', appId)
    .update(JSON.stringify([channelId, conversation]))
    .digest('hex')
    .slice(0, 32);
}
