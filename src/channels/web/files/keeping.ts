/**
 * Photos and documents on their way into a conversation, from either side: what each really is is found out, all of them
 * are kept or none, and of the name only what is harmless stays.
 */
import { isRefusal, type Refusal, refuse } from '../../../domain/http/refusal';
import type { Attachment } from '../../../domain/message/activity';
import { fileAddress } from '../../../domain/message/file';
import { inspectMedia, MAX_MEDIA_BYTES, megapixelsOf, plainNameOf, type RefusedMedia } from '../../media';
import type { Allowance } from '../allowance';
import type { WebParts } from '../parts';
import type { SentFile } from './receiving';

const REASONS: Record<RefusedMedia, [status: number, code: string, message: string]> = {
  empty: [400, 'FileEmpty', 'is empty'],
  'too-large': [413, 'FileTooLarge', `is larger than ${MAX_MEDIA_BYTES / 1024 / 1024} MB`],
  heic: [415, 'FileHeic', 'is a HEIC photo, which cannot be read here: send it as JPEG'],
  'not-allowed': [415, 'FileNotAllowed', 'is not a JPEG, PNG, WebP or GIF picture or a PDF document'],
  'too-many-pixels': [413, 'FileTooManyPixels', 'has too many pixels'],
  damaged: [400, 'FileDamaged', 'is damaged'],
};

interface Inspected {
  bytes: Buffer;
  contentType: string;
  name: string;
}

/** Whose files they are. By the key the same files sent again find themselves kept. */
export interface FileOwner {
  town: string;
  conversation: string;
  key: string;
  /** The network they come from, for limits. */
  address: string;
}

export interface Keeping {
  keep(files: SentFile[], owner: FileOwner): Promise<Attachment[] | Refusal>;
}

export function createKeeping(parts: Pick<WebParts, 'files' | 'fault'>, allowance: Allowance): Keeping {
  async function store({ town, conversation, key }: FileOwner, inspected: Inspected[]): Promise<Attachment[] | Refusal> {
    const attachments: Attachment[] = [];
    try {
      for (const [index, { bytes, contentType, name }] of inspected.entries()) {
        const file = await parts.files.put(bytes, { town, conversation, contentType, name, key: `${key}/${index}` });
        attachments.push({ contentType, contentUrl: fileAddress(file.id), name, size: file.size });
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
        return refuse(status, code, `The file "${plainNameOf(file.name)}" ${message}.`);
      }
      inspected.push({ ...found, name: `${plainNameOf(file.name)}.${found.extension}` });
    }
    return inspected;
  }

  return {
    async keep(files, owner) {
      const inspected = await inspect(files, owner.address);
      return isRefusal(inspected) ? inspected : store(owner, inspected);
    },
  };
}
