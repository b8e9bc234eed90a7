/** Whether every agent can work at the desk: axe in every view, by day and by night, on a screen and on a phone; what a screen reader is told. */
import type { Agent } from '../../src/domain/desk/agent';
import { addAgent } from '../support/agent-at-desk';
import { accessibilityFaults, openPage, SIZES } from '../support/browser';
import { createCitizen } from '../support/citizen';
import { useBrowser, useCityHall } from '../support/use-city-hall';
import { type DeskAgent, openDesk } from './desk-agent';

const OPEN = '2026-11-26T09:15:00Z';
const LATEST_MS = 240_000;

let reference: string;

const { hall, rows } = useCityHall({ at: OPEN });
const browser = useBrowser();
let nadia: Agent;
/** The address of a conversation that waits. */
let waiting: string;

beforeAll(async () => {
  nadia = await addAgent(rows.database, 'Nadia Benali', {
    email: 'nadia.benali@bellerive.example',
    capacity: 20,
    roles: [
      { role: 'supervisor', services: 'all' },
      { role: 'admin', services: 'all' },
    ],
  });
  const tab = await openDesk(browser, hall, nadia);
  const ana = await createCitizen(hall.url, { locale: 'fr' });
  await ana.says('il y a un lampadaire éteint au 12 rue Victor Hugo');
  await ana.hears(/photo/);
  await ana.says('passer');
  await ana.hears(/prévenir/);
  await ana.says('passer');
  await ana.hears(/Tout est juste/);
  await ana.says('oui');
  reference = /[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(await ana.hears(/[0-9A-Z]{4}-[0-9A-Z]{4}/))![0];
  await ana.says('je veux parler à une personne');
  await ana.hears(/mets en relation/);
  await ana.says('Le lampadaire est tombé cette nuit');
  await ana.hears(/C'est noté/);
  await tab.opens('Le lampadaire');
  waiting = new URL(tab.page.url()).pathname;
  await tab.leave();
}, LATEST_MS);

/** The views scroll within; the page itself does not where they fill it. */
const SCROLLS_BELOW = `document.querySelector('.frame') !== null &&
  document.documentElement.scrollHeight > Math.max(innerHeight, document.querySelector('.frame').offsetHeight)`;

/** Nothing is wider than the page, tables neither: with one thumb one scrolls one way. */
const TOO_WIDE = `[...document.querySelectorAll('.view, .view .scroll')]
  .filter((view) => view.scrollWidth > view.clientWidth)
  .flatMap((view) => [view, ...view.querySelectorAll('*')].filter((one) => one.getBoundingClientRect().right > innerWidth + 1 || one === view))
  .map((one) => 'too wide: ' + one.tagName + ' ' + one.className)`;

test.each(['desktop', 'phone'] as const)(
  'axe finds nothing in any view, by day and by night: %s',
  async (size) => {
    const options = SIZES[size];
    const found: Record<string, string[]> = {};
    const looker = (page: DeskAgent['page']) => async (state: string) => {
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.emulateMedia({ colorScheme });
        const faults = await accessibilityFaults(page);
        if (await page.evaluate('document.documentElement.scrollWidth > innerWidth')) faults.push('it scrolls sideways');
        faults.push(...(await page.evaluate<string[]>(TOO_WIDE)));
        if (await page.evaluate(SCROLLS_BELOW)) faults.push('the page scrolls below what it shows');
        found[`${state}, ${colorScheme}`] = faults;
      }
    };
    const door = await openPage(browser, options);
    await door.page.goto(`${hall.url}/desk/`);
    await door.page.locator('button[type=submit]').waitFor();
    await looker(door.page)('signing in');
    await door.context.close();

    const agent = await openDesk(browser, hall, nadia, options);
    const { page } = agent;
    const look = looker(page);
    await page.getByRole('option').first().waitFor();
    await look('queue');
    await page.goto(hall.url + waiting);
    await agent.log.waitFor();
    await look('conversation');
    await page.locator('.actions').getByRole('button', { name: 'Transférer' }).click();
    await page.locator('.destinations').waitFor();
    await look('transfer');
    await page.keyboard.press('Escape');
    if (size === 'phone') {
      await page.getByRole('button', { name: 'Fiche de l’habitant' }).click();
      await page.locator('.citizen-pane').waitFor();
      await look('citizen');
    }
    await page.goto(`${hall.url}/desk/knowledge`);
    await page.getByRole('radio', { name: 'Sujets' }).click();
    await page.locator('.view table').waitFor();
    await look('topics');
    for (const [view, ready] of [
      ['tickets', 'table'],
      [`t/${reference}`, '.history'],
      ['search?q=lampadaire', 'h1'],
      ['board', 'h1'],
      ['knowledge', '.view .hint'],
      ['knowledge/faq_passport', '.editor'],
      ['knowledge/new', '.editor'],
      ['figures', '.view .empty, .view .totals'],
      ['settings/replies', '.reply'],
      ['settings/abuse', 'h2'],
      ['counter', '#contact-words'],
      ['campaigns', '.view-head'],
      ['settings/persons', '.sheet'],
      ['settings/retention', '#held'],
      ['settings/people', '.person'],
      ['settings/programs', '.sheet'],
      ['settings/trail', 'tbody'],
      ['settings', '.settings'],
    ] as const) {
      await page.goto(`${hall.url}/desk/${view}`);
      await page.locator(ready).first().waitFor();
      await look(view.replace(reference, 'a request'));
    }
    await page.getByRole('button', { name: 'Voir les raccourcis' }).click();
    await page.getByRole('dialog').waitFor();
    await look('keys');
    await page.goto(`${hall.url}/desk/training`);
    await page.locator('.charter').waitFor();
    await look('training');
    await page.getByRole('button', { name: 'Commencer : Des données personnelles collées' }).click();
    await page.locator('.room').waitFor();
    await agent.log.waitFor();
    await look('the room in which one trains');
    await page.locator('.actions').getByRole('button', { name: 'Prendre' }).click();
    await page.locator('.composer.reply').waitFor();
    // What the room refuses is not offered in it.
    expect(await page.getByRole('button', { name: 'Joindre des fichiers' }).count()).toBe(0);
    await page.getByRole('button', { name: 'Terminer et voir le bilan' }).click();
    await page.locator('.played').first().waitFor();
    await look('what was played');
    found.complaints = [...door.complaints, ...agent.complaints];
    expect(found).toEqual(Object.fromEntries(Object.keys(found).map((state) => [state, []])));
    await agent.leave();
  },
  LATEST_MS,
);

/** What changes from day to day and from run to run is told as such. */
const steady = (told: string) =>
  told
    .replace(/[0-9A-Z]{4}-[0-9A-Z]{4}/g, 'REFERENCE')
    .replace(/\/desk\/c\/[\w-]+/g, '/desk/c/CONVERSATION')
    .replace(/\d{1,2} \p{L}+\.?,? \d{1,2}:\d{2}|\d{1,2}:\d{2}/gu, 'TIME')
    .replace(/attend depuis .*/g, 'attend depuis WAIT');

test(
  'what a screen reader is told of the door, the queue and a conversation, in French and in English',
  async () => {
    const agent = await openDesk(browser, hall, nadia);
    const { page } = agent;
    await page.goto(hall.url + waiting);
    await agent.log.waitFor();
    expect(steady(await page.locator('.list-pane').ariaSnapshot())).toMatchSnapshot('the list');
    expect(steady(await page.locator('.talk-head').ariaSnapshot())).toMatchSnapshot('the head of a conversation');
    expect(steady(await page.locator('.composer').ariaSnapshot())).toMatchSnapshot('the composer');
    expect(steady(await page.locator('.top').ariaSnapshot())).toMatchSnapshot('the top');
    await page.goto(`${hall.url}/desk/counter`);
    await page.locator('#contact-words').fill('Le lampadaire devant le 14 rue des Lilas est cassé');
    await page.getByText('Compris : 14 rue des Lilas').waitFor();
    expect(steady(await page.locator('.counter').ariaSnapshot())).toMatchSnapshot('a contact being noted');
    await page.goto(`${hall.url}/desk/training`);
    await page.locator('.charter').waitFor();
    // What was played before stands above.
    expect(
      await page
        .locator('.sheet')
        .filter({ has: page.locator('.exercises') })
        .ariaSnapshot(),
    ).toMatchSnapshot('training');
    await page.goto(`${hall.url}/desk/settings`);
    await page.getByText('English').click();
    await page.getByRole('heading', { name: 'Settings' }).waitFor();
    expect(await page.evaluate('document.documentElement.lang')).toBe('en');
    expect(await page.locator('.settings').ariaSnapshot()).toMatchSnapshot('the settings');
    await page.getByText('Français').click();
    await page.getByRole('heading', { name: 'Réglages' }).waitFor();
    await agent.leave();
  },
  LATEST_MS,
);

test(
  'what a screen reader is told of the windows of a conversation, of requests, of topics and of those who steer',
  async () => {
    const agent = await openDesk(browser, hall, nadia);
    const { page } = agent;
    const told = async (what: string) => expect(steady(await page.locator(what).first().ariaSnapshot()));
    const pressed = async (button: string) => {
      await page.locator('.actions').getByRole('button', { name: button }).click();
      await page.getByRole('dialog').waitFor();
    };
    const closed = async () => {
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    };
    await page.goto(hall.url + waiting);
    await agent.log.waitFor();
    (await told('.citizen-pane')).toMatchSnapshot('what is known of the citizen');
    await pressed('Transférer');
    await page.locator('.destinations').waitFor();
    (await told('[role=dialog]')).toMatchSnapshot('passing on');
    await closed();
    await page.locator('.actions').getByRole('button', { name: 'Prendre' }).click();
    await page.locator('.composer.reply').waitFor();
    await pressed('Clore');
    (await told('[role=dialog]')).toMatchSnapshot('how it ends');
    await closed();
    await page.locator('.actions .icon-button').click();
    await page.getByRole('menuitem', { name: 'Signaler un incident' }).click();
    await page.getByRole('dialog').waitFor();
    (await told('[role=dialog]')).toMatchSnapshot('reporting an incident');
    await closed();
    await page.locator('.actions .icon-button').click();
    await page.getByRole('menuitem', { name: 'Rendre à l’assistant' }).click();
    await page.getByText('Avec l’assistant').waitFor();
    for (const [view, ready, what] of [
      ['tickets', 'table', 'the list of requests'],
      // With its map, which comes by itself.
      [`t/${reference}`, '.map-name', 'a request'],
      ['search?q=lampadaire', '.view .card', 'what a search finds'],
      ['search?q=zzzz', '.view .hint', 'a search that finds nothing'],
      ['board', 'thead', 'the board'],
      ['campaigns', '.view .empty', 'campaigns before the first'],
      ['settings/abuse', 'main .hint >> nth=1', 'incidents before the first'],
      ['t/ZZZZ-ZZZZ', '.empty', 'a request that is not there'],
      ['settings/persons', '.sheet', 'what is kept of a person, before anybody is looked up'],
      ['settings/retention', '#held', 'how long it is kept, and the list of what went'],
      ['settings/programs', '.sheet', 'programs before the first key'],
    ] as const) {
      await page.goto(`${hall.url}/desk/${view}`);
      await page.locator(ready).first().waitFor();
      (await told(what === 'the board' ? 'thead' : 'main')).toMatchSnapshot(what);
    }
    await agent.leave();
  },
  LATEST_MS,
);
