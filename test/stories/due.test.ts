/** What a service has promised: reminders in its working time, once, over a restart; the wrong service, and what is not ours. */
import { type Citizen, createCitizen } from '../support/citizen';
import { signedIn } from '../support/desk';
import { until } from '../support/until';
import { useCityHall } from '../support/use-city-hall';

const HOUR = 3600_000;
let ana: Citizen;

// A Tuesday, a quarter past four in the afternoon: the water service closes at half past five.
const { hall, rows } = useCityHall({ at: '2026-11-24T15:15:00Z' });

beforeAll(async () => {
  ana = await createCitizen(hall.url, { locale: 'fr' });
});

async function reports(words: string): Promise<string> {
  for (const said of [words, 'sans contact', 'oui envoyez']) {
    await ana.says(said);
    await ana.hears();
  }
  return /\b\w{4}-\w{4}\b/.exec(ana.heard().at(-1)!.text!)![0];
}

const at = async (reference: string) => (await rows.tickets()).find((one) => one.reference === reference)!;
const reminders = async (reference: string) =>
  (await at(reference)).history.filter(({ kind }) => kind === 'reminded').map(({ text }) => text);

test('the wrong service: handed on in one step with the reason, without a word to the citizen', async () => {
  const reference = await reports('lampadaire cassé devant le 21 rue Pasteur');
  const karim = await signedIn(hall, 'karim');
  const { revision } = (await karim.get(`tickets/${reference}`)).body;
  const routing = { service: 'voirie', reason: 'Le mât est sur le domaine de la voirie', revision };
  expect((await karim.call('POST', `tickets/${reference}/service`, { ...routing, service: 'nobody' })).status).toBe(400);
  const routed = await karim.call('POST', `tickets/${reference}/service`, routing);
  expect([routed.status, routed.body.service.id]).toEqual([200, 'voirie']);
  expect(routed.body.history.at(-1)).toMatchObject({ kind: 'routed', was: 'eclairage', words: routing.reason, isPublic: false });
  // Sent again it is answered as it was; whoever has not seen the change hands nothing on.
  const again = await karim.call('POST', `tickets/${reference}/service`, routing);
  expect([again.status, again.body.history.length]).toEqual([200, routed.body.history.length]);
  expect((await karim.call('POST', `tickets/${reference}/service`, { ...routing, service: 'eclairage' })).status).toBe(409);
  await ana.hearsNothing(rows);
});

test('not ours: the citizen is told whose it is and how they are reached', async () => {
  const reference = await reports('nid de poule devant le 4 rue Pasteur');
  const karim = await signedIn(hall, 'karim');
  const { revision } = (await karim.get(`tickets/${reference}`)).body;
  const change = {
    state: 'moved',
    words: 'Cette route est départementale.',
    office: 'other_department',
    isPublic: true,
    revision,
  };
  expect((await karim.call('POST', `tickets/${reference}/changes`, change)).body.state).toBe('moved');
  expect(await ana.hears(/ne dépend pas de la mairie/)).toMatch(/départementale[\s\S]*Qui s'en occupe : .*https/);
});

test('a leak is due in four hours of the water service: reminded the next morning, not at night, once', async () => {
  const reference = await reports("fuite d'eau dans la rue devant le 14 rue des Lilas");
  expect((await at(reference)).due?.at).toMatch(/^2026-11-25T10:1\d/);
  await ana.says(`suivi ${reference}`);
  await ana.hears(/au plus tard le.*25 novembre/);
  hall.clock.pass(10 * HOUR);
  expect(await reminders(reference)).toEqual([]);
  // Half past nine in the morning: half of it is over.
  hall.clock.pass(7.5 * HOUR);
  await until('half of the time is over', async () => (await reminders(reference)).includes('50'));
  await hall.restart();
  hall.clock.pass(2 * HOUR);
  await until('all of it is over', async () => (await reminders(reference)).length === 3);
  expect(await reminders(reference)).toEqual(['50', '80', '100']);
  const karim = await signedIn(hall, 'karim');
  expect((await karim.get(`tickets/${reference}`)).body).toMatchObject({ reminded: 100, priority: 'high' });
});

test('handed on to a service that opens later: what falls on the minute in which the former one opens waits for the new one', async () => {
  // Cleaning works from 7:30 to 12:00 and from 13:00 to 16:30, the front desk from 8:30 to 12:00 and from 13:30. Half of two days from
  // half past eight on a Thursday is over on Friday at one o'clock.
  hall.clock.pass(Date.parse('2026-11-26T07:30:00Z') - hall.clock.now().getTime());
  ana = await createCitizen(hall.url, { locale: 'fr' });
  const handedOn = await reports('déchets par terre devant le 21 rue Pasteur');
  const kept = await reports('déchets par terre devant le 9 rue des Lilas');
  expect((await at(handedOn)).due!.marks[0]!.at).toMatch(/^2026-11-27T12:00/);
  const karim = await signedIn(hall, 'karim');
  const { revision } = (await karim.get(`tickets/${handedOn}`)).body;
  const routing = { service: 'accueil', reason: 'Un riverain sait qui salit', revision };
  expect((await karim.call('POST', `tickets/${handedOn}/service`, routing)).status).toBe(200);
  hall.clock.pass(Date.parse('2026-11-27T12:01:00Z') - hall.clock.now().getTime());
  await until('who kept the other one is reminded', async () => (await reminders(kept)).includes('50'));
  expect(await reminders(handedOn)).toEqual([]);
  hall.clock.pass(0.5 * HOUR);
  await until('the front desk is open', async () => (await reminders(handedOn)).includes('50'));
});
