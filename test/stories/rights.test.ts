/**
 * What a town keeps about a person can be seen whole, and taken away, here and at the carrier; what is over passes by night
 * from use to few eyes and out of the house; what must not be kept at all is never written down.
 */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { changeTicket } from '../../src/mailroom';
import { createStore } from '../../src/store/store';
import { addAgent, PASSWORD, signIn } from '../support/agent-at-desk';
import { createCitizen } from '../support/citizen';
import { createDeskUser } from '../support/desk';
import { openMailServer } from '../support/mail-server';
import { accountOf, REFERENCE, SMS } from '../support/phone-hall';
import { photo } from '../support/pictures';
import { until } from '../support/until';
import { useOpened, usePhoneHall } from '../support/use-city-hall';

const ROOT = join(__dirname, '../..');
const DAY = 24 * 3600_000;
/** A Thursday, a quarter past ten in Bellerive. */
const OPEN = '2026-11-26T09:15:00Z';
const CARD = '4539 1488 0343 6467';

const retention = { conversations: 30, inUse: 100, restricted: 200, end: 'erase', audit: 365 } as const;
const mail = useOpened(openMailServer, (opened) => opened.close());
const { hall, carrier, rows } = usePhoneHall(() => ({
  ...{ isInStory: true, at: OPEN, changed: { retention } },
  env: { SMTP_URL: mail.url, MAIL_FROM: 'guichet@bellerive.example' },
}));

async function command(name: string, ...args: string[]): Promise<string> {
  const env = { ...process.env, DATA_DIR: hall.dataDir, ...accountOf(carrier) };
  return (await promisify(execFile)(process.execPath, [join(ROOT, `dist/tools/${name}.js`), ...args], { env })).stdout;
}

let numbers = 0;
async function report(words = 'lampadaire cassé devant le 14 rue des Lilas') {
  numbers += 1;
  const number = `+3363995${String(1000 + numbers)}`;
  const phone = carrier.phone(number, SMS);
  await phone.sends(words);
  await phone.next(/OUI|YES/);
  await phone.sends('oui');
  const receipt = (await phone.next(REFERENCE)).text;
  const reference = REFERENCE.exec(receipt)![0];
  await carrier.idle();
  return { number, phone, reference, receipt };
}

async function close(reference: string): Promise<void> {
  const change = { state: 'resolved', comment: 'Réparé', isPublic: true } as const;
  const store = createStore(rows.database);
  expect(await changeTicket(store, 'bellerive', reference, change, hall.clock.now())).toBe('changed');
  await until(async () => (await store.tickets.untold(1)).length === 0);
  await carrier.idle();
  await rows.nothingLeaked();
}

const stateOf = async (reference: string) => (await rows.tickets()).find((one) => one.reference === reference)!;

/** So many days on, at two in the night. */
function nightAfter(days: number): void {
  const now = hall.clock.now().getTime();
  const midnight = Math.floor((now + days * DAY) / DAY) * DAY;
  hall.clock.pass(midnight + 3600_000 - now);
}

/** A request on the web with this phone as its contact. */
async function noteContact(citizen: Awaited<ReturnType<typeof createCitizen>>, number: string): Promise<void> {
  await citizen.says('lampadaire cassé devant le 26 rue des Lilas');
  await citizen.hears(/photo/i);
  await citizen.says('non');
  await citizen.hears(/numéro/);
  await citizen.says(number);
  await citizen.hears(/Récapitulatif/);
  await citizen.says('oui');
  await citizen.hears(REFERENCE);
}

/** Files that hold this. Read by another program: whoever opens and closes a database's file here loosens the locks of its own process. */
const filesWith = (pattern: string) =>
  promisify(execFile)('grep', ['-rlaE', pattern, hall.dataDir]).then(
    ({ stdout }) => stdout.split('\n').filter(Boolean),
    ({ code }: { code: number }) => (code === 1 ? [] : Promise.reject(new Error('grep failed'))),
  );

const tables = [
  'inbox',
  'outbox',
  'transcript',
  'conversations',
  'tickets',
  'ledger',
  'search_entries',
  'search_words',
  'misses',
  'drafts',
];
async function rowsWith(text: string): Promise<string[]> {
  const found = await Promise.all(
    tables.map(async (name) =>
      (await rows.database.collection(name).find({})).some((row) => JSON.stringify(row).includes(text)) ? [name] : [],
    ),
  );
  return found.flat();
}

