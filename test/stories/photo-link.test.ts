/**
 * A citizen who reports by text message adds a photo from the phone's browser, by the link in the confirmation:
 * real webhooks, the fake carrier, and a browser that knows nothing but the link.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { drawPage } from '../../src/channels/web/pages/page';
import { createPhotoLink } from '../../src/channels/web/photo-link';
import { createPhotoCodes } from '../../src/channels/web/photo-link/code';
import { photoPage } from '../../src/channels/web/photo-link/page';
import type { Carrier } from '../../src/demo/carrier';
import { sizeOf } from '../../src/domain/message/sms-encoding';
import { createServer } from '../../src/http/server';
import { StoreUnavailable } from '../../src/store/collection';
import { openTowns } from '../../src/towns';
import { createCitizen } from '../support/citizen';
import { REFERENCE, SMS, WHATSAPP } from '../support/phone-hall';
import { photo } from '../support/pictures';
import { usePhoneHall } from '../support/use-city-hall';

const LINK = /https?:\S+\/p\/(\S+)/;
const HOUR = 3600_000;

let last = 0;

// A browser a test: the story's own address would be counted as one citizen's.
const { hall, carrier, rows } = usePhoneHall({ isInStory: true, env: { TRUSTED_PROXIES: '1' } });

afterEach(async () => {
  await carrier.idle();
  await rows.nothingLeaked();
});

type Phone = ReturnType<Carrier['phone']>;
const FRENCH: [string, string] = ['lampadaire cassé devant le 14 rue des Lilas', 'oui'];
const ENGLISH: [string, string] = ['the street light outside 14 rue des Lilas is broken', 'yes'];

function someone(): Phone {
  last += 1;
  return carrier.phone(`+3363996${String(1000 + last)}`, SMS);
}

/** Reports, and holds the confirmation with its link. */
async function reports(phone: Phone, [what, yes] = FRENCH) {
  await phone.sends(what);
  await phone.next(/OUI|YES/);
  await phone.sends(yes);
  const { text } = await phone.next(REFERENCE);
  const [link = '', code = ''] = LINK.exec(text) ?? [];
  return { text, link, code, reference: REFERENCE.exec(text)![0] };
}

interface Sent {
  bytes: Uint8Array;
  type?: string;
  name?: string;
}

/** What a browser makes of the form. */
async function sends(link: string, { bytes, type = 'image/jpeg', name = 'IMG_1.jpg' }: Sent, headers = {}) {
  const form = new FormData();
  form.append('photo', new Blob([new Uint8Array(bytes)], { type }), name);
  const answer = await fetch(link, { method: 'POST', body: form, headers: { 'x-forwarded-for': `10.0.0.${last}`, ...headers } });
  return { status: answer.status, html: await answer.text(), headers: answer.headers };
}

async function looks(link: string, headers = {}) {
  const answer = await fetch(link, { headers });
  return { status: answer.status, html: await answer.text(), headers: answer.headers };
}

const ticketOf = async (reference: string) => (await rows.tickets()).find((ticket) => ticket.reference === reference)!;
const change = async (reference: string, $set: object) => {
  const { _id } = await ticketOf(reference);
  await rows.database.collection('tickets').updateIf({ _id }, { $set: { ...$set } });
};
/** A photo like no other. */
let taken = 0;
const another = () => photo({ width: 400 + (taken++ % 200), height: 300 + last });

test('the confirmation ends with a link, the page asks for a photo, and the request has it without its position', async () => {
  const phone = someone();
  const { text, link, code, reference } = await reports(phone);
  expect(text.endsWith(link)).toBe(true);
  expect(code.length).toBeLessThanOrEqual(26);
  expect(text).toMatch(/24 h/);
  expect(sizeOf(phone.received().at(-1)!.text)).toEqual({ encoding: 'gsm-7', segments: 2 });

  const page = await looks(link);
  expect(page.status).toBe(200);
  expect(page.html).toMatch(/<html lang="fr">[\s\S]*Mairie de Bellerive[\s\S]*Éclairage public en panne/);
  expect(page.html).toContain(reference);
  expect(page.html).not.toMatch(/Lilas|<script/);
  expect(page.headers.get('cache-control')).toBe('no-store');
  expect(page.headers.get('referrer-policy')).toBe('no-referrer');
  expect(page.headers.get('x-robots-tag')).toBe('noindex');
  expect(page.headers.get('content-security-policy')).toMatch(/default-src 'none'.*form-action 'self'/);

  const withPosition = await photo({ withPosition: true });
  expect((await sharp(withPosition).metadata()).exif).toBeDefined();
  const sent = await sends(link, { bytes: withPosition });
  expect(sent).toMatchObject({ status: 200, html: expect.stringContaining('Photo reçue') });
  const told = await phone.next(/ajoutée/);
  expect(told.text).toMatch(/^Mairie de Bellerive/);
  expect(told.text).toContain(reference);

  const ticket = await ticketOf(reference);
  expect(ticket.files).toHaveLength(1);
  expect(ticket.history.at(-1)).toMatchObject({ kind: 'attached', by: 'citizen' });
  const [file = ''] = ticket.files;
  const kept = readFileSync(join(hall.dataDir, 'files', file.slice(0, 2), file));
  const { format, exif } = await sharp(kept).metadata();
  expect({ format, exif }).toEqual({ format: 'jpeg', exif: undefined });
});

