/**
 * A citizen's picture, brought in from Twilio before the bot hears the message. Our credentials
 * go to Twilio's own host and nowhere else, never along a redirect; what cannot be had becomes a
 * visible note on the message, which is kept (attacks 2 to 4 of protocols.md 6). What is stored
 * here is deleted there: two copies of a citizen's photo are one too many.
 */
import http from 'node:http';
import https from 'node:https';
import { setTimeout as pause } from 'node:timers/promises';
import { backOff } from '../../../domain/back-off';
import type { Activity, Attachment } from '../../../domain/message/activity';
import { type FileMeta, type FileStore, fileAddress } from '../../../domain/message/file';
import type { InspectedMedia, RefusedMedia } from '../../media';
import { lookupOf, type Resolve, vet } from './public-address';

const SECOND = 1000;

export interface MediaLimits {
  bytes: number;
  /** For one file, redirects and retries included. */
  totalMs: number;
  redirects: number;
  retries: number;
}

export const MEDIA_LIMITS: MediaLimits = { bytes: 16 * 1024 * 1024, totalMs: 20 * SECOND, redirects: 3, retries: 2 };

/** Why an attachment is not there (`content.unavailable`); said to the citizen and shown to the agent in their language. */
export type Unavailable = RefusedMedia | 'not-found' | 'no-answer' | 'untrusted-address';

export interface MediaParts {
  accountSid: string;
  authToken: string;
  /** The only origin that is given our credentials. */
  apiOrigin: string;
  resolve: Resolve;
  limits: MediaLimits;
  inspect(bytes: Buffer, caller: string): Promise<InspectedMedia>;
  files: Pick<FileStore, 'put' | 'find'>;
  /** Deletes a file at Twilio; harmless when it is gone. */
  erase(messageSid: string, mediaSid: string): Promise<void>;
  log(event: string, fields: Record<string, unknown>): void;
}

class Refusal extends Error {
  constructor(
    readonly reason: Unavailable,
    readonly mayRetry = false,
  ) {
    super(reason);
  }
}

/** A message whose media still stand at Twilio. */
interface WithMedia {
  id: string;
  town: string;
  conversation: string;
  activity: Activity;
}

/** Brings in every attachment; never throws for a picture that cannot be had, only when our own store fails. */
export async function fetchMedia(message: WithMedia, parts: MediaParts): Promise<Activity> {
  const { mediaPending, ...channelData } = message.activity.channelData ?? {};
  if (!mediaPending) return message.activity;
  const attachments = await Promise.all(
    (message.activity.attachments ?? []).map((one, index) => bring(one, index, message, parts)),
  );
  const { channelData: _, ...activity } = message.activity;
  return { ...activity, attachments, ...(Object.keys(channelData).length ? { channelData } : {}) };
}

async function bring(attachment: Attachment, index: number, message: WithMedia, parts: MediaParts): Promise<Attachment> {
  // The same key whenever the same attachment is brought in again after a crash; by then it may be gone at Twilio.
  const key = `${message.id}/${index}`;
  try {
    const kept = (await parts.files.find({ conversation: message.conversation, key })) ?? (await store());
    await erase(attachment.contentUrl ?? '', message, index, parts);
    return { contentType: kept.contentType, contentUrl: fileAddress(kept.id), name: kept.name, size: kept.size };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    parts.log('media-unavailable', { message: message.id, index, reason: error.reason });
    return { contentType: attachment.contentType, content: { unavailable: error.reason } };
  }

  async function store(): Promise<FileMeta> {
    const bytes = await download(attachment.contentUrl ?? '', parts);
    const inspected = await parts.inspect(bytes, message.conversation);
    if (inspected.kind === 'refused') throw new Refusal(inspected.reason);
    const { town, conversation } = message;
    const name = `${index + 1}.${inspected.extension}`;
    return parts.files.put(inspected.bytes, { town, conversation, contentType: inspected.contentType, name, key });
  }
}

