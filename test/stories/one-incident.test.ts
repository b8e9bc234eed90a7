/**
 * One incident, many reports: a neighbour is asked whether it is the same and follows it, requests are put together and taken
 * apart without losing a word, and one message answers everybody on their own channel, once.
 */
import type { Carrier } from '../../src/demo/carrier';
import { type Citizen, createCitizen } from '../support/citizen';
import type { CityHall } from '../support/city-hall';
import { type DeskUser, signedIn } from '../support/desk';
import { openPhoneHall, type PhoneHall, REFERENCE, SMS } from '../support/phone-hall';
import type { Rows } from '../support/rows';

let opened: PhoneHall;
let carrier: Carrier;
let hall: CityHall;
let rows: Rows;
let karim: DeskUser;
let last = 0;

beforeAll(async () => {
  opened = await openPhoneHall({ isInStory: true, at: '2026-11-24T09:15:00Z' });
  ({ carrier, hall, rows } = opened);
  karim = await signedIn(hall, 'karim');
}, 60_000);

afterEach(async () => {
  await carrier.idle();
  await rows.nothingLeaked();
});

afterAll(() => opened.close());

function someone() {
  last += 1;
  return carrier.phone(`+3363997${String(5000 + last)}`, SMS);
}

type Phone = ReturnType<typeof someone>;

async function reports(phone: Phone, words: string) {
  await phone.sends(words);
  await phone.next(/OUI/);
  await phone.sends('oui');
  return REFERENCE.exec((await phone.next(REFERENCE)).text)![0];
}

const ticket = async (reference: string) => (await rows.tickets()).find((one) => one.reference === reference)!;
const all = async () => (await rows.tickets()).length;

async function post(reference: string, action: string, body: object) {
  return karim.call('POST', `tickets/${reference}/${action}`, body);
}

async function says(reference: string, change: object) {
  const { revision } = (await karim.get(`tickets/${reference}`)).body;
  expect((await post(reference, 'changes', { isPublic: true, revision, ...change })).status).toBe(200);
}

test('a neighbour who says yes follows it and hears what becomes of it; nothing of the author is seen (S39)', async () => {
  const author = someone();
  const reference = await reports(author, "fuite d'eau dans la rue devant le 17 rue Pasteur, Mme Bertin");
  const before = await all();
  const ana: Citizen = await createCitizen(hall.url, { locale: 'fr' });
  await ana.says("fuite d'eau devant le 19 rue Pasteur");
  const asked = await ana.hears(/le même/);
  expect(asked).toMatch(/17 rue Pasteur/);
  expect(asked).not.toMatch(/Bertin|\+33/);
  await ana.says('oui');
  await ana.hears(/prévenu de la suite/);
  expect(await all()).toBe(before);
  expect(await rows.database.collection('followers').find({ reference })).toHaveLength(1);
  await says(reference, { state: 'resolved', words: 'Canalisation réparée' });
  await author.next(/Canalisation réparée/);
  await ana.hears(/terminée[\s\S]*Canalisation réparée/);
  expect(JSON.stringify(ana.heard())).not.toMatch(/Bertin|3363997/);
}, 40_000);

test('another thing is a request of its own, linked for the service; other topics are never asked about', async () => {
  const [one, two] = [someone(), someone()];
  const reference = await reports(one, "fuite d'eau dans la rue devant le 3 rue Thiers");
  await two.sends("fuite d'eau dans la rue devant le 3 rue Thiers");
  await two.next(/même/);
  await two.sends('non');
  await two.next(/OUI/);
  await two.sends('oui');
  const [, own = ''] = /(\w{4}-\w{4})/.exec((await two.next(REFERENCE)).text)!;
  expect((await ticket(own)).links).toEqual([{ reference, kind: 'neighbour' }]);
  // Seen from the other one too, once.
  expect((await ticket(reference)).links).toEqual([{ reference: own, kind: 'neighbour' }]);
  const shown = async (one: string) =>
    (await karim.get(`tickets/${one}`)).body.linked.map((other: { reference: string }) => other.reference);
  expect([await shown(own), await shown(reference)]).toEqual([[reference], [own]]);
  const three = someone();
  await reports(three, 'lampadaire cassé devant le 3 rue Thiers');
}, 40_000);

test('put together: what the other says lands on the one that stands, both histories say so, twice is clear; and taken apart', async () => {
  const [one, two] = [someone(), someone()];
  const stands = await reports(one, 'lampadaire cassé devant le 3 rue des Lilas');
  const aside = await reports(two, 'lampadaire cassé devant le 5 rue des Lilas');
  expect((await post(aside, 'merge', { into: stands })).body).toMatchObject({ state: 'closed', mergedInto: stands });
  await two.next(/même problème/);
  expect((await post(aside, 'merge', { into: stands })).status).toBe(200);
  const third = await reports(someone(), 'lampadaire cassé devant le 21 rue des Lilas');
  expect((await post(aside, 'merge', { into: third })).body.error.code).toBe('elsewhere');
  expect((await post(stands, 'merge', { into: aside })).body.error.code).toBe('itself');
  await two.sends(`suivi ${aside}`);
  expect((await two.next(/reçue/)).text).toContain(aside);
  await says(stands, { state: 'waiting', words: 'De quel côté ?' });
  await two.next(/De quel côté/);
  await two.sends('côté pair, près du portail');
  await two.next(/pour votre demande/);
  await two.sends('oui');
  await two.next(/réponse est notée/);
  expect((await ticket(stands)).history.at(-1)).toMatchObject({ text: 'côté pair, près du portail', state: 'in-progress' });
  const kinds = async (reference: string) => (await ticket(reference)).history.map(({ kind }) => kind);
  expect(await kinds(aside)).toContain('merged');
  expect((await kinds(stands)).filter((kind) => kind === 'merged')).toHaveLength(1);
  expect((await post(aside, 'split', {})).body).toMatchObject({ state: 'new' });
  expect((await ticket(aside)).mergedInto).toBeNull();
  expect((await post(aside, 'split', {})).body.error.code).toBe('not-merged');
}, 60_000);

test('declared: newcomers hear that it is known, how many it concerns and when there is news; one message answers all, once', async () => {
  const author = someone();
  const reference = await reports(author, 'tout le quartier est dans le noir, lampadaires éteints devant le 40 rue Pasteur');
  expect((await post(reference, 'incident', { isDeclared: true, next: 'à 18 h' })).status).toBe(200);
  const neighbours = [someone(), someone()];
  for (const [n, phone] of neighbours.entries()) {
    await phone.sends('lampadaire éteint devant le 2 rue Ampère');
    expect((await phone.next(/C'est connu/)).text).toMatch(new RegExp(`${n + 1} personne.*à 18 h`, 's'));
    await phone.sends('oui');
    await phone.next(/prévenu/);
  }
  await says(reference, { words: 'Un câble est coupé, retour prévu à 21 h.' });
  for (const phone of [author, ...neighbours]) await phone.next(/câble est coupé/);
  await hall.restart();
  karim = await signedIn(hall, 'karim');
  carrier.connect(hall.url);
  for (const phone of [author, ...neighbours])
    expect(phone.received().filter(({ text }) => /câble est coupé/.test(text))).toHaveLength(1);
  expect((await post(reference, 'incident', { isDeclared: false })).body.incident).toBeNull();
  const after = someone();
  await after.sends('lampadaire éteint devant le 2 rue Ampère');
  await after.next(/OUI/);
}, 60_000);