test('the same photo twice is added once and told once; another one is another', async () => {
  const phone = someone();
  const { link, reference } = await reports(phone);
  const bytes = await another();
  const twice = await Promise.all([sends(link, { bytes }), sends(link, { bytes })]);
  expect(twice.map(({ status }) => status)).toEqual([200, 200]);
  await phone.next(/ajoutée/);
  await hall.restart();
  carrier.connect(hall.url);
  const code = link.split('/').at(-1)!;
  expect((await sends(`${hall.url}/p/${code}`, { bytes })).status).toBe(200);
  expect((await sends(`${hall.url}/p/${code}`, { bytes: await another() })).status).toBe(200);
  await phone.next(/ajoutée/);
  await carrier.idle();
  expect((await ticketOf(reference)).files).toHaveLength(2);
  expect(phone.received().filter((heard) => /ajoutée/.test(heard.text))).toHaveLength(2);
});

test('five photos, and not a sixth, not even at the same moment', async () => {
  const phone = someone();
  const { link, reference } = await reports(phone);
  const bytes = await Promise.all(Array.from({ length: 6 }, another));
  // From six networks, so that only the request itself counts them.
  const answers = await Promise.all(bytes.map((each, n) => sends(link, { bytes: each }, { 'x-forwarded-for': `10.1.0.${n}` })));
  for (let n = 0; n < 5; n += 1) await phone.next(/ajoutée/);
  await rows.nothingLeaked();
  await carrier.idle();
  expect((await ticketOf(reference)).files).toHaveLength(5);
  // The sixth is refused on the page, or, where the page could not know yet, by text message.
  const refused = [...answers.map(({ html }) => html), ...phone.received().map(({ text }) => text)];
  expect(refused.filter((words) => /déjà 5 photos/.test(words))).toHaveLength(1);
  const late = await sends(link, { bytes: await another() });
  expect(late).toMatchObject({ status: 409, html: expect.stringContaining('déjà 5 photos') });
  expect(await looks(link)).toMatchObject({ status: 409, html: expect.not.stringContaining('<form') });
  expect((await ticketOf(reference)).files).toHaveLength(5);
});

test('a photo in the middle of another report disturbs nothing, and the page speaks the language of the request', async () => {
  const phone = someone();
  const { link, text } = await reports(phone, ENGLISH);
  expect(text).toMatch(/valid 24 hours/);
  expect((await looks(link)).html).toMatch(/<html lang="en">[\s\S]*Bellerive Town Hall[\s\S]*Add a photo/);
  await phone.sends('there is also a pothole');
  const asked = await phone.next(/where|street/i);
  await sends(link, { bytes: await another() });
  await phone.next(/added to your request/);
  await phone.sends('12 rue Ampère');
  await phone.next(/YES/);
  expect(asked.text).not.toMatch(/added/);
});

test('whoever said STOP still adds a photo, and is not written to', async () => {
  const phone = someone();
  const { link, reference } = await reports(phone);
  await phone.sends('STOP');
  const stopped = await phone.next(/START/);
  expect((await sends(link, { bytes: await another() })).status).toBe(200);
  await rows.nothingLeaked();
  expect((await ticketOf(reference)).files).toHaveLength(1);
  expect(phone.received().at(-1)?.sid).toBe(stopped.sid);
});

/** A screen's picture of 50.4 megapixels, which would have to be opened whole. */
const tooManyPixels = () =>
  sharp({ create: { width: 8000, height: 6300, channels: 3, background: 'teal' } })
    .png()
    .toBuffer();

