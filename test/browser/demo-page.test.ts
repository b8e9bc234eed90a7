/** The demo town's page: for everyone (axe, small screens, zoom), on every day of the year, in whatever font the machine has. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { accessibilityFaults, openPage, SIZES } from '../support/browser';
import { useBrowser, useCityHall } from '../support/use-city-hall';
import { openVisitor } from './widget-visitor';

const { hall } = useCityHall();
const browser = useBrowser();

const LANGUAGES = { français: ['/', 'fr'], English: ['/?lang=en', 'en'] } as const;

/** A week, a public holiday, the last day of the year, and the mornings after both clock changes. */
const DAYS = {
  Monday: '2027-03-01T09:00:00+01:00',
  Tuesday: '2027-03-02T09:00:00+01:00',
  Wednesday: '2027-03-03T09:00:00+01:00',
  Thursday: '2027-03-04T09:00:00+01:00',
  Friday: '2027-03-05T09:00:00+01:00',
  Saturday: '2027-03-06T09:00:00+01:00',
  Sunday: '2027-03-07T09:00:00+01:00',
  '14 July': '2027-07-14T00:30:00+02:00',
  '31 December': '2027-12-31T23:45:00+01:00',
  'summer time begins': '2027-03-28T03:15:00+02:00',
  'summer time ends': '2027-10-31T02:15:00+01:00',
};

/** DejaVu Sans is among the widest text faces and in every Debian with Chromium; scaled, it stands for any font. */
const FONTS = { 'a wide font': '108%', 'a narrow font': '70%' };

async function dressIn(page: Page, width: string): Promise<void> {
  await page.addStyleTag({
    content: `@font-face { font-family: Tried; src: local("DejaVu Sans"); size-adjust: ${width} }
      @font-face { font-family: Tried; font-weight: 600 900; src: local("DejaVu Sans Bold"); size-adjust: ${width} }
      body, body * { font-family: Tried !important }`,
  });
  await page.evaluate('document.fonts.ready');
}

/** What leaves its card or makes the page scroll sideways, by its words. */
function overflowing(page: Page): Promise<string[]> {
  return page.evaluate<string[]>(`[
    ...(document.documentElement.scrollWidth > innerWidth ? ['the page scrolls sideways'] : []),
    ...[...document.querySelectorAll('.box')].flatMap((box) => {
      const limit = box.getBoundingClientRect().right + 0.5;
      return [...box.querySelectorAll('*')].filter((one) => one.getBoundingClientRect().right > limit).map((one) => one.textContent.trim());
    }),
  ]`);
}

describe.each(Object.entries(LANGUAGES))('%s', (_language, [path, lang]) => {
  const openDemo = async (options: Parameters<typeof openPage>[1], day?: string) => {
    const opened = await openPage(browser, options);
    if (day) await opened.page.clock.setFixedTime(day);
    await opened.page.goto(hall.url + path);
    await opened.page.locator(`html[lang=${lang}] guichet-widget .launcher`).waitFor();
    return opened;
  };

  test.each(Object.entries(SIZES))('%s: axe finds nothing, nothing scrolls sideways', async (_size, options) => {
    const { page, context, complaints } = await openDemo(options);
    expect(await accessibilityFaults(page)).toEqual([]);
    expect(await overflowing(page)).toEqual([]);
    // Pages live in the tests' day too.
    expect(Math.abs((await page.evaluate<number>('Date.now()')) - Date.now())).toBeLessThan(3600_000);
    expect(complaints).toEqual([]);
    await context.close();
  });

  test.each(Object.entries(DAYS))('%s: its line stands out and fits, in any font', async (_name, day) => {
    // The page's own policy would refuse the fonts that are tried on.
    const { page, context } = await openDemo({ ...SIZES['320 px'], bypassCSP: true }, day);
    const weekday = new Date(Date.parse(day)).toLocaleDateString(lang, { weekday: 'long', timeZone: 'Europe/Paris' });
    expect((await page.locator('tr.today th').allTextContents()).map((words) => words.toLowerCase().split(/\s/)[0])).toEqual([
      weekday.toLowerCase(),
    ]);
    const found: Record<string, string[]> = { 'its own font': await overflowing(page) };
    for (const [font, width] of Object.entries(FONTS)) {
      await dressIn(page, width);
      found[font] = await overflowing(page);
    }
    expect(found).toEqual({ 'its own font': [], 'a wide font': [], 'a narrow font': [] });
    await context.close();
  });
});

test('it has the same build in both languages', () => {
  const build = (file: string) =>
    readFileSync(join(__dirname, '../../web/demo', file), 'utf8').match(/<[a-z][a-z0-9]*|(?<=\s)(?:id|class|src)="[^"]*"/g);
  expect(build('en.html')).toEqual(build('index.html'));
});

test('its links open the chat with words to start from, which wait to be sent', async () => {
  const ana = await openVisitor(browser, hall.url);
  await ana.page.getByRole('link', { name: 'Nid-de-poule' }).click();
  expect(await ana.writing.inputValue()).toBe('Il y a un nid-de-poule ');
  await ana.log.locator('.assistant').first().waitFor();
  expect(await ana.own()).toEqual([]);
  await ana.leave();
});
