/** One conversation over several tabs and reloads, and a storage that anybody may have written to. */
import type { BrowserContext, Page } from 'playwright-core';
import { openPage } from '../support/browser';
import { until } from '../support/until';
import { useBrowser, useCityHall } from '../support/use-city-hall';
import { openVisitor, timesReceived } from './widget-visitor';

const { hall } = useCityHall();
const browser = useBrowser();

async function openTab(context: BrowserContext): Promise<Page & { says(text: string): Promise<void> }> {
  const page = await context.newPage();
  await page.addInitScript("window.guichet = { remember: 'device' }");
  await page.goto(hall.url);
  await page.locator('guichet-widget section').waitFor({ state: 'attached' });
  return Object.assign(page, {
    async says(text: string) {
      await page.locator('guichet-widget textarea').fill(text);
      await page.locator('guichet-widget textarea').press('Enter');
    },
  });
}

const kept = (page: Page) => page.evaluate<string>("JSON.parse(localStorage.getItem('guichet:bellerive')).conversationId");
const unsent = (page: Page) =>
  page.evaluate<number>("Object.keys(localStorage).filter((key) => key.startsWith('guichet:bellerive:')).length");
const launcher = (page: Page) => page.locator('guichet-widget .launcher');
const own = (page: Page, text: string) => page.locator('guichet-widget .citizen', { hasText: text });

/** 'Sent' means that the server has it; in the conversation it stands once its turn has come: each once, and nothing else. */
async function hasReceived(page: Page, words: string[]): Promise<void> {
  const received = () =>
    page.evaluate<string[]>(`{
      const { conversationId, token } = JSON.parse(localStorage.getItem('guichet:bellerive'));
      fetch('/v3/directline/conversations/' + conversationId + '/activities', { headers: { authorization: 'Bearer ' + token } })
        .then((answer) => answer.json())
        .then(({ activities }) => activities.filter(({ from }) => from.role === 'user').map(({ text }) => text));
    }`);
  await until(`in the conversation: ${words}`, async () => (await received()).length >= words.length);
  expect((await received()).sort()).toEqual([...words].sort());
}

test('tabs that open the chat at the same moment share one conversation, and each shows what is said in the other', async () => {
  const context = (await openPage(browser)).context;
  const [one, other] = [await openTab(context), await openTab(context)];
  await Promise.all([launcher(one).click(), launcher(other).click()]);
  await Promise.all([one, other].map((page) => page.locator('guichet-widget .assistant').first().waitFor()));
  await one.says('Dit dans le premier onglet');
  await own(other, 'Dit dans le premier onglet').waitFor();
  await other.says('Répondu dans le second');
  await own(one, 'Répondu dans le second').waitFor();
  await hasReceived(one, ['Dit dans le premier onglet', 'Répondu dans le second']);

  // Left in one tab for a new conversation, it is left in all of them.
  const before = await kept(one);
  await one.locator('guichet-widget').getByRole('button', { name: 'Autres actions' }).click();
  await one.locator('guichet-widget').getByRole('button', { name: 'Recommencer' }).click();
  await one.locator('guichet-widget .question').getByRole('button', { name: 'Recommencer' }).click();
  await other.locator('guichet-widget .notice', { hasText: 'Nouvelle conversation' }).waitFor();
  await other.says('Dans la nouvelle');
  await own(one, 'Dans la nouvelle').waitFor();
  expect(await kept(other)).not.toBe(before);
  await hasReceived(other, ['Dans la nouvelle']);
  expect(await own(other, 'Dit dans le premier onglet').count()).toBe(0);
  await context.close();
});

test('what two tabs have not sent yet does not overwrite each other: all of it arrives, once, also from a tab that was closed', async () => {
  const context = (await openPage(browser)).context;
  const [one, other] = [await openTab(context), await openTab(context)];
  for (const page of [one, other]) {
    await launcher(page).click();
    await page.locator('guichet-widget .assistant').first().waitFor();
  }
  await context.setOffline(true);
  for (const page of [one, other]) await page.locator('guichet-widget .banner').waitFor();
  await one.says('Premier onglet, un');
  await other.says('Second onglet, un');
  await one.says('Premier onglet, deux');
  await other.says('Second onglet, deux');
  expect(await unsent(one)).toBe(4);
  await one.close();
  await context.setOffline(false);
  await other.locator('guichet-widget .citizen .sent').nth(3).waitFor();
  const words = ['Premier onglet, un', 'Second onglet, un', 'Premier onglet, deux', 'Second onglet, deux'];
  await other.locator('guichet-widget .message:last-child:not(.citizen)').waitFor();
  await hasReceived(other, words);
  expect(await unsent(other)).toBe(0);
  await context.close();
});

