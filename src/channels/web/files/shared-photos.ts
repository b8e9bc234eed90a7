/**
 * Photos of a request that is handed to another authority, each behind a link of its own: it opens that photo and nothing else,
 * for thirty days, or until the photo is erased here. No row is kept of it: what it says is proved by its own signature.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { refuse } from '../../../domain/http/refusal';
import { type FileStore, isPicture } from '../../../domain/message/file';
import type { Exchange, Route } from '../../channel';
import { addressOf, counter } from '../allowance';
import { send } from '../answer';
import { headers } from './downloads';

const HOUR = 3600_000;
/** A link lives this long, and on to the end of the hour. */
const LIFE_HOURS = 30 * 24;
/** 96 bits, 16 characters. */
const SEAL_BYTES = 12;
/** The seal, the hour at which it ends (hours since 1970 in base 36), and the photo. */
const SHAPE = /^([\w-]{16})([0-9a-z]{4})([0-9a-f]{32})$/;
const PER_ADDRESS = { count: 600, seconds: 600 };

export interface SharedPhotosParts {
  /** The one that signs tokens; a key of its own is made from it. */
  secret: string;
  /** Where the outside world reaches this server; '' while that is not known. */
  publicUrl: () => string;
  files: Pick<FileStore, 'look' | 'get'>;
  clock: () => Date;
  clientIp?: (request: IncomingMessage) => string;
}

/** Links to the photos among some files, and until when they open them. */
export interface SharedPhotos {
  links: string[];
  until: Date;
}

export function createSharedPhotos({ secret, publicUrl, files, clock, clientIp }: SharedPhotosParts) {
  // A key of its own: what is signed here can never pass for anything else.
  const key = createHmac('sha256', secret).update('guichet photo for an authority').digest();
  const sealOf = (file: string, end: string) =>
    createHmac('sha256', key).update(`${end}\n${file}`).digest().subarray(0, SEAL_BYTES).toString('base64url');
  const fromAddress = counter(PER_ADDRESS, 'photos from your network');

  /** The photo that a code opens now. A forged code and one of a photo that is gone are answered alike. */
  async function read(code: string) {
    const [, seal = '', end = '', file = ''] = SHAPE.exec(code) ?? [];
    if (file === '' || !timingSafeEqual(Buffer.from(sealOf(file, end)), Buffer.from(seal))) return null;
    if (clock().getTime() >= Number.parseInt(end, 36) * HOUR) return null;
    const meta = await files.look(file);
    return meta && isPicture(meta) ? files.get(file) : null;
  }

  async function handle({ request, response, params }: Exchange): Promise<void> {
    const spent = await fromAddress(addressOf(request, clientIp));
    if (spent) return send(response, spent);
    const photo = await read(params.code ?? '');
    if (!photo) return send(response, refuse(404, 'NotFound', 'This address opens no photo, or not any more.'));
    response.writeHead(200, { ...headers(photo.meta), 'X-Robots-Tag': 'noindex' });
    // A client that goes away half-way is its own business.
    await pipeline(Readable.from(photo.stream), response).catch(() => response.destroy());
  }

  const route: Route = { caller: 'citizen', method: 'get', path: '/f/:code', body: 'none', handle };

  return {
    routes: [route],
    /** @param ids of files, documents among them: those are not shared. */
    async linksTo(ids: readonly string[]): Promise<SharedPhotos> {
      const hours = Math.ceil(clock().getTime() / HOUR) + LIFE_HOURS;
      const end = hours.toString(36);
      const found = await Promise.all(ids.map((id) => files.look(id)));
      const photos = found.flatMap((meta) => (meta && isPicture(meta) && publicUrl() ? [meta.id] : []));
      return { links: photos.map((id) => `${publicUrl()}/f/${sealOf(id, end)}${end}${id}`), until: new Date(hours * HOUR) };
    },
  };
}
