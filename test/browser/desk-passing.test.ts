/**
 * Between colleagues, and when things go wrong: a conversation is passed on, put aside, offered; the line breaks; a sound calls;
 * and however often one goes to and fro, no draft moves.
 */
import type { Me } from '../../src/desk/wire';
import type { Agent } from '../../src/domain/desk/agent';
import { createFeed } from '../../src/store/rows/feed';
import { type AgentAtDesk, addAgent, signIn } from '../support/agent-at-desk';
import { accessibilityFaults, SIZES } from '../support/browser';
import { type Citizen, createCitizen } from '../support/citizen';
import { openRows } from '../support/rows';
import { until } from '../support/until';
import { useBrowser, useCityHall } from '../support/use-city-hall';
import { type DeskAgent, useDesk } from './desk-agent';

/** A Thursday, a quarter past ten: every service is open. */
const OPEN = '2026-11-26T09:15:00Z';
const LATEST_MS = 180_000;

/** Nadia's hands without her page. */
let hers: AgentAtDesk;

const { hall, rows } = useCityHall({
  at: OPEN,
  change: (town) => ({
    ...town,
    services: town.services.map((service) => (service.id === 'sports' ? { ...service, routing: 'offer' as const } : service)),
  }),
});
const browser = useBrowser();

let people: Agent[];

beforeAll(async () => {
  // Karim looks after the services as well.
  people = await Promise.all(
    (
      [
        ['Nadia Benali', 'agent'],
        ['Karim Petit', 'supervisor'],
      ] as const
    ).map(([name, role]) =>
      addAgent(rows.database, name, {
        email: `${name.toLowerCase().replace(' ', '.')}@bellerive.example`,
        capacity: 20,
        roles: [{ role, services: 'all' }],
      }),
    ),
  );
  hers = await signIn(hall.url, people[0]!);
});
const nadia = useDesk(browser, hall, () => people[0]!);
const karim = useDesk(browser, hall, () => people[1]!);