test('with both tabs still there, each message is sent and shown once', async () => {
  const context = (await openPage(browser)).context;
  const [one, other] = [await openTab(context), await openTab(context)];
  for (const page of [one, other]) {
    await launcher(page).click();
    await page.locator('guichet-widget .assistant').first().waitFor();
  }
  await context.setOffline(true);
  for (const page of [one, other]) await page.locator('guichet-widget .banner').waitFor();
  await one.says('Écrit ici');
  await other.says('Écrit là');
  await context.setOffline(false);
  // Its own is told to be sent; the other tab's is shown, whether it came from the storage or from the server.
  for (const page of [one, other]) {
    await page.locator('guichet-widget .citizen .sent').first().waitFor();
    await page.locator('guichet-widget .citizen').nth(1).waitFor();
  }
  await hasReceived(one, ['Écrit ici', 'Écrit là']);
  for (const page of [one, other]) expect(await page.locator('guichet-widget .citizen').count()).toBe(2);
  await context.close();
});

const LETTER = '{"id":"a","at":"2026-03-02T09:00:00.000Z","activity":{"type":"message","text":"Gardé"}}';
const HARMED: Record<string, Record<string, string>> = {
  'no JSON': { '': '{' },
  null: { '': 'null' },
  'a list': { '': '[1,2]' },
  'fields of other types': { '': '{"conversationId":7,"token":{},"town":"Bellerive","language":[],"readUntil":9,"letters":{}}' },
  'a town of other types': { '': '{"town":{"name":{"a":1},"languages":"fr","colour":12}}' },
  'a town without languages': { '': '{"town":{"name":"Bellerive","languages":[null,3,{}]}}' },
  'a language nobody speaks, a moment that is none': { '': '{"language":"__proto__","readUntil":"jamais"}' },
  'a conversation of nobody': { '': '{"conversationId":"x","token":"y","readUntil":"2026-13-45T99:99:99Z"}' },
  'letters that are none': { ':a': '{}', ':b': 'x', ':c': '{"id":"c","at":"demain","activity":{"text":"t"}}', ':d': '[]' },
  'a letter with a place that is none': {
    ':a': '{"id":"a","at":"2026-03-02T09:00:00.000Z","activity":{"entities":[{"type":"Place"},{"type":"Place","geo":3},null]}}',
  },
};

test.each(Object.entries(HARMED))('stored data that is harmed does not keep the chat away: %s', async (_name, items) => {
  const { page, context, complaints } = await openPage(browser);
  await page.addInitScript(`for (const [key, value] of Object.entries(${JSON.stringify(items)})) {
    if (!sessionStorage.getItem('harmed' + key)) sessionStorage.setItem('guichet:bellerive' + key, value);
    sessionStorage.setItem('harmed' + key, 'yes');
  }`);
  await page.goto(hall.url);
  await launcher(page).click();
  await page.locator('guichet-widget .assistant').first().waitFor();
  await page.locator('guichet-widget textarea').fill('Bonjour quand même');
  await page.locator('guichet-widget textarea').press('Enter');
  await page.locator('guichet-widget .citizen .sent').waitFor();
  expect(complaints).toEqual([]);
  await context.close();
});

test('a letter that was kept goes with the first opening, between letters that are none', async () => {
  const ana = await openVisitor(browser, hall.url);
  await ana.page.evaluate(`{
    sessionStorage.setItem('guichet:bellerive:a', ${JSON.stringify(LETTER)});
    sessionStorage.setItem('guichet:bellerive:b', '{"id":"b"}');
  }`);
  await ana.page.reload();
  await ana.open();
  await ana.log.locator('.citizen .sent').waitFor();
  expect(timesReceived(await ana.received('Gardé'), 'Gardé')).toBe(1);
  await ana.leave();
});

test('where the browser refuses to keep anything the chat works as long as the page', async () => {
  const ana = await openVisitor(browser, hall.url);
  await ana.page.addInitScript(`for (const name of ['localStorage', 'sessionStorage'])
    Object.defineProperty(window, name, { get() { throw new DOMException('no', 'SecurityError'); } });`);
  await ana.page.reload();
  await ana.open();
  await ana.says('Sans rien garder');
  await ana.isAnswered();
  await ana.log.locator('.citizen .sent').waitFor();
  expect(ana.complaints).toEqual([]);
  await ana.leave();
});

test('on a phone a chat that was open is open again after a reload, over the page; one that was closed is not', async () => {
  const ana = await openVisitor(browser, hall.url, { viewport: { width: 360, height: 740 } });
  await ana.open();
  await ana.says('Bonjour avant de recharger');
  await ana.isAnswered();
  await ana.page.reload();
  await ana.sees('Bonjour avant de recharger');
  expect(await ana.log.isVisible()).toBe(true);
  expect(await ana.chat.locator('dialog').evaluate((dialog) => dialog.matches(':modal'))).toBe(true);
  await ana.page.keyboard.press('Escape');
  await ana.launcher.waitFor();
  await ana.page.reload();
  await ana.launcher.waitFor();
  await ana.chat.locator('[role=log] .message').first().waitFor({ state: 'attached' });
  expect(await ana.log.isVisible()).toBe(false);
  await ana.leave();
});