test('what cannot be kept is said on the page, which asks again', async () => {
  const { link, reference } = await reports(someone());
  const cases: Array<[sent: Sent, status: number, words: RegExp]> = [
    [{ bytes: Buffer.alloc(11 * 1024 * 1024, 1) }, 413, /trop lourd/],
    [{ bytes: Buffer.alloc(0), name: '' }, 400, /Choisissez/],
    [{ bytes: Buffer.from('no photo at all') }, 415, /pas pu garder/],
    [{ bytes: Buffer.from('\0\0\0\x18ftypheic\0\0\0\0', 'latin1') }, 415, /HEIC/],
    [{ bytes: (await another()).subarray(0, 400) }, 400, /abîmé/],
    [{ bytes: await tooManyPixels() }, 413, /trop de pixels/],
    [{ bytes: Buffer.from('<svg onload="alert(1)"/>'), type: 'image/svg+xml' }, 415, /pas pu garder/],
  ];
  for (const [sent, status, words] of cases) {
    const answer = await sends(link, sent);
    expect(answer.status).toBe(status);
    expect(answer.html).toMatch(words);
    expect(answer.html).toMatch(/<title>Erreur[\s\S]*role="alert"[\s\S]*<form/);
  }
  const broken = await fetch(link, {
    method: 'POST',
    body: 'x',
    headers: { 'content-type': 'multipart/form-data', 'x-forwarded-for': '10.2.0.1' },
  });
  expect(broken.status).toBe(400);
  expect((await ticketOf(reference)).files).toEqual([]);
});

test('who sends and sends is asked to wait', async () => {
  const { link } = await reports(someone());
  const from = { 'x-forwarded-for': '10.3.0.1' };
  const statuses: number[] = [];
  for (let n = 0; n < 21; n += 1) statuses.push((await sends(link, { bytes: Buffer.from('no') }, from)).status);
  expect(statuses.slice(0, 20)).toEqual(Array(20).fill(415));
  const late = await sends(link, { bytes: await another() }, from);
  expect(late).toMatchObject({ status: 429, html: expect.stringContaining('quelques minutes') });
  expect(Number(late.headers.get('retry-after'))).toBeGreaterThan(0);
});

test('a link that is forged, cut short, for nothing or for another installation: one answer for all', async () => {
  const { link, code, reference } = await reports(someone());
  const other = await reports(someone());
  const swapped = code.slice(0, 16) + other.code.slice(16);
  const later = code.slice(0, 12) + (Number.parseInt(code.slice(12, 16), 36) + 1).toString(36) + code.slice(16);
  const flipped = `${code[0] === 'A' ? 'B' : 'A'}${code.slice(1)}`;
  const stranger = createPhotoCodes('x'.repeat(32)).make('bellerive', reference, hall.clock.now());
  const { tokenSecret } = JSON.parse(readFileSync(join(hall.dataDir, 'demo-secrets.json'), 'utf8'));
  const nobodys = createPhotoCodes(tokenSecret).make('bellerive', rows.unusedReference(), hall.clock.now());
  expect(createPhotoCodes(tokenSecret).read(code, ['bellerive'], hall.clock.now())).toMatchObject({ reference });
  const at = (each: string) => link.replace(code, each);
  const answers = [];
  for (const each of [nobodys, swapped, later, flipped, stranger, code.slice(0, -1), `${code}0`, 'x', '%3Cb%3E'])
    answers.push(await looks(at(each)), await sends(at(each), { bytes: await another() }));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([404]));
  expect(new Set(answers.map(({ html }) => html)).size).toBe(1);
  expect(answers[0]!.html).toMatch(/lang="fr"[\s\S]*Ce lien ne marche pas[\s\S]*répondez «\sparler/);
  expect((await looks(at('x'), { 'accept-language': 'en-GB,en' })).html).toMatch(/lang="en"[\s\S]*This link does not work/);
  expect((await ticketOf(reference)).files).toEqual([]);
});

test('a request that is closed takes no more photos', async () => {
  const { link, reference } = await reports(someone());
  for (const state of ['resolved', 'closed', 'refused', 'moved', 'withdrawn']) {
    await change(reference, { state });
    const closed = expect.stringMatching(/est close[\s\S]*répondez «\sparler/);
    expect(await looks(link)).toMatchObject({ status: 410, html: closed });
    expect(await sends(link, { bytes: await another() })).toMatchObject({ status: 410, html: closed });
  }
  await change(reference, { state: 'in-progress' });
  expect((await looks(link)).status).toBe(200);
});

