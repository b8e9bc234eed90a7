/** What the town says is dressed for the web: danger, references, lists, links, folds; each usable by keyboard and clean for axe. */
import { accessibilityFaults, openPage, SIZES } from '../support/browser';
import { useBrowser, useCityHall } from '../support/use-city-hall';
import { openVisitor, type Visitor } from './widget-visitor';

const { hall } = useCityHall();
const browser = useBrowser();

/** Says these one after the other, each once the one before is answered. */
async function talk(ana: Visitor, ...lines: string[]): Promise<void> {
  for (const line of lines) {
    await ana.says(line);
    await ana.isAnswered();
    await ana.chat.locator('.typing').waitFor({ state: 'hidden' });
  }
}

const REPORT = ['Il y a un nid-de-poule au 32 rue Victor Hugo', 'passer', '06 39 98 12 34'];

test.each(Object.entries(SIZES))(
  'danger is told from everything else, and its numbers stay to be dialled: %s',
  async (_size, options) => {
    const ana = await openVisitor(browser, hall.url, options);
    await ana.open();
    await talk(ana, "ça sent le gaz dans ma cage d'escalier");
    const urgent = ana.log.locator('.urgent').first();
    await urgent.getByText('Urgence', { exact: true }).waitFor();
    await urgent.getByRole('link', { name: 'Appeler le 112', exact: true }).waitFor();
    const dialled = () => urgent.locator('.call').evaluateAll((all) => all.map((one) => one.getAttribute('href')));
    expect(await dialled()).toEqual(expect.arrayContaining(['tel:18', 'tel:112']));
    expect(await ana.chat.locator('.choices .choice', { hasText: /^(18|112)$/ }).count()).toBe(0);
    expect(await accessibilityFaults(ana.page)).toEqual([]);
    await talk(ana, "J'ai appelé les pompiers");
    expect(await dialled()).toEqual(expect.arrayContaining(['tel:18', 'tel:112']));
    expect(await ana.log.locator('.message:last-child.urgent').count()).toBe(0);
    await ana.leave();
  },
);

test('the short number of a national service can be dialled', async () => {
  const ana = await openVisitor(browser, hall.url);
  await ana.open();
  await talk(ana, 'ma carte vitale ne marche plus');
  expect(await ana.log.getByRole('link', { name: '36 46' }).getAttribute('href')).toBe('tel:3646');
  await ana.leave();
});

test('a summary is a list, a reference stands out and can be copied, what is said in one breath has one time', async () => {
  const ana = await openVisitor(browser, hall.url, { permissions: ['clipboard-read', 'clipboard-write'] });
  await ana.open();
  await talk(ana, ...REPORT);
  const summary = ana.log.locator('.message:last-child');
  expect(await summary.locator('li').allInnerTexts()).toEqual([
    expect.stringMatching(/^Objet\s: /),
    expect.stringMatching(/^Adresse\s: 32 rue Victor Hugo/),
    expect.stringMatching(/^Contact\s: 06 39 98 12 34$/),
    expect.stringMatching(/^Vos mots\s: Il y a un nid-de-poule$/),
  ]);
  expect(await accessibilityFaults(ana.page)).toEqual([]);
  await talk(ana, 'oui');
  const opened = ana.log.locator('.message:last-child');
  const reference = (await opened.locator('.reference').first().innerText()).trim();
  expect(reference).toMatch(/^[0-9A-Z]{4}-[0-9A-Z]{4}$/);
  const copy = opened.getByRole('button', { name: `Copier la référence ${reference}` });
  expect(await copy.count()).toBe(1);
  await copy.focus();
  await ana.page.keyboard.press('Enter');
  await ana.chat.getByText(`Référence ${reference} copiée.`).first().waitFor({ state: 'attached' });
  expect(await ana.page.evaluate('navigator.clipboard.readText()')).toBe(reference);
  expect(await accessibilityFaults(ana.page)).toEqual([]);

  const breaths = await ana.log.locator('.message').evaluateAll((all) => {
    const saidBy = (one?: (typeof all)[number]) => one?.className.match(/citizen|assistant/)?.[0];
    const isTimed = (one: (typeof all)[number]) => one.querySelector('time')?.getClientRects().length === 1;
    return all.map((one, at) => ({ isLast: saidBy(one) !== saidBy(all[at + 1]), isTimed: isTimed(one) }));
  });
  expect(breaths.some(({ isLast }) => !isLast)).toBe(true);
  for (const { isLast, isTimed } of breaths) expect(isTimed).toBe(isLast);
  await ana.leave();
});

