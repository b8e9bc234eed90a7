/** The chat on the town's page, in a real browser against the real server: what a citizen can do with it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { openPage } from '../support/browser';
import { photo } from '../support/pictures';
import { useBrowser, useCityHall } from '../support/use-city-hall';
import { openVisitor, timesReceived } from './widget-visitor';

const { hall } = useCityHall();
const browser = useBrowser();

test('weighs at most 25 kB gzipped, all included', () => {
  expect(gzipSync(readFileSync(join(__dirname, '../../dist/web/widget.js')), { level: 9 }).length).toBeLessThanOrEqual(25_000);
});

test('asks nothing of the server and stores nothing before it is opened', async () => {
  const { page, complaints } = await openPage(browser);
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  await page.goto(hall.url);
  await page.locator('guichet-widget .launcher').waitFor();
  await page.waitForTimeout(500);
  expect(asked.filter((path) => path.startsWith('/widget/') || path.startsWith('/v3/'))).toEqual([]);
  expect(await page.evaluate('[sessionStorage.length, localStorage.length, document.cookie]')).toEqual([0, 0, '']);
  expect(complaints).toEqual([]);
  await page.context().close();
});

test('answers, says that it is automatic, and shows how far each message has got', async () => {
  const ana = await openVisitor(browser, hall.url);
  await ana.open();
  await ana.sees(/assistant automatique/i);
  expect(await ana.chat.locator('header').innerText()).toMatch(/Bellerive\s+Assistant automatique/);
  await ana.says('Il y a un nid-de-poule rue Victor Hugo');
  await ana.isAnswered();
  expect(await ana.own()).toEqual([expect.stringMatching(/nid-de-poule rue Victor Hugo\s+\d\d:\d\d\s+Envoyé$/)]);
  expect(
    timesReceived(await ana.received('Il y a un nid-de-poule rue Victor Hugo'), 'Il y a un nid-de-poule rue Victor Hugo'),
  ).toBe(1);
  expect(ana.complaints).toEqual([]);
  await ana.leave();
});

test('a suggested reply is pressed instead of typed, and goes away', async () => {
  const ana = await openVisitor(browser, hall.url);
  await ana.open();
  const title = await ana.chat.locator('.choices button').first().innerText();
  let deliver = () => {};
  const delivered = new Promise<void>((resolve) => {
    deliver = resolve;
  });
  await ana.page.route('**/activities', (route) => delivered.then(() => route.continue()));
  await ana.chat.locator('.choices button').first().click();
  expect(await ana.chat.locator('.choices').isVisible()).toBe(false);
  deliver();
  await ana.isAnswered();
  expect((await ana.own()).at(-1)).toContain(title);
  expect(timesReceived(await ana.received(title), title)).toBe(1);
  await ana.leave();
});

test('a photo is shown before it leaves, can be taken back, and is shown again from the server', async () => {
  const ana = await openVisitor(browser, hall.url);
  await ana.open();
  const bytes = await photo();
  const choose = async (name: string, mimeType: string, buffer: Buffer) => {
    const [chooser] = await Promise.all([
      ana.page.waitForEvent('filechooser'),
      ana.chat.getByRole('button', { name: 'Joindre une photo ou un PDF' }).click(),
    ]);
    await chooser.setFiles({ name, mimeType, buffer });
  };

  await choose('enorme.jpg', 'image/jpeg', Buffer.alloc(10 * 1024 * 1024 + 1));
  await ana.chat.getByText('Ce fichier dépasse 10 Mo').waitFor();
  await choose('page.html', 'text/html', Buffer.from('<p>'));
  await ana.chat.getByText('Seules les photos').waitFor();

  await choose('trou.jpg', 'image/jpeg', bytes);
  await ana.chat.locator('.preview canvas').waitFor();
  await ana.chat.getByRole('button', { name: 'Retirer la pièce jointe' }).click();
  expect(await ana.chat.locator('.preview').isVisible()).toBe(false);

  await choose('trou.jpg', 'image/jpeg', bytes);
  await ana.says('Voici la photo');
  await ana.isAnswered();
  const sent = (await ana.received()).filter(({ from }) => from.role === 'user');
  expect(sent).toHaveLength(1);
  expect(sent[0]).toMatchObject({ text: 'Voici la photo', attachments: [{ contentType: 'image/jpeg', name: 'trou.jpg' }] });

  await ana.page.reload();
  const shown = ana.log.locator('img');
  await shown.waitFor();
  await ana.page.waitForFunction(
    "document.querySelector('guichet-widget').shadowRoot.querySelector('[role=log] img').naturalWidth > 0",
  );
  expect(ana.complaints).toEqual([]);
  await ana.leave();
});

test('the position is asked of the device only after the citizen has agreed', async () => {
  const ana = await openVisitor(browser, hall.url, {
    permissions: ['geolocation'],
    geolocation: { latitude: 48.80196, longitude: 2.11021, accuracy: 12 },
  });
  await ana.page.evaluate(`{
    window.positionsAsked = 0;
    const ask = navigator.geolocation.getCurrentPosition.bind(navigator.geolocation);
    navigator.geolocation.getCurrentPosition = (...given) => { window.positionsAsked += 1; ask(...given); };
  }`);
  await ana.open();
  await ana.chat.getByRole('button', { name: 'Partager ma position' }).click();
  const question = ana.chat.locator('.question');
  await question.getByRole('button', { name: 'Annuler' }).click();
  expect(await ana.page.evaluate('positionsAsked')).toBe(0);
  expect(await ana.own()).toEqual([]);

  await ana.chat.getByRole('button', { name: 'Partager ma position' }).click();
  await question.getByRole('button', { name: 'Partager ma position' }).click();
  await ana.sees('Ma position, à 12 m près');
  await ana.isAnswered();
  const sent = (await ana.received()).find(({ from }) => from.role === 'user');
  expect(sent).toMatchObject({
    entities: [{ type: 'Place', geo: { type: 'GeoCoordinates', latitude: 48.80196, longitude: 2.11021, accuracy: 12 } }],
  });
  await ana.leave();
});

