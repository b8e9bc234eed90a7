/** Towns are read again when a file of theirs has changed, and only then. */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { TownFaults } from '../../src/towns';
import type { TownData } from '../../src/towns/opened';
import { readOnce } from '../../src/towns/read/read-once';

const ROOT = join(__dirname, '../..');
const TOPIC = 'bellerive/topics/faq_passport.yml';

let folder: string;
let cacheDir: string;
let folders: { townsDir: string; localesDir: string };

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'guichet-towns-'));
  cacheDir = join(folder, 'models');
  folders = { townsDir: join(folder, 'towns'), localesDir: join(folder, 'locales') };
  cpSync(join(ROOT, 'towns'), folders.townsDir, { recursive: true });
  cpSync(join(ROOT, 'locales'), folders.localesDir, { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const kept = () => readdirSync(cacheDir).map((name) => join(cacheDir, name));
const titleOf = (data: TownData) => data.towns[0]?.topics.find(({ id }) => id === 'faq_passport')?.title.fr;

function edit(change: (text: string) => string): void {
  const file = join(folders.townsDir, TOPIC);
  writeFileSync(file, change(readFileSync(file, 'utf8')));
}

it('gives what was kept while no file has changed', async () => {
  const read = await readOnce(folders, cacheDir);
  const [file = ''] = kept();
  expect(deserialize(readFileSync(file))).toEqual(read);
  writeFileSync(file, serialize({ ...read, towns: [] }));
  expect((await readOnce(folders, cacheDir)).towns).toEqual([]);
});

it('knows the public holidays of this year and the next', async () => {
  const [{ town } = { town: null }] = (await readOnce(folders, cacheDir)).towns;
  const year = new Date().getUTCFullYear();
  expect(Object.keys(town?.publicHolidays ?? {}).map(Number)).toEqual([year, year + 1]);
  expect(town?.publicHolidays[year]?.[`${year}-07-14`]).toEqual({ fr: 'Fête Nationale de la France', en: 'Bastille Day' });
});

it('reads again after an edit, and forgets how it was', async () => {
  const before = await readOnce(folders, cacheDir);
  edit((text) => text.replace(titleOf(before) ?? '', 'Passeports de la ville'));
  expect(titleOf(await readOnce(folders, cacheDir))).toBe('Passeports de la ville');
  expect(kept()).toHaveLength(1);
});

it('reads again what was kept badly', async () => {
  const read = await readOnce(folders, cacheDir);
  const [file = ''] = kept();
  writeFileSync(file, readFileSync(file).subarray(0, 1000));
  expect(await readOnce(folders, cacheDir)).toEqual(read);
});

it('keeps nothing of a town with a fault, and says the fault each time', async () => {
  edit((text) => text.replace(/^title:/m, 'titel:'));
  for (let time = 0; time < 2; time += 1) await expect(readOnce(folders, cacheDir)).rejects.toThrow(TownFaults);
  expect(() => kept()).toThrow();
});
