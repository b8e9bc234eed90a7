/**
 * Requests on the map of the town, as an agent uses it: shown instead of the list, pressed, found by keyboard, kept as it was
 * left, by day and by night; and the ground under it drawn by whom the operator chose, and by nobody else.
 */
import { createServer } from 'node:http';
import { addAgent } from '../support/agent-at-desk';
import { accessibilityFaults, SIZES } from '../support/browser';
import { createCitizen } from '../support/citizen';
import { photo } from '../support/pictures';
import { until } from '../support/until';
import { useBrowser, useCityHall, useOpened } from '../support/use-city-hall';
import { openDesk, useDesk } from './desk-agent';

/** A Thursday, a quarter past ten. */
const OPEN = '2026-11-26T09:15:00Z';
const LATEST_MS = 180_000;

const { hall, rows } = useCityHall({ at: OPEN });
const browser = useBrowser();
const desk = useDesk(browser, hall, () =>
  addAgent(rows.database, 'Claire', { roles: [{ role: 'supervisor', services: 'all' }] }),
);

const references: string[] = [];

beforeAll(async () => {
  for (const where of ['au 32 rue Victor Hugo', 'au 3 rue des Lilas', 'au 3 rue des Lilas']) {
    const ana = await createCitizen(hall.url, { locale: 'fr' });
    await ana.says(`Il y a un nid-de-poule ${where}`);
    await ana.hears(/photo/i);
    await ana.says('passer');
    await ana.hears(/num[ée]ro|e-mail/i);
    await ana.says('non');
    await ana.hears(/Tout est juste/);
    await ana.says('oui');
    references.push(/\b[0-9A-Z]{4}-[0-9A-Z]{4}\b/.exec(await ana.hears(/référence/))![0]);
  }
}, LATEST_MS);

/** Where points are drawn, one for those that lie on one another: their colours are those of the legend. */
const DRAWN = `(() => {
  const colours = [...document.querySelectorAll('.legend .open, .legend .urgent')].map((dot) =>
    getComputedStyle(dot).backgroundColor.match(/\\d+/g).map(Number));
  const canvas = document.querySelector('.leaflet-container canvas');
  const place = canvas.getBoundingClientRect();
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  const found = [];
  for (let at = 0; at < data.length; at += 4) {
    if (!colours.some((colour) => colour.every((part, n) => data[at + n] === part))) continue;
    const x = place.left + ((at / 4) % canvas.width) * (place.width / canvas.width);
    const y = place.top + Math.floor(at / 4 / canvas.width) * (place.height / canvas.height) + 5;
    if (!found.some((other) => Math.hypot(other.x - x, other.y - y) < 25)) found.push({ x, y });
  }
  return found;
})()`;

/** Resolves when the page has been drawn with what came of a key. */
const DRAWN_ANEW = 'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))';

