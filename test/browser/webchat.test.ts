/**
 * Bot Framework Web Chat, as any site could embed it, against our server: a citizen who taps a
 * choice, writes, sends a photo, loses the line, and reloads the page.
 */
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { openPage } from '../support/browser';
import { createClient } from '../support/direct-line';
import { openOutsideSite, rememberSockets, withOutsideClients } from '../support/outside-clients';
import { until } from '../support/until';
import { useBrowser, useCityHall, useOpened } from '../support/use-city-hall';

/** What the page keeps for the test. */
declare const window: {
  // biome-ignore lint/suspicious/noExplicitAny: the client's own
  WebChat: any;
  // biome-ignore lint/suspicious/noExplicitAny: a browser's own
  document: any;
  sockets: WebSocket[];
};

interface Ticket {
  token: string;
  conversationId: string;
}

withOutsideClients('botframework-webchat', () => {
  jest.setTimeout(90_000);

  const { hall } = useCityHall();
  const site = useOpened(openOutsideSite, (opened) => opened.close());
  const browser = useBrowser();

  async function openChat({ webSocket = true } = {}) {
    const { page, context, complaints } = await openPage(browser);
    await context.addInitScript(rememberSockets);
    await page.goto(site.url);
    const ticket = await page.evaluate(async (url): Promise<Ticket> => {
      const opened = await fetch(`${url}/widget/bellerive/token`, { method: 'POST' });
      return (await opened.json()) as Ticket;
    }, hall.url);
    await render(page, ticket, { webSocket });
    await fromTown(page).first().waitFor();
    return { page, ticket, complaints };
  }

  async function render(page: Page, { token, conversationId }: Ticket, { webSocket = true, isResumed = false } = {}) {
    await page.addScriptTag({ url: '/webchat.js' });
    await page.evaluate(
      ({ domain, token, webSocket, resume }) => {
        const directLine = window.WebChat.createDirectLine({ domain, token, webSocket, ...resume });
        window.WebChat.renderWebChat({ directLine, locale: 'fr-FR' }, window.document.getElementById('chat'));
      },
      { domain: `${hall.url}/v3/directline`, token, webSocket, resume: isResumed ? { conversationId, watermark: '0' } : {} },
    );
  }

  const fromMe = (page: Page) => page.locator('.webchat__bubble--from-user');
  const mine = (page: Page, text: string | RegExp) => fromMe(page).filter({ hasText: text });
  const fromTown = (page: Page) =>
    page.locator('.webchat__stacked-layout:not(.webchat__stacked-layout--from-user) .webchat__bubble__content');

  async function write(page: Page, text: string): Promise<void> {
    const box = page.locator('[data-id="webchat-sendbox-input"], [data-testid="send box text area"]').first();
    await box.fill(text);
    await box.press('Enter');
  }

  /** Waits until the town has said more than it had. */
  const answered = (page: Page, before: number) => until('an answer', async () => (await fromTown(page).count()) > before);

  test('a conversation: the greeting, a choice tapped, a message written, both answered', async () => {
    const { page, complaints } = await openChat();
    const choices = page.locator('.webchat__suggested-action');
    await choices.first().waitFor();
    expect(await choices.count()).toBeGreaterThan(1);
    const chosen = (await choices.first().innerText()).trim();
    let before = await fromTown(page).count();
    await choices.first().click();
    await mine(page, chosen).waitFor();
    await answered(page, before);
    before = await fromTown(page).count();
    await write(page, 'Quels sont vos horaires ?');
    await answered(page, before);
    // Both are ours, shown once each, and none is still "sending".
    expect(await fromMe(page).count()).toBe(2);
    await until('both to be sent', async () => !/Envoi en cours|Sending/.test(await page.locator('#chat').innerText()));
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  test('the same by polling, where a network lets no sockets through', async () => {
    const { page } = await openChat({ webSocket: false });
    const before = await fromTown(page).count();
    await write(page, 'Bonjour');
    await answered(page, before);
    expect(await page.evaluate(() => window.sockets.length)).toBe(0);
    expect(await fromMe(page).count()).toBe(1);
    await page.context().close();
  });

  test('a photo is sent and shown from our address', async () => {
    const { page } = await openChat();
    const before = await fromTown(page).count();
    const buffer = await sharp({ create: { width: 120, height: 80, channels: 3, background: 'orange' } })
      .jpeg()
      .toBuffer();
    await page.locator('input[type=file]').setInputFiles({ name: 'trou.jpg', mimeType: 'image/jpeg', buffer });
    // It is taken in by the client first; what is sent before that goes without it.
    await page.locator('.webchat__attachment-icon--checked').waitFor();
    await write(page, 'Voici le trou');
    await answered(page, before);
    const shown = page.locator(`img[src^="${hall.url}/files/"]`);
    await shown.first().waitFor();
    await until('the photo to be drawn', () =>
      shown.first().evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth === 120),
    );
    expect(await mine(page, /Voici le trou/).count()).toBe(1);
    await page.context().close();
  });

  test('a cut line comes back by itself; what was said meanwhile is there, and nothing twice', async () => {
    const { page, ticket } = await openChat();
    let before = await fromTown(page).count();
    await write(page, 'Première question');
    await answered(page, before);
    before = await fromTown(page).count();
    await page.evaluate(() => window.sockets.at(-1)?.close());
    await createClient(hall.url).say({ ...ticket, streamUrl: '' }, 'Dit pendant la coupure', 'meanwhile');
    await until('the line to come back', () => page.evaluate(() => window.sockets.length === 2), 25_000);
    await mine(page, /Dit pendant la coupure/).waitFor();
    await answered(page, before);
    before = await fromTown(page).count();
    await write(page, 'Dernière question');
    await answered(page, before);
    for (const text of [/Première question/, /Dit pendant la coupure/, /Dernière question/]) {
      expect(await mine(page, text).count()).toBe(1);
    }
    await page.context().close();
  });

  test('a reload with the token kept brings the conversation back, and it goes on', async () => {
    const { page, ticket } = await openChat();
    let before = await fromTown(page).count();
    await write(page, 'Avant le rechargement');
    await answered(page, before);
    const said = await fromTown(page).allInnerTexts();
    await page.reload();
    await render(page, ticket, { isResumed: true });
    await mine(page, /Avant le rechargement/).waitFor();
    await until('all of it', async () => (await fromTown(page).count()) >= said.length);
    expect((await fromTown(page).allInnerTexts()).slice(0, said.length)).toEqual(said);
    before = await fromTown(page).count();
    await write(page, 'Après le rechargement');
    await answered(page, before);
    expect(await fromMe(page).count()).toBe(2);
    await page.context().close();
  });
});
