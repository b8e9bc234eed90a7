/**
 * A citizen with the chat of a page before them: opens it, writes, reads what is said, and can
 * ask the server what it really received.
 */
import type { Browser, BrowserContextOptions, Locator } from 'playwright-core';
import { type OpenPage, openPage } from '../support/browser';
import type { Said } from '../support/citizen';
import { until } from '../support/until';

export interface Visitor extends OpenPage {
  /** The chat's own part of the page; the locator looks through its shadow root. */
  chat: Locator;
  log: Locator;
  writing: Locator;
  launcher: Locator;
  open(): Promise<void>;
  says(text: string): Promise<void>;
  /** Waits until this stands in the conversation. */
  sees(text: string | RegExp): Promise<void>;
  /** Waits until the town has said something after the citizen's last words. */
  isAnswered(): Promise<void>;
  /** The citizen's messages as they stand in the log, with how far each has got. */
  own(): Promise<string[]>;
  /** The conversation as the server has it, read with the token that the page keeps; as soon as these words stand in it. */
  received(...words: string[]): Promise<Said[]>;
  /** Closes the page, whatever is still under way. */
  leave(): Promise<void>;
}

/** `server`: where the town hall is, when the page is another site's. */
export async function openVisitor(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
  server = new URL(url).origin,
): Promise<Visitor> {
  const opened = await openPage(browser, options);
  const { page } = opened;
  await page.goto(url);
  const chat = page.locator('guichet-widget');
  const log = chat.getByRole('log');
  const writing = chat.getByRole('textbox');
  const launcher = chat.locator('.launcher');
  return {
    ...opened,
    chat,
    log,
    writing,
    launcher,
    async open() {
      await launcher.click();
      await log.locator('.assistant').first().waitFor();
    },
    async says(text) {
      await writing.fill(text);
      await writing.press('Enter');
    },
    sees: (text) => log.getByText(text).first().waitFor(),
    async isAnswered() {
      await log.locator('.message:last-child:not(.citizen)').waitFor();
    },
    own: () => log.locator('.citizen').evaluateAll((messages) => messages.map(({ innerText }) => innerText as string)),
    // 'Sent' means that the server has it; in the conversation it stands once its turn has come.
    received: (...words) =>
      until(`in the conversation: ${words}`, async () => {
        const kept = JSON.parse(await page.evaluate<string>("sessionStorage.getItem('guichet:bellerive')"));
        const answer = await fetch(`${server}/v3/directline/conversations/${kept.conversationId}/activities`, {
          headers: { authorization: `Bearer ${kept.token}` },
        });
        const { activities } = (await answer.json()) as { activities: Said[] };
        return words.every((text) => timesReceived(activities, text) > 0) ? activities : null;
      }),
    async leave() {
      await page.unrouteAll({ behavior: 'ignoreErrors' });
      await opened.context.close();
    },
  };
}

/** How often the citizen's words stand in what the server received. */
export const timesReceived = (activities: Said[], text: string): number =>
  activities.filter((one) => one.from.role === 'user' && one.text === text).length;
