/**
 * Which town is written to, and from which sender its replies go. Several towns with several
 * numbers share one installation: the number a citizen wrote to names the town.
 */
import { createHmac } from 'node:crypto';
import type { Town } from '../../domain/town';

export type PhoneChannel = 'sms' | 'whatsapp';

/** A sender in `town.yml` is a number or the sid of a Messaging Service. */
const SERVICE = /^MG[0-9a-fA-F]{32}$/;

export function channelOf(address: string): PhoneChannel {
  return address.startsWith('whatsapp:') ? 'whatsapp' : 'sms';
}

function bare(sender: string | undefined): string | undefined {
  return sender?.replace(/^whatsapp:/, '').replace(/[\s.()-]/g, '');
}

/** The town whose sender took the message: by the number written to, else by the Messaging Service it belongs to. */
export function townWrittenTo(towns: Town[], to: string, service: string | undefined): Town | undefined {
  const channel = channelOf(to);
  const number = bare(to);
  return (
    towns.find(({ senders }) => bare(senders[channel]) === number) ??
    (service ? towns.find(({ senders }) => senders[channel] === service) : undefined)
  );
}

/** How Twilio is told who sends, or null where the town has no sender on this channel. */
export function senderOf(town: Town, channel: PhoneChannel): { from: string } | { messagingServiceSid: string } | null {
  const sender = bare(town.senders[channel]);
  if (!sender) return null;
  if (SERVICE.test(sender)) return { messagingServiceSid: sender };
  return { from: channel === 'whatsapp' ? `whatsapp:${sender}` : sender };
}

/**
 * The thread of one citizen with one sender. Keyed, because a plain hash of a phone number can be
 * undone by trying all numbers, and conversation ids stand in logs; the account's sid outlives its tokens.
 */
export function conversationOf(town: Town, channel: PhoneChannel, address: string, accountSid: string): string {
  const digest = createHmac('sha256', accountSid)
    .update(JSON.stringify([channel, bare(town.senders[channel]), address]))
    .digest('hex');
  return `${channel}-${digest.slice(0, 32)}`;
}
