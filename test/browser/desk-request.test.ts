/**
 * One request in the agent's page: handed on to another service with the reason, put together with a neighbour's and taken
 * apart, declared an incident that the next who reports it hears of; each step is seen by whoever looks at the request.
 */
import { addAgent } from '../support/agent-at-desk';
import { accessibilityFaults, SIZES } from '../support/browser';
import { createCitizen } from '../support/citizen';
import { until } from '../support/until';
import { useBrowser, useCityHall } from '../support/use-city-hall';
import { picks, useDesk } from './desk-agent';

/** A Thursday, a quarter past ten. */
const OPEN = '2026-11-26T09:15:00Z';
const LATEST_MS = 180_000;

const { hall, rows } = useCityHall({ at: OPEN });
const browser = useBrowser();
const head = useDesk(browser, hall, () =>
  addAgent(rows.database, 'Claire Martin', {
    email: 'claire@bellerive.example',
    roles: [{ role: 'supervisor', services: 'all' }],
  }),
);

/** The reference of a pothole that somebody reports here. */
async function report(where: string): Promise<string> {
  const before = (await rows.tickets()).map(({ reference }) => reference);
  const ana = await createCitizen(hall.url, { locale: 'fr' });
  await ana.says(`Il y a un nid-de-poule ${where}`);
  await ana.hears(/photo/i);
  await ana.says('passer');
  await ana.hears(/num[ée]ro|e-mail/i);
  await ana.says('non');
  await ana.hears(/Tout est juste/);
  await ana.says('oui');
  return until('the request', async () => (await rows.tickets()).find(({ reference }) => !before.includes(reference))?.reference);
}

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
