/**
 * What citizens wrote while nobody answered here. Twilio hands a message over for fifteen seconds at most (protocols.md 1.3)
 * and keeps it in its list after that, where it is found. Only senders whose messages are handed to this very server are asked
 * about: another installation of the same account has answered the others.
 */
import type { Town } from '../../../domain/town';
import { createRecent } from '../../../recent';
import type { Receive } from '../../channel';
import type { Client, KeptMessage } from '../client';
import type { PhoneChannel } from '../senders';
import { readInbound } from './inbound';
import type { Form } from './signature';

export interface MissedParts {
  client: Pick<Client, 'receivedBy' | 'calledFor'>;
  accountSid: string;
  towns(): Town[];
  takeIn: Receive;
  /** Where Twilio is to hand messages to. */
  messageUrl(): string;
  log(event: string, fields: Record<string, unknown>): void;
}

/** Of messages that were handed over: more than come within the minutes that are asked about again. */
const MOST_HEARD = 20_000;

/** A sender that is handed to us from now on is noticed so late. */
const SENDERS_KEPT_MS = 10 * 60_000;

export function createMissed({ client, accountSid, towns, takeIn, messageUrl, log }: MissedParts) {
  const heard = createRecent<true>(MOST_HEARD);
  const kept = new Map<PhoneChannel, { senders: string[]; askedAt: number }>();

  async function askForOurs(channel: PhoneChannel): Promise<string[]> {
    const called = await client.calledFor(channel);
    const senders = [...called].flatMap(([sender, url]) => (url === messageUrl() ? [sender] : []));
    kept.set(channel, { senders, askedAt: performance.now() });
    return senders;
  }

  return {
    /** A message was handed over and is written down. */
    heard: (sid: string) => void heard.set(sid, true),
    /** Takes in, for each sender oldest first, what was written between two moments and never handed over: how many. */
    async catchUp(channel: PhoneChannel, from: Date, to: Date): Promise<number> {
      const known = kept.get(channel);
      const isKept = known !== undefined && performance.now() - known.askedAt < SENDERS_KEPT_MS;
      const senders = isKept ? known.senders : await askForOurs(channel);
      const found: KeptMessage[] = [];
      for (const sender of senders) found.push(...(await client.receivedBy(sender, from, to, (sid) => heard.has(sid))));
      if (found.length === 0) return 0;
      // Another server may be called by now, and have answered.
      const ours = new Set(isKept ? await askForOurs(channel) : senders);
      let taken = 0;
      for (const message of found.filter((one) => ours.has(one.to))) {
        const reading = readInbound(formOf(message), towns(), accountSid, message.createdAt);
        if ('message' in reading) taken += (await takeIn(reading.message)) === 'new' ? 1 : 0;
        else log('missed-unreadable', { reason: reading.refused, fields: reading.fields });
        heard.set(message.sid, true);
      }
      return taken;
    },
  };
}

/** As its webhook would have said it. */
function formOf({ sid, from, to, service, body, media }: KeptMessage): Form {
  return {
    ...{ MessageSid: sid, From: from, To: to, Body: body, NumMedia: String(media.length) },
    ...(service ? { MessagingServiceSid: service } : {}),
    ...Object.fromEntries(
      media.flatMap(({ url, contentType }, index) => [
        [`MediaUrl${index}`, url],
        [`MediaContentType${index}`, contentType],
      ]),
    ),
  };
}
