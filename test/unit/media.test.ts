/** What is kept of a photo or document: told by its content, drawn afresh, without where it was taken. */
import sharp from 'sharp';
import { inspectMedia } from '../../src/channels/media';

const picture = (width: number, height: number) => sharp({ create: { width, height, channels: 3, background: 'teal' } });

async function kept(bytes: Buffer) {
  const found = await inspectMedia(bytes, 'ana');
  if (found.kind === 'refused') throw new Error(`refused: ${found.reason}`);
  return { ...found, facts: await sharp(found.bytes).metadata() };
}

const reason = async (bytes: Buffer) => {
  const found = await inspectMedia(bytes, 'ana');
  return found.kind === 'refused' ? found.reason : `kept as ${found.contentType}`;
};

test.each([
  ['jpeg', 'image/jpeg', 'jpg'],
  ['png', 'image/png', 'png'],
  ['webp', 'image/webp', 'webp'],
  ['gif', 'image/png', 'png'],
] as const)('a %s picture is kept as %s', async (format, contentType, extension) => {
  const { facts, ...found } = await kept(await picture(60, 40).toFormat(format).toBuffer());
  expect(found).toMatchObject({ contentType, extension });
  expect(facts).toMatchObject({ width: 60, height: 40 });
});

test('what a telephone adds is gone: place, owner, colour profile, preview; the picture stands upright', async () => {
  const original = await picture(60, 40)
    .withIccProfile('p3')
    .withExif({ IFD0: { Copyright: 'Ana' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '48/1 51/1 0/1' } })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer();
  const before = await sharp(original).metadata();
  expect([before.exif !== undefined, before.icc !== undefined, before.orientation]).toEqual([true, true, 6]);
  const { facts, bytes } = await kept(original);
  expect([facts.exif, facts.icc, facts.xmp, facts.orientation]).toEqual([undefined, undefined, undefined, undefined]);
  expect([facts.width, facts.height]).toEqual([40, 60]);
  expect(bytes.includes('Ana')).toBe(false);
});

test('a picture larger than anyone reads is made smaller, a small one is left at its size', async () => {
  const { facts } = await kept(await picture(4000, 1000).jpeg().toBuffer());
  expect([facts.width, facts.height]).toEqual([2560, 640]);
});

test('a photo of a hundred megapixels is made smaller while it is read; what must be opened whole may have fifty', async () => {
  const large = picture(12_000, 9000);
  const { facts } = await kept(await large.clone().jpeg().toBuffer());
  expect([facts.width, facts.height]).toEqual([2560, 1920]);
  expect(await reason(await large.clone().jpeg({ progressive: true }).toBuffer())).toBe('too-many-pixels');
  expect(await reason(await picture(12_000, 11_000).jpeg().toBuffer())).toBe('too-many-pixels');
});

test('a PDF is kept to the byte', async () => {
  const document = Buffer.from('%PDF-1.7\n1 0 obj\n<< >>\nendobj\n%%EOF\n');
  const { kind, ...found } = (await inspectMedia(document, 'ana')) as { kind: string; bytes: Buffer; contentType: string };
  expect([kind, found.contentType, found.bytes.equals(document)]).toEqual(['ok', 'application/pdf', true]);
});

test('the rest is refused, each for its own reason', async () => {
  const jpeg = await picture(200, 200).jpeg().toBuffer();
  const brand = (name: string) => Buffer.from(`\0\0\0\x18ftyp${name}\0\0\0\0`, 'latin1');
  expect(await reason(Buffer.alloc(0))).toBe('empty');
  expect(await reason(Buffer.concat([jpeg, Buffer.alloc(10 * 1024 * 1024)]))).toBe('too-large');
  expect(await reason(jpeg.subarray(0, jpeg.length - 60))).toBe('damaged');
  expect(await reason(await picture(8000, 6300).png().toBuffer())).toBe('too-many-pixels');
  for (const name of ['heic', 'heix', 'hevc', 'mif1', 'msf1']) expect([name, await reason(brand(name))]).toEqual([name, 'heic']);
  expect(await reason(await picture(20, 20).avif().toBuffer())).toBe('not-allowed');
  expect(await reason(await picture(20, 20).tiff().toBuffer())).toBe('not-allowed');
  for (const text of [
    '<svg xmlns="http://www.w3.org/2000/svg"/>',
    '<!doctype html>',
    'Bonjour',
    '\x7fELF',
    'MZ',
    'PK\x03\x04',
    ' %PDF-1.7',
  ]) {
    expect([text, await reason(Buffer.from(text, 'latin1'))]).toEqual([text, 'not-allowed']);
  }
});
