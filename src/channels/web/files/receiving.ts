/**
 * The bytes of an upload, as they arrive: several parts by multipart form (directlinejs), or
 * one file as the whole body. Everything is bounded: parts, sizes, time, and the memory all
 * citizens together may fill.
 */
import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import busboy from 'busboy';
import { type Refusal, refuse } from '../../../domain/http/refusal';
import { readJson } from '../../../domain/http/untrusted-json';
import { MAX_MEDIA_BYTES } from '../../media';
import type { Limits } from '../parts';

const MAX_FILES = 5;
const MAX_ACTIVITY_BYTES = 256 * 1024;
const MAX_BODY_BYTES = MAX_FILES * MAX_MEDIA_BYTES + 1024 * 1024;
/** A photo over a poor line in the countryside. */
const MAX_SECONDS = 120;
const ACTIVITY = 'application/vnd.microsoft.activity';

export interface SentFile {
  name: string;
  bytes: Buffer;
}

export interface Sent {
  /** Parsed JSON; undefined when there was none. */
  activity: unknown;
  files: SentFile[];
}

/** An upload that is still arriving. */
interface Arriving {
  address: string;
  bytes: number;
  /** Ends it, since its bytes are needed by those who hold less. */
  giveWay(): void;
}

type ReceivingLimits = Pick<Limits, 'uploadsPerAddress' | 'uploadBytes' | 'uploadPace'>;

export type Receiving = ReturnType<typeof createReceiving>;

export function createReceiving({ uploadsPerAddress, uploadBytes, uploadPace }: ReceivingLimits) {
  const underWay = new Map<string, number>();
  const arriving = new Set<Arriving>();
  let heldBytes = 0;

  const heldBy = (address: string) => [...arriving].reduce((sum, one) => sum + (one.address === address ? one.bytes : 0), 0);

  /** Whether there is room, at the expense of whoever holds more than this one if need be. */
  function makeRoom(mine: Arriving): boolean {
    if (heldBytes <= uploadBytes) return true;
    const most = [...arriving].reduce((one, other) => (heldBy(other.address) > heldBy(one.address) ? other : one), mine);
    if (heldBy(most.address) <= heldBy(mine.address)) return false;
    const largest = [...arriving].filter(({ address }) => address === most.address).sort((one, other) => other.bytes - one.bytes);
    largest[0]!.giveWay();
    return true;
  }

  return {
    /** Receives, lets `then` work with what came, and only then gives the memory back. */
    async receive<T>(
      request: IncomingMessage,
      address: string,
      then: (sent: Sent | Refusal) => Promise<T> | T,
    ): Promise<T | Refusal> {
      const mine = underWay.get(address) ?? 0;
      if (mine >= uploadsPerAddress)
        return refuse(429, 'TooManyRequests', 'Too many uploads at once. Try again in 5 seconds.', { retryAfterSeconds: 5 });
      underWay.set(address, mine + 1);
      let held = 0;
      let giveWay = () => {};
      const gaveWay = new Promise<Refusal>((tell) => {
        giveWay = () => tell(BUSY);
      });
      const upload: Arriving = {
        address,
        bytes: 0,
        giveWay() {
          arriving.delete(upload);
          giveWay();
        },
      };
      const hold = (bytes: number): boolean => {
        if (!arriving.has(upload)) return false;
        held += bytes;
        heldBytes += bytes;
        upload.bytes += bytes;
        return makeRoom(upload);
      };
      arriving.add(upload);
      try {
        const sent = await read(request, hold, gaveWay, () => upload.bytes, uploadPace);
        arriving.delete(upload);
        return await then(sent);
      } finally {
        arriving.delete(upload);
        heldBytes -= held;
        const left = underWay.get(address)! - 1;
        if (left) underWay.set(address, left);
        else underWay.delete(address);
      }
    },
  };
}

type Hold = (bytes: number) => boolean;

const TOO_LARGE = refuse(413, 'FileTooLarge', `A file may have ${MAX_MEDIA_BYTES / 1024 / 1024} MB.`);
const TOO_MANY = refuse(413, 'TooManyFiles', `A message may have ${MAX_FILES} files.`);
const BUSY = refuse(503, 'Busy', 'Too many files are being received just now. Try again in 5 seconds.', { retryAfterSeconds: 5 });
const BROKEN = refuse(400, 'BadUpload', 'The upload could not be read.');
const TOO_SLOW = refuse(408, 'TooSlow', 'The upload took too long.');

