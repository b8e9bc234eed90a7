/** A supervisor keeps a conversation for training, by its page: reads it, is held to having read it, and offers it. */
import { addAgent } from '../support/agent-at-desk';
import { accessibilityFaults, SIZES } from '../support/browser';
import { createCitizen } from '../support/citizen';
import { useBrowser, useCityHall } from '../support/use-city-hall';
import { useDesk } from './desk-agent';

/** A Thursday, a quarter past ten. */
const { hall, rows } = useCityHall({ at: '2026-11-26T09:15:00Z' });
const browser = useBrowser();
const head = useDesk(browser, hall, () => addAgent(rows.database, 'Odile', { roles: [{ role: 'supervisor', services: 'all' }] }));
const LATEST_MS = 120_000;

test(
  'a conversation that is over is kept to train with, and taken away again',
  async () => {
    const { page } = head;
    const ana = await createCitizen(hall.url, { locale: 'fr' });
    await ana.says('je veux parler à une personne');
    await ana.hears(/mets en relation/);
    await ana.says('Je suis Camille Exemple, du 12 rue des Lilas');
    await ana.hears(/C'est noté/);
    await page.goto(`${hall.url}/desk/`);
    await head.takes('Je suis Camille');
    await head.sends('Bonjour, ici Odile.');
    await ana.hears(/ici Odile/);
    await page
      .locator('.actions')
      .getByRole('button', { name: /^Clore/ })
      .click();
    await page.getByRole('dialog').getByRole('button').nth(1).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.locator('.actions .icon-button').click();
    await page.getByRole('menuitem', { name: 'Garder pour l’entraînement' }).click();
    const reading = page.getByRole('dialog');
    const opening = reading.getByLabel('Ce que l’habitant écrit d’abord');
    await opening.waitFor();
    expect(await opening.inputValue()).toContain('Je suis #, du #');
    for (const size of [SIZES.phone, SIZES.desktop]) {
      await page.setViewportSize(size.viewport);
      expect(await accessibilityFaults(page)).toEqual([]);
    }
    await reading.getByLabel('Titre').fill('Une personne qui se présente');
    await reading.getByLabel('À quoi elle sert').fill('Saluez, puis répondez.');
    await reading.getByRole('button', { name: 'Garder pour l’entraînement' }).click();
    await reading.getByText('Relisez d’abord').waitFor();
    await reading.getByText('J’ai relu').click();
    await reading.getByRole('button', { name: 'Garder pour l’entraînement' }).click();
    await page.getByText('vos collègues peuvent la jouer').waitFor();

    await page.goto(`${hall.url}/desk/training`);
    await page.getByText('Une personne qui se présente').waitFor();
    await page.getByText('tirée d’un échange réel, relue par Odile').waitFor();
    expect(await accessibilityFaults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Retirer : Une personne qui se présente' }).click();
    await page.getByText('Une personne qui se présente').waitFor({ state: 'detached' });
    expect(head.complaints).toEqual([]);
  },
  LATEST_MS,
);
