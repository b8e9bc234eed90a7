/**
 * The one message shape, from webhook to transcript: a Bot Framework Activity
 * (protocols.md 2.4). Channels translate their wire format to and from it; nothing
 * after a channel knows what a Twilio form or a WebSocket frame looks like.
 */

/** Something a citizen or the town can attach. Bytes live in the file store; `contentUrl` names them. */
export interface Attachment {
  contentType: string;
  contentUrl?: string;
  content?: unknown;
  name?: string;
  /** Bytes, where known. */
  size?: number;
}

/**
 * A choice offered as a button where the channel has buttons, as a numbered line elsewhere. `call` (value `tel:112`) is a number
 * to dial: it is none of the answers, and the text says it too.
 */
export interface CardAction {
  type: 'imBack' | 'postBack' | 'openUrl' | 'call';
  title: string;
  value: string;
}

/** A position a citizen shared, as a Bot Framework `GeoCoordinates`/`Place` entity. Accuracy in metres. */
export interface PlaceEntity {
  type: 'Place';
  geo: { type: 'GeoCoordinates'; latitude: number; longitude: number; accuracy?: number };
  name?: string;
  address?: string;
}

export interface OtherEntity {
  type: string;
  [field: string]: unknown;
}

export interface Activity {
  type: 'message' | 'event' | 'typing' | 'conversationUpdate' | 'endOfConversation';
  id?: string;
  /** ISO 8601, UTC, with Z (A2043). */
  timestamp?: string;
  channelId?: string;
  conversation?: { id: string };
  from?: { id: string; name?: string; role?: 'user' | 'bot' | 'agent' };
  recipient?: { id: string; name?: string };
  replyToId?: string;
  /** BCP-47. Never rejected when unknown (A3021). */
  locale?: string;
  text?: string;
  textFormat?: 'plain' | 'markdown';
  attachments?: Attachment[];
  suggestedActions?: { to?: string[]; actions: CardAction[] };
  /** `high`: somebody may be in danger; shown so that it cannot be overlooked. */
  importance?: 'low' | 'normal' | 'high';
  inputHint?: 'acceptingInput' | 'expectingInput' | 'ignoringInput';
  entities?: Array<PlaceEntity | OtherEntity>;
  name?: string;
  value?: unknown;
  channelData?: Record<string, unknown>;
}

/** Whether it is what a citizen wrote: a line of the conversation, heard by the bot as words. */
export function isCitizenLine({ type, from }: Activity): boolean {
  return type === 'message' && from?.role !== 'agent';
}

/** The position pinned in a message, if there is one. */
export function pinOf(activity: Activity): PlaceEntity | undefined {
  return activity.entities?.find((entity): entity is PlaceEntity => entity.type === 'Place' && 'geo' in entity);
}

/** Whether a person of the town hall says it. */
export function isByPerson({ channelData }: Activity): boolean {
  return (channelData?.author as { kind?: string } | undefined)?.kind === 'agent';
}
