/**
 * Between colleagues, and when things go wrong: a conversation is passed on, put aside, offered; the line breaks; a sound calls;
 * and however often one goes to and fro, no draft moves.
 */
import type { Browser } from 'playwright-core';
import { addAgent } from '../support/agent-at-desk';
import { openBrowser, SIZES } from '../support/browser';
import { type Citizen, createCitizen } from '../support/citizen';
import { type CityHall, openCityHall } from '../support/city-hall';
import { until } from '../support/direct-line';
import { openRows } from '../support/rows';
import { type DeskAgent, openDesk } from './desk-agent';

/** A Thursday, a quarter past ten: every service is open. */
const OPEN = '2026-11-26T09:15:00Z';
const LATEST_MS = 180_000;

let hall: CityHall;
let browser: Browser;
let nadia: DeskAgent;
let karim: DeskAgent;

beforeAll(async () => {
  hall = await openCityHall({
    at: OPEN,
    change: (town) => ({
      ...town,
      services: town.services.map((service) => (service.id === 'sports' ? { ...service, routing: 'offer' as const } : service)),
    }),
  });
  browser = await openBrowser();
  const rows = await openRows(hall);
  const people = await Promise.all(
    ['Nadia Benali', 'Karim Petit'].map((name) =>
      addAgent(rows.database, name, { email: `${name.toLowerCase().replace(' ', '.')}@bellerive.example`, capacity: 20 }),
    ),
  );
  await rows.close();
  [nadia, karim] = (await Promise.all(people.map((agent) => openDesk(browser, hall, agent)))) as [DeskAgent, DeskAgent];
}, LATEST_MS);

afterAll(async () => {
  await Promise.all([nadia, karim].map((agent) => agent?.leave()));
  await browser?.close();
  await hall?.close();
});

