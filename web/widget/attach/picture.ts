// A photo made ready to be sent: drawn smaller where the server would do the same, so that what a telephone of 108 megapixels
// takes gets through a poor line, and said no to with the reason where it cannot be taken at all.
import { el } from '../element';

/** As the server's (src/channels/media.ts). */
const LARGEST_BYTES = 10 * 1024 * 1024;
const LONGEST_SIDE = 2560;
/** From here on a picture that this browser cannot open may be sound, and only too much for it. */
const HARD_PIXELS = 40_000_000;
/** Where a JPEG says its size, behind what the camera has written about itself. */
const HEAD_BYTES = 512 * 1024;

export type PictureProblem = 'photoTooBig' | 'photoTooManyPixels' | 'photoHeic' | 'photoDamaged' | 'photoWrongKind';
export type Prepared = { file: File } | { problem: PictureProblem };

type Kind = 'jpeg' | 'png' | 'webp' | 'gif' | 'pdf' | 'heic' | 'other';

export async function prepare(file: File): Promise<Prepared> {
  const head = new Uint8Array(
    await file
      .slice(0, HEAD_BYTES)
      .arrayBuffer()
      .catch(() => new ArrayBuffer(0)),
  );
  if (head.length === 0) return { problem: 'photoDamaged' };
  const kind = kindOf(head);
  if (kind === 'pdf') return fitting(file, 'photoTooBig');
  const size = sizeOf(head, kind);
  const isLarge = !size || Math.max(...size) > LONGEST_SIDE;
  const picture = await open(file, isLarge && !!size);
  if (!picture) {
    if (kind === 'heic') return { problem: 'photoHeic' };
    if (kind === 'other') return { problem: file.size > LARGEST_BYTES ? 'photoTooBig' : 'photoWrongKind' };
    // Perhaps the server can where this browser cannot.
    if (size && size[0] * size[1] > HARD_PIXELS) return fitting(file, 'photoTooManyPixels');
    return { problem: 'photoDamaged' };
  }
  const isSent = kind !== 'heic' && kind !== 'other' && file.size <= LARGEST_BYTES;
  const isSmall = Math.max(picture.width, picture.height) <= LONGEST_SIDE && !(isLarge && size);
  if (isSent && (isSmall || kind === 'gif')) {
    picture.close();
    return { file };
  }
  const drawn = await draw(picture, kind === 'png' ? 'image/png' : 'image/jpeg');
  if (!drawn) return fitting(file, 'photoTooManyPixels');
  return fitting(named(file.name, drawn), 'photoTooBig');
}

const fitting = (file: File, problem: PictureProblem): Prepared => (file.size <= LARGEST_BYTES ? { file } : { problem });

const named = (name: string, drawn: Blob): File =>
  new File([drawn], `${name.replace(/\.[^.]*$/, '') || 'photo'}.${drawn.type === 'image/png' ? 'png' : 'jpg'}`, {
    type: drawn.type,
  });

/** `isSmaller`: opened at once no wider than it will be drawn, which spares hundreds of megabytes. */
async function open(file: File, isSmaller: boolean): Promise<ImageBitmap | undefined> {
  try {
    return await createImageBitmap(file, isSmaller ? { resizeWidth: LONGEST_SIDE, resizeQuality: 'high' } : {});
  } catch {
    return undefined;
  }
}

async function draw(picture: ImageBitmap, type: string): Promise<Blob | null> {
  const scale = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
  const [width, height] = [Math.round(picture.width * scale), Math.round(picture.height * scale)];
  const canvas = el('canvas', { width, height });
  const pen = canvas.getContext('2d');
  if (pen) pen.imageSmoothingQuality = 'high';
  pen?.drawImage(picture, 0, 0, width, height);
  picture.close();
  const drawn = pen && (await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, type, 0.88)));
  return drawn && drawn.type !== 'image/jpeg' && drawn.size > LARGEST_BYTES
    ? new Promise((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.88))
    : drawn;
}

function kindOf(head: Uint8Array): Kind {
  const text = (from: number, to: number) => String.fromCharCode(...head.subarray(from, to));
  if (head[0] === 0xff && head[1] === 0xd8) return 'jpeg';
  if (text(1, 4) === 'PNG') return 'png';
  if (text(0, 4) === 'RIFF' && text(8, 12) === 'WEBP') return 'webp';
  if (text(0, 4) === 'GIF8') return 'gif';
  if (text(0, 1024).includes('%PDF-')) return 'pdf';
  return text(4, 8) === 'ftyp' && /^(hei|hev|mif1|msf1)/.test(text(8, 12)) ? 'heic' : 'other';
}

/** Width and height as a JPEG or a PNG says them. */
function sizeOf(head: Uint8Array, kind: Kind): [number, number] | undefined {
  const view = new DataView(head.buffer);
  if (kind === 'png' && head.length >= 24) return [view.getUint32(16), view.getUint32(20)];
  if (kind !== 'jpeg') return undefined;
  for (let at = 2; at + 9 < head.length && head[at] === 0xff; ) {
    const marker = head[at + 1] ?? 0;
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return [view.getUint16(at + 7), view.getUint16(at + 5)];
    at += 2 + view.getUint16(at + 2);
  }
  return undefined;
}
