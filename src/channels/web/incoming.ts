/**
 * What a citizen's client may say: the one place where an activity from outside is read.
 * Only the fields named here go on; who it is from, where it should be answered and what is
 * attached are for the token and the upload to say (protocols.md 2.4, A2302).
 */
import { z } from 'zod';
import { type Refusal, refuse } from '../../domain/http/refusal';
import { unfitNameIn } from '../../domain/http/untrusted-json';
import type { Activity, PlaceEntity } from '../../domain/message/activity';

export interface Incoming {
  /** Null for a kind of activity that is accepted and then ignored (A2014). */
  activity: Pick<
    Activity,
    'type' | 'text' | 'textFormat' | 'locale' | 'name' | 'value' | 'entities' | 'channelData' | 'replyToId'
  > | null;
  /** The client's own id for this sending; the same one when it sends again. */
  clientId?: string;
  /** As the client put it; believed only from a server. */
  from?: string;
}

const HEARD = new Set(['message', 'event', 'endOfConversation']);
const MAX_DEPTH = 8;
/** Bytes of JSON that each field without words of its own may have: it is kept, and comes back with every reading. */
const MAX_FIELD_BYTES = 4 * 1024;
const FREE_FIELDS = ['value', 'channelData', 'entities', 'attachments'] as const;

const place = z.object({
  type: z.literal('Place'),
  geo: z.object({
    type: z.literal('GeoCoordinates').default('GeoCoordinates'),
    latitude: z.number().min(-90).max(90),
    longitude: z.number().min(-180).max(180),
    accuracy: z.number().nonnegative().optional(),
  }),
  name: z.string().max(200).optional(),
  address: z.string().max(300).optional(),
});

/** What of `channelData` comes back to the client with its own message; WebChat needs all of these. */
const channelData = z.object({
  clientActivityID: z.string().min(1).max(200).optional(),
  clientTimestamp: z.string().max(40).optional(),
  postBack: z.boolean().optional(),
  messageBack: z.object({ displayText: z.string().max(1000).optional() }).optional(),
  attachmentSizes: z.array(z.number()).max(20).optional(),
});

const shape = z.object({
  type: z.string().min(1).max(100),
  text: z.string().optional(),
  textFormat: z.enum(['plain', 'markdown']).optional().catch(undefined),
  locale: z.string().max(35).optional().catch(undefined),
  name: z.string().max(200).optional(),
  value: z.unknown().optional(),
  from: z
    .object({ id: z.string().max(200).optional() })
    .optional()
    .catch(undefined),
  replyToId: z.string().max(300).optional().catch(undefined),
  entities: z.array(z.unknown()).max(50).optional(),
  channelData: channelData.optional(),
  attachments: z.array(z.unknown()).optional(),
});

export interface Reading {
  /** Characters a message may have. */
  maxText: number;
  /** Whether files come with it: their descriptions in the activity are ignored, and it may then be without words. */
  hasFiles: boolean;
}

export function readIncoming(body: unknown, { maxText, hasFiles }: Reading): Incoming | Refusal {
  const large = FREE_FIELDS.find((field) => isLarge((body as Record<string, unknown> | null)?.[field]));
  if (large)
    return refuse(400, 'BadActivity', `The activity cannot be read: ${large}: more than ${MAX_FIELD_BYTES} bytes of JSON.`);
  const read = shape.safeParse(withoutNulls(withoutNul(body, 0)));
  if (!read.success) {
    const issue = read.error.issues[0]!;
    return refuse(400, 'BadActivity', `The activity cannot be read: ${issue.path.join('.') || 'body'}: ${issue.message}.`);
  }
  const { type, text, textFormat, locale, name, value, from, replyToId, entities, attachments } = read.data;
  const sent = { clientId: read.data.channelData?.clientActivityID, from: from?.id };
  if (!HEARD.has(type)) return { ...sent, activity: null };
  if (text !== undefined && text.length > maxText) {
    return refuse(400, 'MessageTooLong', `A message may have ${maxText} characters; this one has ${text.length}.`);
  }
  if (attachments?.length && !hasFiles) {
    return refuse(400, 'AttachmentsNotUploaded', "Send files through the conversation's /upload address.");
  }
  if (type === 'event' && !name) return refuse(400, 'BadActivity', 'An event must have a name.');
  const fault = value === undefined ? null : faultOf(value);
  if (fault) return refuse(400, 'BadActivity', `The activity cannot be read: value: ${fault}.`);
  const places = readPlaces(entities ?? []);
  if (!places)
    return refuse(400, 'BadActivity', 'A Place needs geo with a latitude of -90 to 90 and a longitude of -180 to 180.');
  if (type === 'message' && !text?.trim() && !hasFiles && value === undefined && places.length === 0) {
    return refuse(400, 'EmptyMessage', 'The message has no text, no value, no place and no file.');
  }
  return {
    ...sent,
    activity: {
      type: type as Activity['type'],
      ...(text ? { text, textFormat: textFormat ?? 'plain' } : {}),
      ...(locale ? { locale } : {}),
      ...(name ? { name } : {}),
      ...(value === undefined ? {} : { value }),
      ...(replyToId ? { replyToId } : {}),
      ...(places.length ? { entities: places } : {}),
      ...(read.data.channelData ? { channelData: read.data.channelData } : {}),
    },
  };
}

/** Entities of other kinds are for nobody here (A2104); null when a place makes no sense. */
function readPlaces(entities: unknown[]): PlaceEntity[] | null {
  const claimed = entities.filter((entity) => (entity as { type?: unknown } | null)?.type === 'Place');
  const read = claimed.map((entity) => place.safeParse(entity));
  return read.every((one) => one.success) ? read.map((one) => one.data!) : null;
}

function isLarge(field: unknown): boolean {
  return typeof field === 'string'
    ? Buffer.byteLength(field) > MAX_FIELD_BYTES
    : typeof field === 'object' && field !== null && Buffer.byteLength(JSON.stringify(field)) > MAX_FIELD_BYTES;
}

/** A value is kept as it is, so what a database could take for an instruction is not let in. */
function faultOf(value: unknown): string | null {
  if (isDeeper(value, MAX_DEPTH)) return `nested deeper than ${MAX_DEPTH}`;
  const name = unfitNameIn(value);
  return name === null ? null : `the name "${name.slice(0, 40)}" is not allowed`;
}

function isDeeper(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return depth < 0 || Object.values(value).some((inner) => isDeeper(inner, depth - 1));
}

/** Some clients write out the fields they have no word for. */
function withoutNulls(body: unknown): unknown {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return body;
  const said = Object.entries(body).filter(([, value]) => value !== null);
  return Object.fromEntries(said.map(([key, value]) => [key, key === 'channelData' ? withoutNulls(value) : value]));
}

/** NUL and halves of characters cannot be stored as text everywhere; nobody types them. */
function withoutNul(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return value.replaceAll('\0', '').replace(/\p{Surrogate}/gu, '\u{FFFD}');
  if (typeof value !== 'object' || value === null || depth > MAX_DEPTH + 2) return value;
  if (Array.isArray(value)) return value.map((inner) => withoutNul(inner, depth + 1));
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutNul(inner, depth + 1)]));
}
