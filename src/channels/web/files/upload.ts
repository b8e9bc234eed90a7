/**
 * A citizen's photos and documents, with the message they come with. All of them are
 * inspected before any is kept, so that a message arrives whole or not at all.
 */

import { isRefusal, type Refusal, refuse } from '../../../domain/http/refusal';
import type { Attachment } from '../../../domain/message/activity';
import { fileAddress } from '../../../domain/message/file';
import type { Exchange } from '../../channel';
import { inspectMedia, MAX_MEDIA_BYTES, megapixelsOf, type RefusedMedia } from '../../media';
import type { Access, Citizen } from '../access';
import { type Allowance, addressOf } from '../allowance';
import type { Answer } from '../answer';
import type { Call } from '../call';
import { readIncoming } from '../incoming';
import type { Intake } from '../intake';
import type { Limits, WebParts } from '../parts';
import { createReceiving, type SentFile } from './receiving';

const REASONS: Record<RefusedMedia, [status: number, code: string, message: string]> = {
  empty: [400, 'FileEmpty', 'is empty'],
  'too-large': [413, 'FileTooLarge', `is larger than ${MAX_MEDIA_BYTES / 1024 / 1024} MB`],
  heic: [415, 'FileHeic', 'is a HEIC photo, which cannot be read here: send it as JPEG'],
  'not-allowed': [415, 'FileNotAllowed', 'is not a JPEG, PNG, WebP or GIF picture or a PDF document'],
  'too-many-pixels': [413, 'FileTooManyPixels', 'has too many pixels'],
  damaged: [400, 'FileDamaged', 'is damaged'],
};

interface Inside {
  parts: Pick<WebParts, 'files' | 'clientIp' | 'fault'>;
  access: Access;
  allowance: Allowance;
  intake: Intake;
  limits: Limits;
}

interface Inspected {
  bytes: Buffer;
  contentType: string;
  name: string;
}

export function uploadCalls({ parts, access, allowance, intake, limits }: Inside): Call[] {
  const receiving = createReceiving(limits);

  async function upload(exchange: Exchange): Promise<Answer> {
    const who = access.member(exchange);
    if (isRefusal(who)) return who;
    const address = addressOf(exchange.request, parts.clientIp);
    const spent = await allowance.message(who.conv, address);
    if (spent) return spent;
    return receiving.receive(exchange.request, address, (sent) => (isRefusal(sent) ? sent : keep(who, address, sent)));
  }

  async function keep(
    who: Citizen,
    address: string,
    { activity, files }: { activity: unknown; files: SentFile[] },
  ): Promise<Answer> {
    const incoming = readIncoming(activity ?? { type: 'message' }, { maxText: limits.text, hasFiles: files.length > 0 });
    if (isRefusal(incoming)) return incoming;
    const id = intake.idOf(who, incoming);
    if (!incoming.activity || files.length === 0) return intake.message(who, id, incoming);
    const spent = await allowance.files(who.conv, files.length);
    if (spent) return spent;
    const inspected = await inspect(files, address);
    if (isRefusal(inspected)) return inspected;
    const attachments = await store(who, id, inspected);
    return isRefusal(attachments) ? attachments : intake.message(who, id, incoming, attachments);
  }

  /** Under keys made from the message's id: the same message sent again finds its files kept. */
  async function store(
    { town, conv: conversation }: Citizen,
    id: string,
    inspected: Inspected[],
  ): Promise<Attachment[] | Refusal> {
    const attachments: Attachment[] = [];
    try {
      for (const [index, { bytes, contentType, name }] of inspected.entries()) {
        const file = await parts.files.put(bytes, { town, conversation, contentType, name, key: `${id}/${index}` });
        attachments.push({ contentType, contentUrl: fileAddress(file.id), name });
      }
      return attachments;
    } catch (error) {
      parts.fault?.('web: files', error);
      return refuse(503, 'NotWrittenDown', 'Your files could not be kept just now. Send them again.', { retryAfterSeconds: 1 });
    }
  }

  /** One after the other: drawing a photo takes memory and a processor, of which there are few. */
  async function inspect(files: SentFile[], address: string): Promise<Inspected[] | Refusal> {
    const inspected: Inspected[] = [];
    for (const file of files) {
      const spent = await allowance.megapixels(address, await megapixelsOf(file.bytes));
      if (spent) return spent;
      const found = await inspectMedia(file.bytes, address);
      if (found.kind === 'refused') {
        const [status, code, message] = REASONS[found.reason];
        return refuse(status, code, `The file "${cleanName(file.name)}" ${message}.`);
      }
      inspected.push({ ...found, name: `${cleanName(file.name)}.${found.extension}` });
    }
    return inspected;
  }

  return [{ method: 'post', path: '/v3/directline/conversations/:id/upload', body: 'raw', answer: upload }];
}

/** The citizen's own name for it, without folders, control characters or an ending: the content decides the ending. */
function cleanName(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? '';
  const plain = last
    .normalize('NFC')
    .replace(/[\p{C}"<>|:*?]/gu, '')
    .replace(/\.[^.]{0,10}$/, '')
    .trim();
  return Array.from(plain).slice(0, 80).join('') || 'file';
}
