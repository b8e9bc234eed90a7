/**
 * SMS and WhatsApp through Twilio: any phone is a front door. Webhooks are verified, written
 * down and only then answered; replies leave by Twilio's API; receipts say what became of them.
 */
import type { ServerResponse } from 'node:http';
import { refuse, sendRefusal } from '../../domain/http/refusal';
import type { Exchange, Route } from '../../domain/http/route';
import type { Activity } from '../../domain/message/activity';
import type { FileStore } from '../../domain/message/file';
import type { Town } from '../../domain/town';
import type { Channel, Courier, Receive, Received } from '../channel';
import { fragmentPause } from '../fragment-pause';
import type { InspectedMedia } from '../media';
import { createClient } from './client';
import { type PhoneData, readInbound } from './incoming/inbound';
import { fetchMedia, MEDIA_LIMITS, type MediaLimits } from './incoming/media';
import { createMissed } from './incoming/missed';
import { type Resolve, resolveByDns } from './incoming/public-address';
import { isForward, type Receipt, readReceipt, readStanding } from './incoming/receipt';
import { type Form, verify } from './incoming/signature';
import { createContents } from './outgoing/contents';
import { createDelivery, type DeliverParts } from './outgoing/deliver';
import { createDepartures } from './outgoing/departures';
import { createPace } from './outgoing/pace';
import { createTemplates } from './outgoing/templates';
import { createTyping, type TypingParts } from './outgoing/typing';
import { unanswerable } from './reach';
import { channelOf, conversationOf, type PhoneChannel, senderOf, townWrittenTo } from './senders';
import { MESSAGE_PATH } from './services';

export type { PhoneData } from './incoming/inbound';
export type { Receipt } from './incoming/receipt';
export { templateName } from './outgoing/templates';
export { openSdk } from './sdk';

/** For a command that only takes away: deletes messages of an account by their sids. */
export function openEraser(account: Pick<TwilioParts, 'accountSid' | 'authToken' | 'apiUrl'>) {
  const { erase, close } = createClient({ ...account, timeoutMs: 8 * SECOND });
  return { erase, close };
}

const SECOND = 1000;

export interface TwilioParts {
  accountSid: string;
  authToken: string;
  /** Origin used instead of Twilio's hosts: a carrier on loopback, a proxy. */
  apiUrl?: string;
  /** Where Twilio reaches this server, path prefix included; signatures are checked over it. */
  publicUrl: () => string;
  towns: { list(): Town[] };
  receive: Receive;
  /** How long the rest of a thought is waited for: on a phone people write in fragments. */
  pauseMs?: number;
  clock: () => Date;
  log: (event: string, fields: Record<string, unknown>) => void;
  /** Statuses may come in any order: `isForward` says which to apply over which. */
  onReceipt(receipt: Receipt, isForward: (before: string | undefined, next: string) => boolean): Promise<void>;
  /** The operator refused a message because its recipient opted out elsewhere. */
  onConsent?(consent: { id: string; town: string; channel: PhoneChannel; address: string; given: false }): Promise<void>;
  files: Pick<FileStore, 'put' | 'find'>;
  media: (bytes: Buffer, caller: string) => Promise<InspectedMedia>;
  /** Address under which a phone may open a stored file (`/files/…`), or null. Absolute addresses pass as they are. */
  fileLink?: (contentUrl: string, conversation: string) => string | null;
  heardAt?: DeliverParts['heardAt'];
  isTaken?: DeliverParts['isTaken'];
  /** Whether a conversation is answered at once; without it nobody is shown that an answer is being written. */
  isAnswering?: TypingParts['isAnswering'];
  /** Messages a second for one sender. */
  rates?: Partial<Record<PhoneChannel, number>>;
  timeoutMs?: number;
  mediaLimits?: Partial<MediaLimits>;
  resolve?: Resolve;
}

