/** The same bot by text message and WhatsApp: real webhooks, the real SDK, the fake carrier. */
import { REFERENCE, SMS, WHATSAPP } from '../support/phone-hall';
import { photo } from '../support/pictures';
import { usePhoneHall } from '../support/use-city-hall';

const PAUSE_MS = 250;

let last = 0;

// Before the carrier closes.
afterAll(() => expect(carrier.leaks()).toBe(0));
const { hall, carrier, rows } = usePhoneHall({ env: { PHONE_PAUSE_MS: String(PAUSE_MS) } });

/** A citizen nobody has heard of. */
function someone(channel: 'sms' | 'whatsapp') {
  last += 1;
  const number = `+3363998${String(1000 + last)}`;
  const address = channel === 'sms' ? number : `whatsapp:${number}`;
  return { address: channel === 'sms' ? number : number, phone: carrier.phone(address, channel === 'sms' ? SMS : WHATSAPP) };
}

const ticketsOf = async (number: string) => (await rows.tickets()).filter(({ address }) => address.endsWith(number));

test('a report by text message, without media (S03)', async () => {
  const { phone, address } = someone('sms');
  await phone.sends('lampadaire HS rte de lyon');
  const first = await phone.next(/num.ro|rep.re/i);
  expect(first.text).toMatch(/Mairie de Bellerive/);
  expect(first.text).toMatch(/route de Lyon/i);
  await phone.sends('en face du stade');
  const summary = await phone.next(/OUI pour envoyer/);
  expect(summary.text).toMatch(/stade/i);
  await phone.sends('ok');
  const sent = await phone.next(REFERENCE);
  expect(await ticketsOf(address)).toMatchObject([{ topic: 'report_street_light', channel: 'sms', files: [] }]);
  // A text message carries no photo: the last line is where one can be sent.
  const [link = ''] = /https?:\S+$/.exec(sent.text) ?? [];
  const form = new FormData();
  form.append('photo', new Blob([new Uint8Array(await photo({ withPosition: true }))], { type: 'image/jpeg' }), 'IMG_1.jpg');
  expect((await fetch(link, { method: 'POST', body: form })).status).toBe(200);
  await phone.next(/photo est ajoutée/);
  const [ticket] = await ticketsOf(address);
  expect(ticket?.files).toHaveLength(1);
});

test('a correction in the middle of a form (S05)', async () => {
  const { phone, address } = someone('whatsapp');
  await phone.sends("tag raciste sur le mur de l'école rue Pasteur");
  await phone.next(/Pasteur/);
  await phone.sends("non, c'était rue Victor Hugo");
  await phone.next(/Victor Hugo/);
  await phone.sends('école Jules Ferry');
  for (let turn = 0; turn < 4 && !REFERENCE.test((await phone.next()).text); turn += 1) await phone.sends('oui envoyez');
  const [ticket] = await ticketsOf(address);
  expect(ticket).toMatchObject({ topic: 'report_graffiti', priority: 'high' });
  expect(ticket?.place?.text).toMatch(/Jules Ferry.*Victor Hugo/);
});

test('a citizen comes back and asks after the request, without a reference (S16)', async () => {
  const { phone, address } = someone('whatsapp');
  await phone.sends('lampadaire cassé devant le 14 rue des Lilas');
  await phone.next(/OUI pour envoyer/);
  await phone.sends('oui');
  const [reference] = REFERENCE.exec((await phone.next(REFERENCE)).text) ?? [''];
  await phone.sends('alors mon signalement ?');
  expect((await phone.next(/reçue/)).text).toContain(reference);
  await phone.sends('je rajoute une photo', {
    media: [{ contentType: 'image/jpeg', bytes: await photo({ withPosition: true }) }],
  });
  await phone.next(/ajoutée/);
  const [ticket] = await ticketsOf(address);
  expect(ticket?.files).toHaveLength(1);
});

test('the same webhook delivered again and again is answered once, after a restart too (S19)', async () => {
  const { phone, address } = someone('whatsapp');
  const leak = await phone.sends("fuite d'eau 3 quai des Tanneurs");
  await Promise.all([leak.again(), leak.again(), leak.again()]);
  await phone.next(/Tanneurs|eau/i);
  await hall.restart();
  carrier.connect(hall.url);
  expect((await leak.again()).status).toBe(200);
  let reply = '';
  for (let turn = 0; turn < 4 && !REFERENCE.test(reply); turn += 1) {
    const said = await phone.sends('oui envoyez');
    await Promise.all([said.again(), said.again()]);
    reply = (await phone.next()).text;
  }
  await carrier.idle();
  expect(await ticketsOf(address)).toHaveLength(1);
  const replies = phone.received().map(({ text }) => text);
  expect(new Set(replies).size).toBe(replies.length);
});

test('STOP and START in any state, and nothing is sent in between (S21)', async () => {
  const { phone, address } = someone('sms');
  await phone.sends('je veux signaler un arbre qui penche');
  await phone.next();
  await phone.sends('Stop');
  const stopped = await phone.next(/START/);
  expect(stopped.text).toMatch(/Mairie de Bellerive/);
  await phone.sends('combien coûte un passeport ?');
  await rows.settled();
  expect(phone.received().at(-1)?.sid).toBe(stopped.sid);
  await phone.sends('START');
  await phone.next(/bon retour/i);
  await phone.sends("STOP SVP j'en peux plus de vos messages");
  await phone.next(/START/);
  const proofs = await rows.database.collection('ledger').find({ kind: 'consent' });
  const mine = proofs.filter(({ subject }) => String(subject).endsWith(address));
  expect(mine.map(({ given }) => given)).toEqual(expect.arrayContaining([true, false]));
  expect(mine.map(({ words }) => words)).toEqual(expect.arrayContaining(['Stop', 'START']));
});

