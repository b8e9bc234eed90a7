/**
 * A real browser for tests: Debian's Chromium, driven by playwright-core. Tests of what citizens and agents see open
 * pages here, at the sizes people have, and ask axe whether everyone can use them.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { LATEST_MS } from './until';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** The screens that pages are looked at on. */
export const SIZES = {
  desktop: { viewport: { width: 1280, height: 800 } },
  phone: { viewport: { width: 360, height: 740 } },
  '320 px': { viewport: { width: 320, height: 568 } },
  'a desktop at 400 %': { viewport: { width: 320, height: 200 } },
  'forced colours': { viewport: { width: 900, height: 700 }, forcedColors: 'active' as const },
};

/**
 * Pages are laid out, drawn and run by the same engine in both; the shell, which Playwright too prefers where nobody looks on, has
 * no windows around them, and takes half the processor time.
 */
const PROGRAMS = ['/usr/bin/chromium-headless-shell', '/usr/bin/chromium'];

export function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: PROGRAMS.find(existsSync), headless: true, args: FLAGS });
}

export interface OpenPage {
  page: Page;
  context: BrowserContext;
  /** What the page complained of: uncaught errors, and what its content security policy refused. */
  complaints: string[];
}

/** A page of its own, with its own storage. French, 1280 by 800, unless told otherwise. */
export async function openPage(browser: Browser, options: BrowserContextOptions = {}): Promise<OpenPage> {
  const context = await browser.newContext({ locale: 'fr-FR', viewport: { width: 1280, height: 800 }, ...options });
  context.setDefaultTimeout(LATEST_MS);
  await context.addInitScript({ content: testDay });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(String(error)));
  page.on('console', (line) => {
    if (/Content Security Policy|Refused to/i.test(line.text())) complaints.push(line.text());
  });
  return { page, context, complaints };
}

/** Pages live in the same day as the tests that open them. */
const testDay = readFileSync(join(__dirname, 'test-day.js'), 'utf8').replace(
  'Number(process.env.TEST_CLOCK_SHIFT_MS) : 0',
  `0 : ${Number(process.env.TEST_CLOCK_SHIFT_MS)}`,
);

interface Found {
  violations: Array<{ id: string; help: string; nodes: Array<{ target: unknown[] }> }>;
}

const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

/** Whatever moves or changes its colour is at its end; what turns without an end goes on. */
const AT_THE_END = `document.getAnimations()
  .filter((one) => one.effect.getComputedTiming().endTime !== Infinity)
  .forEach((one) => one.finish())`;

/** Everything axe finds, by its rules for WCAG up to 2.2 AA and its good practices, one line each; none is what we want. */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  await page.evaluate(AT_THE_END);
  // The same page may be looked at several times.
  if (!(await page.evaluate("typeof axe === 'object'"))) await page.evaluate(axe);
  const { violations } = (await page.evaluate(
    "axe.run(document, {resultTypes: ['violations'], rules: {'target-size': {enabled: true}}})",
  )) as Found;
  return violations.flatMap(({ id, help, nodes }) => nodes.map(({ target }) => `${id}: ${help} (${target.join(' ')})`));
}
