/** Whether everyone can use the chat: axe in every state, keyboard, small screens, zoom, strict policies. */
import { accessibilityFaults, openPage, SIZES } from '../support/browser';
import { photo } from '../support/pictures';
import { useBrowser, useCityHall } from '../support/use-city-hall';
import { openVisitor, type Visitor } from './widget-visitor';

const { hall } = useCityHall();
const browser = useBrowser();

test.each(Object.entries(SIZES))(
  'axe finds nothing in any state: %s',
  async (_size, options) => {
    const ana = await openVisitor(browser, hall.url, options);
    const found: Record<string, string[]> = {};
    const look = async (state: string) => {
      found[state] = await accessibilityFaults(ana.page);
      if (await sideways(ana)) found[state].push('the page or the panel scrolls sideways');
    };
    await look('closed');
    await ana.open();
    await look('open');
    await ana.says('Il y a un nid-de-poule');
    await ana.isAnswered();
    await look('conversation');
    await ana.chat.getByRole('button', { name: 'Autres actions' }).click();
    await look('more actions');
    await ana.chat.getByRole('button', { name: 'Recommencer' }).click();
    await look('question');
    await ana.chat.getByRole('button', { name: 'Annuler' }).click();
    const [chooser] = await Promise.all([
      ana.page.waitForEvent('filechooser'),
      ana.chat.getByRole('button', { name: 'Joindre une photo ou un PDF' }).click(),
    ]);
    await chooser.setFiles({ name: 'trou.jpg', mimeType: 'image/jpeg', buffer: await photo() });
    await ana.chat.locator('.preview canvas').waitFor();
    await look('photo preview');
    await ana.chat.getByRole('button', { name: 'Retirer la pièce jointe' }).click();
    await ana.page.route('**/activities', (route) =>
      route.request().method() === 'POST' ? route.fulfill({ status: 502, json: {} }) : route.continue(),
    );
    await ana.says('Ce message échoue');
    await ana.log.locator('.failed').waitFor();
    await look('failed message');
    await ana.context.setOffline(true);
    await ana.chat.getByText('Pas de connexion').first().waitFor();
    await look('offline');
    expect(found).toEqual(Object.fromEntries(Object.keys(found).map((state) => [state, []])));
    await ana.leave();
  },
  90_000,
);

async function sideways({ page }: Visitor): Promise<boolean> {
  return page.evaluate<boolean>(`{
    const panel = document.querySelector('guichet-widget').shadowRoot.querySelector('dialog');
    panel.scrollWidth > panel.clientWidth || document.documentElement.scrollWidth > innerWidth;
  }`);
}

const focused = "document.querySelector('guichet-widget').shadowRoot.activeElement";

test('the keyboard is enough: open, go round, choose, send, close, and be back where one was', async () => {
  const ana = await openVisitor(browser, hall.url);
  await ana.launcher.focus();
  await ana.page.keyboard.press('Enter');
  await ana.log.locator('.assistant').first().waitFor();
  expect(await ana.page.evaluate(`${focused}.id`)).toBe('text');

  // Once round the panel, without being held in it: from the writing box on, then back from the page.
  await ana.chat.locator('h2').focus();
  const passed: string[] = [];
  for (let step = 0; step < 20; step += 1) {
    await ana.page.keyboard.press('Tab');
    const name = await ana.page.evaluate<string | null>(
      `${focused} && (${focused}.getAttribute('aria-label') || ${focused}.id || ${focused}.role || ${focused}.textContent)`,
    );
    if (!name) break;
    passed.push(name);
  }
  expect(passed).toEqual(
    expect.arrayContaining([
      'English',
      'Autres actions',
      'Fermer la discussion',
      'log',
      'Parler à une personne',
      'text',
      'Envoyer',
    ]),
  );
  expect(passed.length).toBeLessThan(20);

  await ana.chat.getByRole('button', { name: 'Autres actions' }).focus();
  await ana.page.keyboard.press('Enter');
  expect(await ana.page.evaluate(`${focused}.textContent`)).toBe('Télécharger la conversation');
  await ana.page.keyboard.press('Escape');
  expect(await ana.page.evaluate(`${focused}.getAttribute('aria-expanded')`)).toBe('false');
  expect(await ana.log.isVisible()).toBe(true);
  await ana.page.keyboard.press('Escape');
  await ana.log.waitFor({ state: 'hidden' });
  await ana.page.waitForFunction(`${focused}.className === 'launcher'`);
  await ana.leave();
});

