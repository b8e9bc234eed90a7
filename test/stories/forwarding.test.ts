/**
 * Requests handed to other authorities: by e-mail and by Open311, to a second town hall of our own kind. Once, whatever
 * breaks; with the citizen's name only where they agreed; and what the other side says comes back to the citizen.
 */
import { makeKey } from '../../src/api';
import type { Partner } from '../../src/domain/forwarding/partner';
import { createApiKeys } from '../../src/store/rows/api-keys';
import { addAgent, signIn } from '../support/agent-at-desk';
import { openDoubtful, openSlow } from '../support/authorities';
import { type Citizen, createCitizen } from '../support/citizen';
import { type CityHall, openCityHall } from '../support/city-hall';
import { signedIn } from '../support/desk';
import { type MailServer, openMailServer } from '../support/mail-server';
import { photo } from '../support/pictures';
import { openRows, type Rows } from '../support/rows';
import { until } from '../support/until';

const HOUR = 3600_000;
const at = '2026-11-24T09:15:00Z';
const verified = { on: '2026-09-01', until: '2027-08-31', source: 'https://departement.example/annuaire' };

let hall: CityHall;
let rows: Rows;
/** The other authority: a Guichet too. */
let other: CityHall;
let theirs: Rows;
let mail: MailServer;
let doubtful: Awaited<ReturnType<typeof openDoubtful>>;
let slow: Awaited<ReturnType<typeof openSlow>>;
let ana: Citizen;

beforeAll(async () => {
  [other, mail, doubtful, slow] = await Promise.all([openCityHall({ at }), openMailServer(), openDoubtful(), openSlow()]);
  theirs = await openRows(other);
  const made = makeKey('bellerive', 'the town next door', ['tickets.open', 'tickets.read'], new Date(at));
  await createApiKeys(theirs.database).add(made.row);
  const name = (fr: string) => ({ fr, en: fr });
  const partners: Partner[] = [
    {
      ...{ id: 'metropole', name: name('Métropole'), phone: '01 99 00 00 01', email: 'voirie@metropole.example' },
      ...{ photos: true, verified },
    },
    {
      id: 'lapsed',
      name: name('Ancien syndicat'),
      phone: '01',
      email: 'x@x.example',
      verified: { ...verified, until: '2026-10-01' },
    },
    {
      ...{ id: 'lamps', name: name('Syndicat d’éclairage'), web: 'https://lampes.example', verified },
      ...{ topics: ['report_street_light'], photos: true },
      open311: {
        ...{
          url: `${other.url}/open311/v2`,
          jurisdiction: 'bellerive',
          services: { report_street_light: 'report_street_light' },
        },
        ...{ key: 'lamps', readsWithKey: true, format: 'xml', knowsRepeats: true, onClosed: 'tell' },
      },
    },
    {
      ...{ id: 'slow', name: name('Agglomération'), web: 'https://agglo.example', verified },
      open311: { url: slow.url, services: { other: 'X1' }, format: 'json', onClosed: 'tell' },
    },
    {
      ...{ id: 'roads', name: name('Routes du département'), web: 'https://routes.example', verified },
      open311: { url: doubtful.url, services: { other: 'X1' }, format: 'json', onClosed: 'propose' },
    },
  ];
  hall = await openCityHall({
    at,
    env: { SMTP_URL: mail.url, MAIL_FROM: 'guichet@bellerive.example', OPEN311_KEYS: `lamps=${made.key}` },
    change: (town) => (town.id === 'bellerive' ? { ...town, partners } : town),
  });
  rows = await openRows(hall);
  ana = await createCitizen(hall.url, { locale: 'fr' });
});

afterAll(async () => {
  await rows.nothingLeaked();
  await Promise.all([rows.close(), theirs.close()]);
  await hall.close();
  await Promise.all([other.close(), mail.close(), doubtful.close(), slow.close()]);
});

type Sent = Parameters<Citizen['sends']>[0];

