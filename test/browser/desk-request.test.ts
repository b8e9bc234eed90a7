/**
 * One request in the agent's page: handed on to another service with the reason, put together with a neighbour's and taken
 * apart, declared an incident that the next who reports it hears of; each step is seen by whoever looks at the request.
 */
import type { Partner } from '../../src/domain/forwarding/partner';
import { addAgent } from '../support/agent-at-desk';
import { accessibilityFaults, SIZES } from '../support/browser';
import { createCitizen } from '../support/citizen';
import { openMailServer } from '../support/mail-server';
import { photo } from '../support/pictures';
import { until } from '../support/until';
import { useBrowser, useCityHall, useOpened } from '../support/use-city-hall';
import { picks, useDesk } from './desk-agent';

/** A Thursday, a quarter past ten. */
const OPEN = '2026-11-26T09:15:00Z';
const LATEST_MS = 180_000;

const mail = useOpened(openMailServer, (opened) => opened.close());
const county: Partner = {
  ...{ id: 'county', name: { fr: 'Routes du département', en: 'County roads' }, phone: '01 99 00 20 00', photos: true },
  ...{ email: 'routes@departement.example', verified: { on: '2026-09-01', until: '2027-08-31', source: 'https://d.example' } },
};
const { hall, rows } = useCityHall(() => ({
  at: OPEN,
  env: { SMTP_URL: mail.url, MAIL_FROM: 'guichet@bellerive.example' },
  change: (town) => (town.id === 'bellerive' ? { ...town, partners: [county] } : town),
}));
const browser = useBrowser();
const head = useDesk(browser, hall, () =>
  addAgent(rows.database, 'Claire Martin', {
    email: 'claire@bellerive.example',
    roles: [{ role: 'supervisor', services: 'all' }],
  }),
);

/** The reference of a pothole that somebody reports here. */
async function report(where: string, bytes?: Buffer): Promise<string> {
  const before = (await rows.tickets()).map(({ reference }) => reference);
  const ana = await createCitizen(hall.url, { locale: 'fr' });
  await ana.says(`Il y a un nid-de-poule ${where}`);
  await ana.hears(/photo/i);
  if (bytes) await ana.sends({ name: 'trou.jpg', type: 'image/jpeg', bytes });
  else await ana.says('passer');
  await ana.hears(/num[ée]ro|e-mail/i);
  await ana.says('non');
  await ana.hears(/Tout est juste/);
  await ana.says('oui');
  return until('the request', async () => (await rows.tickets()).find(({ reference }) => !before.includes(reference))?.reference);
}

test(
  'handed to another authority, with its photo and without its citizen',
  async () => {
    const reference = await report('au 12 rue Pasteur', await photo());
    const { page } = head;
    await page.goto(`${hall.url}/desk/t/${reference}`);
    await page.locator('.choice-option').filter({ hasText: 'Relève d’une autre autorité' }).click();
    await picks(page, /De qui relève/, 'Routes du département');
    await page.getByText('Transmettre la demande par e-mail').click();
    await page.getByText('Ses photos partent aussi', { exact: false }).waitFor();
    await page.getByText('un nom écrit dans la phrase n’est pas effacé', { exact: false }).waitFor();
    for (const size of [SIZES.phone, SIZES.desktop]) {
      await page.setViewportSize(size.viewport);
      expect(await accessibilityFaults(page)).toEqual([]);
    }
    await page.getByLabel('Ce que vous en dites').fill('Cette voie est départementale.');
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    await page.getByText(/(Va être transmise|En cours de transmission|Transmise) à : Routes du département/).waitFor();
    await until('the e-mail', () => mail.received.length > 0);
    await until(
      'what became of it',
      async () => (await rows.tickets()).find((one) => one.reference === reference)?.forward?.state === 'sent',
    );
    // Without a reload.
    await page.getByText('Transmise à : Routes du département (e-mail).').waitFor();
    await page.getByText('Avec ses photos', { exact: false }).waitFor();
    await page.getByText('Sans les coordonnées de l’habitant.').waitFor();
    expect(mail.received).toHaveLength(1);
    const [link = ''] = /http\S+\/f\/\S+/.exec(mail.received[0]!.text ?? '') ?? [];
    expect((await fetch(link)).headers.get('content-type')).toBe('image/jpeg');
    expect(head.complaints).toEqual([]);
  },
  LATEST_MS,
);

test(
  'put together, taken apart, declared, handed on',
  async () => {
    const [first, second] = [await report('au 32 rue Victor Hugo'), await report('au 3 rue des Lilas')];
    const { page } = head;
    await page.goto(`${hall.url}/desk/t/${second}`);
    const other = page.getByLabel('Référence de l’autre demande');
    await other.fill('ZZZZ-ZZZZ');
    await page.getByRole('button', { name: 'Réunir' }).click();
    await page.getByText('Aucune demande ne porte cette référence.').waitFor();
    await until('the form to be there again', () => page.getByRole('button', { name: 'Réunir' }).isEnabled());
    expect(await other.inputValue()).toBe('ZZZZ-ZZZZ');
    await other.fill(first.toLowerCase());
    await page.getByRole('button', { name: 'Réunir' }).click();
    await page.getByRole('link', { name: first }).waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Séparer de nouveau' }).click();
    await page.getByRole('button', { name: 'Déclarer un incident' }).waitFor();

    await page.getByLabel('Prochaines nouvelles').fill('à 18 h');
    await page.getByRole('button', { name: 'Déclarer un incident' }).click();
    await page.getByText('Nouvelles à 18 h.').waitFor();

    await picks(page, /^Service/, 'Espaces verts');
    await page.getByLabel(/^Pourquoi/).fill('Une racine soulève la chaussée.');
    for (const size of [SIZES.phone, SIZES.desktop]) {
      await page.setViewportSize(size.viewport);
      expect(await accessibilityFaults(page)).toEqual([]);
    }
    if (process.env.SHOTS) await page.screenshot({ path: `${process.env.SHOTS}/request.png`, fullPage: true });
    await page.getByRole('button', { name: 'Confier', exact: true }).click();
    await page.getByText('Une racine soulève la chaussée.', { exact: false }).last().waitFor();
    const ticket = await until('the other service', async () =>
      (await rows.tickets()).find(({ reference, service }) => reference === second && service !== 'voirie'),
    );
    expect(ticket.history.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['merged', 'split', 'incident', 'routed']));
    expect(head.complaints).toEqual([]);
  },
  LATEST_MS,
);
