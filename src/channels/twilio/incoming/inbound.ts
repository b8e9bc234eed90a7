/**
 * What a citizen's phone sent, as an activity: words, pictures still to be fetched, a pin, a
 * tapped button. Twilio adds parameters without notice, so unknown ones are simply not read
 * (protocols.md 1.1).
 */
import { z } from 'zod';
import type { Activity, Attachment, PlaceEntity } from '../../../domain/message/activity';
import type { Town } from '../../../domain/town';
import type { Received } from '../../channel';
import { channelOf, conversationOf, townWrittenTo } from '../senders';
import type { Form } from './signature';

const MOST_MEDIA = 10;
/** As on the web: no telephone sends more, and nobody would read it. */
const MOST_TEXT = 10_000;
const MOST_PAYLOAD = 4096;
const MOST_ADDRESS = 2000;

/** Some senders put NUL bytes in text; no store and no screen wants them. */
const words = z.string().transform((text) => text.slice(0, MOST_TEXT).replaceAll('\0', ''));
const degrees = (most: number) =>
  z.string().trim().min(1).transform(Number).pipe(z.number().min(-most).max(most)).optional().catch(undefined);

const Inbound = z.object({
  MessageSid: z.string().regex(/^(SM|MM)[0-9a-fA-F]{32}$/),
  From: z.string().min(1).max(200),
  To: z.string().min(1).max(200),
  MessagingServiceSid: z.string().optional().catch(undefined),
  Body: words.default(''),
  NumMedia: z.coerce.number().int().min(0).catch(0),
  Latitude: degrees(90),
  Longitude: degrees(180),
  Label: words.optional().catch(undefined),
  Address: words.optional().catch(undefined),
  ButtonPayload: words.optional().catch(undefined),
  ButtonText: words.optional().catch(undefined),
  ListId: words.optional().catch(undefined),
  ListTitle: words.optional().catch(undefined),
  OptOutType: z
    .string()
    .transform((type) => type.toLowerCase())
    .pipe(z.enum(['stop', 'start', 'help']))
    .optional()
    .catch(undefined),
  ProfileName: words.optional().catch(undefined),
  ExternalUserId: z.string().max(200).optional().catch(undefined),
  OriginalRepliedMessageSid: z.string().max(64).optional().catch(undefined),
});
type Inbound = z.infer<typeof Inbound>;

/** What the channel knows beside the activity; the mailroom and the bot may look at it. */
export interface PhoneData {
  /** Attachments whose `contentUrl` is still Twilio's: see `fetchMedia`. */
  mediaPending?: true;
  /** The citizen opted out, in or asked for help, and Twilio has already answered: record it, say nothing. */
  optOut?: 'stop' | 'start' | 'help';
  /** The business-scoped id that stays when a number is withheld. */
  externalUserId?: string;
  /** Sid of the message of ours that is replied to. */
  repliedTo?: string;
}

export type Reading = { message: Received } | { refused: 'malformed' | 'no-town'; fields?: string[] };

export function readInbound(form: Form, towns: Town[], accountSid: string, now: Date): Reading {
  const read = Inbound.safeParse(form);
  if (!read.success) return { refused: 'malformed', fields: read.error.issues.map(({ path }) => path.join('.')) };
  const inbound = read.data;
  const town = townWrittenTo(towns, inbound.To, inbound.MessagingServiceSid);
  if (!town) return { refused: 'no-town' };
  const channel = channelOf(inbound.To);
  const conversation = conversationOf(town, channel, inbound.From, accountSid);
  const attachments = mediaOf(inbound, form);
  const place = placeOf(inbound);
  const payload = inbound.ButtonPayload || inbound.ListId;
  const text = inbound.Body || inbound.ButtonText || inbound.ListTitle;
  const data: PhoneData = {
    ...(attachments.length ? { mediaPending: true } : {}),
    ...(inbound.OptOutType ? { optOut: inbound.OptOutType } : {}),
    ...(inbound.ExternalUserId ? { externalUserId: inbound.ExternalUserId } : {}),
    ...(inbound.OriginalRepliedMessageSid ? { repliedTo: inbound.OriginalRepliedMessageSid } : {}),
  };
  const name = inbound.ProfileName?.slice(0, 100);
  const activity: Activity = {
    type: 'message',
    id: inbound.MessageSid,
    timestamp: now.toISOString(),
    channelId: channel,
    conversation: { id: conversation },
    from: { id: inbound.From, role: 'user', ...(name ? { name } : {}) },
    recipient: { id: inbound.To },
    textFormat: 'plain',
    ...(text ? { text } : {}),
    ...(payload ? { value: payload.slice(0, MOST_PAYLOAD) } : {}),
    ...(attachments.length ? { attachments } : {}),
    ...(place ? { entities: [place] } : {}),
    ...(Object.keys(data).length ? { channelData: { ...data } } : {}),
  };
  return {
    message: { id: `${channel}:${inbound.MessageSid}`, town: town.id, channel, conversation, address: inbound.From, activity },
  };
}

function mediaOf(inbound: Inbound, form: Form): Attachment[] {
  const count = Math.min(inbound.NumMedia, MOST_MEDIA);
  return Array.from({ length: count }, (_, index) => ({
    url: form[`MediaUrl${index}`],
    type: form[`MediaContentType${index}`],
  })).flatMap(({ url, type }) =>
    typeof url === 'string' && url.length <= MOST_ADDRESS
      ? [
          {
            contentType: typeof type === 'string' && type ? type.slice(0, 100).toLowerCase() : 'application/octet-stream',
            contentUrl: url,
          },
        ]
      : [],
  );
}

function placeOf({ Latitude, Longitude, Label, Address }: Inbound): PlaceEntity | null {
  if (Latitude === undefined || Longitude === undefined) return null;
  return {
    type: 'Place',
    geo: { type: 'GeoCoordinates', latitude: Latitude, longitude: Longitude },
    ...(Label ? { name: Label.slice(0, 200) } : {}),
    ...(Address ? { address: Address.slice(0, 300) } : {}),
  };
}
