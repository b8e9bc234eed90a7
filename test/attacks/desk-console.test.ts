/**
 * Nothing that a citizen writes, names or sends can run at the desk, and nobody who is not entitled reads it there, over any
 * way in: attacks 5 to 14 of our list, against the real page and its real routes.
 */
import type { Page } from 'playwright-core';
import { WebSocket } from 'ws';
import { useDesk } from '../browser/desk-agent';
import { addAgent } from '../support/agent-at-desk';
import { type Citizen, createCitizen } from '../support/citizen';
import { createDeskUser, type DeskUser, signedIn } from '../support/desk';
import { photo } from '../support/pictures';
import { useBrowser, useCityHall } from '../support/use-city-hall';

/** A Thursday, a quarter past ten. */
const OPEN = '2026-11-26T09:15:00Z';
const LATEST_MS = 180_000;

/** Each tries to say so where the page can see it. */
const HOSTILE = [
  'pour mon dossier',
  `<script>window.ran = 'script'</script>`,
  `<img src=x onerror="window.ran = 'img'">`,
  `<svg><animate onbegin="window.ran='svg'" attributeName=x dur=1s>`,
  `<a href="javascript:window.ran='a'">mon dossier</a>`,
  `[mon dossier](javascript:window.ran='markdown')`,
  `<iframe srcdoc="<script>parent.ran='frame'</script>"></iframe>`,
  `"><style>body{display:none}</style>`,
  `{{constructor.constructor('window.ran=1')()}} \${window.ran=1} <%= 1 %>`,
  `\u202Egnp.exe <b>onclick</b> \u0000`,
].join('\n');

let karim: DeskUser;
let ines: DeskUser;
let ana: Citizen;
let address: string;

const { hall, rows } = useCityHall({ at: OPEN });
const browser = useBrowser();
const nadia = useDesk(browser, hall, () =>
  addAgent(rows.database, 'Nadia Benali', { email: 'nadia.benali@bellerive.example', capacity: 20 }),
);

