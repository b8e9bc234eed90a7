/**
 * The people of the town hall, in a browser: invited with a link that works once, shown out in the same moment wherever they
 * have the desk open; what they did is in the log; a reply that a supervisor keeps ready is there for whoever writes. And what
 * is written once to many: looked at before it is sent, and seen to arrive.
 */
import { addAgent } from '../support/agent-at-desk';
import { accessibilityFaults, openPage, SIZES } from '../support/browser';
import { createCitizen } from '../support/citizen';
import { openRows } from '../support/rows';
import { useBrowser, useCityHall, useOpened } from '../support/use-city-hall';
import { type DeskAgent, openDesk, picks, useDesk } from './desk-agent';

/** A Thursday, a quarter past ten. */
const OPEN = '2026-11-26T09:15:00Z';
const LATEST_MS = 180_000;

const { hall, rows } = useCityHall({ at: OPEN });
const browser = useBrowser();
const admin = useOpened(() =>
  addAgent(rows.database, 'Karim Petit', {
    email: 'karim.petit@bellerive.example',
    roles: [{ role: 'admin', services: 'all' }],
  }),
);
const karim = useDesk(browser, hall, () => admin);

test(
  'invited by a link that works once; disabled, the page that is open ends at once, and the log says who did it',
  async () => {
    const { page } = karim;
    await page.goto(`${hall.url}/desk/settings/people`);
    await page.getByRole('button', { name: 'Inviter quelqu’un' }).click();
    const form = page.getByRole('dialog');
    await form.getByLabel('Nom, tel que les habitants le liront').fill('Inès Moreau');
    await form.getByLabel('Adresse électronique').fill('ines@bellerive.example');
    await form.getByText('Certains services').click();
    await form.getByText('État civil').click();
    expect(await accessibilityFaults(page)).toEqual([]);
    await form.getByRole('button', { name: 'Créer le lien' }).click();
    const link = await page.getByRole('textbox', { name: 'Lien à usage unique' }).inputValue();
    await page.keyboard.press('Escape');
    const row = page.getByRole('listitem').filter({ hasText: 'Inès Moreau' });
    await row.getByText('Invitation en attente').waitFor();

    const ines = await openPage(browser);
    await ines.page.goto(link);
    await ines.page.locator('input[name=password]').fill('un panier de pommes vertes');
    await ines.page.locator('button[type=submit]').click();
    await ines.page.getByRole('tablist').waitFor();
    const late = await openPage(browser);
    await late.page.goto(link);
    await late.page.getByText('Ce lien a déjà servi').waitFor();
    await late.context.close();

    await page.reload();
    await row.getByText('Agent : État civil').waitFor();
    await row.getByRole('button', { name: 'Désactiver' }).click();
    // Nothing is asked for by her page: its own line tells it.
    await ines.page.getByText('Votre session est terminée').waitFor();
    await row.getByText('Désactivé', { exact: true }).waitFor();
    expect(ines.complaints).toEqual([]);
    await ines.context.close();

    await page.goto(`${hall.url}/desk/settings/trail`);
    await page.getByRole('cell', { name: 'a fermé un compte' }).first().waitFor();
    // Names and words, where the log keeps ids and codes.
    await page
      .getByText(/^droits : Agent \(État civil\)/)
      .first()
      .waitFor();
    await picks(page, 'Quoi', 'Connexions');
    await page.getByRole('cell', { name: 's’est connecté' }).first().waitFor();
    await page.getByRole('cell', { name: 'a fermé un compte' }).first().waitFor({ state: 'detached' });
    const file = await page.evaluate<string>(
      "fetch(document.querySelector('a[download]').getAttribute('href')).then((answer) => answer.text())",
    );
    expect(file).toContain('session.opened');
    expect(file).not.toContain('agent.disabled');
    expect(karim.complaints).toEqual([]);
  },
  LATEST_MS,
);

