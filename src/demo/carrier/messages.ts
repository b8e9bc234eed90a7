/**
 * What the carrier keeps: messages in and out, pictures, stored contents. In memory, newest
 * last, and only so many of them: a demo may run for weeks.
 */
import { randomBytes } from 'node:crypto';
import { sizeOf } from '../../domain/message/sms-encoding';

export type Status =
  | 'accepted'
  | 'queued'
  | 'sending'
  | 'sent'
  | 'failed'
  | 'delivered'
  | 'undelivered'
  | 'received'
  | 'read'
  | 'canceled';

export interface Media {
  sid: string;
  contentType: string;
  bytes: Buffer;
  createdAt: Date;
}

export interface Approval {
  name: string;
  category: string;
  status: 'received' | 'pending' | 'approved' | 'rejected' | 'paused' | 'disabled';
  rejectionReason: string;
}

/** A stored content, as the Content API keeps it. */
export interface StoredContent {
  sid: string;
  friendlyName: string;
  language: string;
  /** Example values, by the variable's name. */
  variables: Record<string, string>;
  types: Record<string, Record<string, unknown>>;
  /** What was asked of WhatsApp, and what it said. */
  approval: Approval | null;
  createdAt: Date;
}

export interface Choices {
  buttons?: Array<{ title: string; id: string }>;
  list?: { button: string; items: Array<{ item: string; id: string; description?: string }> };
}

export interface Message extends Choices {
  sid: string;
  direction: 'inbound' | 'outbound-api' | 'outbound-reply';
  from: string;
  to: string;
  body: string;
  status: Status;
  errorCode: number | null;
  serviceSid: string | null;
  statusCallback: string | null;
  media: Media[];
  /** What the phone that sent it shows: it keeps its pictures, whatever the town deletes here. */
  pictures?: string[];
  /** Addresses the API was given; the phone shows them. */
  mediaUrls: string[];
  createdAt: Date;
  sentAt: Date | null;
}

const MOST_KEPT = 50_000;

export function newSid(prefix: string): string {
  return prefix + randomBytes(16).toString('hex');
}

export function createMessages() {
  const bySid = new Map<string, Message>();
  return {
    add(message: Message): Message {
      bySid.set(message.sid, message);
      if (bySid.size > MOST_KEPT) bySid.delete(bySid.keys().next().value!);
      return message;
    },
    get: (sid: string) => bySid.get(sid) ?? null,
    remove: (sid: string) => bySid.delete(sid),
    /** Newest first. */
    newest: () => [...bySid.values()].reverse(),
  };
}

export type Messages = ReturnType<typeof createMessages>;

const rfc2822 = (date: Date) => date.toUTCString().replace('GMT', '+0000');

/** A message as the API shows it: numbers are text there, except the error code. */
export function presentMessage(message: Message, accountSid: string): Record<string, unknown> {
  const uri = `/2010-04-01/Accounts/${accountSid}/Messages/${message.sid}.json`;
  return {
    account_sid: accountSid,
    api_version: '2010-04-01',
    body: message.body,
    date_created: rfc2822(message.createdAt),
    date_sent: message.sentAt && rfc2822(message.sentAt),
    date_updated: rfc2822(message.sentAt ?? message.createdAt),
    direction: message.direction,
    error_code: message.errorCode,
    error_message: message.errorCode ? `Error ${message.errorCode}` : null,
    from: message.from,
    messaging_service_sid: message.serviceSid,
    num_media: String(message.media.length + message.mediaUrls.length),
    num_segments: String(isWhatsApp(message.to) || isWhatsApp(message.from) ? 1 : sizeOf(message.body).segments),
    price: null,
    price_unit: null,
    sid: message.sid,
    status: message.status,
    subresource_uris: { media: uri.replace('.json', '/Media.json') },
    to: message.to,
    uri,
  };
}

export function presentMedia(media: Media, message: Message, accountSid: string): Record<string, unknown> {
  return {
    account_sid: accountSid,
    content_type: media.contentType,
    date_created: rfc2822(media.createdAt),
    date_updated: rfc2822(media.createdAt),
    parent_sid: message.sid,
    sid: media.sid,
    uri: `/2010-04-01/Accounts/${accountSid}/Messages/${message.sid}/Media/${media.sid}.json`,
  };
}

export function isWhatsApp(address: string): boolean {
  return address.startsWith('whatsapp:');
}
