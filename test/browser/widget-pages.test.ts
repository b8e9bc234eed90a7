/** The chat in pages that nobody here wrote: routers that replace whole pages, shortcuts on every key, tag managers that strip attributes. */
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { BrowserContextOptions } from 'playwright-core';
import { openPage } from '../support/browser';
import { until } from '../support/until';
import { useBrowser, useCityHall, useOpened } from '../support/use-city-hall';
import { openVisitor, timesReceived, type Visitor } from './widget-visitor';

const { hall } = useCityHall();
const browser = useBrowser();
useOpened(openPages, () => {
  pages.closeAllConnections();
  pages.close();
});

const SCRIPTS: Record<string, string> = {
  'turbo.js': readFileSync(require.resolve('@hotwired/turbo/dist/turbo.es2017-umd.js'), 'utf8'),
  'htmx.js': readFileSync(require.resolve('htmx.org/dist/htmx.js'), 'utf8'),
};
const TURBO = '<script src="/turbo.js"></script>';
const HTMX = '<script src="/htmx.js"></script>';
/** Filled with the server's address when it is known. */
const WIDGET = '<script src="SERVER/widget.js" data-town="bellerive" defer></script>';

interface Site {
  head?: string;
  body?: string;
  /** On the body element. */
  attributes?: string;
}

let site: Site = {};
let pages: Server;
let pagesUrl = '';

/** A site of three pages that link to each other, on a server of its own as a town's site is. */
async function openPages(): Promise<void> {
  pages = createServer((request, response) => {
    const name = new URL(request.url ?? '/', pagesUrl).pathname.slice(1);
    const script = SCRIPTS[name];
    response.setHeader('Content-Type', script ? 'text/javascript' : 'text/html; charset=utf-8');
    const links = ['un', 'deux', 'trois'].map((each) => `<a href="/${each}">Page ${each}</a>`).join(' ');
    const html = `<!doctype html><html lang="fr"><head><title>${name}</title>${site.head ?? ''}</head>
      <body ${site.attributes ?? ''}><main><h1>Page ${name}</h1>${links}</main>${site.body ?? ''}</body></html>`;
    response.end(script ?? html.replaceAll('SERVER', hall.url));
  });
  await new Promise<void>((resolve) => pages.listen(0, '127.0.0.1', resolve));
  pagesUrl = `http://127.0.0.1:${(pages.address() as AddressInfo).port}`;
}

async function visit(visited: Site, options: BrowserContextOptions = {}): Promise<Visitor & { streams: string[] }> {
  site = visited;
  const ana = await openVisitor(browser, `${pagesUrl}/un`, options, hall.url);
  const streams: string[] = [];
  ana.page.on('websocket', (socket) => streams.push(socket.url()));
  return { ...ana, streams };
}

const SITES: Record<string, Site> = {
  'Turbo, the script in the head': { head: TURBO + WIDGET },
  'Turbo, the script in each body': { head: TURBO, body: WIDGET },
  'Turbo, the element in each page': {
    head: TURBO + WIDGET,
    body: '<guichet-widget></guichet-widget>',
  },
  'Turbo that morphs, the script in the head': {
    head: `${TURBO}<meta name="turbo-refresh-method" content="morph">${WIDGET}`,
  },
  'htmx, the script in the head': { head: HTMX + WIDGET, attributes: 'hx-boost="true"' },
  'htmx, the script in each body': {
    head: HTMX,
    body: WIDGET,
    attributes: 'hx-boost="true"',
  },
};

test.each(Object.entries(SITES))(
  'from page to page it is the same one chat, open, with one stream: %s',
  async (_name, visited) => {
    const ana = await visit(visited);
    await ana.page.evaluate('window.isTheSamePage = true');
    await ana.open();
    await ana.says('Bonjour de la première page');
    await ana.isAnswered();
    const before = await ana.log.locator('.message').count();
    await ana.writing.fill('à moitié écr');
    for (const name of ['deux', 'trois', 'un', 'un', 'deux']) {
      await ana.page.getByRole('link', { name: `Page ${name}` }).click();
      await ana.page.getByRole('heading', { name: `Page ${name}` }).waitFor();
      await ana.page.waitForFunction(`location.pathname === '/${name}'`);
      await ana.log.waitFor();
    }
    await ana.page.goBack();
    await ana.page.getByRole('heading', { name: 'Page un' }).waitFor();
    await ana.log.waitFor();
    expect(await ana.page.evaluate('window.isTheSamePage')).toBe(true);
    expect(await ana.writing.inputValue()).toBe('à moitié écr');
    expect(await ana.log.locator('.message').count()).toBe(before);
    await ana.says('Bonjour de la dernière');
    await ana.isAnswered();
    expect(timesReceived(await ana.received('Bonjour de la dernière'), 'Bonjour de la dernière')).toBe(1);
    expect(await ana.page.locator('guichet-widget .launcher').count()).toBe(1);
    expect(ana.streams).toHaveLength(1);
    expect(ana.complaints).toEqual([]);
    await ana.leave();
  },
);

