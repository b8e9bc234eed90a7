/**
 * A citizen who reported by text message can add a photo from the phone's browser, by the link that the
 * confirmation ends with. The link opens the sending of photos for one request, for a day, and nothing else:
 * neither what was written nor what was sent is shown. A photo goes in by the inbox, like everything.
 */
import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isRefusal } from '../../../domain/http/refusal';
import type { FileMeta, FileStore } from '../../../domain/message/file';
import { photoRefusal, photoSentId, photoSentOf } from '../../../domain/message/photo';
import type { Ticket } from '../../../domain/ticket/ticket';
import type { Towns } from '../../../domain/town';
import type { Exchange, Receive, Received } from '../../channel';
import { inspectMedia, megapixelsOf } from '../../media';
import { addressOf, counter } from '../allowance';
import { createReceiving } from '../files/receiving';
import { linkRoute } from '../pages/behind-link';
import { sendPage } from '../pages/page';
import { USUAL_LIMITS } from '../parts';
import {
  type Answered,
  asking,
  away,
  ended,
  notKept,
  notReceived,
  type Opened,
  openedFor,
  received,
  refused,
  unknown,
  unreadable,
} from './answer';
import { createPhotoCodes } from './code';
import { photoPage } from './page';

/** Photos sent from one network, and for one request. */
const PER_ADDRESS = { count: 30, seconds: 600 };
const PER_REQUEST = { count: 20, seconds: 3600 };
const RECEIVING = { ...USUAL_LIMITS, uploadsPerAddress: 3, uploadBytes: 48 * 1024 * 1024 };

export interface PhotoLinkParts {
  /** The one that signs tokens; a key of its own is made from it. */
  secret: string;
  /** Where the outside world reaches this server; '' while that is not known. */
  publicUrl: () => string;
  towns: Towns;
  ticket(town: string, reference: string): Promise<Ticket | null>;
  files: Pick<FileStore, 'find' | 'put'>;
  receive: Receive;
  clock: () => Date;
  clientIp?: (request: IncomingMessage) => string;
  /** Told of a file that could not be kept. */
  fault: (where: string, error: unknown) => void;
}

export function createPhotoLink(parts: PhotoLinkParts) {
  const { towns, files, clock } = parts;
  const codes = createPhotoCodes(parts.secret);
  const receiving = createReceiving(RECEIVING);
  const fromAddress = counter(PER_ADDRESS, 'photos from your network');
  const forRequest = counter(PER_REQUEST, 'photos for this request');
  const pixels = counter(USUAL_LIMITS.megapixels, 'large photos from your network');

  async function open({ params, request }: Exchange): Promise<Opened | Answered> {
    const code = params.code ?? '';
    const all = towns.list().map(({ id }) => id);
    const said = codes.read(code, all, clock());
    const town = said && towns.get(said.town);
    const ticket = said && (await parts.ticket(said.town, said.reference));
    if (!town || !ticket) return unknown(towns, request);
    const opened = openedFor(towns, town, ticket, code);
    if (said.hasEnded) return ended(opened);
    return photoRefusal(ticket) === 'closed' ? refused(opened, 'closed') : opened;
  }

  async function show(exchange: Exchange): Promise<Answered> {
    const opened = await open(exchange);
    if ('page' in opened) return opened;
    return photoRefusal(opened.ticket) ? refused(opened, 'full') : asking(opened);
  }

  async function take(exchange: Exchange): Promise<Answered> {
    const opened = await open(exchange);
    if ('page' in opened) return opened;
    const address = addressOf(exchange.request, parts.clientIp);
    const spent = (await fromAddress(address)) ?? (await forRequest(opened.ticket.id));
    if (spent) return notReceived(opened, spent);
    const answer = await receiving.receive<Answered>(exchange.request, address, (sent) =>
      isRefusal(sent) ? notReceived(opened, sent) : keep(opened, address, sent.files[0]?.bytes ?? Buffer.alloc(0)),
    );
    return isRefusal(answer) ? notReceived(opened, answer) : answer;
  }

  /** The same photo again is the same file and the same row: received once more, and added once. */
  async function keep(opened: Opened, from: string, bytes: Buffer): Promise<Answered> {
    const { town, ticket } = opened;
    const { conversation, address, reference } = ticket;
    const channel = ticket.channel as Received['channel'];
    const key = `photo:${reference}:${createHash('sha256').update(bytes).digest('hex')}`;
    let file: FileMeta | null = await files.find({ conversation, key });
    if (!file) {
      if (photoRefusal(ticket)) return refused(opened, 'full');
      const spent = await pixels(from, await megapixelsOf(bytes));
      if (spent) return notReceived(opened, spent);
      const found = await inspectMedia(bytes, from);
      if (found.kind === 'refused') return unreadable(opened, found.reason);
      const { contentType, extension } = found;
      try {
        file = await files.put(found.bytes, { town: town.id, conversation, contentType, name: `photo.${extension}`, key });
      } catch (error) {
        parts.fault('photo link: files', error);
        return notKept(opened);
      }
    }
    const activity = photoSentOf(town.id, reference, file.id, clock());
    await parts.receive({
      id: photoSentId(town.id, reference, file.id),
      town: town.id,
      channel,
      conversation,
      address,
      activity,
    });
    return received(opened);
  }

  const route = (method: 'get' | 'post', body: 'none' | 'raw', answer: (exchange: Exchange) => Promise<Answered>) =>
    linkRoute(
      { method, path: '/p/:code', body },
      async (exchange) => send(exchange.response, await answer(exchange)),
      ({ request, response }) => send(response, away(towns, request)),
    );

  return {
    routes: [route('get', 'none', show), route('post', 'raw', take)],
    linkTo(town: string, reference: string, now: Date): string | null {
      const publicUrl = parts.publicUrl();
      return publicUrl ? `${publicUrl}/p/${codes.make(town, reference, now)}` : null;
    },
  };
}

function send(response: ServerResponse, { status, page, retryAfterSeconds }: Answered): void {
  sendPage(response, status, photoPage(page), retryAfterSeconds);
}
