/**
 * What a town says of its own requests: who has them by the hour and from the start, what is urgent because of where it lies, and
 * that what is old goes to the archives before it is erased here.
 */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { RoutingRule } from '../../src/domain/town';
import { addAgent, signIn } from '../support/agent-at-desk';
import { createCitizen } from '../support/citizen';
import { signedIn } from '../support/desk';
import { until } from '../support/until';
import { useCityHall } from '../support/use-city-hall';

const HOUR = 3600_000;
const DAY = 24 * HOUR;
/** A Tuesday, a quarter past ten. */
const OPEN = '2026-11-24T09:15:00Z';
const REFERENCE = /\b\w{4}-\w{4}\b/;

const routing: RoutingRule[] = [
  { topics: ['report_street_light'], agent: 'Karim@bellerive.example' },
  { topics: ['report_pothole'], when: 'closed', service: 'accueil' },
];
const retention = { conversations: 3000, inUse: 10, restricted: 10, end: 'transfer', audit: 3000 } as const;
const { hall, rows } = useCityHall({
  at: OPEN,
  change: (town) => (town.id === 'bellerive' ? { ...town, routing, retention } : town),
});

async function reports(words: string): Promise<string> {
  const ana = await createCitizen(hall.url, { locale: 'fr' });
  await ana.says(words);
  for (let turn = 0; turn < 4; turn += 1) {
    const heard = await ana.hears();
    const [reference] = /référence/i.test(heard) ? (REFERENCE.exec(heard) ?? []) : [];
    if (reference) return reference;
    await ana.says(/oui/i.test(ana.choices().join()) ? 'oui envoyez' : /photo/i.test(heard) ? 'passer' : 'sans contact');
  }
  throw new Error(JSON.stringify(ana.heard().map(({ text }) => text)));
}

const ticket = async (reference: string) => (await rows.tickets()).find((one) => one.reference === reference)!;

test('a request is somebody’s from the start, or another service’s outside its hours, as the town says', async () => {
  const lamp = await reports('lampadaire cassé devant le 12 rue des Lilas');
  expect(await ticket(lamp)).toMatchObject({ state: 'assigned', service: 'eclairage', agent: 'karim@bellerive.example' });
  const karim = await signedIn(hall, 'karim');
  expect((await karim.get(`tickets/${lamp}`)).body.agent).toBe('karim@bellerive.example');
  expect(await ticket(await reports('nid de poule devant le 4 rue Pasteur'))).toMatchObject({ state: 'new', service: 'voirie' });
  hall.clock.pass(12 * HOUR);
  expect(await ticket(await reports('nid de poule devant le 40 rue Pasteur'))).toMatchObject({ service: 'accueil' });
  hall.clock.pass(-12 * HOUR);
}, 60_000);

test('a hole in front of a school is urgent, the same elsewhere is not', async () => {
  const beside = await ticket(await reports('nid de poule devant l’école Jules Ferry'));
  expect([beside.place?.text, beside.priority]).toEqual([expect.stringMatching(/Jules Ferry/), 'high']);
  expect((await ticket(await reports('nid de poule devant le 12 allée des Bouleaux'))).priority).toBe('normal');
}, 60_000);

test('what is over is for few eyes, then waits whole for the archives; they have it, and it is erased here and listed', async () => {
  const command = async (...args: string[]) => {
    const env = { ...process.env, DATA_DIR: hall.dataDir };
    return (await promisify(execFile)(process.execPath, [join(__dirname, '../../dist/tools/retention.js'), ...args], { env }))
      .stdout;
  };
  const claire = await addAgent(rows.database, 'Claire Moreau');
  const sees = async (reference: string) => (await (await signIn(hall.url, claire)).call('GET', `tickets/${reference}`)).status;
  const reference = await reports('lampadaire cassé devant le 30 rue des Lilas, signé Melchior');
  const karim = await signedIn(hall, 'karim');
  const { revision } = (await karim.get(`tickets/${reference}`)).body;
  const done = { state: 'resolved', words: 'Réparé', isPublic: true, revision };
  expect((await karim.call('POST', `tickets/${reference}/changes`, done)).status).toBe(200);
  const night = () => hall.clock.pass(11 * DAY - (hall.clock.now().getTime() % DAY) + HOUR);
  night();
  await until('it to be for few eyes', async () => (await ticket(reference)).restrictedAt !== undefined);
  expect(await sees(reference)).toBe(404);
  night();
  const waiting = async () => JSON.parse(await command('waiting', 'bellerive')) as Array<{ reference: string; words: string }>;
  await until('it to wait for the archives', async () => (await command('list', 'bellerive')).includes('to-transfer'));
  expect(await waiting()).toMatchObject([{ reference, words: expect.stringContaining('Melchior') }]);
  expect((await ticket(reference)).words).toContain('Melchior');
  expect(await command('transferred', 'bellerive')).toMatch(/1 request/);
  expect(await waiting()).toEqual([]);
  expect(await ticket(reference)).toMatchObject({ words: '', answers: [], topic: 'report_street_light' });
  expect(await command('list', 'bellerive')).toMatch(
    new RegExp(`ticket:${reference};report_street_light;.*;transferred;retention`),
  );
}, 90_000);