test('taken off the page it asks nothing more; put back it goes on where it was', async () => {
  const ana = await visit({ head: WIDGET });
  const [socket] = await Promise.all([ana.page.waitForEvent('websocket'), ana.open()]);
  await ana.says('Avant de partir');
  await ana.isAnswered();
  await ana.page.evaluate("window.taken = document.querySelector('guichet-widget'); taken.remove()");
  await until('the stream has ended', () => socket.isClosed());
  expect(await ana.page.locator('guichet-widget').count()).toBe(0);
  await ana.page.evaluate('document.querySelector("main").append(taken)');
  await ana.sees('Avant de partir');
  await ana.says('Me revoilà');
  await ana.isAnswered();
  const received = await ana.received('Avant de partir', 'Me revoilà');
  expect(await ana.log.locator('.message').count()).toBe(received.filter(({ type }) => type === 'message').length);
  expect(ana.streams).toHaveLength(2);
  await ana.leave();
});

test('a page that empties its body keeps the chat, and on a phone the chat keeps lying over the page', async () => {
  const ana = await visit({ head: WIDGET }, { viewport: { width: 360, height: 740 } });
  await ana.open();
  await ana.writing.focus();
  await ana.page.evaluate("document.body.innerHTML = '<main><h1>Tout neuf</h1></main>'");
  await ana.log.waitFor();
  expect(await ana.chat.locator('dialog').evaluate((dialog) => dialog.matches(':modal'))).toBe(true);
  expect(await ana.page.evaluate("document.querySelector('guichet-widget').shadowRoot.activeElement.id")).toBe('text');
  await ana.leave();
});

test("what is typed in the chat is not for the page's shortcuts, and its own keys work", async () => {
  const ana = await visit({ head: WIDGET });
  await ana.page.evaluate(`{
    window.keys = [];
    for (const type of ['keydown', 'keypress', 'keyup', 'paste'])
      for (const target of [window, document, document.body]) target.addEventListener(type, ({ key }) => keys.push(key));
  }`);
  await ana.open();
  await ana.writing.pressSequentially('k / n ?');
  await ana.page.keyboard.press('Enter');
  await ana.isAnswered();
  expect((await ana.own())[0]).toMatch(/k \/ n\s\?/);
  await ana.writing.press('Control+v');
  await ana.page.keyboard.press('Escape');
  await ana.log.waitFor({ state: 'hidden' });
  expect(await ana.page.evaluate('keys')).toEqual([]);
  await ana.page.locator('h1').click();
  await ana.page.keyboard.press('k');
  expect(await ana.page.evaluate('keys')).toContain('k');
  await ana.leave();
});

test('what a page says of everything changes neither the letters nor the colours of the chat', async () => {
  const looks = async (style: string) => {
    const ana = await visit({ head: `<style>${style}</style>${WIDGET}` });
    await ana.open();
    await ana.sees(/assistant automatique/i);
    const seen: unknown = await ana.chat.locator('.message, header button, header h2, textarea, .launcher').evaluateAll((all) =>
      all.map((one) => {
        const { color, textTransform, textIndent, textAlign, fontStyle, fontWeight, whiteSpace, textShadow } = (
          globalThis as unknown as { getComputedStyle(of: unknown): Record<string, string> }
        ).getComputedStyle(one);
        return [one.className, color, textTransform, textIndent, textAlign, fontStyle, fontWeight, whiteSpace, textShadow];
      }),
    );
    await ana.leave();
    return seen;
  };
  const loud =
    '* {color: lime; text-transform: uppercase; text-indent: 3em; text-align: right; font-style: italic; font-weight: 100; white-space: pre; text-shadow: 0 0 9px red}';
  const plain = await looks('');
  expect(await looks(`${loud} html {font-size: 62.5%}`)).toEqual(plain);
  expect(plain).not.toEqual([]);
});

describe('which town', () => {
  const insert = (source: string, before = '') => `<script>${before}
    const script = document.createElement('script'); script.src = '${source}'; document.head.append(script);</script>`;
  const ways: Record<string, Site> = {
    'window.guichet, as tag managers need it': {
      body: insert('SERVER/widget.js', "window.guichet = { town: 'bellerive', lang: 'en' };"),
    },
    "the script's own address": { body: insert('SERVER/widget.js?town=bellerive&lang=en') },
    'the script tag, whatever else is called guichet in the page': {
      head: '<script src="SERVER/widget.js" data-town="bellerive" data-lang="en" defer></script>',
      body: '<div id="guichet"></div>',
    },
  };
  test.each(Object.entries(ways))('is said by %s', async (_way, visited) => {
    const ana = await visit(visited);
    await ana.open();
    expect(await ana.chat.getByRole('button', { name: 'Talk to a person' }).isVisible()).toBe(true);
    await ana.leave();
  });

  test('the chat speaks every language that has a widget.yml, whatever its town', async () => {
    const ana = await visit({ head: '<script src="SERVER/widget.js" data-town="bellerive" data-lang="es" defer></script>' });
    await ana.open();
    expect(await ana.chat.getByRole('button', { name: 'Más acciones' }).isVisible()).toBe(true);
    expect(await ana.writing.getAttribute('placeholder')).toBe('Mensaje…');
    await ana.leave();
  });

  test('is asked for in plain words where nothing says it', async () => {
    const { page, context, complaints } = await openPage(browser);
    site = { head: '<script src="SERVER/widget.js" defer></script>', body: '<div id="guichet"></div>' };
    await page.goto(`${pagesUrl}/un`);
    await until('it complains', () => complaints.length > 0);
    expect(complaints).toEqual([expect.stringMatching(/data-town=.*\?town=.*window\.guichet/)]);
    await context.close();
  });
});
