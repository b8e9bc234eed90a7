/** The legal clock of a French town: acknowledged at once and by e-mail, the service warned before silence decides, a register. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createCitizen } from '../support/citizen';
import { signedIn } from '../support/desk';
import { openMailServer } from '../support/mail-server';
import { until } from '../support/until';
import { useCityHall, useOpened } from '../support/use-city-hall';

const DAY = 24 * 3600_000;
const REFERENCE = /\b\w{4}-\w{4}\b/;
const TOPIC = `kind: report
service: mairie
title: { fr: "Demande d'autorisation de terrasse", en: Pavement licence request }
formal:
  silence: refused
  months: 2
  remedies:
    fr: "Recours : tribunal administratif, dans les deux mois."
    en: "Appeal: administrative court, within two months."
phrases:
  fr: [autorisation de terrasse, demande de terrasse, je demande une terrasse, installer une terrasse de café, terrasse sur le trottoir, ouvrir une terrasse, droit de terrasse, permis de terrasse, mettre des tables en terrasse, terrasse pour mon restaurant, occuper le domaine public avec une terrasse, demande officielle de terrasse]
  en: [pavement licence, terrace permit, request a terrace, tables on the pavement, outdoor seating licence, terrace for my café, open a terrace, permission for a terrace, put tables outside, licence for outdoor tables, terrace authorisation, official terrace request]
answer: { fr: Je note votre demande de terrasse., en: I am noting your request. }
form:
  - { id: who, kind: text, required: true, label: { fr: Nom et adresse, en: Name and address }, ask: { fr: "Vos nom, prénom et adresse ?", en: "Your name and postal address?" } }
  - { id: contact, kind: contact, required: true, label: { fr: E-mail, en: E-mail }, ask: { fr: "Votre adresse e-mail ?", en: "Your e-mail address?" } }
`;

const WAYS = [
  'demande pour',
  'je veux organiser',
  'autorisation pour',
  'déclarer',
  'organiser',
  'faire',
  'permis pour',
  'prévoir',
  'annoncer',
  'je demande',
  'comment organiser',
  'demander',
];
const EN_WAYS = [
  'request for',
  'I want to hold',
  'permission for',
  'declare',
  'organise',
  'do',
  'licence for',
  'plan',
  'announce',
  'I request',
  'how to hold',
  'ask for',
];
const PARADE = TOPIC.replace("Demande d'autorisation de terrasse", 'Demande de défilé')
  .replace('Pavement licence request', 'Parade request')
  .replace('silence: refused', 'silence: accepted')
  .replace(/fr: \[.*\]/, () => `fr: [${WAYS.map((way) => `${way} un défilé de fanfare`).join(', ')}]`)
  .replace(/en: \[.*\]/, () => `en: [${EN_WAYS.map((way) => `${way} a brass band parade`).join(', ')}]`);

const mail = useOpened(openMailServer, (opened) => opened.close());
const towns = useOpened(
  () => {
    const folder = mkdtempSync(join(tmpdir(), 'guichet-towns-'));
    cpSync(join(__dirname, '../../towns/saint-aubin'), join(folder, 'saint-aubin'), { recursive: true });
    cpSync(join(__dirname, '../../towns/bellerive'), join(folder, 'bellerive'), { recursive: true });
    writeFileSync(join(folder, 'saint-aubin/topics/ask_terrace.yml'), TOPIC);
    // Silence accepts there, in the words of the town's own lawyer.
    const own = [
      'acknowledgement: { fr: "Reçu sous le numéro {reference}, le {date}. Réputée {silence} le {decides}.", en: "Received as {reference}, on {date}. Counts as {silence} on {decides}." }',
      'subject: { fr: "Récépissé {reference} de {authority} : {name}", en: "Receipt {reference} of {authority}: {name}" }',
      'no_email: { fr: "Faute d’adresse, le dossier {reference} ({name}) reste informel : {service}, {reach}.", en: "{reference} {name} {service} {reach}" }',
    ];
    writeFileSync(
      join(folder, 'saint-aubin/topics/ask_parade.yml'),
      PARADE.replace('  months: 2\n', `  months: 1\n${own.map((text) => `  ${text}\n`).join('')}`),
    );
    // No French law elsewhere.
    const belgian = join(folder, 'bellerive/town.yml');
    writeFileSync(belgian, readFileSync(belgian, 'utf8').replace(/^country: .*$/m, 'country: BE'));
    writeFileSync(join(folder, 'bellerive/topics/ask_terrace.yml'), TOPIC.replace('service: mairie', 'service: urbanisme'));
    return { folder };
  },
  ({ folder }) => rmSync(folder, { recursive: true, force: true }),
);
const { hall, rows } = useCityHall(() => ({
  at: '2026-12-30T10:00:00Z',
  env: { TOWNS_DIR: towns.folder, SMTP_URL: mail.url, MAIL_FROM: 'mairie@saint-aubin.example' },
}));

test('a formal request is acknowledged at once, in full, here and by e-mail; the service is warned, and it is in the register', async () => {
  const ana = await createCitizen(hall.url, { town: 'saint-aubin', locale: 'fr' });
  for (const words of ['demande de terrasse', 'Ana Morel, 3 rue Haute', 'ana.morel@exemple.fr']) {
    await ana.says(words);
    await ana.hears();
  }
  await ana.says('oui envoyez');
  const said = await ana.hears(/Accusé de réception/);
  expect(said).toMatch(
    /R\. 112-11-1[\s\S]*Sans réponse le 28 février 2027, elle est réputée rejetée[\s\S]*tribunal administratif/,
  );
  const [reference = ''] = REFERENCE.exec(said) ?? [];
  await until('the e-mail', async () => mail.received.length > 0);
  expect(mail.received[0]).toMatchObject({
    subject: expect.stringContaining(reference),
    text: expect.stringMatching(/réputée rejetée/),
    to: [{ address: 'ana.morel@exemple.fr' }],
  });
  const find = async () => (await rows.tickets()).find((one) => one.reference === reference)!;
  expect((await find()).formal).toMatchObject({ silence: 'refused', decidesOn: '2027-02-28' });
  hall.clock.pass(47 * DAY);
  await hall.restart();
  await until('the warning', async () => (await find()).history.some(({ text }) => text === 'silence 2027-02-28'));
  expect(await find()).toMatchObject({ priority: 'high', formal: { decidesOn: '2027-02-28' } });
  const karim = await signedIn(hall, 'karim', 'saint-aubin');
  const { text, headers } = await karim.get('register.csv');
  expect(headers.get('content-type')).toMatch(/csv/);
  expect(text).toMatch(new RegExp(`${reference};2026-12-30T.*;ask_terrace;mairie;refused;2027-02-28;new`));
  expect(text).not.toMatch(/Morel|exemple/);
  expect((await (await signedIn(hall, 'nadia', 'saint-aubin')).get('register.csv')).status).toBe(403);
});

test('without an e-mail it is said that it is no formal request', async () => {
  const ana = await createCitizen(hall.url, { town: 'saint-aubin', locale: 'fr' });
  for (const words of ['demande de terrasse', 'Ana Morel, 3 rue Haute', '06 39 98 45 67']) {
    await ana.says(words);
    await ana.hears();
  }
  await ana.says('oui envoyez');
  await ana.hears(/n'est pas une saisine/);
  expect((await rows.tickets(ana.conversation))[0]?.formal).toBeUndefined();
});

test('where silence accepts, the acknowledgement says so in the words of the town, and the register too', async () => {
  const ana = await createCitizen(hall.url, { town: 'saint-aubin', locale: 'fr' });
  for (const words of ['je veux organiser un défilé de fanfare', 'Ana Morel, 3 rue Haute', 'ana.morel@exemple.fr']) {
    await ana.says(words);
    await ana.hears();
  }
  const today = hall.clock.now();
  await ana.says('oui envoyez');
  const said = await ana.hears(/Reçu sous le numéro/);
  const [reference = ''] = REFERENCE.exec(said) ?? [];
  expect(said).toMatch(/Réputée acceptée le \d/);
  const find = async () => (await rows.tickets()).find((one) => one.reference === reference)!;
  const { formal } = await find();
  expect(formal).toMatchObject({ silence: 'accepted' });
  expect(Date.parse(formal!.decidesOn) - today.getTime()).toBeGreaterThan(27 * DAY);
  const letter = () => mail.received.find(({ text }) => /Réputée acceptée/.test(text ?? ''));
  await until('the e-mail', async () => letter() !== undefined, 20_000);
  expect(letter()?.subject).toMatch(new RegExp(`^Récépissé ${reference} de .*Saint-Aubin.* : Demande de défilé$`));
  const karim = await signedIn(hall, 'karim', 'saint-aubin');
  expect((await karim.get('register.csv')).text).toMatch(
    new RegExp(`${reference};.*;ask_parade;mairie;accepted;${formal!.decidesOn}`),
  );
}, 60_000);

test('where no e-mail address is given, what that means is said in the words of the town too', async () => {
  const ana = await createCitizen(hall.url, { town: 'saint-aubin', locale: 'fr' });
  for (const words of ['je veux organiser un défilé de fanfare', 'Ana Morel, 3 rue Haute', '06 39 98 45 68']) {
    await ana.says(words);
    await ana.hears();
  }
  await ana.says('oui envoyez');
  expect(await ana.hears(/Faute d’adresse/)).toMatch(/le dossier \w{4}-\w{4} \(Demande de défilé\) reste informel : [^{}]*\d/);
}, 60_000);

test('in another country the same topic has no legal clock', async () => {
  const ana = await createCitizen(hall.url, { town: 'bellerive', locale: 'fr' });
  for (const words of ['demande de terrasse', 'Ana Morel, 3 rue Haute', 'ana.morel@exemple.fr']) {
    await ana.says(words);
    await ana.hears();
  }
  await ana.says('oui envoyez');
  expect(await ana.hears(REFERENCE)).not.toMatch(/Accusé de réception|saisine|réputée/);
  expect((await rows.tickets(ana.conversation))[0]?.formal).toBeUndefined();
}, 60_000);