async function reports(words: string, contact = 'sans contact', files: Sent[] = []): Promise<string> {
  await ana.says(words);
  for (const file of files) {
    await ana.hears();
    expect((await ana.sends(file)).status).toBe(200);
  }
  for (let tries = 0; tries < 4; tries += 1) {
    const heard = await ana.hears();
    // News of an earlier one names a reference too.
    const [, reference] = /référence : (\w{4}-\w{4})/.exec(heard) ?? [];
    if (reference) return reference;
    await ana.says(/oui|envoy/i.test(ana.choices().join()) ? 'oui envoyez' : contact);
  }
  throw new Error(JSON.stringify(ana.heard().map(({ text }) => text)));
}

/** What the other authority got by e-mail. */
const letters = () => mail.received.filter(({ to }) => to?.[0]?.address === 'voirie@metropole.example');

const ticket = async (reference: string) => (await rows.tickets()).find((one) => one.reference === reference)!;

async function moves(reference: string, office: string, forward?: { withPerson: boolean; agreed?: string }) {
  const karim = await signedIn(hall, 'karim');
  const { revision } = (await karim.get(`tickets/${reference}`)).body;
  const change = { state: 'moved', words: 'Cette voie n’est pas communale.', isPublic: true, office, forward, revision };
  return { karim, change, answer: await karim.call('POST', `tickets/${reference}/changes`, change) };
}

