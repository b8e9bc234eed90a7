/**
 * What a citizen wrote in Teams or another channel, as an activity the house can trust: only the
 * fields read here go on, and nothing of theirs reaches `channelData`, where the house keeps its own
 * marks. Unknown fields and unknown kinds are no fault (protocols.md 2.4: A2005, A2014).
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Activity, Attachment, PlaceEntity } from '../../domain/message/activity';
import type { Received } from '../channel';
import { addressOf, channelAccount, threadOf } from './reference';
import type { IsAllowed } from './service-urls';

/** As on the web; what is beyond it would be read by nobody. */
const MOST_TEXT = 10_000;
const MOST_VALUE = 4096;
const MOST_ATTACHMENTS = 10;
const MOST_PLACES = 5;

/** NUL and halves of characters cannot be stored as text everywhere; nobody types them. */
const words = z.string().transform((text) => text.replaceAll('\0', '').replace(/\p{Surrogate}/gu, '\u{FFFD}'));
/** A detail that is not worth refusing a citizen's message for. */
const detail = <T extends z.ZodType>(schema: T) => schema.optional().catch(undefined);

const Head = z.object({
  type: z.string().min(1).max(100),
  channelId: z.string().min(1).max(100),
  serviceUrl: z.string().min(1).max(500),
  deliveryMode: detail(z.string()),
});

const Heard = Head.extend({
  id: z.string().min(1).max(1000).nullish(),
  conversation: z.object({ id: channelAccount, isGroup: detail(z.boolean()), conversationType: detail(z.string()) }),
  from: z.object({ id: channelAccount, name: detail(words) }),
  recipient: z.object({ id: channelAccount }),
  text: words.nullish(),
  textFormat: detail(z.string()),
  locale: detail(z.string().max(35)),
  value: z.unknown().optional(),
  membersAdded: z.array(z.object({ id: channelAccount })).nullish(),
  attachments: z.array(z.object({ contentType: z.string().max(200), name: detail(words) })).nullish(),
  entities: detail(z.array(z.unknown()).max(100)),
});
type Heard = z.infer<typeof Heard>;

const Place = z.object({
  type: z.literal('Place'),
  geo: z.object({ latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180) }),
  name: detail(words),
  address: detail(words),
});

export type Reading =
  | { message: Received }
  /** Accepted and put aside: a kind nobody here listens to. */
  | { ignored: string }
  | { refused: { status: 400 | 403 | 501; code: string; message: string; fields?: string[] } };

export interface ReadingParts {
  appId: string;
  town: string;
  isAllowed: IsAllowed;
  now: Date;
}

export function readActivity(body: unknown, { appId, town, isAllowed, now }: ReadingParts): Reading {
  const head = Head.safeParse(body);
  if (!head.success) return malformed(head.error);
  const { type, serviceUrl, channelId, deliveryMode } = head.data;
  if (!isAllowed(serviceUrl)) return refuse(403, 'ServiceUrlNotAllowed', 'This serviceUrl is not one we post answers to');
  // Both wait for what the bot says inside this very answer, and the bot is heard only after it.
  if (type === 'invoke') return refuse(501, 'NotImplemented', 'This bot answers no invoke activities');
  if (deliveryMode === 'expectReplies') {
    return refuse(501, 'NotImplemented', 'Replies are posted to serviceUrl: use deliveryMode "normal"');
  }
  if (type !== 'message' && type !== 'conversationUpdate') return { ignored: 'kind' };

  const read = Heard.safeParse(body);
  if (!read.success) return malformed(read.error);
  const heard = read.data;
  if (isShared(heard.conversation)) return { ignored: 'group' };
  const citizen = type === 'message' ? heard.from.id : arrivalOf(heard);
  if (!citizen || citizen === heard.recipient.id) return { ignored: 'nobody-arrived' };
  if (type === 'message' && !heard.id) return refuse(400, 'BadActivity', 'A message needs an id', ['id']);

  const reference = { serviceUrl, channelId, conversation: heard.conversation.id, bot: heard.recipient.id, user: citizen };
  const thread = threadOf(reference, appId);
  const conversation = `botframework-${thread}`;
  // A Teams id is a time of day: the same one is given in many conversations.
  const id = `botframework:${thread}:${type === 'message' ? suffix(heard.id!) : 'start'}`;
  const activity: Activity = {
    type,
    id,
    timestamp: now.toISOString(),
    channelId: 'botframework',
    conversation: { id: conversation },
    from: { id: citizen, role: 'user', ...(heard.from.name ? { name: heard.from.name.slice(0, 100) } : {}) },
    recipient: { id: heard.recipient.id },
    ...(heard.locale ? { locale: heard.locale } : {}),
    ...(type === 'message' ? saidIn(heard) : {}),
  };
  return { message: { id, town, channel: 'botframework', conversation, address: addressOf(reference), activity } };
}