test(
  'a reply that is kept ready is found while writing, beside those of the town’s own file, and is sent only when it is whole',
  async () => {
    const { page } = karim;
    await page.goto(`${hall.url}/desk/settings/replies`);
    await page.getByText('Acte de naissance', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Nouvelle réponse' }).click();
    const form = page.getByRole('dialog');
    await form.getByLabel('Titre').fill('Rappel des pièces');
    await form.getByLabel('Texte').fill('Bonjour {prénom}, il manque vos pièces.');
    await form.getByRole('button', { name: 'Enregistrer' }).click();
    await form.getByText('Un champ entre accolades n’existe pas').waitFor();
    await form.getByLabel('Texte').fill('Bonjour {name}, {agent} attend vos pièces.');
    await form.getByRole('button', { name: 'Enregistrer' }).click();
    await page.getByText('Rappel des pièces').waitFor();

    const ana = await createCitizen(hall.url, { locale: 'fr' });
    await ana.says('je veux parler à une personne');
    await ana.hears(/mets en relation/);
    await ana.says('mes pièces');
    await ana.hears(/C'est noté/);
    await page.goto(`${hall.url}/desk/`);
    await karim.takes('mes pièces');
    await karim.composer.pressSequentially('/rappel');
    await page.getByRole('option', { name: /Rappel des pièces/ }).waitFor();
    await karim.composer.press('Enter');
    expect(await karim.composer.inputValue()).toBe('Bonjour {name}, Karim Petit attend vos pièces.');
    await page.getByText(/À compléter avant l’envoi/).waitFor();
    await karim.composer.press('Control+Enter');
    await karim.composer.fill('Bonjour Ana, Karim Petit attend vos pièces.');
    await karim.composer.press('Control+Enter');
    expect(await ana.hears(/attend vos pièces/)).not.toContain('{');
    await page.goto(`${hall.url}/desk/settings/replies`);
    await page.getByRole('listitem').filter({ hasText: 'Rappel des pièces' }).getByRole('button', { name: 'Supprimer' }).click();
    await page.getByText('Rappel des pièces').waitFor({ state: 'detached' });
  },
  LATEST_MS,
);

test(
  'what a clerk has begun to change in a topic is there after a reload and in another browser, for them alone, until given up',
  async () => {
    const { page } = karim;
    const open = async (at: DeskAgent['page']) => {
      await at.goto(`${hall.url}/desk/knowledge/faq_passport`);
      return at.locator('.editor textarea').nth(1);
    };
    const answer = await open(page);
    const before = await answer.inputValue();
    await answer.fill(`${before} Prenez rendez-vous en avril.`);
    await page.getByText('Brouillon gardé').waitFor();
    await page.reload();
    await page.getByText('Brouillon gardé').waitFor();
    expect(await (await open(page)).inputValue()).toContain('rendez-vous en avril');
    const elsewhere = await openDesk(browser, hall, admin);
    expect(await (await open(elsewhere.page)).inputValue()).toContain('rendez-vous en avril');
    await elsewhere.leave();
    const rows = await openRows(hall);
    const other = await addAgent(rows.database, 'Odile Clerc', { email: 'odile@bellerive.example', roles: admin.roles });
    await rows.close();
    const colleague = await openDesk(browser, hall, other);
    expect(await (await open(colleague.page)).inputValue()).toBe(before);
    await colleague.leave();
    await page.getByRole('button', { name: 'Abandonner le brouillon' }).click();
    await page.getByText('Brouillon gardé').waitFor({ state: 'detached' });
    await page.waitForResponse((heard) => heard.request().method() === 'DELETE' && heard.url().endsWith('/draft'));
    await page.reload();
    expect(await (await open(page)).inputValue()).toBe(before);
    expect(karim.complaints).toEqual([]);
  },
  LATEST_MS,
);

test(
  'the page follows the browser until its agent chooses, and every part of the settings can be used by everybody',
  async () => {
    const rows = await openRows(hall);
    const lena = await addAgent(rows.database, 'Lena Roy', { email: 'lena@bellerive.example', roles: admin.roles });
    await rows.close();
    const english = await openDesk(browser, hall, lena, { ...SIZES.phone, locale: 'en-GB', colorScheme: 'dark' });
    const { page } = english;
    const found: Record<string, string[]> = {};
    for (const part of ['', '/people', '/replies', '/trail', '/persons', '/retention', '/programs']) {
      await page.goto(`${hall.url}/desk/settings${part}`);
      await page.getByRole('heading', { name: 'Settings' }).waitFor();
      await page.locator('.sheet').first().waitFor();
      found[part] = await accessibilityFaults(page);
      if (await page.evaluate('document.documentElement.scrollWidth > innerWidth')) found[part].push('it scrolls sideways');
    }
    expect(found).toEqual({
      '': [],
      '/people': [],
      '/replies': [],
      '/trail': [],
      '/persons': [],
      '/retention': [],
      '/programs': [],
    });
    await page.goto(`${hall.url}/desk/settings`);
    await page.getByText('Español').click();
    await page.getByRole('heading', { name: 'Ajustes' }).waitFor();
    expect(await page.evaluate('document.documentElement.lang')).toBe('es');
    await page.getByText('Français').click();
    await page.getByRole('heading', { name: 'Réglages' }).waitFor();
    await english.leave();
    // Chosen once, it stays wherever they sign in.
    const again = await openDesk(browser, hall, { email: lena.email }, { locale: 'en-GB' });
    await again.page.getByRole('tab', { name: /File/ }).waitFor();
    await again.leave();
  },
  LATEST_MS,
);

test(
  'a question to many: what it comes to is seen before it is sent, its progress and its answers after; nothing sideways on a phone',
  async () => {
    const ana = await createCitizen(hall.url, { locale: 'fr' });
    await ana.says('prévenez-moi des fêtes');
    await ana.hears(/nous vous écrirons/);
    const { page } = karim;
    await page.goto(`${hall.url}/desk/campaigns`);
    await page.getByText('Aucune campagne').waitFor();
    await page.getByRole('button', { name: 'Écrire une campagne' }).click();
    await page.getByText('Une question à choix').click();
    await page.getByLabel('Nom, pour vos collègues').fill('Jour du marché');
    await page.getByLabel('Message (français)').fill('Quel jour pour le marché de Noël ?');
    await page.getByLabel('Message (anglais)').fill('Which day for the Christmas market?');
    await page.getByLabel('Choix (français)').fill('Le samedi\nLe dimanche');
    await page.getByLabel('Choix (anglais)').fill('Saturday\nSunday');
    await page.locator('.choice-option').filter({ hasText: 'fêtes et événements 1 personne' }).click();
    expect(await page.getByLabel('fêtes et événements 1 personne').isChecked()).toBe(true);
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Vérifier avant d’envoyer' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('site 1').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Envoyer à 1 personne' }).click();
    const card = page.getByRole('article', { name: 'Jour du marché' });
    await card.getByText('1 sur 1').waitFor();
    await ana.hears(/Quel jour pour le marché/);
    await ana.says('Le dimanche');
    await ana.hears(/notée : Le dimanche/);
    await page.reload();
    await card.getByText('1 réponse', { exact: true }).waitFor();
    await card.getByRole('row', { name: 'Le dimanche 1' }).waitFor();
    await page.setViewportSize(SIZES.phone.viewport);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(360);
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.setViewportSize(SIZES.desktop.viewport);
  },
  LATEST_MS,
);