test('on a phone the panel covers the page, holds the focus while open, and the back gesture closes it', async () => {
  const ana = await openVisitor(browser, hall.url, SIZES.phone);
  await ana.open();
  expect(await ana.page.evaluate(`${focused}.id`)).toBe('title');
  for (let step = 0; step < 25; step += 1) {
    await ana.page.keyboard.press('Tab');
    const where = await ana.page.evaluate<string>('document.activeElement.localName');
    expect(['guichet-widget', 'body']).toContain(where);
  }
  await ana.page.keyboard.press('Escape');
  await ana.log.waitFor({ state: 'hidden' });
  await ana.page.waitForFunction(`${focused}.className === 'launcher'`);
  await ana.leave();
});

test('what is pressed is at least 24 px high and wide; buttons are 44', async () => {
  const ana = await openVisitor(browser, hall.url);
  await ana.open();
  const small = await ana.chat.locator('dialog button:visible, dialog textarea').evaluateAll((all) =>
    all
      .map((one) => ({ name: one.getAttribute('aria-label') ?? one.textContent, box: one.getBoundingClientRect() }))
      .filter(({ box }) => box.height < 43 || box.width < 43)
      .map(({ name }) => name),
  );
  expect(small).toEqual([]);
  await ana.leave();
});

test('the log stands before the first message, named by a heading, and status is told apart from it', async () => {
  const { page, context } = await openPage(browser);
  await page.goto(hall.url);
  const dialog = page.locator('guichet-widget dialog');
  const log = dialog.locator('[role=log]');
  expect(await log.count()).toBe(1);
  expect(await log.locator('*').count()).toBe(0);
  const named = await log.getAttribute('aria-labelledby');
  expect(await dialog.locator(`h3#${named}`).textContent()).toBe('Conversation');
  expect(await dialog.locator('[role=status]').count()).toBe(1);
  expect(await log.locator('[role=status]').count()).toBe(0);
  await context.close();
});

test('motion stops for those who asked for less', async () => {
  const ana = await openVisitor(browser, hall.url, { reducedMotion: 'reduce' });
  const animated = await ana.chat
    .locator('.typing')
    .evaluate((one) => one.ownerDocument.defaultView?.getComputedStyle(one, '::before').animationName);
  expect(animated).toBe('none');
  await ana.leave();
});

test("works under default-src 'self' alone, and in a browser without constructable style sheets", async () => {
  const { page, context, complaints } = await openPage(browser);
  const html = `<!doctype html><html lang="fr"><title>Page stricte</title>
    <script src="${hall.url}/widget.js" data-town="bellerive" nonce="n" defer></script><main><h1>Page stricte</h1></main></html>`;
  const serve = (policy: string) =>
    page.route('**/stricte', (route) =>
      route.fulfill({ contentType: 'text/html; charset=utf-8', headers: { 'content-security-policy': policy }, body: html }),
    );
  const isDressed = async () => {
    await page.locator('guichet-widget .launcher').click();
    await page.locator('guichet-widget .assistant').first().waitFor();
    return page.locator('guichet-widget dialog').evaluate((one) => one.ownerDocument.defaultView?.getComputedStyle(one).position);
  };
  await serve("default-src 'self'");
  await page.goto(`${hall.url}/stricte`);
  expect(await isDressed()).toBe('fixed');

  await page.unroute('**/stricte');
  await serve("default-src 'self'; style-src 'nonce-n'");
  await page.addInitScript('delete ShadowRoot.prototype.adoptedStyleSheets; sessionStorage.clear()');
  await page.goto(`${hall.url}/stricte`);
  expect(await isDressed()).toBe('fixed');
  expect(complaints).toEqual([]);
  await context.close();
});

test("the town's colour is made dark enough to read white on, and the page's own wins", async () => {
  const ana = await openVisitor(browser, hall.url);
  const header = () =>
    ana.chat.locator('header').evaluate((one) => one.ownerDocument.defaultView?.getComputedStyle(one).backgroundColor);
  await ana.page.route('**/widget/bellerive/token', async (route) => {
    const answer = await route.fetch();
    return route.fulfill({
      response: answer,
      json: { ...(await answer.json()), town: { name: 'Bellerive', colour: '#ffd54f', languages: ['fr'] } },
    });
  });
  await ana.page.evaluate("document.querySelector('link[rel=stylesheet]').remove()");
  await ana.open();
  const [red, green, blue] = (await header())!.match(/\d+/g)!.map(Number) as [number, number, number];
  const linear = (value: number) => (value / 255 <= 0.04045 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4);
  expect(1.05 / (0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue) + 0.05)).toBeGreaterThanOrEqual(4.5);
  expect(await ana.chat.locator('.language').isVisible()).toBe(false);
  await ana.page.evaluate("document.querySelector('guichet-widget').style.setProperty('--guichet-colour', 'rgb(122, 31, 61)')");
  expect(await header()).toBe('rgb(122, 31, 61)');
  await ana.leave();
});