test('a card, an account or a social-security number that is typed stands nowhere afterwards', async () => {
  const ana = await createCitizen(hall.url, { locale: 'fr' });
  await ana.says(`puis-je payer la cantine avec ma carte ${CARD} ?`);
  await ana.hears();
  await report(`lampadaire cassé devant le 14 rue des Lilas, mon IBAN FR7630006000011234567890189`);
  await rows.nothingLeaked();
  expect(await rowsWith('**** **** **** 6467')).toEqual(expect.arrayContaining(['inbox', 'transcript']));
  expect(await filesWith('4539 ?1488|30006000011234')).toEqual([]);
  expect(await filesWith('6467')).not.toEqual([]);
});

test('what is kept about a phone is one document; then it is gone, from every row, file and from the carrier', async () => {
  const { number, phone, reference } = await report('lampadaire cassé devant le 14 rue des Lilas, demandez Balthazar');
  const stays = await report();
  await phone.sends('et voici une photo Balthazar', { media: [{ contentType: 'image/jpeg', bytes: await photo() }] });
  await carrier.idle();
  await until(async () => (await rows.database.collection('inbox').find({ state: 'new' })).length === 0);

  const document = JSON.parse(await command('person', 'export', 'bellerive', '--phone', number));
  expect(document.requests.map((one: { reference: string }) => one.reference)).toEqual([reference]);
  expect(JSON.stringify(document.conversations)).toContain('Balthazar');
  expect(document.conversations).toHaveLength(1);

  const atCarrier = () => carrier.messages().filter((message) => JSON.stringify(message).includes(number));
  expect(atCarrier().length).toBeGreaterThan(3);
  // What is still worked on stays, and is said.
  expect(await command('person', 'erase', 'bellerive', '--phone', number)).toMatch(
    new RegExp(`1 conversation.*\\n.*${reference}`),
  );
  expect(await rowsWith('Balthazar')).toEqual(['tickets', 'search_entries']);
  await close(reference);
  expect(await command('person', 'erase', 'bellerive', '--phone', number)).toMatch(
    /1 request\(s\), and their messages at Twilio/,
  );
  expect(await rowsWith('Balthazar')).toEqual([]);
  expect(await rowsWith(number)).toEqual([]);
  expect(atCarrier()).toEqual([]);
  const [ticket] = (await rows.tickets()).filter((one) => one.reference === reference);
  // What, where about and how it ended is still counted.
  expect(ticket).toMatchObject({ topic: 'report_street_light', state: 'resolved', words: '', answers: [], address: '' });
  expect((await rows.tickets()).find((one) => one.reference === stays.reference)!.words).not.toBe('');
  expect(await command('retention', 'list', 'bellerive')).toMatch(
    new RegExp(`ticket:${reference};report_street_light;.*;erased;asked`),
  );
});

