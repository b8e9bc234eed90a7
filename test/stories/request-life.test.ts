/**
 * What comes after a request was sent, by text message, WhatsApp and on the page: a correction within minutes, an answer the
 * service waits for, a photo the next day, 'it is not repaired'. Nothing is guessed between two requests.
 */
import { createCitizen } from '../support/citizen';
import { signedIn } from '../support/desk';
import { REFERENCE, SMS, WHATSAPP } from '../support/phone-hall';
import { photo } from '../support/pictures';
import { until } from '../support/until';
import { usePhoneHall } from '../support/use-city-hall';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

let last = 0;

const { hall, carrier, rows } = usePhoneHall({ isInStory: true, at: '2026-11-24T09:15:00Z' });

afterEach(async () => {
  await carrier.idle();
  await rows.nothingLeaked();
});

function someone() {
  last += 1;
  const number = `+3363998${String(1000 + last)}`;
  return { number, sms: carrier.phone(number, SMS), whatsApp: carrier.phone(`whatsapp:${number}`, WHATSAPP) };
}

type Phone = ReturnType<typeof someone>['sms'];

async function reports(phone: Phone, words = 'lampadaire cassé devant le 12 rue des Lilas', yes = 'oui') {
  await phone.sends(words);
  await phone.next(/OUI|YES/);
  await phone.sends(yes);
  return REFERENCE.exec((await phone.next(REFERENCE)).text)![0];
}

async function moves(reference: string, state: string, words?: string) {
  // Days pass here, and nobody stays signed in so long.
  const karim = await signedIn(hall, 'karim');
  const { revision } = (await karim.get(`tickets/${reference}`)).body;
  const moved = await karim.call('POST', `tickets/${reference}/changes`, { state, words, isPublic: true, revision });
  expect([moved.status, moved.body.state]).toEqual([200, state]);
}

const ticket = async (reference: string) => (await rows.tickets()).find((one) => one.reference === reference)!;
const count = async (address: string) => (await rows.tickets()).filter((one) => one.address === address).length;

test('a correction within minutes changes the same request, and keeps what it was', async () => {
  const { sms } = someone();
  const reference = await reports(sms);
  hall.clock.pass(2 * MINUTE);
  await sms.sends("pardon c'est le 21 pas le 12");
  expect((await sms.next(/corrigé/)).text).toMatch(/21 rue des Lilas/);
  const { place, answers, history } = await ticket(reference);
  expect(place?.text).toBe('21 rue des Lilas');
  expect(answers.flatMap(({ former = [] }) => former.map(({ text }) => text))).toEqual(['12 rue des Lilas']);
  expect(history.at(-1)).toMatchObject({ kind: 'corrected', by: 'citizen', text: '21 rue des Lilas' });
  expect(await count(sms.address)).toBe(1);
});

test('the answer that the service waits for lands on the request and sets it going again', async () => {
  const { sms } = someone();
  const reference = await reports(sms);
  await moves(reference, 'waiting', 'De quelle couleur est le mât ?');
  await sms.next(/attend votre réponse/);
  await sms.sends('vert, juste à côté du portail');
  expect((await sms.next(/réponse est notée/)).text).toContain(reference);
  expect(await ticket(reference)).toMatchObject({ state: 'in-progress' });
  expect((await ticket(reference)).history.at(-1)).toMatchObject({
    kind: 'comment',
    by: 'citizen',
    text: 'vert, juste à côté du portail',
    state: 'in-progress',
    was: 'waiting',
  });
});

test('what is not repaired opens again with one reply, and is counted by service; after thirty days it does not', async () => {
  const { whatsApp } = someone();
  const reference = await reports(whatsApp);
  await moves(reference, 'resolved', 'Ampoule changée');
  await whatsApp.next(/pas réparé/);
  await whatsApp.sends("ce n'est pas réparé, toujours éteint");
  const before = whatsApp.received().length;
  await whatsApp.next(/rouverte/);
  expect(whatsApp.received()).toHaveLength(before + 1);
  expect(await ticket(reference)).toMatchObject({ state: 'new', reopened: 1 });
  expect((await ticket(reference)).history.at(-1)).toMatchObject({ kind: 'reopened', was: 'resolved', state: 'new' });
  const counted = await rows.database.collection('tallies').find({ what: 'unsolved', service: 'eclairage' });
  expect(counted).toHaveLength(1);
  // A bare 'no' to the news says the same.
  await moves(reference, 'resolved', 'Câble changé');
  await whatsApp.next(/Câble changé/);
  await whatsApp.sends('non');
  await whatsApp.next(/rouverte/);
  await moves(reference, 'resolved', 'Mât changé');
  await whatsApp.next(/Mât changé/);
  hall.clock.pass(31 * DAY);
  // Closed by itself, in the history, and nobody is written to.
  const told = whatsApp.received().length;
  await until(async () => (await ticket(reference)).state === 'closed');
  expect((await ticket(reference)).history.at(-1)).toMatchObject({ by: 'system', was: 'resolved', state: 'closed' });
  expect(whatsApp.received()).toHaveLength(told);
  await whatsApp.sends("ce n'est pas réparé");
  await whatsApp.next();
  expect(await ticket(reference)).toMatchObject({ state: 'closed', reopened: 2 });
});