test('by e-mail, without who it is: the citizen hears whose it is and that it was handed on; the same again sends nothing', async () => {
  const reference = await reports('nid de poule devant le 4 rue Pasteur, mon numéro 06 39 98 45 67');
  const named = (await moves(reference, 'metropole', { withPerson: true })).answer;
  expect([named.status, named.body.error.code]).toEqual([400, 'needs-agreement']);
  expect((await moves(reference, 'lapsed', { withPerson: false })).answer.body.error.code).toBe('unknown-office');
  expect((await moves(reference, 'other_department', { withPerson: false })).answer.body.error.code).toBe('no-way');
  const { karim, change, answer } = await moves(reference, 'metropole', { withPerson: false });
  expect([answer.status, answer.body.state]).toEqual([200, 'moved']);
  const told = await ana.hears(/Métropole/);
  expect(told).toMatch(/Qui s'en occupe : Métropole \(01 99 00 00 01\)/);
  expect(told).toMatch(/transmettons .* sans vos coordonnées/);
  expect((await karim.call('POST', `tickets/${reference}/changes`, change)).status).toBe(200);
  await until(async () => (await ticket(reference)).forward?.state === 'sent');
  expect(letters()).toHaveLength(1);
  const { subject, text = '' } = letters()[0]!;
  expect(subject).toContain(reference);
  expect(text).toMatch(/nid de poule/);
  expect(text).toMatch(/Pasteur/);
  expect(text).not.toMatch(/ana@exemple|39 98/);
  const { body } = await karim.get(`tickets/${reference}`);
  expect(body.forward).toMatchObject({ to: 'Métropole', way: 'email', withPerson: false, state: 'sent' });
  expect(body.history.at(-1)).toMatchObject({ kind: 'partner', partner: 'sent', from: 'system' });
});

test('where the citizen agreed the other authority can write to them', async () => {
  const reference = await reports('nid de poule devant le 6 rue Pasteur, mon mail ana@exemple.fr');
  const { answer } = await moves(reference, 'metropole', { withPerson: true, agreed: 'au téléphone, ce matin' });
  expect(answer.body.forward).toMatchObject({ withPerson: true, agreed: 'au téléphone, ce matin' });
  await ana.hears(/avec vos coordonnées/);
  await until(() => letters().length === 2);
  expect(letters()[1]!.text).toMatch(/ana@exemple\.fr/);
});

test('a topic of another authority goes to its Open311 at once; its number is kept, and what becomes of it is told', async () => {
  const reference = await reports('lampadaire cassé devant le 12 rue des Lilas');
  await until(async () => (await ticket(reference)).forward?.reference !== undefined);
  const [there, ...more] = await theirs.tickets();
  expect(more).toEqual([]);
  expect(there).toMatchObject({ topic: 'report_street_light', state: 'new' });
  expect(there!.words).toContain(reference);
  const { forward, state } = await ticket(reference);
  expect([state, forward]).toEqual(['assigned', expect.objectContaining({ to: 'lamps', reference: there!.publicId })]);
  await ana.says(`suivi ${reference}`);
  expect(await ana.hears(/Transmise à/)).toContain(String(there!.publicId));

  const nadia = await signedIn(other, 'karim');
  const { revision } = (await nadia.get(`tickets/${there!.reference}`)).body;
  const done = { state: 'resolved', words: 'Ampoule changée.', isPublic: true, revision };
  expect((await nadia.call('POST', `tickets/${there!.reference}/changes`, done)).status).toBe(200);
  await hall.restart();
  hall.clock.pass(HOUR);
  ana = await createCitizen(hall.url, { locale: 'fr' });
  await until(async () => (await ticket(reference)).state === 'resolved');
  const { history, conversation } = await ticket(reference);
  expect(history.at(-1)).toMatchObject({ kind: 'partner', partner: 'closed', by: 'system', isPublic: true });
  await until(async () => /nous indique Syndicat/.test(JSON.stringify(await rows.transcript(conversation))));
  const said = (await rows.transcript(conversation)).map(({ activity }) => (activity as { text?: string }).text).join('\n');
  expect(said).toMatch(/est terminée, nous indique Syndicat d’éclairage/);
  expect(said).toMatch(/Leur réponse : terminée/);
  expect(await theirs.tickets()).toHaveLength(1);
});

test('photos go along where the town wants it, by links that show the photo and nothing else, and end', async () => {
  const shot = { name: 'trou.jpg', type: 'image/jpeg', bytes: await photo({ withPosition: true }) };
  const paper = { name: 'bail.pdf', type: 'application/pdf', bytes: Buffer.from('%PDF-1.4\n%%EOF\n') };
  const reference = await reports('nid de poule devant le 12 rue Pasteur', 'sans contact', [shot, paper]);
  await moves(reference, 'metropole', { withPerson: false });
  expect(await ana.hears(/sans vos coordonnées/)).toMatch(/reçoivent aussi les photos .* pas les documents/);
  const before = letters().length;
  await until(() => letters().length > before || letters().at(-1)!.subject?.includes(reference) === true);
  const text = letters().at(-1)!.text ?? '';
  const [link = '', ...more] = text.match(/http\S+\/f\/\S+/g) ?? [];
  expect(more).toEqual([]);
  expect(text).toMatch(/Une photo, visible jusqu'au 2\d décembre 2026/);
  expect(text).toMatch(/Une pièce jointe peut vous être envoyée/);
  const shown = await fetch(link);
  expect([shown.status, shown.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
  const bytes = Buffer.from(await shown.arrayBuffer());
  expect(bytes.subarray(0, 2).toString('hex')).toBe('ffd8');
  const refused = async (address: string) => {
    const answer = await fetch(address);
    expect([address, answer.status, ((await answer.json()) as { error: { code: string } }).error.code]).toEqual([
      address,
      404,
      'NotFound',
    ]);
  };
  const [, code = ''] = /\/f\/(.+)$/.exec(link)!;
  const [document] = (await ticket(reference)).files.filter((id) => !code.endsWith(id));
  // Another seal, a later end, another file.
  await refused(link.replace(code, `${code.startsWith('A') ? 'B' : 'A'}${code.slice(1)}`));
  await refused(link.replace(code, `${code.slice(0, 16)}zzzz${code.slice(20)}`));
  await refused(link.replace(code, `${code.slice(0, 20)}${document}`));
  hall.clock.pass(31 * 24 * HOUR);
  await refused(link);
  hall.clock.pass(-31 * 24 * HOUR);

  const lamp = await reports('lampadaire cassé devant le 14 rue des Lilas', 'sans contact', [shot]);
  await until(async () => (await ticket(lamp)).forward?.reference !== undefined);
  const there = (await theirs.tickets()).find(({ words }) => words.includes(lamp))!;
  const told = there.answers.find(({ field }) => field === 'media_url')?.text ?? '';
  expect((await fetch(told)).headers.get('content-type')).toBe('image/jpeg');
});

test('an answer that was lost is looked for, never asked for twice; where nothing is found a person is told', async () => {
  const first = await reports('nid de poule devant le 8 rue Pasteur');
  await moves(first, 'roads', { withPerson: false });
  await until(async () => (await ticket(first)).forward?.state === 'sent');
  expect((await ticket(first)).forward).toMatchObject({ reference: '100' });
  expect(doubtful.taken).toHaveLength(1);
  expect(doubtful.taken[0]!.get('service_code')).toBe('X1');
  doubtful.keepsSilent();
  const second = await reports('nid de poule devant le 10 rue Pasteur');
  await moves(second, 'roads', { withPerson: false });
  await until(async () => (await ticket(second)).forward?.state === 'failed');
  expect((await ticket(second)).history.at(-1)).toMatchObject({ partner: 'failed', text: 'perhaps-arrived', isPublic: false });
  expect(doubtful.taken).toHaveLength(2);
});

test('a reference that is promised for later is asked for until it is there, and from then on what becomes of the request', async () => {
  const reference = await reports('nid de poule devant le 14 rue Pasteur');
  await moves(reference, 'slow', { withPerson: false });
  await until(async () => (await ticket(reference)).forward?.token === 'promise-1');
  for (let tries = 0; tries < 6 && (await ticket(reference)).forward?.reference === undefined; tries += 1) {
    hall.clock.pass(HOUR);
    await hall.wentRound();
  }
  const { forward, history } = await ticket(reference);
  expect(forward).toMatchObject({ state: 'sent', reference: 'S-9' });
  expect(forward?.token).toBeUndefined();
  expect(history.flatMap(({ kind, partner }) => (kind === 'partner' ? [partner] : [])).slice(0, 2)).toEqual(['sent', 'received']);
  ana = await createCitizen(hall.url, { locale: 'fr' });
  hall.clock.pass(HOUR);
  await until(async () => (await ticket(reference)).forward?.status === 'closed');
  expect((await ticket(reference)).history.at(-1)).toMatchObject({ partner: 'closed', text: 'Rebouché', isPublic: true });
  expect(slow.asked.filter((one) => one.startsWith('POST'))).toEqual(['POST /requests.json']);
});

test('whoever has the request open at the desk sees it go and what came of it, and nobody who may not see it', async () => {
  // Hours have passed: the page of before is out of its time.
  ana = await createCitizen(hall.url, { locale: 'fr' });
  const reference = await reports('nid de poule devant le 18 rue Pasteur');
  const claire = await signIn(hall.url, await addAgent(rows.database, 'Claire Moreau'));
  const other = await signIn(
    hall.url,
    await addAgent(rows.database, 'Leon Voyer', { roles: [{ role: 'agent', services: ['eclairage'] }] }),
  );
  const { revision } = await ticket(reference);
  const [tab, blind] = [await claire.listens(), await other.listens()];
  for (const each of [tab, blind]) each.opensTicket(reference, revision);
  const told = () => tab.frames.filter(({ kind }) => kind === 'ticket').length;
  await moves(reference, 'metropole', { withPerson: false });
  await until(async () => (await ticket(reference)).forward?.state === 'sent');
  await tab.hears((frame) => frame.kind === 'ticket' && frame.reference === reference, 'the request was handed on');
  await until('the last change to be told', async () => {
    const before = told();
    await new Promise((resolve) => setTimeout(resolve, 1500));
    return told() === before;
  });
  const { body } = await claire.call('GET', `tickets/${reference}`);
  expect(body.forward).toMatchObject({ state: 'sent' });
  // Loaded before the change and said so late, it is told at once.
  const late = await claire.listens();
  late.opensTicket(reference, revision);
  await late.hears((frame) => frame.kind === 'ticket', 'it changed before');
  expect(blind.frames.filter(({ kind }) => kind === 'ticket')).toEqual([]);
  await Promise.all([tab.close(), blind.close(), late.close()]);
});