test('without the clipboard of a secure page a reference is copied the older way', async () => {
  const ana = await openVisitor(browser, hall.url, { permissions: ['clipboard-read', 'clipboard-write'] });
  await ana.page.addInitScript("navigator.clipboard.writeText = () => Promise.reject(new Error('not here'))");
  await ana.page.reload();
  await ana.open();
  await talk(ana, ...REPORT, 'oui');
  const reference = (await ana.log.locator('.message:last-child .reference').first().innerText()).trim();
  await ana.log.getByRole('button', { name: /^Copier la référence/ }).click();
  await ana.chat.getByText('copiée').first().waitFor({ state: 'attached' });
  expect(await ana.page.evaluate('navigator.clipboard.readText()')).toBe(reference);
  await ana.leave();
});

test('links have names instead of long addresses', async () => {
  const ana = await openVisitor(browser, hall.url);
  await ana.open();
  await talk(ana, 'combien coûte un passeport ?');
  const links = await ana.log
    .locator('.assistant a')
    .evaluateAll((all) =>
      all.map((link) => ({ href: link.getAttribute('href') ?? '', name: (link.firstChild?.textContent ?? '').trim() })),
    );
  expect(links).toContainEqual({ href: expect.stringContaining('service-public.fr/'), name: 'service-public.fr' });
  expect(links.filter(({ name }) => /https?:|\//.test(name))).toEqual([]);
  expect(await ana.log.locator('.assistant').allInnerTexts()).not.toEqual(
    expect.arrayContaining([expect.stringContaining('https://')]),
  );
  await talk(ana, 'comment prendre rendez-vous pour un passeport');
  const book = ana.log.getByRole('link', { name: 'la page des rendez-vous' }).first();
  expect(await book.getAttribute('href')).toBe('https://www.bellerive.example/rendez-vous');
  expect(await accessibilityFaults(ana.page)).toEqual([]);
  await ana.leave();
});

/** What a page would be sent by a server that says more than ours does today: the dress is for the whole of what may come. */
async function showing(activity: Record<string, unknown>) {
  const { page, context, complaints } = await openPage(browser);
  await page.addInitScript('delete window.WebSocket');
  await page.route('**/activities**', async (route) => {
    const answer = await route.fetch();
    if (route.request().method() !== 'GET') return route.fulfill({ response: answer });
    const set = await answer.json();
    for (const one of set.activities) if (one.from.role !== 'user') Object.assign(one, activity);
    return route.fulfill({ response: answer, json: set });
  });
  await page.goto(hall.url);
  await page.locator('guichet-widget .launcher').click();
  const said = page.locator('guichet-widget .assistant').first();
  await said.waitFor();
  const leave = async () => {
    await page.unrouteAll({ behavior: 'ignoreErrors' });
    await context.close();
  };
  return { page, said, complaints, leave };
}

test('a long list lies behind a fold, which the keyboard opens', async () => {
  const text = "Aujourd'hui : 8 h 30 – 12 h.\n- lundi : fermé\n- mardi : 8 h 30 – 12 h";
  const { page, said, leave } = await showing({
    text,
    suggestedActions: undefined,
    channelData: { fold: { at: text.indexOf('- lundi'), title: 'Toute la semaine' } },
  });
  expect(await said.locator('li').first().isVisible()).toBe(false);
  await said.locator('summary').focus();
  await page.keyboard.press('Enter');
  expect(await said.locator('li').allTextContents()).toEqual([
    'lundi\u00a0: fermé',
    'mardi\u00a0: 8\u00a0h\u00a030\u00a0–\u2060\u00a012\u00a0h',
  ]);
  expect(await accessibilityFaults(page)).toEqual([]);
  await leave();
});

test('folds, calls and links of a wrong shape are left out, the words are not', async () => {
  const { said, complaints, leave } = await showing({
    text: 'Voyez [la page](https://a.example/x) ou [ceci](javascript:alert(1)), ABCD-EFGH, 12AB-34CD',
    textFormat: 'markdown',
    importance: 'high',
    suggestedActions: {
      actions: [
        { type: 'call', title: 'x', value: 'javascript:alert(1)' },
        { type: 'call', value: 'tel:112' },
        { type: 'call' },
        null,
        7,
      ],
    },
    channelData: { fold: { at: 9999, title: 'Suite' }, links: [{ address: 'https://a.example/x' }, { name: 7 }, 'x', null] },
  });
  expect(await said.locator('.bubble').innerText()).toMatch(
    /Voyez la page[\s\S]* ou \[ceci\]\(javascript:alert\(1\)\), ABCD-EFGH, 12AB-34CD/,
  );
  expect(await said.locator('details, .reference').count()).toBe(0);
  expect(await said.locator('a').evaluateAll((all) => all.map((one) => one.getAttribute('href')))).toEqual([
    'https://a.example/x',
    'tel:112',
  ]);
  expect(complaints).toEqual([]);
  await leave();
});
