/**
 * Figures for those who steer: what happens is counted once, whatever is repeated; a day that is over stands, when what it
 * was counted from is gone and after a restart; tables are files without formulas; the public page tells nothing small.
 */
import { randomUUID } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Figures } from '../../src/desk/figures/wire';
import { addAgent, PASSWORD } from '../support/agent-at-desk';
import { createCitizen } from '../support/citizen';
import { createDeskUser, type DeskUser, signedIn } from '../support/desk';
import { until } from '../support/until';
import { useCityHall, useOpened } from '../support/use-city-hall';

/** A Thursday, a quarter past ten. */
const OPEN = '2026-11-26T09:15:00Z';
const HOUR = 3_600_000;

let admin: DeskUser;

const copy = useOpened(
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'guichet-towns-'));
    cpSync(join(__dirname, '../../towns'), join(folder, 'towns'), { recursive: true });
    const file = join(folder, 'towns/saint-aubin/town.yml');
    writeFileSync(file, `${readFileSync(file, 'utf8')}\nquality_page: true\ncosts: { desk: 15 }\n`);
    return { folder, townsDir: join(folder, 'towns') };
  },
  ({ folder }) => rmSync(folder, { recursive: true, force: true }),
);
const { hall, rows } = useCityHall(() => ({ at: OPEN, env: { TOWNS_DIR: copy.townsDir } }));

beforeAll(async () => {
  admin = await signedIn(hall, 'karim', 'saint-aubin');
});

const citizen = () => createCitizen(hall.url, { town: 'saint-aubin', locale: 'fr' });
const figures = async (query = ''): Promise<Figures> => (await admin.get(`figures${query}`)).body;

/** As they are once what was said is counted: the day that is running is at most some seconds old. */
const counted = (what: string, holds: (all: Figures) => boolean, query = '') =>
  until(what, async () => {
    const all = await figures(query);
    return holds(all) ? all : null;
  });

test('contacts, what came of them and what they cost are counted, confirmed only where somebody said so', async () => {
  const ana = await citizen();
  await ana.says('où est la déchetterie');
  await ana.hears(/Déchetterie/);
  await ana.says('merci');
  await ana.hears();
  const ben = await citizen();
  await ben.says('quel jour passent les poubelles');
  await ben.hears(/mardi/);
  const eva = await citizen();
  await eva.says('je veux parler à une personne, mon voisin fait du bruit');
  await eva.hears();
  const all = await counted('three contacts', ({ totals }) => totals.contacts === 3);
  expect(all.totals).toMatchObject({ confirmed: 1, afterHours: 0 });
  expect(all.byHour[10]).toEqual({ hour: 10, contacts: 3 });
  expect(all.byChannel).toMatchObject([{ channel: 'web', contacts: 3 }]);
  expect(all.byTopic[0]).toMatchObject({ topic: 'ask_bins', times: 2, useful: 1 });
  expect(all.cost).toMatchObject({ perContact: { desk: 15, online: 3 }, saved: 12, atDesk: 45 });
});

test('a visit noted at the counter is a contact that a person served', async () => {
  const noted = await admin.call('POST', 'contacts', {
    actionId: randomUUID(),
    way: 'visit',
    words: 'demande des sacs jaunes',
    topic: 'ask_bins',
    language: 'fr',
    answers: {},
  });
  expect([200, 201]).toContain(noted.status);
  const all = await counted('the visit', ({ byChannel }) => byChannel.some(({ channel }) => channel === 'visit'));
  expect(all.byChannel.find(({ channel }) => channel === 'visit')).toMatchObject({ contacts: 1, confirmed: 0, handedOver: 1 });
});

test('a day that is over stands without what it was counted from, the next day counts for itself', async () => {
  // Thursday 23:50 and Friday 00:20 are two days.
  const today = (await figures()).to;
  hall.clock.pass(14 * HOUR - 25 * 60_000);
  // A session ends after twelve hours in which nobody called.
  admin = await signedIn(hall, 'karim', 'saint-aubin');
  const ana = await citizen();
  await ana.says('où est la déchetterie');
  await ana.hears(/Déchetterie/);
  await counted('the evening', ({ totals }) => totals.contacts === 5 && totals.afterHours === 1, `?from=${today}&to=${today}`);
  hall.clock.pass(HOUR / 2);
  await ana.says('et quel jour passent les poubelles');
  await ana.hears();
  const both = await counted('the morning', ({ totals }) => totals.contacts === 6);
  expect(both.byDay.slice(-2)).toMatchObject([
    { day: today, contacts: 5 },
    { day: both.to, contacts: 1 },
  ]);
  const day = await until(
    'the day is kept',
    async () => (await rows.database.collection('days').find({ town: 'saint-aubin' }))[0],
  );
  expect(day).toMatchObject({ day: today });
  await rows.database.collection('tallies').remove({ town: 'saint-aubin', at: { $lt: Date.parse('2026-11-26T23:00:00Z') } });
  await hall.restart();
  admin = createDeskUser(hall.url, admin.cookie);
  expect((await figures(`?from=${today}&to=${today}`)).totals).toMatchObject({ contacts: 5, confirmed: 1, afterHours: 1 });
});

test('each table is a file in which nothing is a formula, for those who watch over a service and nobody else', async () => {
  for (const of of ['days', 'hours', 'channels', 'services', 'topics']) {
    const file = await admin.get(`figures.csv?of=${of}`);
    expect(file.status).toBe(200);
    expect(file.headers.get('content-disposition')).toMatch(/^attachment; filename="[a-z]+-saint-aubin-/);
    const cells = file.text.split(/[;\r\n]+/).map((cell) => cell.replace(/^"/, ''));
    expect(cells.filter((cell) => /^[=+@\t]/.test(cell))).toEqual([]);
  }
  expect((await admin.get('figures?from=2026-01-01&to=2027-06-01')).status).toBe(400);
  const nadia = await signedIn(hall, 'nadia', 'saint-aubin');
  expect((await nadia.get('figures')).status).toBe(403);
  expect((await nadia.get('figures.csv?of=days')).status).toBe(403);
  const row = await addAgent(rows.database, 'Lea Blanc', {
    town: 'saint-aubin',
    roles: [{ role: 'supervisor', services: ['technique'] }],
  });
  const lea = createDeskUser(hall.url);
  await lea.signIn(row.email, PASSWORD);
  const own = (await lea.get('figures')).body as Figures;
  expect(own.totals.contacts).toBe(0);
  expect(own.services.every(({ id }) => id === 'technique')).toBe(true);
});

test('the public page tells how well the town answers, and nothing that happened fewer than ten times', async () => {
  const page = await fetch(`${hall.url}/quality/saint-aubin`, { headers: { 'accept-language': 'en' } });
  expect(page.status).toBe(200);
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
  const english = await page.text();
  expect(english).toContain('<html lang="en">');
  expect(english).toMatch(/Contacts received<\/dt><dd>Fewer than 10</);
  expect(english).not.toMatch(/<dd>\d/);
  expect(await (await fetch(`${hall.url}/quality/saint-aubin?lang=fr`)).text()).toContain('Moins de 10');
  expect((await fetch(`${hall.url}/quality/bellerive`)).status).toBe(404);
  expect((await fetch(`${hall.url}/quality/nowhere`)).status).toBe(404);
});