export interface TwilioChannels {
  channels: Channel[];
  routes: Route[];
  /** Whether WhatsApp has approved this template in this language. Throws where Twilio cannot be asked. */
  isApproved(name: string, language: string): Promise<boolean>;
  /** Deletes a message at Twilio by its sid, in or out, with its words and its media. Harmless when it is gone. */
  erase(sid: string): Promise<void>;
  close(): void;
  /** Brings in a message's pictures; called before its turn, and safe to call again after a crash. */
  fetchMedia(message: Received): Promise<Activity>;
}

/** The rates of a number outside the United States and Canada, and of a WhatsApp sender (protocols.md 1.9). */
const USUAL_RATES = { sms: 10, whatsapp: 80 };

export function createTwilio(parts: TwilioParts): TwilioChannels {
  const { accountSid, authToken, apiUrl, towns, clock, log } = parts;
  const client = createClient({ accountSid, authToken, apiUrl, timeoutMs: parts.timeoutMs ?? 8 * SECOND });
  const contents = createContents(client);
  const templates = createTemplates(client, clock);
  const departures = createDepartures();
  const typing = parts.isAnswering && createTyping({ client, isAnswering: parts.isAnswering, log });
  const base = () => parts.publicUrl().replace(/\/+$/, '');
  const missed = createMissed({
    ...{ client, accountSid, takeIn, log },
    towns: () => towns.list(),
    messageUrl: () => base() + MESSAGE_PATH,
  });

  function courier(name: PhoneChannel): Courier {
    const pace = createPace(parts.rates?.[name] ?? USUAL_RATES[name]);
    const delivery = createDelivery({
      channel: name,
      client,
      contents,
      templates,
      departures,
      pace,
      town: (id) => towns.list().find((town) => town.id === id),
      linkTo: (url, conversation) =>
        /^https?:\/\//.test(url) && URL.canParse(url) ? url : (parts.fileLink?.(url, conversation) ?? null),
      statusCallback: (outboxId, piece) => {
        const query = new URLSearchParams({ oid: outboxId, ...(piece === undefined ? {} : { piece: String(piece) }) });
        return `${base()}/hooks/twilio/status?${query}`;
      },
      heardAt: parts.heardAt,
      isTaken: parts.isTaken,
      clock,
      log,
    });
    return {
      lane: name,
      isPaid: true,
      threadWith(townId, address) {
        const town = towns.list().find(({ id }) => id === townId);
        return town && senderOf(town, name)
          ? { channel: name, conversation: conversationOf(town, name, address, accountSid) }
          : null;
      },
      unanswerable(townId, address) {
        const town = towns.list().find(({ id }) => id === townId);
        return town ? unanswerable(address, town) : null;
      },
      ...delivery,
      inquire,
    };
  }

  async function inquire(outboxId: string, providerId: string): Promise<void> {
    const message = await client.message(providerId);
    const receipt = message && readStanding(message, outboxId);
    if (receipt) await parts.onReceipt(receipt, isForward);
  }

  /** The parameters of a webhook that is truly Twilio's; else it is answered here and nothing is read. */
  function trusted({ request, response, rawBody }: Exchange): Form | null {
    const header = request.headers['x-twilio-signature'];
    const signed = { signature: Array.isArray(header) ? header[0] : header, target: request.url ?? '/', rawBody };
    const verdict = verify(signed, { accountSid, authToken, publicUrl: base() });
    if (verdict.isTrusted) return verdict.form;
    log('webhook-refused', { reason: verdict.reason });
    sendRefusal(response, refuse(verdict.status, verdict.reason, REASONS[verdict.reason]));
    return null;
  }

  /** On a phone people write in fragments: the rest of a thought is waited for. */
  function takeIn(message: Received): ReturnType<Receive> {
    const pause = parts.pauseMs === undefined ? {} : { pauseMs: fragmentPause(message.activity, parts.pauseMs) };
    return parts.receive({ ...message, ...pause });
  }

  async function message(exchange: Exchange): Promise<void> {
    const form = trusted(exchange);
    if (!form) return;
    const reading = readInbound(form, towns.list(), accountSid, clock());
    if ('refused' in reading) {
      log('webhook-unreadable', { reason: reading.refused, fields: reading.fields });
      // Not 200: it must show red in Twilio's own log, where the operator sees which number has no town.
      const { refused } = reading;
      return sendRefusal(exchange.response, refuse(refused === 'no-town' ? 404 : 400, refused, REASONS[refused]));
    }
    const { conversation, channel, activity } = reading.message;
    const kept = await written(exchange.response, () => takeIn(reading.message));
    if (kept && activity.id) missed.heard(activity.id);
    const isAnsweredByTwilio = (activity.channelData as PhoneData | undefined)?.optOut !== undefined;
    if (kept === 'new' && channel === 'whatsapp' && activity.id && !isAnsweredByTwilio) typing?.(conversation, activity.id);
  }

  async function status(exchange: Exchange): Promise<void> {
    const form = trusted(exchange);
    if (!form) return;
    const read = readReceipt(form, exchange.query.get('oid'));
    if (!read) {
      log('webhook-unreadable', { reason: 'receipt' });
      return sendRefusal(exchange.response, refuse(400, 'malformed', REASONS.malformed));
    }
    const { receipt, to, from, service } = read;
    // One piece of a long text does not say that the others left.
    const isPiece = exchange.query.has('piece');
    if (receipt.outboxId && receipt.verdict) departures.failed(receipt.outboxId, receipt.providerId);
    else if (receipt.outboxId && !isPiece) departures.left(receipt.outboxId, receipt.providerId);
    await written(exchange.response, async () => {
      const town = to && from && townWrittenTo(towns.list(), from, service);
      if (receipt.errorCode === 21610 && town) {
        const id = `receipt:${receipt.providerId}`;
        await parts.onConsent?.({ id, town: town.id, channel: channelOf(to), address: to, given: false });
      }
      if (!isPiece || receipt.verdict) await parts.onReceipt(receipt, isForward);
    });
  }

  /** 200 means "we have it": anything else, and Twilio's retry or fallback is still ours to use. */
  async function written<Result>(response: ServerResponse, write: () => Promise<Result>): Promise<Result | null> {
    let result: Result;
    try {
      result = await write();
    } catch (error) {
      log('webhook-not-written', { reason: error instanceof Error ? error.name : 'unknown' });
      sendRefusal(response, refuse(503, 'not-written', 'It could not be written down just now', { retryAfterSeconds: 1 }));
      return null;
    }
    response.writeHead(200, { 'Content-Type': 'text/xml' });
    response.end('<?xml version="1.0" encoding="UTF-8"?><Response/>');
    return result;
  }

  const resolve = parts.resolve ?? resolveByDns;
  const limits = { ...MEDIA_LIMITS, ...parts.mediaLimits };
  const bringIn = (received: Received) =>
    fetchMedia(received, {
      ...{ accountSid, authToken, apiOrigin: client.apiOrigin, resolve, limits, log },
      inspect: parts.media,
      files: parts.files,
      erase: client.eraseMedia,
    });
  return {
    channels: (['sms', 'whatsapp'] as const).map((name) => ({
      ...{ name, fetch: bringIn, courier: courier(name) },
      catchUp: (from: Date, to: Date) => missed.catchUp(name, from, to),
    })),
    routes: [
      { caller: 'provider', method: 'post', path: MESSAGE_PATH, body: 'form', handle: message },
      { caller: 'provider', method: 'post', path: '/hooks/twilio/status', body: 'form', handle: status },
    ],
    fetchMedia: bringIn,
    isApproved: async (name, language) => (await templates.sidOf(name, language)) !== undefined,
    erase: client.erase,
    close: () => client.close(),
  };
}

/** What each refusal means, for the operator who finds it in Twilio's own log. */
const REASONS = {
  unsigned: 'There is no signature',
  'bad-signature': 'The signature is not Twilio’s over this address: is PUBLIC_URL what Twilio calls?',
  'no-token': 'TWILIO_AUTH_TOKEN is not set',
  'wrong-account': 'The message is of another account than TWILIO_ACCOUNT_SID',
  'bad-form': 'The body is not a form',
  malformed: 'What a message or a receipt must have is missing',
  'no-town': 'No town has this number among its senders',
};
