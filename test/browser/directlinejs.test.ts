/**
 * botframework-directlinejs in a browser, in a page of another origin, against our server: by
 * stream and by polling, with files, with a cut line, and through the troubles it is known to
 * take badly (protocols.md 2.2).
 */
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { openPage } from '../support/browser';
import { createClient } from '../support/direct-line';
import { openOutsideSite, rememberSockets, withOutsideClients } from '../support/outside-clients';
import { until } from '../support/until';
import { useBrowser, useCityHall, useOpened } from '../support/use-city-hall';
import { openWebDoor } from '../support/web-door';

// biome-ignore lint/suspicious/noExplicitAny: a test looks at whatever came
type Heard = any;

/** What the page keeps for the test. */
declare const window: {
  line: Heard;
  heard: Heard[];
  statuses: number[];
  sockets: WebSocket[];
  DirectLine: Heard;
  Image: Heard;
};

interface Connecting {
  webSocket?: boolean;
  conversationId?: string;
  watermark?: string;
}

withOutsideClients('botframework-directlinejs', () => {
  jest.setTimeout(60_000);

  const { hall } = useCityHall();
  const site = useOpened(openOutsideSite, (opened) => opened.close());
  const browser = useBrowser();

  /** A page with the client's script and nothing connected yet. */
  async function openClient() {
    const { page, context } = await openPage(browser);
    await context.addInitScript(rememberSockets);
    await page.goto(site.url);
    await page.addScriptTag({ url: '/directline.js' });
    return page;
  }

  /** As an embedding page does: a token from the town, then the client takes over. */
  async function connect(page: Page, url: string, { webSocket = true, ...resume }: Connecting & { token?: string } = {}) {
    return page.evaluate(
      async ({ url, webSocket, resume }) => {
        const opened = await fetch(`${url}/widget/bellerive/token`, { method: 'POST' });
        const { token, conversationId } = (await opened.json()) as { token: string; conversationId: string };
        window.heard = [];
        window.statuses = [];
        const options = { domain: `${url}/v3/directline`, token, webSocket, pollingInterval: 200, random: () => 0, ...resume };
        window.line = new window.DirectLine.DirectLine(options);
        window.line.connectionStatus$.subscribe((status: number) => window.statuses.push(status));
        window.line.activity$.subscribe((activity: Heard) => window.heard.push(activity));
        return { token: resume.token ?? token, conversationId };
      },
      { url, webSocket, resume },
    );
  }

  const heard = (page: Page): Promise<Heard[]> => page.evaluate(() => window.heard);
  const statuses = (page: Page): Promise<number[]> => page.evaluate(() => window.statuses);
  const watermarkOf = (page: Page): Promise<string> => page.evaluate(() => window.line.watermark);

  /** The id the server gave, or "retry". */
  const post = (page: Page, activity: object): Promise<string> =>
    page.evaluate(
      (activity) =>
        new Promise<string>((resolve, reject) => {
          window.line.postActivity(activity).subscribe(resolve, (error: Heard) => reject(new Error(`refused: ${error.status}`)));
        }),
      activity,
    );

  const say = (page: Page, text: string, clientActivityID = text) =>
    post(page, { type: 'message', text, from: { id: 'page' }, channelData: { clientActivityID } });

  const bySomebody = (role: string) => (one: Heard) => one.from?.role === role;
  const answered = (page: Page, id: string) =>
    until('an answer', async () => (await heard(page)).some((one) => one.replyToId === id));

  test.each([
    ['stream', true],
    ['polling', false],
  ])('a conversation by %s: greeting with choices, message, echo under the same id, answer', async (_way, webSocket) => {
    const page = await openClient();
    await connect(page, hall.url, { webSocket });
    const greeting = await until('the greeting', async () => (await heard(page)).find(bySomebody('bot')));
    expect(greeting.suggestedActions.actions.length).toBeGreaterThan(1);
    const id = await say(page, greeting.suggestedActions.actions[0].value, 'choice-1');
    const echo = await until('the echo', async () => (await heard(page)).find((one) => one.id === id));
    expect(echo.channelData.clientActivityID).toBe('choice-1');
    await answered(page, id);
    expect(await statuses(page)).toEqual([0, 1, 2]);
    const ids = (await heard(page)).map((one) => one.id);
    expect(new Set(ids).size).toBe(ids.length);
    await page.context().close();
  });

  test('a photo goes up with its message and comes back to be shown in the page', async () => {
    const page = await openClient();
    await connect(page, hall.url);
    await until('the greeting', async () => (await heard(page)).some(bySomebody('bot')));
    const photo = (
      await sharp({ create: { width: 30, height: 20, channels: 3, background: 'navy' } })
        .png()
        .toBuffer()
    ).toString('base64');
    const contentUrl = await page.evaluate(async (photo) => {
      const bytes = Uint8Array.from(atob(photo), (letter) => letter.charCodeAt(0));
      return URL.createObjectURL(new Blob([bytes], { type: 'image/png' }));
    }, photo);
    const file = { contentType: 'image/png', contentUrl, name: 'trou.png' };
    const id = await post(page, {
      type: 'message',
      text: 'Voici',
      from: { id: 'page' },
      attachments: [file, file],
      channelData: { clientActivityID: 'p1' },
    });
    const echo = await until('the echo', async () => (await heard(page)).find((one) => one.id === id));
    expect(echo.attachments).toHaveLength(2);
    const width = await page.evaluate(async (address) => {
      const image = new window.Image();
      image.src = address;
      await image.decode();
      return image.naturalWidth;
    }, echo.attachments[0].contentUrl);
    expect(width).toBe(30);
    await page.context().close();
  });

  test('after a cut line it reconnects by itself and hears, once each, what was said meanwhile', async () => {
    const page = await openClient();
    const { token, conversationId } = await connect(page, hall.url);
    await until('the greeting', async () => (await heard(page)).some(bySomebody('bot')));
    const before = await heard(page);
    await page.evaluate(() => window.sockets.at(-1)?.close());
    const client = createClient(hall.url);
    const { body } = await client.say({ conversationId, token, streamUrl: '' }, 'Vous êtes là ?', 'meanwhile');
    await until(
      'the answer to what was said meanwhile',
      async () => (await heard(page)).some((one) => one.replyToId === body.id),
      20_000,
    );
    expect(await page.evaluate(() => window.sockets.length)).toBe(2);
    await answered(page, await say(page, 'Merci', 'after'));
    const ids = (await heard(page)).map((one) => one.id);
    expect(ids.slice(0, before.length)).toEqual(before.map((one) => one.id));
    const history = (await client.read({ conversationId, token, streamUrl: '' })).body.activities as Heard[];
    expect(ids).toEqual(history.map((one) => one.id).slice(0, ids.length));
    await page.context().close();
  });

  test('a second page resumes the conversation from where the first was', async () => {
    const first = await openClient();
    const { token, conversationId } = await connect(first, hall.url);
    await until('the greeting', async () => (await heard(first)).some(bySomebody('bot')));
    await answered(first, await say(first, 'Bonjour'));
    const watermark = await watermarkOf(first);
    await first.context().close();
    const second = await openClient();
    await connect(second, hall.url, { token, conversationId, watermark } as Connecting);
    await answered(second, await say(second, 'Me revoilà'));
    expect((await heard(second))[0]).toMatchObject({ text: 'Me revoilà', conversation: { id: conversationId } });
    await second.context().close();
  });

  test('what is sent while the database is away is given back as "retry", and sent again it is heard once', async () => {
    const door = await openWebDoor({ replies: ({ id }) => [{ text: 'Oui ?', replyToId: id }] });
    try {
      const page = await openClient();
      await connect(page, door.url, { webSocket: false });
      await until('the first words', async () => (await heard(page)).length > 0);
      door.setAway(true);
      expect(await say(page, 'Bonjour', 'again')).toBe('retry');
      // It may ask for news meanwhile, too; when is its own affair.
      await new Promise((resolve) => setTimeout(resolve, 800));
      door.setAway(false);
      await answered(page, await say(page, 'Bonjour', 'again'));
      await answered(page, await say(page, 'Bonjour', 'again'));
      expect((await heard(page)).filter((one) => one.text === 'Bonjour')).toHaveLength(1);
      expect(await statuses(page)).toEqual([0, 1, 2]);
      await page.context().close();
    } finally {
      await door.close();
    }
  });

  test('an expired token is noticed, and a fresh one puts it right', async () => {
    const door = await openWebDoor({ replies: ({ id }) => [{ text: 'Oui ?', replyToId: id }] });
    try {
      const page = await openClient();
      const { token } = await connect(page, door.url, { webSocket: false });
      await until('the first words', async () => (await heard(page)).length > 0);
      door.setAhead(50 * 60 * 1000);
      const fresh = await createClient(door.url).ask('/v3/directline/tokens/refresh', { method: 'POST', token });
      door.setAhead(61 * 60 * 1000);
      await until('the notice', async () => (await statuses(page)).at(-1) === 3);
      await page.evaluate((token) => window.line.reconnect({ token, streamUrl: '' }), fresh.body.token as string);
      await answered(page, await say(page, 'Toujours là'));
      await page.context().close();
    } finally {
      await door.close();
    }
  });
});