/** Once it is on our disk, and never before. A citizen does not wait for an erasure that fails. */
async function erase(contentUrl: string, message: WithMedia, index: number, parts: MediaParts): Promise<void> {
  const [, messageSid, mediaSid] = /\/Messages\/(\w+)\/Media\/(\w+)$/.exec(contentUrl) ?? [];
  if (!messageSid || !mediaSid) return;
  try {
    await parts.erase(messageSid, mediaSid);
  } catch (error) {
    const { status, code } = error as { status?: unknown; code?: unknown };
    parts.log('media-not-erased', { message: message.id, index, reason: String(status ?? code ?? 'no-answer') });
  }
}

async function download(contentUrl: string, parts: MediaParts): Promise<Buffer> {
  const first = URL.canParse(contentUrl) ? new URL(contentUrl) : null;
  const isTwilios = first?.origin === parts.apiOrigin && !first.username && !first.password;
  if (!isTwilios || !first.pathname.startsWith(`/2010-04-01/Accounts/${parts.accountSid}/`))
    throw new Refusal('untrusted-address');
  const deadline = AbortSignal.timeout(parts.limits.totalMs);
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await follow(first, parts, deadline);
    } catch (error) {
      const refusal = error instanceof Refusal ? error : new Refusal('no-answer', true);
      if (deadline.aborted || !refusal.mayRetry || attempt >= parts.limits.retries) throw refusal;
      await pause(backOff(attempt, SECOND / 2, 5 * SECOND));
    }
  }
}

/** One try: the first hop with our credentials, every further hop without. */
async function follow(first: URL, parts: MediaParts, deadline: AbortSignal): Promise<Buffer> {
  const authorization = `Basic ${Buffer.from(`${parts.accountSid}:${parts.authToken}`).toString('base64')}`;
  let url = first;
  for (let hop = 0; hop <= parts.limits.redirects; hop += 1) {
    const answer = await get(url, hop === 0 ? { authorization } : {}, parts, deadline);
    if ('bytes' in answer) return answer.bytes;
    if (!URL.canParse(answer.location, url.href)) throw new Refusal('untrusted-address');
    url = new URL(answer.location, url);
  }
  throw new Refusal('untrusted-address');
}

async function get(
  url: URL,
  headers: Record<string, string>,
  parts: MediaParts,
  deadline: AbortSignal,
): Promise<{ bytes: Buffer } | { location: string }> {
  // The operator chose the API's own origin (a loopback carrier, say); any other place is a stranger's choice.
  const isConfigured = url.origin === parts.apiOrigin;
  if (!isConfigured && url.protocol !== 'https:') throw new Refusal('untrusted-address');
  let lookup: https.RequestOptions['lookup'];
  if (!isConfigured) {
    const addresses = await vet(url, parts.resolve).catch(() => {
      throw new Refusal('untrusted-address');
    });
    lookup = lookupOf(addresses);
  }
  return new Promise((resolve, reject) => {
    const send = url.protocol === 'https:' ? https.request : http.request;
    const request = send(url, { headers, lookup, signal: deadline, agent: false }, (response) => {
      const status = response.statusCode ?? 0;
      const refuse = (refusal: Refusal) => {
        response.destroy();
        reject(refusal);
      };
      if (status >= 300 && status < 400 && response.headers.location) {
        response.destroy();
        return resolve({ location: response.headers.location });
      }
      // Twilio announces a message a moment before its media can be read: 404 is worth another try.
      if (status === 404 || status === 410) return refuse(new Refusal('not-found', status === 404));
      if (status !== 200) return refuse(new Refusal('no-answer', status >= 500 || status === 429));
      if (Number(response.headers['content-length']) > parts.limits.bytes) return refuse(new Refusal('too-large'));
      const chunks: Buffer[] = [];
      let size = 0;
      response.on('data', (chunk: Buffer) => {
        size += chunk.length;
        chunks.push(chunk);
        if (size > parts.limits.bytes) refuse(new Refusal('too-large'));
      });
      response.on('end', () => resolve({ bytes: Buffer.concat(chunks) }));
      response.on('error', reject);
    });
    request.on('error', reject);
    request.end();
  });
}