async function read(
  request: IncomingMessage,
  hold: Hold,
  gaveWay: Promise<Refusal>,
  arrived: () => number,
  pace: Limits['uploadPace'],
): Promise<Sent | Refusal> {
  if (Number(request.headers['content-length'] ?? 0) > MAX_BODY_BYTES) return TOO_LARGE;
  const isForm = /^multipart\/form-data/i.test(request.headers['content-type'] ?? '');
  const reading = isForm ? readParts(request, hold) : readSingle(request, hold);
  const late = new AbortController();
  const outcome = await Promise.race([reading, gaveWay, tooSlow(arrived, pace, late.signal)]);
  late.abort();
  // What is still under way is read into nothing, or the client would never hear the refusal.
  request.unpipe();
  request.resume();
  return outcome;
}

/** Resolves when an upload takes too long in all, or brings next to nothing for a while; never once it is `over`. */
function tooSlow(arrived: () => number, { bytes, everyMs }: Limits['uploadPace'], over: AbortSignal): Promise<Refusal> {
  return new Promise((tell) => {
    let before = 0;
    const end = setTimeout(() => tell(TOO_SLOW), MAX_SECONDS * 1000).unref();
    const watch = setInterval(() => {
      if (arrived() - before < bytes) tell(TOO_SLOW);
      before = arrived();
    }, everyMs).unref();
    over.addEventListener('abort', () => {
      clearTimeout(end);
      clearInterval(watch);
    });
  });
}

async function readSingle(request: IncomingMessage, hold: Hold): Promise<Sent | Refusal> {
  const bytes = await collect(request, MAX_MEDIA_BYTES, hold);
  if ('refused' in bytes) return bytes;
  return { activity: undefined, files: [{ name: nameIn(request.headers['content-disposition']), bytes }] };
}

/** All of a stream, or why not; the stream itself is left alone, since on a request it is the citizen's connection. */
function collect(stream: Readable, maxBytes: number, hold: Hold): Promise<Buffer | Refusal> {
  return new Promise((resolve) => {
    let chunks: Buffer[] = [];
    let size = 0;
    const onData = (chunk: Buffer) => {
      size += chunk.length;
      const refusal = size > maxBytes ? TOO_LARGE : hold(chunk.length) ? null : BUSY;
      if (!refusal) return void chunks.push(chunk);
      chunks = [];
      stream.off('data', onData).resume();
      resolve(refusal);
    };
    stream.on('data', onData);
    stream.on('end', () => resolve(Buffer.concat(chunks)));
    stream.on('error', () => resolve(BROKEN));
    stream.on('close', () => resolve(BROKEN));
  });
}

function readParts(request: IncomingMessage, hold: Hold): Promise<Sent | Refusal> {
  return new Promise((resolve) => {
    const files: SentFile[] = [];
    const arriving: Promise<unknown>[] = [];
    let activity: unknown;

    const readActivity = (text: string) => {
      try {
        activity = readJson(text);
      } catch {
        resolve(refuse(400, 'BadActivity', 'The activity part is not JSON, or holds too many values.'));
      }
    };
    const arrive = async (stream: Readable, maxBytes: number, use: (bytes: Buffer) => void) => {
      const bytes = await collect(stream, maxBytes, hold);
      if ('refused' in bytes) resolve(bytes);
      else use(bytes);
    };

    const parser = openParser(request);
    if (!parser) return resolve(BROKEN);
    // directlinejs sends the activity as a Blob, which arrives as a file; its type tells.
    parser.on('file', (_field, stream, { filename, mimeType }) => {
      if (mimeType === ACTIVITY)
        return void arriving.push(arrive(stream, MAX_ACTIVITY_BYTES, (bytes) => readActivity(bytes.toString())));
      const file = { name: filename ?? '', bytes: Buffer.alloc(0) };
      if (files.push(file) > MAX_FILES) resolve(TOO_MANY);
      arriving.push(arrive(stream, MAX_MEDIA_BYTES, (bytes) => Object.assign(file, { bytes })));
    });
    parser.on('field', (field, text, { mimeType }) => {
      if (field === 'activity' || mimeType === ACTIVITY) readActivity(text);
    });
    parser.on('partsLimit', () => resolve(TOO_MANY));
    parser.on('error', () => resolve(BROKEN));
    parser.on('close', () => void Promise.all(arriving).then(() => resolve({ activity, files })));
    request.on('close', () => request.complete || resolve(BROKEN));
    request.pipe(parser);
  });
}

function openParser({ headers }: IncomingMessage): busboy.Busboy | null {
  try {
    const limits = { parts: MAX_FILES + 5, fieldSize: MAX_ACTIVITY_BYTES, fileSize: MAX_MEDIA_BYTES + 1 };
    return busboy({ headers, limits, defParamCharset: 'utf8' });
  } catch {
    return null;
  }
}

function nameIn(disposition: string | undefined): string {
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition ?? '')?.[1];
  try {
    if (encoded) return decodeURIComponent(encoded);
  } catch {
    // Not encoded as it claims: the plain name, if any, is as good.
  }
  return /filename="?([^";]+)"?/i.exec(disposition ?? '')?.[1] ?? '';
}
