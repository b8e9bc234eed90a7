/**
 * The page behind the link of a text message, on a small phone: a photo is chosen and sent without a script,
 * what goes wrong is said, and axe finds nothing, in French and in English.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { accessibilityFaults, openPage } from '../support/browser';
import { SMS } from '../support/phone-hall';
import { photo } from '../support/pictures';
import { useBrowser, useOpened, usePhoneHall } from '../support/use-city-hall';

const SMALL = { width: 360, height: 740 };

const { carrier } = usePhoneHall();
const browser = useBrowser();
const pictures = useOpened(
  async () => ({ folder: await mkdtemp(join(tmpdir(), 'guichet-photo-page-')) }),
  ({ folder }) => rm(folder, { recursive: true, force: true }),
);

const languages = [
  {
    locale: 'fr-FR',
    number: '+33639951001',
    says: ['lampadaire cassé devant le 14 rue des Lilas', 'oui'],
    heading: 'Ajouter une photo',
    label: 'Votre photo, ou un PDF',
    send: 'Envoyer',
    refused: /pas pu garder ce fichier/,
    received: 'Photo reçue',
    another: 'Envoyer une autre photo',
    unknown: 'Ce lien ne marche pas',
    added: /ajoutée/,
  },
  {
    locale: 'en-GB',
    number: '+33639951002',
    says: ['the street light outside 14 rue des Lilas is broken', 'yes'],
    heading: 'Add a photo',
    label: 'Your photo, or a PDF',
    send: 'Send',
    refused: /could not keep this file/,
    received: 'Photo received',
    another: 'Send another photo',
    unknown: 'This link does not work',
    added: /added/,
  },
] as const;

test.each(languages)(
  'a photo is sent from a small phone ($locale)',
  async ({ locale, number, says, ...words }) => {
    const phone = carrier.phone(number, SMS);
    await phone.sends(says[0]);
    await phone.next(/OUI|YES/);
    await phone.sends(says[1]);
    const [link = ''] = /https?:\S+$/.exec((await phone.next(/\/p\//)).text) ?? [];
    const { page, context, complaints } = await openPage(browser, { locale, viewport: SMALL });
    const looksRight = async (heading: string) => {
      await page.getByRole('heading', { name: heading }).waitFor();
      expect(await accessibilityFaults(page)).toEqual([]);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(SMALL.width);
    };

    await page.goto(link);
    await looksRight(words.heading);
    const broken = join(pictures.folder, 'broken.jpg');
    await writeFile(broken, 'no photo at all');
    await page.getByLabel(words.label).setInputFiles(broken);
    await page.getByRole('button', { name: words.send }).click();
    await page.getByRole('alert').filter({ hasText: words.refused }).waitFor();
    await looksRight(words.heading);

    const taken = join(pictures.folder, 'IMG_0001.jpg');
    await writeFile(taken, await photo({ withPosition: true }));
    await page.getByLabel(words.label).setInputFiles(taken);
    await page.getByRole('button', { name: words.send }).click();
    await looksRight(words.received);
    expect((await phone.next(words.added)).text).toMatch(/Bellerive/);

    await page.getByRole('link', { name: words.another }).click();
    await looksRight(words.heading);
    expect(page.url()).toBe(link);

    await page.goto(link.slice(0, -3));
    await looksRight(words.unknown);
    expect(complaints).toEqual([]);
    await context.close();
  },
  180_000,
);