async function waitingCitizen(subject: string, wish = 'je veux parler à une personne'): Promise<Citizen> {
  const ana = await createCitizen(hall.url, { locale: 'fr' });
  await ana.says(wish);
  await ana.hears(/mets en relation/);
  await ana.says(subject);
  await ana.hears(/C'est noté/);
  return ana;
}

/** What a test leaves in the queue goes back to the bot, so that the next one finds it as it was. */
async function nobodyWaits(): Promise<void> {
  for (const { id } of (await hers.list('queue')).items) {
    await hers.does(id, { kind: 'claim' });
    await hers.does(id, { kind: 'giveBack' });
  }
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
    // What she had begun is no note until she makes it one.
    expect(await nadia.composer.inputValue()).toBe('');
    await page.locator('.composer').getByText('Votre réponse commencée est gardée').waitFor();
    await page.reload();
    await page.locator('.composer q').getByText('Bonjour, je regarde').waitFor();
    await page.getByRole('button', { name: 'En faire une note' }).click();
    await until('it is a note', async () => (await nadia.composer.inputValue()) === 'Bonjour, je regarde' || null);
    await page.locator('.composer q').waitFor({ state: 'detached' });
    await nadia.composer.press('Control+Enter');
    await nadia.log.locator('.line.note:not(.pending)').getByText('Bonjour, je regarde').waitFor();
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
  'among many services one is found by a few letters, by keyboard alone, and where one passed to last stands first',
  async () => {
    const { page } = nadia;
    const window = page.getByRole('dialog');
    const names = () => window.locator('.destination-name').allInnerTexts();
    for (const [n, subject] of ['un acte à corriger', 'un autre acte à corriger'].entries()) {
      await waitingCitizen(subject);
      await page.getByRole('tab', { name: /File/ }).click();
      await nadia.takes(subject);
      await page.keyboard.press('Escape');
      await page.keyboard.press('t');
      await window.getByRole('searchbox').waitFor();
      const all = await names();
      expect(all.length).toBeGreaterThan(15);
      expect(all.indexOf('État civil') === 0).toBe(n > 0);
      await page.keyboard.type('zzz');
      await window.locator('.destinations').getByText('Aucun ne porte ce nom.').waitFor();
      expect(await accessibilityFaults(page)).toEqual([]);
      await page.keyboard.press('Enter');
      expect(await window.getByRole('button', { name: 'Transférer' }).isDisabled()).toBe(true);
      for (let letter = 0; letter < 3; letter += 1) await page.keyboard.press('Backspace');
      await page.keyboard.type('ETAT');
      await until('only that is left', async () => (await names()).join() === 'État civil' || null);
      expect(await window.getByRole('status').innerText()).toBe('1 trouvé');
      await page.keyboard.press('Enter');
      await page.keyboard.type('Elle attend son acte.');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await window.waitFor({ state: 'detached' });
      await page.getByText('Transférée à État civil.').first().waitFor();
    }
    // Kept with the agent, not with the machine.
    await page.reload();
    await until('the last is remembered', async () => {
      const { settings } = (await hers.call('GET', 'me')).body as unknown as Me;
      return settings.passedTo?.join() === 'etat-civil' || null;
    });
    // Nobody is left waiting, whom the pages of the tests that follow would count.
    await nobodyWaits();
    expect(nadia.complaints).toEqual([]);
  },
  LATEST_MS,
);

test(
  'a colleague is named in a note by a few letters: told on every view, by title and sound, until the note is before them',
  async () => {
    await waitingCitizen('une facture en double');
    const { page } = nadia;
    await page.goto(`${hall.url}/desk/`);
    await nadia.takes('une facture en double');
    await karim.page.goto(`${hall.url}/desk/tickets`);
    await karim.page.locator('.view-head').waitFor();
    const [, before = '0'] = /^\((\d+)\)/.exec(await karim.page.title()) ?? [];
    await page.keyboard.press('Escape');
    await page.keyboard.press('n');
    await page.locator('.composer.note').waitFor();
    const offered = page.getByRole('listbox', { name: 'Collègues à nommer' });
    await nadia.composer.pressSequentially('@xyz');
    await offered.waitFor({ state: 'detached' });
    await nadia.composer.fill('');
    await nadia.composer.pressSequentially('Pour @pet');
    await offered.getByRole('option', { name: /Karim Petit/, selected: true }).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await nadia.composer.press('Enter');
    await nadia.composer.pressSequentially('as-tu une trace ?');
    expect(await nadia.composer.inputValue()).toBe('Pour @Karim Petit as-tu une trace ?');
    await nadia.composer.press('Control+Enter');

    const told = karim.page.getByRole('region', { name: 'Nadia Benali vous nomme dans une note' });
    await told.getByText('une facture en double').waitFor();
    await until('the title counts it', async () => (await karim.page.title()).startsWith(`(${Number(before) + 1})`) || null);
    expect(await accessibilityFaults(karim.page)).toEqual([]);
    // It is theirs to read, however often they come back.
    await karim.page.reload();
    await karim.page.setViewportSize(SIZES.phone.viewport);
    await told.waitFor();
    expect(await karim.page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
    await karim.page.setViewportSize(SIZES.desktop.viewport);
    await told.getByRole('button', { name: 'Lire' }).click();
    await karim.sees('as-tu une trace ?');
    await told.waitFor({ state: 'detached' });
    await until('it is read', async () => (await mentioned()) === 0);
    await karim.page.goto(`${hall.url}/desk/`);
    await karim.page.locator('.list-pane .empty, .list-pane [role=option]').first().waitFor();
    expect(await told.count()).toBe(0);
    for (const { id } of (await hers.list('mine')).items) await hers.does(id, { kind: 'giveBack' });
    expect([...nadia.complaints, ...karim.complaints]).toEqual([]);
  },
  LATEST_MS,
);

/** Conversations in which somebody is named and has not read it. */
const mentioned = () => rows.database.collection('conversations').count({ 'queue.mentionedAt': { $gt: '' } });

test(
  'what is typed into a date or finds an entry of a list is no shortcut: put off until a moment, and narrowed, by keys alone',
  async () => {
    await waitingCitizen('une copie pour la banque');
    const { page } = nadia;
    await page.getByRole('tab', { name: /File/ }).click();
    await nadia.takes('une copie pour la banque');
    await page.keyboard.press('Escape');
    await page.keyboard.press('h');
    const window = page.getByRole('dialog');
    const put = window.getByRole('button', { name: 'Remettre', exact: true });
    await put.waitFor();
    expect(await put.isDisabled()).toBe(true);
    await window.getByRole('spinbutton').first().focus();
    // Digits choose what is offered above, elsewhere in this window.
    await page.keyboard.type('211220390830');
    expect(await accessibilityFaults(page)).toEqual([]);
    await put.click();
    await page.getByText(/Remise à 21 déc\..*08:30/).waitFor();
    const { items } = await hers.list('parked');
    expect(items).toMatchObject([{ parkedUntil: '2039-12-21T07:30:00.000Z' }]);
    await hers.does(items[0]!.id, { kind: 'giveBack' });

    // 'v' leads to the counter, 'a' away from the desk: not here.
    await page.goto(`${hall.url}/desk/tickets`);
    const service = page.locator('.select').filter({ hasText: 'Service' }).getByRole('button');
    await service.focus();
    await page.keyboard.press('Enter');
    await page.locator('[role=listbox]:focus-within').waitFor();
    await page.keyboard.type('voirie');
    await page.keyboard.press('Enter');
    await service.filter({ hasText: 'Voirie' }).waitFor();
    await page.keyboard.type('a');
    expect(new URL(page.url()).pathname).toBe('/desk/tickets');
    expect((await hers.call('GET', 'me')).body.status).toBe('available');
    await page.goto(`${hall.url}/desk/`);
    expect(nadia.complaints).toEqual([]);
  },
  LATEST_MS,
);

test(
  'offered to one: they see it wherever they are, and with one key it is theirs, or the next one’s',
  async () => {
    await nadia.page.goto(`${hall.url}/desk/tickets`);
    await karim.page.goto(`${hall.url}/desk/settings`);
    await until('both pages are live', async () => {
      const there = await rows.database.collection<{ _id: string; agent: string }>('presence').find({});
      return new Set(there.map(({ agent }) => agent)).size === 2 || null;
    });
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
  'words that hurt are covered wherever they stand, an incident is reported; whoever listens in whispers, and takes it over',
  async () => {
    const { page } = nadia;
    await page.goto(`${hall.url}/desk/settings`);
    await page.getByText('Masquer les propos blessants').click();
    await page.goto(`${hall.url}/desk/`);
    const ana = await waitingCitizen('vous êtes des connards, répondez à mon dossier');
    await nadia.takes('répondez à mon dossier');
    await ana.hears(/vous répond maintenant/);
    // In the list, in the conversation and beside it.
    await nadia.log.getByRole('img', { name: 'mot masqué' }).waitFor();
    await page.locator('.citizen-pane .own-words').first().waitFor();
    expect(await page.locator('body').innerText()).not.toContain('connards');
    await nadia.log.getByRole('button', { name: 'Montrer' }).click();
    await nadia.sees('vous êtes des connards');
    await nadia.log.getByRole('button', { name: 'Masquer' }).click();
    await nadia.log.getByRole('img', { name: 'mot masqué' }).waitFor();

    // Karim opens what somebody else holds: he may listen, whisper, take it over, and not answer.
    await karim.page.goto(page.url());
    await karim.log.waitFor();
    await karim.page.getByRole('radio', { name: 'Souffler' }).click({ force: true });
    await karim.sends('Propose-lui un rendez-vous.');
    await karim.sees('Soufflé par vous');
    await nadia.sees('Soufflé par Karim Petit');
    await nadia.sees('Propose-lui un rendez-vous.');

    await page.locator('.actions .icon-button').click();
    await page.getByRole('menuitem', { name: 'Signaler un incident' }).click();
    const report = page.getByRole('dialog');
    await report.getByText('Menaces').click();
    await report.getByText('5 min', { exact: true }).click();
    await report.getByRole('textbox').fill('Pour la seconde fois.');
    expect(await accessibilityFaults(page)).toEqual([]);
    await report.getByRole('button', { name: 'Signaler' }).click();
    await report.waitFor({ state: 'detached' });
    await ana.hears(/s'arrête pour 5 minutes/);

    await nadia.composer.fill('Je vous propose jeudi');
    await karim.page.locator('.actions .icon-button').click();
    await karim.page.getByRole('menuitem', { name: 'Reprendre à mon nom' }).click();
    await karim.page.locator('.composer.reply').waitFor();
    await ana.hears(/Karim prend la suite/);
    await page.locator('.composer.note').waitFor();
    // What she had begun is hers, whatever he does with the conversation.
    await page.locator('.composer q').getByText('Je vous propose jeudi').waitFor();
    await karim.sends('Bonjour, je prends la suite.');
    await nadia.sees('je prends la suite');
    await page.reload();
    await page.locator('.composer q').getByText('Je vous propose jeudi').waitFor();
    expect(JSON.stringify(ana.heard())).not.toContain('rendez-vous');

    await karim.page.goto(`${hall.url}/desk/settings/abuse`);
    await karim.page.getByText('Pour la seconde fois.').waitFor();
    await karim.page.getByText('Menaces').first().waitFor();
    await page.goto(`${hall.url}/desk/settings`);
    await page.getByText('Masquer les propos blessants').click();
    expect([...nadia.complaints, ...karim.complaints]).toEqual([]);
  },
  LATEST_MS,
);

/** What stands in the lists: the counts, and each row in its order. */
const standing = async ({ page, list }: DeskAgent): Promise<string[]> => {
  await list.getByRole('option').first().waitFor();
  const counts = await page.getByRole('tab').allInnerTexts();
  const words = await list.getByRole('option').locator('.row-subject, .row-snippet').allInnerTexts();
  return [...counts, ...words].map((text) => text.replaceAll(/\s+/g, ' '));
};

test(
  'asleep while thousands of things happened: once awake the screen is what a fresh one shows, also what came while it was read',
  async () => {
    const anas = await Promise.all(['endormie un', 'endormie deux', 'endormie trois'].map((subject) => waitingCitizen(subject)));
    const { page } = karim;
    await page.addInitScript(`
      const Plain = WebSocket;
      window.lines = [];
      window.WebSocket = class extends Plain { constructor(...asked) { super(...asked); window.lines.push(this); } };
    `);
    await page.goto(`${hall.url}/desk/`);
    await karim.list.getByText('endormie trois').first().waitFor();
    await karim.context.setOffline(true);
    await page.evaluate('lines.forEach((line) => line.close())');
    await page.getByText(/Hors ligne depuis \d+/).waitFor();

    // More than the feed is read through at once.
    const rows = await openRows(hall);
    const feed = createFeed(rows.database);
    for (let n = 0, seq = await feed.last('bellerive'); n < 2500; n += 1) {
      const changes = [{ kind: 'conversation' as const, id: anas[n % 3]!.conversation, version: 0 }];
      do seq += 1;
      while (!(await feed.add({ town: 'bellerive', seq, at: hall.clock.now().toISOString(), changes })));
    }
    await rows.close();
    await anas[0]!.says('endormie, nouvelle du matin');
    await nadia.page.goto(`${hall.url}/desk/`);
    await nadia.takes('endormie deux');

    // The lists are read, and something is said before the page has them.
    let isLate = false;
    await page.route(/list=queue/, async (route) => {
      const read = await route.fetch();
      if (!isLate) {
        isLate = true;
        await waitingCitizen('au réveil, et la dernière');
        // The line that tells it is drawn before what is older arrives.
        await karim.list.getByText('au réveil, et la dernière').first().waitFor();
      }
      await route.fulfill({ response: read });
    });
    await karim.context.setOffline(false);
    await page.getByText('À jour.').waitFor();
    await until('it was late', async () => isLate);
    await page.unrouteAll({ behavior: 'wait' });
    const awake = await standing(karim);
    await page.reload();
    await karim.list.getByText('au réveil, et la dernière').first().waitFor();
    expect(awake).toEqual(await standing(karim));
    expect(karim.complaints).toEqual([]);
    await nobodyWaits();
  },
  LATEST_MS,
);

test(
  'the row under the pointer stays where it is while others come and go, also where the list is too short to scroll',
  async () => {
    const { page } = karim;
    const [first] = [await waitingCitizen('sans bouger un'), await waitingCitizen('sans bouger deux')];
    await page.goto(`${hall.url}/desk/`);
    const row = karim.list.getByRole('option').filter({ hasText: 'sans bouger deux' });
    await row.scrollIntoViewIfNeeded();
    await row.hover();
    const top = async () => (await row.boundingBox())?.y;
    const before = await top();
    const { y: pointer = 0, height = 0 } = (await row.boundingBox()) ?? {};
    expect(before).toEqual(expect.any(Number));
    // One before it goes, and comes back to its old place.
    const waited = await karim.count('File');
    await hers.does(first.conversation, { kind: 'claim' });
    await until('it is gone', async () => (await karim.count('File')) === waited - 1 || null);
    await karim.list.getByText('sans bouger un').waitFor({ state: 'detached' });
    expect(await top()).toBe(before);
    await hers.does(first.conversation, { kind: 'transfer', service: 'accueil', note: 'Pour l’accueil.' });
    await until('it is back', async () => (await karim.count('File')) === waited || null);
    await karim.list.getByText('sans bouger un').waitFor({ state: 'attached' });
    expect(await top()).toBe(before);
    // Let go of, the list stands as it does everywhere.
    await page.mouse.move(900, pointer + height);
    await karim.list.getByRole('option').first().click();
    await nobodyWaits();
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

    // Asked to, it calls again until somebody looks.
    await page.goto(`${hall.url}/desk/settings`);
    await set('Répéter le signal');
    await page.goto(`${hall.url}/desk/tickets`);
    await until('the page is there', async () => /^\(\d+\)/.test(await page.title()) || null);
    await page.evaluate('document.hasFocus = () => window.isLookedAt === true');
    await waitingCitizen('deux fois');
    const once = await until('it is heard', async () => (await tones()) || null);
    await until('it is heard again', async () => (await tones()) > once || null);
    await page.evaluate('window.isLookedAt = true; dispatchEvent(new Event("focus"))');
    const heard = await tones();
    await page.waitForTimeout(21_000);
    expect(await tones()).toBe(heard);
    await page.goto(`${hall.url}/desk/settings`);
    await set('Répéter le signal');
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