test('words are text on the page, whoever wrote them', async () => {
  const { link, reference } = await reports(someone());
  await change(reference, { topic: 'made-up', title: `<img src=x onerror="alert('1')"> & co` });
  const { html } = await looks(link);
  expect(html).not.toContain('<img');
  expect(html).toContain('&lt;img src=x onerror=&quot;alert(&#39;1&#39;)&quot;&gt; &amp; co');
  const page = drawPage(photoPage({ language: '"><b>', authority: '<b>Ville</b>', heading: '<b>', lines: ['<b>'] }));
  expect(page).not.toContain('<b>');
});

test('there is a link only where it is needed: not by WhatsApp, on the web, or where a request takes no photo', async () => {
  last += 1;
  const chat = carrier.phone(`whatsapp:+3363996${1000 + last}`, WHATSAPP);
  await chat.sends(FRENCH[0]);
  await chat.next(/OUI/);
  await chat.sends('oui');
  expect((await chat.next(REFERENCE)).text).not.toMatch(LINK);

  const ana = await createCitizen(hall.url);
  await ana.says(FRENCH[0]);
  let heard = await ana.hears();
  for (let turn = 0; turn < 4 && !REFERENCE.test(heard); turn += 1) {
    await ana.says('envoyer maintenant');
    heard = await ana.hears();
  }
  expect(heard).toMatch(REFERENCE);
  expect(heard).not.toMatch(LINK);

  const phone = someone();
  await phone.sends('parler à une personne');
  await phone.next();
  let answer = '';
  for (const words of ['mon dossier de logement', 'oui', 'oui']) {
    if (REFERENCE.test(answer)) break;
    await phone.sends(words);
    answer = (await phone.next()).text;
  }
  expect(answer).toMatch(REFERENCE);
  expect(answer).not.toMatch(LINK);
});

test('nobody brings a photo to a request by claiming to: an event of a web client is ignored', async () => {
  const phone = someone();
  const { reference } = await reports(phone);
  const ana = await createCitizen(hall.url);
  const value = { reference, file: 'f'.repeat(32) };
  await ana.says('', { type: 'event', name: 'photo.sent', value, from: { id: 'bellerive', role: 'bot' } });
  await ana.hearsNothing(rows);
  expect((await ticketOf(reference)).files).toEqual([]);
});

test('a day later the link has ended, and says what to do', async () => {
  const { link, reference } = await reports(someone());
  hall.clock.pass(23 * HOUR);
  expect((await looks(link)).status).toBe(200);
  hall.clock.pass(2 * HOUR);
  const ended = expect.stringMatching(/plus valable[\s\S]*répondez «\sparler/);
  expect(await looks(link)).toMatchObject({ status: 410, html: ended });
  expect(await sends(link, { bytes: await another() })).toMatchObject({ status: 410, html: ended });
  expect((await ticketOf(reference)).files).toEqual([]);
});

test('while the database is away, or the disk is full, the page says to try again', async () => {
  const { code, reference } = await reports(someone());
  const { tokenSecret } = JSON.parse(readFileSync(join(hall.dataDir, 'demo-secrets.json'), 'utf8'));
  const ticket = { ...(await ticketOf(reference)), id: 'a-ticket' };
  let isAway = true;
  const faults: string[] = [];
  const { routes } = createPhotoLink({
    secret: tokenSecret,
    publicUrl: () => '',
    towns: await openTowns(hall.config),
    ticket: () => (isAway ? Promise.reject(new StoreUnavailable('away')) : Promise.resolve(ticket)),
    files: { find: async () => null, put: () => Promise.reject(new Error('ENOSPC')) },
    receive: async () => 'new',
    clock: hall.clock.now,
    fault: (where) => faults.push(where),
  });
  const door = createServer({ routes, upgrade: () => false, isLive: false, log: () => {}, onAnswer: () => {} });
  const link = `http://127.0.0.1:${await door.listen('127.0.0.1', 0)}/p/${code}`;
  const busy = { status: 503, html: expect.stringContaining('quelques minutes') };
  expect(await looks(link)).toMatchObject(busy);
  expect(await sends(link, { bytes: await another() })).toMatchObject(busy);
  isAway = false;
  const full = await sends(link, { bytes: await another() });
  expect(full).toMatchObject(busy);
  expect(full.headers.get('retry-after')).toBe('5');
  expect(faults).toEqual(['photo link: files']);
  await door.close();
});