function saidIn(heard: Heard): Partial<Activity> {
  const text = (heard.textFormat === 'xml' ? withoutTags(heard.text ?? '') : (heard.text ?? '')).slice(0, MOST_TEXT);
  const value = typeof heard.value === 'string' && heard.value ? heard.value.slice(0, MOST_VALUE) : undefined;
  const attachments = notesOf(heard);
  const places = (heard.entities ?? []).flatMap((entity) => placeOf(entity) ?? []).slice(0, MOST_PLACES);
  return {
    textFormat: 'plain',
    ...(text ? { text } : {}),
    ...(value ? { value } : {}),
    ...(attachments.length ? { attachments } : {}),
    ...(places.length ? { entities: places } : {}),
  };
}

/** Answers to one would be read by all: requests and what is said about them are personal. */
function isShared({ isGroup, conversationType }: Heard['conversation']): boolean {
  return isGroup === true || conversationType === 'groupChat' || conversationType === 'channel';
}

/** Who came in. In a personal chat Teams names only the bot as added, and the citizen as the one who added it. */
function arrivalOf({ membersAdded, recipient, from, channelId }: Heard): string | undefined {
  const citizen = membersAdded?.find(({ id }) => id !== recipient.id);
  return citizen?.id ?? (channelId === 'msteams' && membersAdded?.length ? from.id : undefined);
}

/** Files stay where they are in this version; that they were sent is seen by the bot and by the agent. */
function notesOf({ attachments }: Heard): Attachment[] {
  return (
    (attachments ?? [])
      // Teams repeats a formatted text as an attachment.
      .filter(({ contentType }) => contentType !== 'text/html')
      .slice(0, MOST_ATTACHMENTS)
      .map(({ contentType, name }) => ({
        contentType: contentType || 'application/octet-stream',
        ...(name ? { name: name.slice(0, 200) } : {}),
        content: { unavailable: 'not-fetched' },
      }))
  );
}

function placeOf(entity: unknown): PlaceEntity | null {
  const read = Place.safeParse(entity);
  if (!read.success) return null;
  const { geo, name, address } = read.data;
  return {
    type: 'Place',
    geo: { type: 'GeoCoordinates', ...geo },
    ...(name ? { name: name.slice(0, 200) } : {}),
    ...(address ? { address: address.slice(0, 300) } : {}),
  };
}

const ENTITIES: Record<string, string> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };

/** Only for text declared as XML: in plain text a bracket is the citizen's own. */
function withoutTags(xml: string): string {
  const text = xml.replace(/<br[^<>]*>/gi, '\n').replace(/<[^<>]*>/g, '');
  return text.replace(/&(lt|gt|quot|apos|amp);/g, (_, name: string) => ENTITIES[name]!);
}

/** Readable where the channel's id is plain; a digest where it is not, or where it would pass for an id of ours. */
function suffix(id: string): string {
  if (/^[A-Za-z0-9_.:|-]{1,100}$/.test(id) && id !== 'start') return id;
  return createHash('sha256').update(id).digest('hex').slice(0, 32);
}

function malformed(error: z.ZodError): Reading {
  const fields = [...new Set(error.issues.map(({ path }) => path.join('.') || 'body'))];
  return refuse(400, 'BadActivity', `The activity cannot be read: ${fields.join(', ')}`, fields);
}

function refuse(status: 400 | 403 | 501, code: string, message: string, fields?: string[]): Reading {
  return { refused: { status, code, message, ...(fields ? { fields } : {}) } };
}