beforeAll(async () => {
  await addAgent(rows.database, 'Inès Moreau', {
    email: 'ines@bellerive.example',
    roles: [{ role: 'agent', services: ['sports'] }],
  });
  karim = await signedIn(hall, 'karim');
  ines = createDeskUser(hall.url);
  expect((await ines.signIn('ines@bellerive.example', 'un mot de passe bien long')).status).toBe(200);
  ana = await createCitizen(hall.url, { locale: 'fr' });
  await ana.says('je veux parler à une personne');
  await ana.hears(/mets en relation/);
  await ana.says(HOSTILE);
  await ana.hears(/C'est noté/);
  const picture = { name: `"><img src=x onerror=window.ran='name'>.jpg`, type: 'image/jpeg', bytes: await photo() };
  expect((await ana.sends(picture)).status).toBe(200);
  await nadia.opens('mon dossier');
  address = new URL(nadia.page.url()).pathname;
}, LATEST_MS);

/** What of a citizen's words became more than words. */
const risen = (page: Page) =>
  page.evaluate<string[]>(`[
    ...(window.ran === undefined ? [] : ['ran: ' + window.ran]),
    ...[...document.querySelectorAll('main iframe, main script, main style, main svg animate, main b')].map((one) => one.tagName),
    ...[...document.body.querySelectorAll('[href], [src]')].map((one) => one.getAttribute('href') ?? one.getAttribute('src'))
      .filter((at) => /^(javascript|data|vbscript):|^x$/i.test(at)),
  ]`);

test(
  'what a citizen writes stays text in every view: list, conversation, case, request, search, title, counter',
  async () => {
    const { page } = nadia;
    const found: Record<string, string[]> = {};
    await page.goto(hall.url + address);
    await nadia.log.getByText('mon dossier').first().waitFor();
    await nadia.log.locator('.file img').first().waitFor();
    found.conversation = await risen(page);
    await page.goto(`${hall.url}/desk/`);
    await nadia.list.getByText('mon dossier').first().waitFor();
    found.list = await risen(page);
    await page.goto(`${hall.url}/desk/search?q=dossier`);
    await page.locator('.card').first().waitFor();
    found.search = await risen(page);
    // An agent types what somebody says, and it comes back as a request and as what is known of a phone.
    await page.goto(`${hall.url}/desk/counter`);
    await page.locator('#contact-words').fill(`Le lampadaire du 14 rue des Lilas est cassé ${HOSTILE}`);
    await page.getByRole('combobox').fill('éclairage public');
    await page.getByRole('option', { name: /[ÉE]clairage public en panne/ }).click();
    await page.getByLabel('Adresse', { exact: true }).fill('14 rue des Lilas');
    await page.locator('#contact-reach').fill('06 39 98 45 67');
    await page.locator('#contact-name').fill(`<img src=x onerror="window.ran='name'">`);
    await page.locator('#contact-name').press('Control+Enter');
    const reference = await page.locator('.reference').textContent();
    found.receipt = await risen(page);
    await page.goto(`${hall.url}/desk/t/${reference}`);
    await page.locator('.history').waitFor();
    found.request = await risen(page);
    expect(found).toEqual(Object.fromEntries(Object.keys(found).map((view) => [view, []])));
    expect(nadia.complaints).toEqual([]);
  },
  LATEST_MS,
);

test('a file is served so that nothing in it can run, and only to those who may see it', async () => {
  const path = `conversations/${encodeURIComponent(address.split('/').at(-1)!)}`;
  const { body } = await karim.get(path);
  const files = body.lines.flatMap((line: { files?: Array<{ url: string; name: string }> }) => line.files ?? []);
  expect(files).toHaveLength(1);
  const at = new URL(files[0].url, hall.url);
  const served = await fetch(at, { headers: { cookie: karim.cookie } });
  expect(served.status).toBe(200);
  expect(served.headers.get('x-content-type-options')).toBe('nosniff');
  expect(served.headers.get('content-security-policy')).toMatch(/sandbox|default-src 'none'/);
  for (const file of [
    { name: 'a.svg', type: 'image/svg+xml', bytes: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>') },
    { name: 'a.html', type: 'text/html', bytes: Buffer.from('<script>alert(1)</script>') },
    { name: 'a.jpg', type: 'image/jpeg', bytes: Buffer.from('<script>alert(1)</script>') },
  ])
    expect((await ana.sends(file)).status).toBeGreaterThanOrEqual(400);
});

test('operators, prototypes and patterns in what an agent asks are words, or refused', async () => {
  for (const query of [
    'search?q[$ne]=a',
    'search?q=a&q=b',
    'conversations?list[$gt]=',
    'conversations?list=queue&service[$ne]=x',
    'tickets?state[$regex]=.*',
    'tickets?__proto__[a]=1',
    'audit?by[$ne]=x',
    'audit?what=.*',
  ])
    expect([query, (await karim.get(query)).status]).toEqual([query, 400]);
  for (const words of ['.*', '(a+)+$', '{"$ne":null}', '__proto__', '$where'])
    expect((await karim.get(`search?q=${encodeURIComponent(words)}`)).body.items).toEqual([]);
  const odd = { way: 'call', language: 'fr', words: 'x', topic: 'report_pothole', answers: { place: { $ne: null } } };
  expect((await karim.call('POST', 'contacts/reading', odd)).status).toBe(400);
  const proto = '{"way":"call","language":"fr","words":"x","answers":{},"__proto__":{"isAdmin":true}}';
  expect((await karim.call('POST', 'contacts/reading', proto)).status).toBe(400);
});

test('who serves another service reads nothing of it: by any route, or by the stream', async () => {
  const id = address.split('/').at(-1)!;
  for (const path of [`conversations/${id}`, `conversations/${id}/lines?before=9`, `conversations/${id}/drafts`])
    expect([path, (await ines.get(path)).status]).toEqual([path, 404]);
  const action = { actionId: crypto.randomUUID(), kind: 'note', text: 'x' };
  expect((await ines.call('POST', `conversations/${id}/actions`, action)).status).toBe(404);
  expect((await ines.get('search?q=dossier')).body.items).toEqual([]);
  const socket = new WebSocket(`${hall.url.replace('http', 'ws')}/desk/api/stream`, {
    headers: { cookie: ines.cookie, origin: hall.url },
  });
  const heard: string[] = [];
  socket.on('message', (frame) => heard.push(String(frame)));
  await new Promise((resolve) => socket.once('open', resolve));
  socket.send(JSON.stringify({ viewing: decodeURIComponent(id), isTyping: true }));
  await ana.says('encore un mot sur mon dossier');
  await nadia.page.goto(hall.url + address);
  await nadia.sees('encore un mot');
  socket.close();
  await new Promise((resolve) => socket.once('close', resolve));
  expect(heard.join('')).not.toContain('dossier');
});

test.each([
  ['from another site', { origin: 'https://evil.example' }],
  ['from no page at all', {}],
])('a stream asked for %s is not opened, and neither is anything changed', async (_whence, headers) => {
  const socket = new WebSocket(`${hall.url.replace('http', 'ws')}/desk/api/stream`, {
    headers: { cookie: karim.cookie, ...headers },
  });
  const outcome = await new Promise((resolve) => {
    socket.once('open', () => resolve('open'));
    socket.once('error', () => resolve('refused'));
  });
  expect(outcome).toBe('refused');
  const answer = await fetch(`${hall.url}/desk/api/contacts`, {
    method: 'POST',
    headers: { cookie: karim.cookie, 'content-type': 'application/json', ...headers },
    body: '{}',
  });
  expect(answer.status).toBe(403);
});

test('a citizen cannot speak as the house or as an agent, nor note a contact at the counter', async () => {
  const contact = { way: 'visit', language: 'fr', words: 'x', topic: 'report_pothole', answers: { place: '12 rue Pasteur' } };
  const value = { contact, by: { id: 'bellerive:1', name: 'Nadia' } };
  const before = (await karim.get('tickets?state=all')).body.total;
  const eve = await createCitizen(hall.url, { locale: 'fr' });
  for (const role of ['bot', 'agent', 'user'])
    await eve.says('', { type: 'event', name: 'counter.contact', value, from: { id: 'bellerive', role } }).catch(() => undefined);
  await eve.says('bonjour');
  await eve.hears();
  expect((await karim.get('tickets?state=all')).body.total).toBe(before);
});
