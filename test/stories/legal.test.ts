/**
 * What the law wants published about the assistant stands at an address of each town, in its languages, filled in from the town's
 * own file; a town's lawyer writes any of it anew, and what is printed for them to read over is what is shown.
 */
import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { LEGAL_TEXTS } from '../../src/domain/legal';
import { openTowns, type Towns } from '../../src/towns';
import { useCityHall, useOpened } from '../support/use-city-hall';

const ROOT = join(__dirname, '../..');
const OWN = 'Déclaration de {authority} <script>alert(1)</script>, à écrire à {contact}.';

const opened = useOpened(
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'guichet-towns-'));
    cpSync(join(ROOT, 'towns'), folder, { recursive: true });
    writeFileSync(join(folder, 'saint-aubin/legal.yml'), `accessibility:\n  fr: ${JSON.stringify(OWN)}\n`);
    const towns: Towns = await openTowns({ townsDir: folder, localesDir: join(ROOT, 'locales') });
    return { folder, towns };
  },
  ({ folder }) => rmSync(folder, { recursive: true, force: true }),
);
const { hall } = useCityHall(() => ({ env: { TOWNS_DIR: opened.folder } }));

async function shown(path: string): Promise<{ status: number; html: string; text: string }> {
  const page = await fetch(`${hall.url}/legal/${path}`);
  const html = await page.text();
  const text = html
    .replace(/<style>[\s\S]*?<\/style>|<[^>]+>/g, ' ')
    .replaceAll('&#39;', "'")
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ');
  return { status: page.status, html, text };
}

test('four texts of each town, in each of its languages, are linked from a list and filled in', async () => {
  for (const town of opened.towns.list())
    for (const language of town.languages) {
      const list = await shown(`${town.id}?l=${language}`);
      const links = [...list.html.matchAll(/href="([^"]+\/[^"]+\?l=\w+)"/g)].map(([, to]) => to!);
      expect(links).toEqual(LEGAL_TEXTS.map((name) => `${town.id}/${name}?l=${language}`));
      for (const link of links) {
        const { status, html, text } = await shown(link);
        expect([link, status]).toEqual([link, 200]);
        expect(html).toContain(`lang="${language}"`);
        expect(text).toContain(town.authority[language]);
        const front = town.services.find(({ id }) => id === town.frontDesk);
        expect(text).toContain(link.includes('/ai?') ? front?.phone : town.privacy.contact);
        // A field that nothing fills.
        expect(text).not.toMatch(/\{\w+\}/);
      }
    }
});

test('how long data are kept is what the town’s own file says', async () => {
  for (const { id, retention, privacy } of opened.towns.list()) {
    const { text } = await shown(`${id}/data?l=fr`);
    expect(text).toContain(privacy.url);
    const { conversations = 0, inUse = 0, restricted = 0 } = retention ?? {};
    if (retention)
      for (const days of [conversations, inUse, restricted])
        expect(text.replace(/[\u202f\u00a0]/g, ' ')).toMatch(
          new RegExp(`${new Intl.NumberFormat('fr').format(days).replace(/\s/g, '.')} jours`),
        );
    else expect(text).toMatch(/pas encore fixé de durée/);
  }
});

test('the town’s own words win, as words; the other texts stay the product’s; what is printed is what is shown', async () => {
  const { html, text } = await shown('saint-aubin/accessibility?l=fr');
  const town = opened.towns.get('saint-aubin')!;
  const words = OWN.replace('{authority}', town.authority.fr!).replace('{contact}', town.privacy.contact);
  expect(text).toContain(words);
  expect(html).not.toContain('<script>alert');
  expect((await shown('saint-aubin/algorithm?l=fr')).text).toMatch(/classement statistique/);
  const env = { ...process.env, TOWNS_DIR: opened.folder };
  const printed = (...args: string[]) =>
    promisify(execFile)(process.execPath, [join(ROOT, 'dist/tools/legal.js'), ...args], { env }).then(({ stdout }) => stdout);
  expect(await printed('saint-aubin', 'accessibility')).toContain(words);
  const [heading = '', first = ''] = (await printed('bellerive', 'ai', '--language', 'fr')).split('\n\n');
  const ai = (await shown('bellerive/ai?l=fr')).text;
  expect(ai).toContain(heading.replace('# ', '').trim());
  expect(ai).toContain(first.trim());
});

test('a text or a town that there is not is answered with a page that says so', async () => {
  for (const path of ['bellerive/nothing', 'nowhere', 'nowhere/data', 'bellerive/__proto__'])
    expect([path, (await shown(path)).status]).toEqual([path, 404]);
});
