/**
 * An agent with the desk open before them: signs in, takes, writes and closes with the mouse of
 * a test, and can be asked what axe thinks of what is seen.
 */
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import type { Agent } from '../../src/domain/desk/agent';
import { PASSWORD } from '../support/agent-at-desk';
import { type OpenPage, openPage } from '../support/browser';
import type { CityHall } from '../support/city-hall';
import { useOpened } from '../support/use-city-hall';

export interface DeskAgent extends OpenPage {
  list: Locator;
  log: Locator;
  composer: Locator;
  /** The count on a tab. */
  count(tab: string): Promise<number>;
  /** Opens the first row of the list that these words stand in. */
  opens(words: string | RegExp): Promise<void>;
  /** Opens it and takes it. */
  takes(words: string | RegExp): Promise<void>;
  sends(text: string): Promise<void>;
  sees(text: string | RegExp): Promise<void>;
  leave(): Promise<void>;
}

export async function openDesk(
  browser: Browser,
  hall: Pick<CityHall, 'url'>,
  { email }: Pick<Agent, 'email'>,
  options: BrowserContextOptions = {},
): Promise<DeskAgent> {
  const opened = await openPage(browser, options);
  const { page } = opened;
  await page.goto(`${hall.url}/desk/`);
  await page.locator('input[name=email]').fill(email);
  await page.locator('input[name=password]').fill(PASSWORD);
  await page.locator('button[type=submit]').click();
  await page.getByRole('tablist').waitFor();
  const list = page.getByRole('listbox').first();
  const log = page.getByRole('log');
  const composer = page.locator('#composer');
  const agent: DeskAgent = {
    ...opened,
    list,
    log,
    composer,
    count: async (tab) =>
      Number(
        await page
          .getByRole('tab', { name: new RegExp(tab) })
          .locator('.count')
          .textContent(),
      ),
    opens: async (words) => {
      await list.getByRole('option').filter({ hasText: words }).first().click();
      await log.waitFor();
    },
    takes: async (words) => {
      await agent.opens(words);
      await page
        .locator('.actions')
        .getByRole('button', { name: /^(Prendre|Take)/ })
        .click();
      await page.locator('.composer.reply').waitFor();
      // It is given the focus when the answer has come: keys that are pressed before would be for the page.
      await page.locator('#composer:focus').waitFor();
    },
    sends: async (text) => {
      await composer.fill(text);
      await composer.press('Control+Enter');
    },
    sees: (text) => log.getByText(text).first().waitFor(),
    async leave() {
      await page.unrouteAll({ behavior: 'ignoreErrors' });
      await opened.context.close();
    },
  };
  return agent;
}

/** Opens a list by its name and takes an entry of it. */
export async function picks(page: Page, label: string | RegExp, entry: string): Promise<void> {
  await page.locator('.select').filter({ hasText: label }).getByRole('button').click();
  await page.getByRole('listbox').last().getByRole('option', { name: entry, exact: true }).click();
}

/** The desk open before one agent for all tests of a file. */
export function useDesk(
  browser: Browser,
  hall: Pick<CityHall, 'url'>,
  who: () => Pick<Agent, 'email'> | Promise<Pick<Agent, 'email'>>,
): DeskAgent {
  return useOpened(
    async () => openDesk(browser, hall, await who()),
    (desk) => desk.leave(),
  );
}