test(
  'the list becomes a map and stays one; what is pressed is listed beside it; it is all there by keyboard and for axe',
  async () => {
    const { page } = desk;
    const scripts: string[] = [];
    page.on('request', (request) => request.resourceType() === 'script' && scripts.push(request.url()));
    await page.goto(`${hall.url}/desk/tickets`);
    await page.locator('table').waitFor();
    expect(scripts.filter((url) => /canvas/.test(url))).toEqual([]);
    await page.getByRole('radio', { name: 'Carte' }).click();
    await page.locator('.leaflet-container').waitFor();
    await page.getByRole('heading', { name: '3 demandes dans le cadre' }).waitFor();
    expect(scripts.filter((url) => /canvas/.test(url))).toHaveLength(1);
    expect(await page.locator('table').count()).toBe(0);

    // Pressed where it is drawn, a point lists what lies there.
    const drawn = await until('a point for each of the two doors', async () => {
      const found = await page.evaluate<Array<{ x: number; y: number }>>(DRAWN);
      return found.length === 2 ? found : undefined;
    });
    for (const { x, y } of drawn) {
      await page.mouse.click(x, y);
      await page.getByRole('heading', { name: /à cet endroit/ }).waitFor();
      if (await page.getByRole('heading', { name: '2 demandes à cet endroit' }).isVisible()) break;
    }
    await page.getByRole('heading', { name: '2 demandes à cet endroit' }).waitFor();
    expect(await page.locator('.map-row').allTextContents()).toEqual([
      expect.stringContaining('3 rue des Lilas'),
      expect.stringContaining('3 rue des Lilas'),
    ]);
    await page.getByRole('button', { name: 'Tout le cadre' }).click();
    await page.getByRole('heading', { name: '3 demandes dans le cadre' }).waitFor();

    // By keyboard: nearer, until the rest is out of sight, and from the list to the request.
    await page.locator('.leaflet-container').focus();
    const zoomed = (key: string, told: RegExp) =>
      until('what is in sight', async () => {
        await page.keyboard.press(key);
        await page.evaluate(DRAWN_ANEW);
        return told.test(await page.locator('.map-list h2').innerText());
      });
    await zoomed('+', /^[0-2] demandes? dans le cadre/);
    await zoomed('-', /^3 demandes dans le cadre/);

    for (const colorScheme of ['light', 'dark'] as const)
      for (const size of [SIZES.phone, SIZES.desktop]) {
        await page.emulateMedia({ colorScheme });
        await page.setViewportSize(size.viewport);
        await page.locator('.leaflet-container').waitFor();
        expect(await accessibilityFaults(page)).toEqual([]);
        expect(await page.evaluate('document.documentElement.scrollWidth > innerWidth')).toBe(false);
      }
    await page.getByRole('heading', { name: '3 demandes dans le cadre' }).waitFor();
    expect((await page.locator('.map-view').ariaSnapshot()).replace(/[0-9A-Z]{4}-[0-9A-Z]{4}/g, 'REFERENCE')).toMatchSnapshot();

    await page.reload();
    await page.locator('.leaflet-container').waitFor();
    await page.locator('.map-row').first().focus();
    await page.keyboard.press('Enter');
    await page.locator('.map.small .leaflet-container').waitFor();
    expect(references.map((reference) => `/desk/t/${reference}`)).toContain(new URL(page.url()).pathname);
    expect(await accessibilityFaults(page)).toEqual([]);
    // What else is under way near by stands below it, and leads there; what is far is not named.
    await page.goto(`${hall.url}/desk/t/${references[1]}`);
    const near = page.getByRole('region', { name: '1 autre demande en cours à moins de 300 m' });
    await near.getByRole('link').filter({ hasText: references[2] }).click();
    await page.locator('h1').getByText(references[2]!).waitFor();
    await near.getByRole('link').filter({ hasText: references[1] }).waitFor();
    await page.goto(`${hall.url}/desk/t/${references[0]}`);
    await page.locator('.map.small .leaflet-container').waitFor();
    expect(await near.count()).toBe(0);
    await page.goto(`${hall.url}/desk/tickets`);
    await page.getByRole('radio', { name: 'Liste' }).click();
    await page.locator('table').waitFor();
    expect(desk.complaints).toEqual([]);
  },
  LATEST_MS,
);

test(
  'a map that cannot be fetched is said, and tried again; the list is there all the while',
  async () => {
    const { page } = desk;
    await page.route('**/desk/api/map', (route) => route.abort());
    await page.goto(`${hall.url}/desk/tickets`);
    await page.getByRole('radio', { name: 'Carte' }).click();
    await page.locator('.map .failed').waitFor();
    expect(await page.locator('.map-list').isVisible()).toBe(true);
    await page.unroute('**/desk/api/map');
    await page.getByRole('button', { name: 'Réessayer' }).click();
    await page.locator('.leaflet-container').waitFor();
    await page.getByRole('radio', { name: 'Liste' }).click();
  },
  LATEST_MS,
);

describe('with pictures of the ground', () => {
  const asked: string[] = [];
  const ground = useOpened(
    async () => {
      const picture = await photo({ width: 256, height: 256 });
      const server = createServer((request, response) => {
        asked.push(request.url ?? '');
        response.writeHead(200, { 'Content-Type': 'image/jpeg', 'Cross-Origin-Resource-Policy': 'cross-origin' });
        response.end(picture);
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const { port } = server.address() as { port: number };
      return { server, url: `http://127.0.0.1:${port}` };
    },
    ({ server }) => server.close(),
  );
  const tiled = useCityHall(() => ({
    at: OPEN,
    env: { MAP_TILES_URL: `${ground.url}/{z}/{x}/{y}.png`, MAP_TILES_CREDIT: '© les cartographes' },
  }));

  test(
    'they come from that server alone, and whose they are is said beside the map',
    async () => {
      const claire = await addAgent(tiled.rows.database, 'Claire', { roles: [{ role: 'supervisor', services: 'all' }] });
      const agent = await openDesk(browser, tiled.hall, claire);
      const strangers: string[] = [];
      agent.page.on('request', (request) => {
        const { origin, protocol } = new URL(request.url());
        if (/^http/.test(protocol) && ![new URL(tiled.hall.url).origin, ground.url].includes(origin)) strangers.push(origin);
      });
      await agent.page.goto(`${tiled.hall.url}/desk/tickets`);
      expect(asked).toEqual([]);
      await agent.page.getByRole('radio', { name: 'Carte' }).click();
      await agent.page.locator('.leaflet-tile-loaded').first().waitFor();
      expect(await agent.page.getByText('© les cartographes').isVisible()).toBe(true);
      expect(asked[0]).toMatch(/^\/\d+\/\d+\/\d+\.png$/);
      expect(strangers).toEqual([]);
      expect(agent.complaints).toEqual([]);
      expect(await accessibilityFaults(agent.page)).toEqual([]);
      await agent.leave();
    },
    LATEST_MS,
  );
});