async function waitingCitizen(subject: string, wish = 'je veux parler à une personne'): Promise<Citizen> {
  const ana = await createCitizen(hall.url, { locale: 'fr' });
  await ana.says(wish);
  await ana.hears(/mets en relation/);
  await ana.says(subject);
  await ana.hears(/C'est noté/);
  return ana;
}

test(
  'passed to a colleague: they read why, whoever passed it writes no more, and what they had begun is kept',
  async () => {
    const ana = await waitingCitizen('un acte pour le notaire');
    await nadia.takes('un acte pour le notaire');
    await nadia.composer.fill('Bonjour, je regarde');
    const { page } = nadia;
    await page.keyboard.press('Escape');
    await page.keyboard.press('t');
    const window = page.getByRole('dialog');
    await window.getByText('Karim Petit').click();
    await window.getByRole('button', { name: 'Transférer' }).click();
    await window.getByText('Dites en une phrase').waitFor();
    await window.getByRole('textbox').fill('Elle veut une copie intégrale pour lundi.');
    await window.getByRole('button', { name: 'Transférer' }).click();
    await page.getByText('Transférée à Karim Petit.').waitFor();
    await page.locator('.composer.note').waitFor();
    expect(await page.locator('.composer #composer').inputValue()).not.toContain('je regarde');
    await ana.hears(/Karim/);

    await karim.page.getByRole('tab', { name: /À moi/ }).click();
    await karim.opens('un acte pour le notaire');
    await karim.sees('Elle veut une copie intégrale pour lundi.');
    await karim.sends('Bonjour, la copie part lundi.');
    await ana.hears(/la copie part lundi/);

    // Put aside, it comes back by itself as soon as she writes.
    await karim.page.keyboard.press('Escape');
    await karim.page.keyboard.press('p');
    await karim.page.getByText('En pause. Elle revient dès que l’habitant écrit.').waitFor();
    await until('it is aside', async () => (await karim.count('En pause')) === 1 || null);
    await ana.says('merci, à lundi');
    await until('it is back', async () => (await karim.count('En pause')) === 0 || null);
    await karim.page.locator('.actions').getByRole('button', { name: 'Clore' }).click();
    await karim.page.getByRole('dialog').getByRole('button', { name: 'Répondu' }).click();
    expect([...nadia.complaints, ...karim.complaints]).toEqual([]);
  },
  LATEST_MS,
);

test(
  'offered to one: they see it wherever they are, and with one key it is theirs, or the next one’s',
  async () => {
    await nadia.page.goto(`${hall.url}/desk/tickets`);
    await karim.page.goto(`${hall.url}/desk/settings`);
    await waitingCitizen('une salle pour le judo', 'je veux parler à une personne du service des sports');
    const offerOf = (agent: DeskAgent) => agent.page.locator('.offer');
    const [first, second] = await until('somebody is asked', async () => {
      if (await offerOf(nadia).count()) return [nadia, karim] as const;
      return (await offerOf(karim).count()) ? ([karim, nadia] as const) : null;
    });
    expect(await offerOf(second).count()).toBe(0);
    await first.page.locator('h1').first().click();
    await first.page.keyboard.press('x');
    await offerOf(second).waitFor();
    await second.page.locator('h1').first().click();
    await second.page.keyboard.press('c');
    await second.page.locator('.composer.reply').waitFor();
    await second.sees('une salle pour le judo');
    expect(await offerOf(second).count()).toBe(0);
  },
  LATEST_MS,
);

test(
  'when the line is gone it is said, what is typed is kept, and it is sent once the line is back',
  async () => {
    const ana = await waitingCitizen('une question longue');
    const { page } = nadia;
    // A browser that is offline opens nothing new; the line that is open is cut by hand.
    await page.addInitScript(`
      const Plain = WebSocket;
      window.lines = [];
      window.WebSocket = class extends Plain { constructor(...asked) { super(...asked); window.lines.push(this); } };
    `);
    await page.goto(`${hall.url}/desk/`);
    await nadia.takes('une question longue');
    await ana.hears(/vous répond maintenant/);
    await nadia.context.setOffline(true);
    await page.evaluate('lines.forEach((line) => line.close())');
    await page.getByText(/Hors ligne depuis \d+/).waitFor();
    await nadia.composer.fill('Voici la réponse, écrite sans réseau.');
    expect(await page.getByRole('button', { name: 'Envoyer', exact: true }).isDisabled()).toBe(true);
    await nadia.composer.press('Control+Enter');
    expect(await nadia.composer.inputValue()).toBe('Voici la réponse, écrite sans réseau.');
    await nadia.context.setOffline(false);
    await page.getByText('À jour.').waitFor();
    await nadia.composer.press('Control+Enter');
    await ana.hears(/écrite sans réseau/);
  },
  LATEST_MS,
);

test(
  'a sound calls for what the agent chose, and for nothing else; the title counts in any case',
  async () => {
    const { page } = karim;
    // The tones that a loudspeaker would be handed.
    await page.addInitScript(`
      window.tones = 0;
      const start = OscillatorNode.prototype.start;
      OscillatorNode.prototype.start = function (...when) { window.tones += 1; return start.apply(this, when); };
    `);
    const tones = () => page.evaluate<number>('window.tones');
    await page.goto(`${hall.url}/desk/settings`);
    await page.getByText('Signal sonore').click();
    await page.getByRole('button', { name: 'Essayer le son' }).click();
    await until('it is heard', async () => (await tones()) > 0 || null);
    const set = (name: string) =>
      Promise.all([
        page.waitForResponse((answer) => answer.url().endsWith('/me') && answer.request().method() === 'PATCH'),
        page.getByText(name).click(),
      ]);
    await set('Une arrivée dans la file');
    await page.goto(`${hall.url}/desk/tickets`);
    await page.locator('.count, .view-head').first().waitFor();
    await waitingCitizen('sans bruit');
    await until('the title counts it', async () => /^\(\d+\)/.test(await page.title()) || null);
    expect(await tones()).toBe(0);
    await page.goto(`${hall.url}/desk/settings`);
    await set('Une arrivée dans la file');
    await page.goto(`${hall.url}/desk/tickets`);
    await until('the page is there', async () => /^\(\d+\)/.test(await page.title()) || null);
    await waitingCitizen('avec bruit');
    await until('it is heard', async () => (await tones()) > 0 || null);
  },
  LATEST_MS,
);

test(
  'on a slow machine a queue of several is drawn and stays; the last row of a long list opens at the first press',
  async () => {
    const subjects = ['lente un', 'lente deux', 'lente trois', 'lente quatre', 'lente cinq', 'lente six'];
    await Promise.all(subjects.map((subject) => waitingCitizen(subject)));
    const { page } = nadia;
    const machine = await nadia.context.newCDPSession(page);
    await machine.send('Emulation.setCPUThrottlingRate', { rate: 8 });
    await page.goto(`${hall.url}/desk/`);
    await nadia.list.getByText('lente trois').first().waitFor();
    await page.getByRole('tab', { name: /À moi/ }).click();
    await page.getByRole('tab', { name: /File/ }).click();
    await nadia.list.getByText('lente trois').first().waitFor();
    expect(await page.getByText('Cette page s’est arrêtée').count()).toBe(0);
    await machine.detach();

    // The first thing that is pressed is the last row of a list that is longer than its pane.
    await page.setViewportSize({ width: 1280, height: 400 });
    await page.goto(`${hall.url}/desk/`);
    await nadia.list.getByRole('option').last().click();
    await nadia.log.waitFor();
    await page.setViewportSize(SIZES.desktop.viewport);
  },
  LATEST_MS,
);

/** Runs in the page: as fast as it goes, a thousand times to another conversation or kind, with something typed now and then. */
const WANDER = `(async (subjects, steps) => {
  let seed = 7;
  const random = (most) => ((seed = (seed * 48271) % 2147483647) % most);
  const wait = async (fits) => {
    for (let tries = 0; tries < 2000; tries += 1) {
      const found = fits();
      if (found) return found;
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    throw new Error('waited in vain: ' + fits);
  };
  const written = new Map();
  const wrong = [];
  let at = '';
  for (let step = 0; step < steps; step += 1) {
    if (step % 4 === 0) {
      at = subjects[random(subjects.length)];
      const row = await wait(() => [...document.querySelectorAll('[role=option]')].find((one) => one.textContent.includes(at)));
      row.click();
      await wait(() => [...document.querySelectorAll('[role=log] .bubble')].some((one) => one.textContent.includes(at)));
    }
    const kind = random(2) ? 'note' : 'reply';
    const radios = document.querySelectorAll('.kinds [role=radio]');
    radios[kind === 'note' ? 1 : 0].click();
    const area = await wait(() => document.querySelector('.composer.' + kind + ' #composer'));
    await new Promise((resolve) => setTimeout(resolve));
    const key = at + '|' + kind;
    const expected = written.get(key) ?? '';
    if (area.value !== expected) wrong.push([step, key, expected, area.value]);
    if (random(3) === 0) {
      const text = key + ' ' + step;
      Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value').set.call(area, text);
      area.dispatchEvent(new Event('input', { bubbles: true }));
      written.set(key, text);
    }
  }
  return wrong;
})`;

test(
  'a thousand times to and fro, no draft moves to another conversation, nor from a note to a reply',
  async () => {
    const subjects = ['affaire rouge', 'affaire verte', 'affaire bleue'];
    await Promise.all(subjects.map((subject) => waitingCitizen(subject)));
    const { page } = nadia;
    await page.goto(`${hall.url}/desk/`);
    for (const subject of subjects) {
      await page.getByRole('tab', { name: /File/ }).click();
      await nadia.takes(subject);
    }
    expect(await page.evaluate(`${WANDER}(${JSON.stringify(subjects)}, 1000)`)).toEqual([]);
    expect(nadia.complaints).toEqual([]);
  },
  LATEST_MS,
);