test('a refused position ends in the advice to write the address', async () => {
  const ana = await openVisitor(browser, hall.url);
  await ana.open();
  await ana.chat.getByRole('button', { name: 'Partager ma position' }).click();
  await ana.chat.locator('.question').getByRole('button', { name: 'Partager ma position' }).click();
  await ana.chat.getByText('Vous pouvez écrire l’adresse').waitFor();
  expect(await ana.own()).toEqual([]);
  await ana.leave();
});

test('what is written is text: no markup, no script, links only to http and https', async () => {
  const ana = await openVisitor(browser, hall.url);
  await ana.open();
  const words =
    '<img src=x onerror="window.hacked=1"> javascript:alert(1) [a](javascript:alert(2)) voir https://bellerive.example/a?b=1.';
  await ana.says(words);
  await ana.isAnswered();
  const bubble = ana.log.locator('.citizen .bubble');
  expect((await bubble.textContent())?.replace(' (nouvel onglet)', '')).toBe(words);
  const links = await ana.log
    .locator('a')
    .evaluateAll((all) => all.map((link) => [link.getAttribute('href'), link.getAttribute('rel'), link.getAttribute('target')]));
  expect(links).toContainEqual(['https://bellerive.example/a?b=1', 'noopener noreferrer', '_blank']);
  expect(links.every(([href]) => /^(https?|tel):/.test(href ?? ''))).toBe(true);
  expect(await ana.log.locator('img').count()).toBe(0);
  expect(await ana.page.evaluate('window.hacked')).toBeUndefined();
  await ana.leave();
});

test('speaks the other language at once, asks the assistant to follow, and marks what is in which', async () => {
  const ana = await openVisitor(browser, hall.url);
  await ana.open();
  await ana.chat.getByRole('button', { name: 'English' }).click();
  await ana.chat.getByRole('button', { name: 'Talk to a person' }).waitFor();
  expect((await ana.own())[0]).toContain('In English, please');
  await ana.log.locator('.assistant .bubble[lang^=en]').first().waitFor();
  expect(await ana.log.locator('.assistant .bubble[lang^=fr]').count()).toBeGreaterThan(0);
  await ana.page.reload();
  await ana.chat.getByRole('button', { name: 'Talk to a person' }).waitFor();
  await ana.leave();
});

test('a person can be asked for at any moment with one press', async () => {
  const ana = await openVisitor(browser, hall.url, { locale: 'en-GB' });
  await ana.page.goto(`${hall.url}/?lang=en`);
  await ana.open();
  await ana.chat.getByRole('button', { name: 'Talk to a person' }).click();
  await ana.isAnswered();
  expect(timesReceived(await ana.received('Talk to a person'), 'Talk to a person')).toBe(1);
  await ana.leave();
});

test('messages of a person at the town hall are labelled as such', async () => {
  const { page, context } = await openPage(browser);
  // No desk stands here: the server's answers are passed on with the author that the desk puts on them.
  await page.addInitScript('delete window.WebSocket');
  await page.route('**/activities**', async (route) => {
    const answer = await route.fetch();
    if (route.request().method() !== 'GET') return route.fulfill({ response: answer });
    const set = await answer.json();
    for (const one of set.activities)
      if (one.from.role !== 'user') one.channelData = { author: { kind: 'agent', name: 'Nadia' } };
    return route.fulfill({ response: answer, json: set });
  });
  await page.goto(hall.url);
  await page.locator('guichet-widget .launcher').click();
  const said = page.locator('guichet-widget .message.agent').first();
  await said.waitFor();
  expect(await said.locator('.author').innerText()).toBe('Nadia, agent de la mairie');
  await page.unrouteAll({ behavior: 'ignoreErrors' });
  await context.close();
});

test('the conversation can be kept as a text file, and left for a new one', async () => {
  const ana = await openVisitor(browser, hall.url);
  await ana.open();
  await ana.says('Quels sont les horaires de la médiathèque ?');
  await ana.isAnswered();
  await ana.chat.getByRole('button', { name: 'Autres actions' }).click();
  const [download] = await Promise.all([
    ana.page.waitForEvent('download'),
    ana.chat.getByRole('button', { name: 'Télécharger la conversation' }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^bellerive-\d{4}-\d\d-\d\d\.txt$/);
  const text = readFileSync(await download.path(), 'utf8');
  expect(text).toMatch(/^Conversation avec Bellerive, /);
  expect(text).toMatch(/\] Vous\r\nQuels sont les horaires de la médiathèque \?\r\n/);
  expect(text.match(/\] Assistant automatique\r\n/g)?.length).toBeGreaterThanOrEqual(2);

  const before = (await ana.page.evaluate("JSON.parse(sessionStorage.getItem('guichet:bellerive')).conversationId")) as string;
  await ana.chat.getByRole('button', { name: 'Autres actions' }).click();
  await ana.chat.getByRole('button', { name: 'Recommencer' }).click();
  await ana.chat.locator('.question').getByRole('button', { name: 'Recommencer' }).click();
  await ana.log.locator('.assistant').first().waitFor();
  expect(await ana.own()).toEqual([]);
  expect(await ana.page.evaluate("JSON.parse(sessionStorage.getItem('guichet:bellerive')).conversationId")).not.toBe(before);
  await ana.leave();
});