test('a phone that asks is told what stays, and erased once it says yes; another phone loses nothing', async () => {
  const { number, phone, reference } = await report('lampadaire cassé devant le 20 rue des Lilas, signé Ursule');
  const other = await report('lampadaire cassé devant le 22 rue des Lilas, signé Ursule');
  await close(reference);
  const worked = await (async () => {
    await phone.sends('nid de poule devant le 3 rue des Lilas');
    await phone.next(/OUI|YES/);
    await phone.sends('oui');
    return REFERENCE.exec((await phone.next(/enregistrée|référence/i)).text)![0];
  })();
  await phone.sends('supprimez toutes mes données svp');
  const asked = (await phone.next(/effacer/)).text;
  expect(asked).toContain(worked);
  expect(asked).not.toContain(reference);
  expect(asked).toMatch(/STOP/);
  await phone.sends('non');
  await phone.next(/ne fais rien/);
  expect(await rows.database.collection('data_requests').find({})).toEqual([]);
  await phone.sends('effacez mes données');
  await phone.next(/effacer/);
  await phone.sends('oui');
  await phone.next(/dans l'heure/);
  await carrier.idle();
  expect(await rowsWith(number)).toContain('transcript');
  hall.clock.pass(11 * 60_000);
  await until(async () => !(await rowsWith(number)).includes('conversations'));
  await until(async () => (await rows.database.collection('data_requests').find({})).length === 0);
  // What is still worked on stays, and nothing of anybody else went.
  expect(await rowsWith(number)).toEqual(['tickets']);
  const all = await rows.tickets();
  expect(all.find((one) => one.reference === reference)).toMatchObject({ words: '', address: '' });
  expect(all.find((one) => one.reference === worked)!.words).not.toBe('');
  expect(all.find((one) => one.reference === other.reference)!.words).toContain('Ursule');
  const trail = await rows.database.collection('audit').find({ what: 'person.erased' });
  expect(trail).toMatchObject([{ town: 'bellerive', details: { conversations: '1', requests: '1', kept: '1' } }]);
  expect(JSON.stringify(trail)).not.toContain(number);
});

test('a link shows where a request stands, in the languages of the town and to whoever has it: nothing of its citizen; erasure ends it', async () => {
  const { number, phone, reference, receipt } = await report('lampadaire cassé devant le 28 rue des Lilas, signé Hildegarde');
  const linkIn = (text: string) => /https?:\S+\/s\/[\w-]+/.exec(text)![0];
  const url = linkIn(receipt);
  await phone.sends(`suivi ${reference}`);
  expect(linkIn((await phone.next(/Suivi/)).text)).toBe(url);
  const internal = { comment: 'Zénobie sait', isPublic: false } as const;
  const store = createStore(rows.database);
  const now = () => hall.clock.now();
  await changeTicket(store, 'bellerive', reference, internal, now());
  await changeTicket(store, 'bellerive', reference, { comment: 'Bonjour Mme Hildegarde', isPublic: true }, now());
  await close(reference);
  const read = async (language: string) => {
    const page = await fetch(url, { headers: { 'accept-language': language } });
    expect([page.status, page.headers.get('x-robots-tag'), page.headers.get('cache-control')]).toEqual([
      200,
      'noindex',
      'no-store',
    ]);
    expect(page.headers.get('content-security-policy')).toMatch(/^default-src 'none'/);
    return page.text();
  };
  const [french, english] = [await read('fr'), await read('en-GB')];
  expect(french).toMatch(/lang="fr"[\s\S]*terminée[\s\S]*26 novembre 2026[\s\S]*écrit un message/);
  expect(english).toMatch(/lang="en"[\s\S]*26 November 2026/);
  for (const page of [french, english]) {
    expect(page).toContain(reference);
    expect(page).not.toMatch(/Hildegarde|Zénobie|Lilas|Réparé/);
    expect(page).not.toContain(number);
  }
  expect((await fetch(url.replace(/.{8}$/, '7K3M9QPX'))).status).toBe(404);
  await command('person', 'erase', 'bellerive', '--phone', number);
  expect((await fetch(url)).status).toBe(404);
});

test('by chat on the web a code shows whose data they are; the copy is a file, for a day, without colleagues’ notes', async () => {
  const { number, phone, reference } = await report('lampadaire cassé devant le 24 rue des Lilas, signé Cunégonde');
  const internal = { comment: 'Note interne : Zénobie', isPublic: false } as const;
  await changeTicket(createStore(rows.database), 'bellerive', reference, internal, hall.clock.now());
  const ana = await createCitizen(hall.url, { locale: 'fr' });
  const stranger = '+33639951999';
  await ana.says('je veux une copie de mes données');
  await ana.hears(/numéro de mobile/);
  await ana.says(stranger);
  const same = await ana.hears(/code à six chiffres/);
  await ana.says('123456');
  await ana.hears(/pas le bon code/);
  await ana.says('annuler');
  await ana.hears(/annulé/);
  expect(carrier.messages().filter((one) => JSON.stringify(one).includes(stranger))).toEqual([]);

  // The same words for a number that is known: an own-data code goes there, and opens.
  const bea = await createCitizen(hall.url, { locale: 'fr' });
  await noteContact(bea, number);
  await bea.says('je voudrais voir mes données');
  await bea.hears(/numéro de mobile/);
  await bea.says(number);
  expect(await bea.hears(/code à six chiffres/)).toBe(same);
  const code = /\b\d{6}\b/.exec((await phone.next(/votre code/)).text)![0];
  await bea.says(code);
  await bea.hears(/Le voulez-vous/);
  await bea.says('oui');
  const url = /https?:\S+\/d\/[\w-]+/.exec(await bea.hears(/24 heures/))![0];
  const page = await fetch(url);
  expect([page.status, page.headers.get('x-robots-tag')]).toEqual([200, 'noindex']);
  expect(await page.text()).not.toContain('Cunégonde');
  const file = await fetch(url, { method: 'POST' });
  expect(file.headers.get('content-disposition')).toMatch(/attachment/);
  const text = await file.text();
  expect(text).toContain('Cunégonde');
  expect(text).toContain(reference);
  expect(text).not.toMatch(/Zénobie|Ursule/);
  expect((await fetch(`${url.slice(0, -1)}${url.endsWith('A') ? 'B' : 'A'}`)).status).toBe(404);
  hall.clock.pass(DAY + 1000);
  expect((await fetch(url, { method: 'POST' })).status).toBe(404);
});

test('an answer that nobody fetched on the page follows by text message or e-mail, once; one that was read does not', async () => {
  const agent = await addAgent(rows.database, 'Odile Marchand');
  const asks = async (number: string) => {
    const citizen = await createCitizen(hall.url, { locale: 'fr' });
    await noteContact(citizen, number);
    await citizen.says('je veux parler à une personne');
    await citizen.hears(/mets en relation/);
    return citizen;
  };
  const odile = await signIn(hall.url, agent);
  const tab = await odile.listens();
  const [gone, there] = [await asks('+33639951501'), await asks('+33639951502')];
  const away = await asks('ana.unread@example.org');
  for (const { conversation } of [gone, there, away]) {
    await odile.does(conversation, { kind: 'claim' });
    for (const text of ['Passez demain à 9 h', 'Avec le plan']) {
      const seenLine = (await odile.detail(conversation)).conversation.lines;
      expect((await odile.does(conversation, { kind: 'say', text, seenLine })).status).toBe(200);
    }
  }
  await there.hears(/Avec le plan/);
  const phone = carrier.phone('+33639951501', SMS);
  hall.clock.pass(11 * 60_000);
  const { text: told } = await phone.next(/Passez demain/);
  expect(told).toMatch(/^Mairie de Bellerive.*revenez à la page.*sinon, répondez à ce message/s);
  // Neither an address nor a code: whoever has a number that was mistyped learns this answer and nothing else.
  expect(told).not.toMatch(/https?:|\d{6}/);
  const outbox = rows.database.collection('outbox');
  await until(async () => (await outbox.find({ state: { $in: ['due', 'sending'] } })).length === 0);
  const letters = (await outbox.find({})).filter(({ unlessReached }) => unlessReached);
  expect(letters.map(({ address, state }) => [address, state]).sort()).toEqual([
    ['+33639951501', 'sent'],
    ['+33639951502', 'cancelled'],
    ['ana.unread@example.org', 'sent'],
  ]);
  expect(mail.received).toMatchObject([
    {
      to: [{ address: 'ana.unread@example.org' }],
      subject: expect.stringMatching(/^Réponse à votre message/),
      text: expect.stringMatching(/Passez demain[\s\S]*répondez à ce message/),
    },
  ]);
  // Whose page is closed answers as they were told: it goes to a person, and the request of this number is known.
  await phone.sends('je veux parler à une personne, c’est pour le lampadaire');
  await phone.next(/personne/);
  tab.close();
});

test('an answer that nobody fetched follows by e-mail in the language that is spoken, once until they come back', async () => {
  const address = 'paule.unread@example.org';
  const agent = await addAgent(rows.database, 'Renaud Fabre');
  const renaud = await signIn(hall.url, agent);
  const tab = await renaud.listens();
  const paule = await createCitizen(hall.url, { locale: 'fr' });
  await noteContact(paule, address);
  await paule.says('in English please');
  await paule.hears(/English/);
  await paule.says('I would like to talk to a person');
  await paule.hears(/putting you in touch/);
  const answers = async (text: string) => {
    const seenLine = (await renaud.detail(paule.conversation)).conversation.lines;
    expect((await renaud.does(paule.conversation, { kind: 'say', text, seenLine })).status).toBe(200);
  };
  const letters = () => mail.received.filter(({ to }) => to?.some((one) => one.address === address));
  await renaud.does(paule.conversation, { kind: 'claim' });
  await answers('Come tomorrow at 9');
  await answers('And bring the plan');
  hall.clock.pass(11 * 60_000);
  await until('the first e-mail', () => letters().length === 1);
  expect(letters()[0]).toMatchObject({
    subject: expect.stringMatching(/^An answer to your message/),
    text: expect.stringMatching(/Come tomorrow at 9[\s\S]*answer this message/),
  });
  await paule.hears(/bring the plan/);
  // After so long the conversation waits again for somebody.
  await renaud.does(paule.conversation, { kind: 'claim' });
  await answers('It is room 2');
  hall.clock.pass(11 * 60_000);
  await until('the second', () => letters().length === 2);
  expect(letters()[1]?.text).toMatch(/room 2/);
  const outbox = rows.database.collection('outbox');
  expect(await outbox.count({ conversation: `unread:${paule.conversation}` })).toBe(2);
  tab.close();
}, 120_000);

test('at the desk, a person is looked up, given everything, and erased but for what is worked on or held; each step is noted', async () => {
  const person = await addAgent(rows.database, 'Irma Clair', { roles: [{ role: 'supervisor', services: 'all' }] });
  const other = await addAgent(rows.database, 'Leon Voyer', { roles: [{ role: 'supervisor', services: ['voirie'] }] });
  const comes = async ({ email }: typeof person) => {
    const user = createDeskUser(hall.url);
    expect((await user.signIn(email, PASSWORD)).status).toBe(200);
    return user;
  };
  const [head, roads] = [await comes(person), await comes(other)];
  const held = await report('lampadaire cassé devant le 20 rue des Lilas, signé Aldegonde');
  await close(held.reference);
  const free = await report('lampadaire cassé devant le 22 rue des Lilas, signé Balthazar');
  await close(free.reference);
  const asked = { by: 'phone', value: held.number.replace('+33', '0'), proof: 'called-back' };
  for (const verb of ['find', 'export', 'erase']) {
    const more = verb === 'erase' ? { asker: 'person', ground: 'objection', typed: held.number, withOpen: true } : {};
    expect((await roads.call('POST', `persons/${verb}`, { ...asked, ...more })).status).toBe(403);
  }
  expect((await roads.call('GET', 'retention')).status).toBe(403);
  expect((await head.call('POST', 'persons/find', { ...asked, value: 'soixante' })).body.error.code).toBe('unreadable');
  expect((await head.call('POST', 'persons/find', { ...asked, by: 'email', value: 'nobody@example.org' })).status).toBe(404);
  expect((await head.call('POST', 'persons/find', { by: 'phone', value: held.number })).status).toBe(400);

  expect((await head.call('PUT', `tickets/${held.reference}/hold`, { reason: 'recours au tribunal' })).status).toBe(204);
  expect((await head.call('PUT', `tickets/${held.reference}/hold`, { reason: 'encore' })).status).toBe(409);
  const { body: found } = await head.call('POST', 'persons/find', asked);
  expect(found).toMatchObject({
    confirm: held.number,
    conversationCount: 1,
    requests: [{ reference: held.reference, isOpen: false, keptFor: 'held' }],
  });
  const { body: copy } = await head.call('POST', 'persons/export', asked);
  expect(JSON.stringify(copy)).toContain('Aldegonde');
  const erase = { ...asked, asker: 'person', ground: 'objection', withOpen: true };
  expect((await head.call('POST', 'persons/erase', { ...erase, typed: '+33639950000' })).body.error.code).toBe('not-confirmed');
  const kept = await head.call('POST', 'persons/erase', { ...erase, typed: held.number });
  expect(kept.body).toEqual({ conversations: 0, requests: 0, kept: [{ reference: held.reference, why: 'held' }] });
  // Neither on being asked nor by night: what was said of it is part of the dispute.
  nightAfter(31);
  await until(async () => !(await rowsWith('Balthazar')).includes('transcript'));
  nightAfter(70);
  await until(async () => (await stateOf(free.reference)).restrictedAt !== undefined);
  expect((await stateOf(held.reference)).restrictedAt).toBeUndefined();
  expect(await rowsWith('Aldegonde')).toEqual(expect.arrayContaining(['transcript', 'tickets']));

  const later = await comes(person);
  const plan = (await later.call('GET', 'retention')).body;
  expect(plan.held).toEqual([
    expect.objectContaining({ reference: held.reference, by: 'Irma Clair', reason: 'recours au tribunal' }),
  ]);
  expect((await later.call('DELETE', `tickets/${held.reference}/hold`)).status).toBe(204);
  expect((await later.call('DELETE', `tickets/${held.reference}/hold`)).status).toBe(409);
  const gone = await later.call('POST', 'persons/erase', { ...erase, typed: held.number });
  expect(gone.body).toEqual({ conversations: 1, requests: 1, kept: [] });
  expect(await rowsWith('Aldegonde')).toEqual([]);
  expect((await later.call('POST', 'persons/find', asked)).status).toBe(404);
  const list = (await later.get('eliminations.csv')).text;
  expect(list).toContain(`ticket:${held.reference}`);
  expect(list).not.toContain(held.number);

  const readers = (await later.get(`tickets/${held.reference}/readers`)).body.items as Array<{
    what: string;
    by: { name: string };
  }>;
  expect(readers.map(({ what, by }) => [what, by.name])).toEqual(
    expect.arrayContaining([
      ['ticket.held', 'Irma Clair'],
      ['ticket.released', 'Irma Clair'],
    ]),
  );
  expect((await later.get(`tickets/${held.reference}/readers.csv`)).text).toContain('ticket.released');
  const audit = await rows.database.collection('audit').find({});
  const steps = audit.flatMap(({ what, details }) => (String(what).startsWith('person.') ? [{ what, details }] : []));
  expect(steps).toEqual(
    expect.arrayContaining([
      { what: 'person.exported', details: { by: 'phone', proof: 'called-back' } },
      {
        what: 'person.erasing',
        details: { by: 'phone', proof: 'called-back', asker: 'person', ground: 'objection', withOpen: 'true' },
      },
      { what: 'person.erased', details: { conversations: '1', requests: '1', kept: '0' } },
    ]),
  );
  expect(JSON.stringify(steps)).not.toContain(held.number);
});

test('by night, what is over is for few eyes after a while, and then anonymous; quiet conversations go; what is open stays', async () => {
  const claire = await addAgent(rows.database, 'Claire Moreau');
  const head = await addAgent(rows.database, 'Paul Petit', { roles: [{ role: 'supervisor', services: 'all' }] });
  /** Signed in anew: nobody is for so many days. */
  const sees = async (agent: typeof claire, reference: string) =>
    (await (await signIn(hall.url, agent)).call('GET', `tickets/${reference}`)).status;
  const finds = async (agent: typeof claire, words: string) => {
    const { body } = await (await signIn(hall.url, agent)).call('GET', `search?q=${words}`);
    return (body.items as Array<{ id: string }>).map(({ id }) => id);
  };
  const over = await report('lampadaire cassé devant le 16 rue des Lilas, signé Melchior');
  const worked = await report('lampadaire cassé devant le 18 rue des Lilas, signé Gaspard');
  await close(over.reference);
  nightAfter(31);
  await until(async () => !(await rowsWith('Melchior')).includes('transcript'));
  expect(await rowsWith('Gaspard')).toEqual(expect.arrayContaining(['inbox', 'transcript', 'tickets']));
  expect(await sees(claire, over.reference)).toBe(200);

  nightAfter(70);
  await until(async () => (await stateOf(over.reference)).restrictedAt !== undefined);
  expect([await sees(claire, over.reference), await sees(head, over.reference)]).toEqual([404, 200]);
  expect([await finds(claire, 'Melchior'), await finds(head, 'Melchior')]).toEqual([[], [over.reference]]);

  nightAfter(201);
  await until(async () => (await stateOf(over.reference)).erasedAt !== undefined);
  // The search's own rows follow the request's.
  await until(async () => (await rowsWith('Melchior')).length === 0);
  expect(await stateOf(over.reference)).toMatchObject({ topic: 'report_street_light', state: 'closed', words: '' });
  expect((await stateOf(worked.reference)).words).toContain('Gaspard');
});
