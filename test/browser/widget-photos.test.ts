/** Photos as people have them: what cannot be taken is refused with the reason, and what is only large is drawn smaller. */
import sharp from 'sharp';
import { photo } from '../support/pictures';
import { useBrowser, useCityHall } from '../support/use-city-hall';
import { openVisitor, type Visitor } from './widget-visitor';

const { hall } = useCityHall();
const browser = useBrowser();

async function choose(ana: Visitor, name: string, mimeType: string, buffer: Buffer): Promise<void> {
  const [chooser] = await Promise.all([
    ana.page.waitForEvent('filechooser'),
    ana.chat.getByRole('button', { name: 'Joindre une photo ou un PDF' }).click(),
  ]);
  await chooser.setFiles({ name, mimeType, buffer });
}

const HEIC = Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypheic'), Buffer.alloc(200)]);

test('a file that cannot be taken is refused at once, and the reason is said', async () => {
  const ana = await openVisitor(browser, hall.url);
  await ana.open();
  const whole = await photo();
  const cases: Array<[name: string, type: string, bytes: Buffer, said: RegExp]> = [
    ['IMG_0001.heic', 'image/heic', HEIC, /format HEIC/],
    ['photo.jpg', 'image/jpeg', HEIC, /format HEIC/],
    ['photo.jpg', 'image/jpeg', whole.subarray(0, 400), /vide ou abîmé/],
    ['photo.jpg', 'image/jpeg', Buffer.alloc(0), /vide ou abîmé/],
    ['plan.pdf', 'application/pdf', Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(10 * 1024 * 1024)]), /dépasse 10 Mo/],
    ['notes.docx', 'application/octet-stream', Buffer.from('PK\u0003\u0004'), /Seules les photos/],
  ];
  for (const [name, type, bytes, said] of cases) {
    await choose(ana, name, type, bytes);
    await ana.chat.locator('.note', { hasText: said }).waitFor();
    expect(await ana.chat.locator('.preview').isVisible()).toBe(false);
  }
  await ana.leave();
});

test("the server's refusal says why, in the citizen's language", async () => {
  const ana = await openVisitor(browser, hall.url);
  await ana.open();
  const whole = await photo();
  // What a browser still opens and a stricter reader does not: cut off behind its first half.
  await ana.page.addInitScript('window.createImageBitmap = async () => ({ width: 10, height: 10, close() {} })');
  await ana.page.reload();
  await ana.log.waitFor();
  await choose(ana, 'photo.jpg', 'image/jpeg', whole.subarray(0, Math.floor(whole.length / 2)));
  await ana.chat.locator('.preview').waitFor();
  await ana.says('Voici');
  await ana.log.locator('.citizen .refused').waitFor();
  expect(await ana.own()).toEqual([expect.stringMatching(/Refusé : le fichier est abîmé$/)]);
  await ana.leave();
});

test('a photo of 108 megapixels is drawn smaller in the browser and arrives', async () => {
  const large = await sharp({ create: { width: 12_000, height: 9_000, channels: 3, background: '#8a7f70' } })
    .jpeg({ quality: 60 })
    .toBuffer();
  const ana = await openVisitor(browser, hall.url);
  await ana.open();
  let sentBytes = 0;
  ana.page.on('request', (request) => {
    if (request.url().includes('/upload')) sentBytes = request.postDataBuffer()?.length ?? 0;
  });
  await choose(ana, 'IMG_108.jpg', 'image/jpeg', large);
  await ana.chat.locator('.preview canvas').waitFor();
  await ana.says('Il y a un nid-de-poule rue Victor Hugo');
  await ana.log.locator('.citizen .sent').waitFor();
  const [sent] = (await ana.received('Il y a un nid-de-poule rue Victor Hugo')).filter(({ from }) => from.role === 'user');
  const [kept] = (sent as unknown as { attachments: Array<{ contentUrl: string; name: string }> }).attachments;
  expect(kept!.name).toBe('IMG_108.jpg');
  const { width, height } = await sharp(Buffer.from(await (await fetch(kept!.contentUrl)).arrayBuffer())).metadata();
  expect([width, height]).toEqual([2560, 1920]);
  expect(sentBytes).toBeLessThan(large.length);
  await ana.leave();
});

test('what hangs on its side stands upright in what is drawn', async () => {
  const lying = await sharp({ create: { width: 4000, height: 3000, channels: 3, background: '#336699' } })
    .jpeg()
    .withMetadata({ orientation: 6 })
    .toBuffer();
  const ana = await openVisitor(browser, hall.url);
  await ana.open();
  await choose(ana, 'debout.jpg', 'image/jpeg', lying);
  await ana.chat.locator('.preview canvas').waitFor();
  const [width, height] = await ana.chat
    .locator('.preview canvas')
    .evaluate((canvas) => [(canvas as unknown as { width: number }).width, (canvas as unknown as { height: number }).height]);
  expect([width, height]).toEqual([120, 160]);
  await ana.leave();
});
