/**
 * What a citizen's photo or document really is, told by its content and never by its name.
 * A photo is drawn afresh, which leaves behind where it was taken (EXIF position), anything
 * hidden in it, and the need to turn it; a PDF is kept as it came and only ever downloaded.
 */
import { filetypeinfo } from 'magic-bytes.js';
import type sharp from 'sharp';
import { createFairLine } from './fair-line';

export type RefusedMedia = 'empty' | 'too-large' | 'heic' | 'not-allowed' | 'too-many-pixels' | 'damaged';

export type InspectedMedia =
  | { kind: 'ok'; bytes: Buffer; contentType: string; extension: string }
  | { kind: 'refused'; reason: RefusedMedia };

export const MAX_MEDIA_BYTES = 10 * 1024 * 1024;
/** Of a picture that must be opened whole to be made smaller; at three bytes each it still fits in memory. */
const MAX_PIXELS = 50_000_000;
/** Of a photo that is made smaller while it is read: more than any telephone of today takes. */
const MAX_PHOTO_PIXELS = 120_000_000;
/** Enough to read a number plate on a report, small enough to keep for years. */
const MAX_SIDE_PIXELS = 2560;
const MAX_DRAWING_SECONDS = 10;

type Drawing = { format: 'jpeg' | 'png' | 'webp'; contentType: string; extension: string };
const DRAWINGS: Record<string, Drawing> = {
  'image/jpeg': { format: 'jpeg', contentType: 'image/jpeg', extension: 'jpg' },
  'image/png': { format: 'png', contentType: 'image/png', extension: 'png' },
  'image/webp': { format: 'webp', contentType: 'image/webp', extension: 'webp' },
  // Its first picture only: a hole in the road does not move.
  'image/gif': { format: 'png', contentType: 'image/png', extension: 'png' },
};

/** `caller`: whose it is, so that everyone's are drawn in their turn. */
export async function inspectMedia(bytes: Buffer, caller: string): Promise<InspectedMedia> {
  if (bytes.length === 0) return refused('empty');
  if (bytes.length > MAX_MEDIA_BYTES) return refused('too-large');
  if (isHeic(bytes)) return refused('heic');
  const found = filetypeinfo(bytes.subarray(0, 4096))[0]?.mime ?? '';
  if (found === 'application/pdf') return { kind: 'ok', bytes, contentType: found, extension: 'pdf' };
  const drawing = DRAWINGS[found];
  return drawing ? inTurn(caller, () => draw(bytes, drawing)) : refused('not-allowed');
}

/** Millions of pixels that a picture says it has, told by its head alone; 0 for what is none. */
export async function megapixelsOf(bytes: Buffer): Promise<number> {
  if (!DRAWINGS[filetypeinfo(bytes.subarray(0, 4096))[0]?.mime ?? '']) return 0;
  const { width, height } = await headOf(bytes).catch(() => ({ width: 0, height: 0 }));
  return Math.ceil((width * height) / 1_000_000);
}

/** One drawing at a time, over all citizens: opened, a photo of 2 MB fills a hundred. */
const inTurn = createFairLine();

const headOf = (bytes: Buffer) => imaging()(bytes, { limitInputPixels: false, pages: 1 }).metadata();

async function draw(bytes: Buffer, { format, contentType, extension }: Drawing): Promise<InspectedMedia> {
  try {
    // A JPEG is made smaller as it is read, unless it is progressive: then all of it stands in memory first.
    const { isProgressive } = await headOf(bytes);
    const limitInputPixels = format === 'jpeg' && !isProgressive ? MAX_PHOTO_PIXELS : MAX_PIXELS;
    const drawn = await imaging()(bytes, { limitInputPixels, failOn: 'error', pages: 1 })
      .timeout({ seconds: MAX_DRAWING_SECONDS })
      .autoOrient()
      .resize({ width: MAX_SIDE_PIXELS, height: MAX_SIDE_PIXELS, fit: 'inside', withoutEnlargement: true })
      .toFormat(format, { quality: 85 })
      .toBuffer();
    return { kind: 'ok', bytes: drawn, contentType, extension };
  } catch (error) {
    return refused(/pixel limit|timeout/i.test(String(error)) ? 'too-many-pixels' : 'damaged');
  }
}

/** Photos as iPhones keep them; no decoder for them ships with us, so they are named in the refusal. */
function isHeic(bytes: Buffer): boolean {
  return bytes.toString('latin1', 4, 8) === 'ftyp' && /^(hei[cxms]|hev[cxms]|mif1|msf1)$/.test(bytes.toString('latin1', 8, 12));
}

function refused(reason: RefusedMedia): InspectedMedia {
  return { kind: 'refused', reason };
}

let library: typeof sharp | undefined;

/**
 * Loaded with the first photo: it takes 20 MB. A town's machine is small: no cache between photos and one thread each. Of
 * all that the library can open, only the decoders named here may ever see a citizen's bytes.
 */
function imaging(): typeof sharp {
  if (library) return library;
  const loaded: typeof sharp = require('sharp');
  loaded.cache(false);
  loaded.concurrency(1);
  loaded.block({ operation: ['VipsForeignLoad'] });
  loaded.unblock({
    operation: [
      'VipsForeignLoadJpegBuffer',
      'VipsForeignLoadPngBuffer',
      'VipsForeignLoadWebpBuffer',
      'VipsForeignLoadNsgifBuffer',
    ],
  });
  library = loaded;
  return loaded;
}

/** The citizen's own name for a file, without folders, control characters or an ending: the content decides the ending. */
export function plainNameOf(name: string): string {
  const last = name.split(/[\\/]/).at(-1) ?? '';
  const plain = last
    .normalize('NFC')
    .replace(/[\p{C}"<>|:*?]/gu, '')
    .replace(/\.[^.]{0,10}$/, '')
    .trim();
  return Array.from(plain).slice(0, 80).join('') || 'file';
}