test('a photo the next day joins the only request it can be for, once that is confirmed', async () => {
  const { whatsApp } = someone();
  const reference = await reports(whatsApp);
  hall.clock.pass(DAY);
  await whatsApp.sends('', { media: [{ contentType: 'image/jpeg', bytes: await photo() }] });
  expect((await whatsApp.next(/pour votre demande/)).text).toContain(reference);
  await whatsApp.sends('oui');
  await whatsApp.next(/photo est ajoutée/);
  expect((await ticket(reference)).files).toHaveLength(1);
});

test('where two requests fit it is asked which; another thing is neither', async () => {
  const { sms } = someone();
  const lamp = await reports(sms);
  const hole = await reports(sms, 'nid de poule devant le 4 rue Pasteur');
  for (const reference of [lamp, hole]) {
    await moves(reference, 'resolved', 'Réparé ce matin');
    await sms.next(/Réparé ce matin/);
  }
  await sms.sends("ce n'est toujours pas réparé");
  await sms.next(/laquelle/i);
  await sms.sends('2');
  await sms.next(/rouverte/);
  const states = [(await ticket(lamp)).state, (await ticket(hole)).state].sort();
  expect(states).toEqual(['new', 'resolved']);
});

test('the same thing again without a place: asked whether it is the same, and a new request where it is not', async () => {
  const { sms } = someone();
  const reference = await reports(sms);
  hall.clock.pass(DAY);
  await sms.sends('le lampadaire est en panne');
  expect((await sms.next(/pour votre demande/)).text).toContain(reference);
  await sms.sends('oui');
  await sms.next(/ajouté/);
  expect((await ticket(reference)).history.at(-1)).toMatchObject({ kind: 'comment', text: 'le lampadaire est en panne' });
  await sms.sends('le lampadaire est en panne');
  await sms.next(/pour votre demande/);
  await sms.sends('non');
  await sms.next(/adresse|où|numéro/i);
  expect(await count(sms.address)).toBe(1);
});

test('on the page: a word that means nothing to us is offered to the open request', async () => {
  const ana = await createCitizen(hall.url, { locale: 'fr' });
  for (const words of ['lampadaire cassé devant le 14 rue des Lilas', 'sans contact', 'oui envoyez']) {
    await ana.says(words);
    await ana.hears();
  }
  const reference = REFERENCE.exec(ana.heard().at(-1)!.text!)![0];
  await moves(reference, 'waiting', 'Quel est le numéro sur le mât ?');
  await ana.hears(/numéro sur le mât/);
  await ana.says('Z-48 à gauche du portillon');
  await ana.hears(/réponse est notée/);
  expect((await ticket(reference)).state).toBe('in-progress');
});

test('beside another request the one that was sent is told or taken back first, and the other has its turn after it', async () => {
  const { sms } = someone();
  const reference = await reports(sms);
  await sms.sends(`où en est ma demande ${reference} ? et il y a un nid de poule devant le 4 rue Pasteur`);
  const told = await sms.next(/nid-de-poule|chaussée/i);
  expect(told.text).toMatch(/reçue/);
  await sms.sends('oui');
  const hole = REFERENCE.exec((await sms.next(REFERENCE)).text)![0];
  await sms.sends(`annulez la demande ${reference} et je signale un banc cassé devant le 9 rue des Lilas`);
  await sms.next(/retire/i);
  await sms.sends('oui');
  await sms.next(/banc|équipement/i);
  await until('it is withdrawn', async () =>
    (await rows.tickets()).some((one) => one.reference === reference && one.state === 'withdrawn'),
  );
  expect((await rows.tickets()).find((one) => one.reference === hole)).toMatchObject({ state: 'new', topic: 'report_pothole' });
});
