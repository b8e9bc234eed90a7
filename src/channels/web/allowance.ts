/**
 * How much one conversation and one network address may ask for, so that one script does not
 * keep a town from answering its citizens. Counted in this process: with several, each
 * counts for itself.
 */
import type { IncomingMessage } from 'node:http';
import { RateLimiterMemory } from 'rate-limiter-flexible';
import { subscriberOf } from '../../domain/http/network-address';
import { type Refusal, refuse } from '../../domain/http/refusal';
import type { Limits, Rate } from './parts';

export type Allowance = ReturnType<typeof createAllowance>;

export function createAllowance(limits: Limits) {
  const conversations = counter(limits.conversations, 'new conversations from your network');
  const messages = counter(limits.messages, 'messages in this conversation');
  const messagesPerAddress = counter(limits.messagesPerAddress, 'messages from your network');
  const signs = counter(limits.signs, 'signs of typing and reading in this conversation');
  const reads = counter(limits.reads, 'reads of this conversation');
  const files = counter(limits.files, 'files in this conversation');
  const megapixels = counter(limits.megapixels, 'large photos from your network');

  return {
    conversation: (address: string) => conversations(address),
    message: async (conversation: string, address: string) =>
      (await messages(conversation)) ?? (await messagesPerAddress(address)),
    sign: (conversation: string) => signs(conversation),
    read: (conversation: string) => reads(conversation),
    files: (conversation: string, count: number) => files(conversation, count),
    megapixels: (address: string, count: number) => megapixels(address, count),
  };
}

/** So much of something for one key; a refusal that says how long to wait once it is spent. */
export function counter({ count, seconds }: Rate, what: string) {
  const limiter = new RateLimiterMemory({ points: count, duration: seconds });
  return async (key: string, points = 1): Promise<Refusal | null> => {
    try {
      await limiter.consume(key, points);
      return null;
    } catch (spent) {
      if (spent instanceof Error) throw spent;
      const wait = Math.max(1, Math.ceil((spent as { msBeforeNext: number }).msBeforeNext / 1000));
      return refuse(429, 'TooManyRequests', `Too many ${what}. Try again in ${wait} seconds.`, { retryAfterSeconds: wait });
    }
  };
}

/** Whose address a request comes from. */
export function addressOf(request: IncomingMessage, clientIp?: (request: IncomingMessage) => string): string {
  return clientIp?.(request) ?? subscriberOf(request.socket.remoteAddress ?? '') ?? '';
}
