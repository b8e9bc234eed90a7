/**
 * What we ask of Twilio's REST API for one account, by Twilio's own SDK: messages out and what
 * became of them, stored contents, and the erasure of what a citizen wrote or showed.
 */
import { type Account, openSdk, type Sdk } from './sdk';
import type { PhoneChannel } from './senders';
import { calledFor } from './services';

/** A body and where it goes; either `from` or `messagingServiceSid`, either `body`/`mediaUrl` or `contentSid`. */
export interface MessageRequest {
  to: string;
  from?: string;
  messagingServiceSid?: string;
  body?: string;
  mediaUrl?: string[];
  contentSid?: string;
  contentVariables?: string;
  statusCallback: string;
}

/** A message as Twilio knows it. */
export interface KnownMessage {
  sid: string;
  body: string;
  status: string;
  errorCode?: number;
  createdAt: Date;
}

/** A citizen's message that Twilio keeps: all of it that its list tells, which knows no pins and no tapped buttons' ids. */
export interface KeptMessage {
  sid: string;
  from: string;
  to: string;
  service?: string;
  body: string;
  createdAt: Date;
  media: Array<{ url: string; contentType: string }>;
}

/** As it goes over the wire: the SDK posts it untouched. */
export interface ContentRequest {
  friendly_name: string;
  language: string;
  types: Record<string, unknown>;
}

export interface Client {
  /** Where messages and their media are asked for. */
  apiOrigin: string;
  /** Leaves only if `isOurs` says yes at the last moment; else it fails with code 'lease-over'. */
  send(request: MessageRequest, isOurs: () => boolean): Promise<KnownMessage>;
  /** What went to an address lately, newest first. */
  sentTo(address: string, since: Date): Promise<KnownMessage[]>;
  /** What came for a sender between two moments, oldest first, but for those whose sid is known. */
  receivedBy(sender: string, from: Date, to: Date, isKnown: (sid: string) => boolean): Promise<KeptMessage[]>;
  /** Which address of ours or of others is called for what comes to each sender of the account on a channel. */
  calledFor(channel: PhoneChannel): Promise<Map<string, string>>;
  createContent(request: ContentRequest): Promise<string>;
  /** Contents of ours that stand at Twilio: sid by friendly name. */
  contents(prefix: string): Promise<Map<string, string>>;
  removeContent(sid: string): Promise<void>;
  /** Contents that WhatsApp has approved as templates: sid by friendly name. */
  templates(prefix: string): Promise<Map<string, string>>;
  /** A message as it stands now; null when Twilio has none under this sid any more. */
  message(sid: string): Promise<KnownMessage | null>;
  /** Deletes a message, its words and its media. Harmless when it is gone already. */
  erase(sid: string): Promise<void>;
  /** Deletes one file of a message and leaves the message. Harmless when it is gone already. */
  eraseMedia(messageSid: string, mediaSid: string): Promise<void>;
  /** Shows a WhatsApp message of a citizen's as read, and that an answer is being written. */
  showTyping(messageSid: string): Promise<void>;
  close(): void;
}

/** Messages to one citizen that a reconciliation looks through. */
const LISTED = 200;
const CONTENTS_LISTED = 2000;
const LARGEST_PAGE = 1000;
const MOST_MEDIA = 10;
const NOT_FOUND = 404;

export function createClient(account: Account): Client {
  const sdk = openSdk(account);

  async function kept(message: Listed): Promise<KeptMessage> {
    const { sid, from, to, body, messagingServiceSid: service, numMedia, dateSent, dateCreated } = message;
    const media = Number(numMedia) > 0 ? await sdk.twilio.messages(sid).media.list({ limit: MOST_MEDIA }) : [];
    return {
      ...{ sid, from, to, body: body ?? '', createdAt: dateSent ?? dateCreated ?? new Date(0) },
      ...(service ? { service } : {}),
      media: media.map(({ uri, contentType }) => ({ url: `${sdk.apiOrigin}${uri.replace(/\.json$/, '')}`, contentType })),
    };
  }

  return {
    apiOrigin: sdk.apiOrigin,
    async send(request, isOurs) {
      return known(await sdk.whileOurs(isOurs, () => sdk.twilio.messages.create(request)));
    },
    async sentTo(to, since) {
      const listed = await sdk.twilio.messages.list({ to, limit: LISTED, pageSize: LISTED });
      return listed.map(known).filter(({ createdAt }) => createdAt >= since);
    },
    async receivedBy(to, from, until, isKnown) {
      const range = { dateSentAfter: from, dateSentBefore: until };
      const listed = await sdk.twilio.messages.list({ to, ...range, pageSize: LARGEST_PAGE });
      const unknown = listed.filter(({ sid, direction }) => direction === 'inbound' && !isKnown(sid)).reverse();
      return Promise.all(unknown.map(kept));
    },
    calledFor: (channel) => calledFor(sdk.twilio, channel),
    async createContent(request) {
      // The SDK's types name the fields otherwise than the API does.
      const { sid } = await sdk.twilio.content.v1.contents.create(request as never);
      return sid;
    },
    async contents(prefix) {
      const listed = await sdk.twilio.content.v1.contents.list({ limit: CONTENTS_LISTED });
      return new Map(
        listed.filter(({ friendlyName }) => friendlyName.startsWith(prefix)).map(({ friendlyName, sid }) => [friendlyName, sid]),
      );
    },
    async removeContent(sid) {
      await sdk.twilio.content.v1.contents(sid).remove();
    },
    async templates(prefix) {
      const listed = await sdk.twilio.content.v1.contentAndApprovals.list({ limit: CONTENTS_LISTED });
      const approved = listed.filter(
        ({ friendlyName, approvalRequests }) => friendlyName.startsWith(prefix) && isApproved(approvalRequests),
      );
      return new Map(approved.map(({ friendlyName, sid }) => [friendlyName, sid]));
    },
    message: async (sid) => orGone(sdk.twilio.messages(sid).fetch()).then((message) => message && known(message)),
    async erase(sid) {
      await orGone(sdk.twilio.messages(sid).remove());
    },
    async eraseMedia(messageSid, mediaSid) {
      await orGone(sdk.twilio.messages(messageSid).media(mediaSid).remove());
    },
    async showTyping(messageSid) {
      await sdk.twilio.messaging.v2.typingIndicator.create({ channel: 'whatsapp', messageId: messageSid });
    },
    close: sdk.close,
  };
}

type Listed = Awaited<ReturnType<Sdk['twilio']['messages']['list']>>[number];

/** What an answer says, or null where Twilio says that there is no such thing. */
async function orGone<Answer>(asked: Promise<Answer>): Promise<Answer | null> {
  try {
    return await asked;
  } catch (error) {
    if ((error as { status?: unknown }).status === NOT_FOUND) return null;
    throw error;
  }
}

function isApproved(approval: object | null | undefined): boolean {
  return (approval as { status?: unknown } | null | undefined)?.status === 'approved';
}

function known(message: {
  sid: string;
  body: string | null;
  status: string;
  errorCode: number | null;
  dateCreated: Date | null;
}): KnownMessage {
  return {
    sid: message.sid,
    body: message.body ?? '',
    status: message.status,
    ...(message.errorCode ? { errorCode: message.errorCode } : {}),
    createdAt: message.dateCreated ?? new Date(0),
  };
}