test('who has said STOP and writes of danger is told whom to call, and nothing else', async () => {
  const { phone } = someone('sms');
  await phone.sends('STOP');
  await phone.next(/START/);
  await phone.sends('au secours ma cuisine est en feu');
  const called = await phone.next(/18/);
  await phone.sends('fausse alerte');
  await phone.sends('combien coûte un passeport ?');
  await rows.settled();
  expect(phone.received().at(-1)?.sid).toBe(called.sid);
});

test('STOP right behind another word is heard by itself', async () => {
  const { phone, address } = someone('sms');
  await phone.sends('merci bien');
  await phone.sends('STOP');
  await phone.next(/START/);
  const proofs = await rows.database.collection('ledger').find({ kind: 'consent' });
  expect(proofs.filter(({ subject }) => String(subject).endsWith(address))).toMatchObject([{ given: false, words: 'STOP' }]);
});

test('a bus stop opts nobody out', async () => {
  const { phone, address } = someone('sms');
  await phone.sends('arrêt de bus cassé rue Pasteur');
  await phone.next();
  const proofs = await rows.database.collection('ledger').find({ kind: 'consent' });
  expect(proofs.filter(({ subject }) => String(subject).endsWith(address))).toEqual([]);
});

test('photos only: kept, with one question, and nothing opened (S23)', async () => {
  const { phone, address } = someone('whatsapp');
  const bytes = await photo({ withPosition: true });
  await phone.sends('', { media: Array.from({ length: 5 }, () => ({ contentType: 'image/jpeg', bytes })) });
  const asked = await phone.next(/signaler/);
  expect(asked.text).toMatch(/5/);
  await rows.settled();
  expect(phone.received()).toHaveLength(1);
  expect(await ticketsOf(address)).toHaveLength(0);
});

test('a photo that cannot be kept is said to be missing, with the reason, and the report goes on', async () => {
  const { phone, address } = someone('whatsapp');
  const damaged = { contentType: 'image/jpeg', bytes: Buffer.from('no photo at all') };
  await phone.sends('lampadaire cassé devant le 14 rue des Lilas', { media: [damaged] });
  await phone.next(/pas pu garder ce fichier[\s\S]*OUI pour envoyer/);
  const reasons: Array<[bytes: Buffer, said: RegExp]> = [
    [damaged.bytes, /pas pu garder ce fichier/],
    [Buffer.from('\0\0\0\x18ftypheic\0\0\0\0', 'latin1'), /HEIC/],
    [(await photo()).subarray(0, 400), /abîmé/],
  ];
  for (const [bytes, said] of reasons) {
    await phone.sends('', { media: [{ contentType: 'image/jpeg', bytes }] });
    await phone.next(said);
  }
  await phone.sends('oui');
  await phone.next(REFERENCE);
  expect(await ticketsOf(address)).toMatchObject([{ topic: 'report_street_light', files: [] }]);
});

test('a pin only, then what it is about (S27)', async () => {
  const { phone, address } = someone('whatsapp');
  await phone.sends('', { location: { latitude: 48.8049, longitude: 2.1204 } });
  await phone.next(/Position reçue/);
  await phone.sends('lampadaire');
  await phone.next(/OUI pour envoyer/);
  await phone.sends('oui');
  await phone.next(REFERENCE);
  expect(await ticketsOf(address)).toMatchObject([
    { topic: 'report_street_light', place: { precision: 'pin', latitude: 48.8049 } },
  ]);
});

test('two reports in one text message, and the second dropped (S29)', async () => {
  const { phone, address } = someone('sms');
  await phone.sends('lampadaire cassé rue des lilas et aussi des poubelles pas ramassées au 6 rue ampere');
  await phone.next(/2 demandes/);
  await phone.sends('le lampadaire c devant le 14');
  await phone.next(/OUI pour envoyer/);
  await phone.sends('oui');
  await phone.next(REFERENCE);
  await phone.sends('non laisse le 2');
  await phone.next(/annul/);
  expect(await ticketsOf(address)).toMatchObject([{ topic: 'report_street_light', place: { text: '14 rue des Lilas' } }]);
});

test('fragments sent within seconds are one thought and get one answer', async () => {
  const { phone } = someone('sms');
  for (const fragment of ['bonjour', 'y a', 'un rat', 'au 12 allée des roses']) await phone.sends(fragment);
  const answer = await phone.next();
  expect(answer.text).toMatch(/rat|nuisible/i);
  await rows.settled();
  expect(phone.received()).toHaveLength(1);
});

test('a carrier that fails for a while delays messages and loses none', async () => {
  const { phone } = someone('sms');
  carrier.faults.next({ kind: 'refuse', code: 20429 }, 2);
  await phone.sends('combien coûte un passeport ?');
  await phone.next(/86/);
  await carrier.idle();
  expect(phone.received()).toHaveLength(1);
});
