/**
 * A reference that is gone, or of another shape: the phone that writes is known by its number; on the web the reference goes
 * to the phone noted with the request, and whoever asks is told the same whether there is one or not.
 */
import { type Citizen, createCitizen } from '../support/citizen';
import { REFERENCE, SMS } from '../support/phone-hall';
import { usePhoneHall } from '../support/use-city-hall';

let last = 0;

const { hall, carrier, rows } = usePhoneHall();

afterEach(async () => {
  await carrier.idle();
  await rows.nothingLeaked();
});

function someone() {
  last += 1;
  const number = `+3363996${String(1000 + last)}`;
  return { number, phone: carrier.phone(number, SMS) };
}

const visitor = () => createCitizen(hall.url, { locale: 'fr' });

/** A request made on the web, with this phone as contact. */
async function reports(number: string): Promise<string> {
  const ana = await visitor();
  await ana.says('lampadaire cassé devant le 14 rue des Lilas');
  await ana.hears(/photo/i);
  await ana.says('non');
  await ana.hears(/numéro/);
  await ana.says(number);
  await ana.hears(/Récapitulatif/);
  await ana.says('oui');
  return REFERENCE.exec(await ana.hears(REFERENCE))![0];
}

async function loses(ana: Citizen): Promise<void> {
  await ana.says("où en est ma demande ? j'ai perdu la référence");
  await ana.hears(/numéro de téléphone indiqué/);
}

test('on the web the reference goes to the phone noted with the request, and not to the page', async () => {
  const { number, phone } = someone();
  const reference = await reports(number);
  const ana = await visitor();
  await loses(ana);
  await ana.says(number);
  const told = await ana.hears(/Si une demande en cours est liée à ce numéro/);
  expect(told).not.toMatch(REFERENCE);
  const text = await phone.next(/référence/);
  expect(text.text).toContain(reference);
  expect(text.text).toMatch(/^Mairie de Bellerive/);
  expect(text.text).toMatch(/STOP/);
  expect(JSON.stringify(ana.heard())).not.toContain(reference);
  // With it, and with the proof, its state is told.
  await ana.says(`suivi ${reference}`);
  await ana.hears(/donnez le numéro/);
  await ana.says(number);
  await ana.hears(/reçue/);
});

test('a number with no request gets the same words, and nothing is sent to it', async () => {
  const { number } = someone();
  const before = (await rows.database.collection('outbox').find({})).length;
  const ana = await visitor();
  await loses(ana);
  await ana.says(number);
  await ana.hears(/Si une demande en cours est liée à ce numéro/);
  await rows.nothingLeaked();
  expect(await rows.database.collection('outbox').find({})).toHaveLength(before);
});

test('whoever asks again and again is stopped, and the phone is left in peace', async () => {
  const { number, phone } = someone();
  await reports(number);
  const ana = await visitor();
  for (let times = 0; times < 3; times += 1) {
    await loses(ana);
    await ana.says(number);
    await ana.hears(/Si une demande en cours/);
    await phone.next(/référence/);
  }
  await loses(ana);
  await ana.says(number);
  await ana.hears(/Trop d'essais/);
});

test('a phone finds what was asked for on the web with its number, without a reference', async () => {
  const { number, phone } = someone();
  const reference = await reports(number);
  await phone.sends("j'ai perdu la référence de ma demande");
  const told = await phone.next(/reçue/);
  expect(told.text).toContain(reference);
});

test('a phone that asked for nothing is told so, and a person is offered', async () => {
  const { phone } = someone();
  await phone.sends("j'ai perdu ma référence");
  expect((await phone.next(/aucune demande/)).text).toMatch(/personne/);
});

test.each(['suivi SIG-2024-00123', 'suivi 20261234', 'statut de mon dossier 2024/0456', 'référence B7K-99812'])(
  '"%s" is a follow-up: the right shape is shown, no request is guessed at',
  async (text) => {
    const { number, phone } = someone();
    const reference = await reports(number);
    await phone.sends(text);
    const told = await phone.next(/7K3M-9QPX/);
    expect(told.text).not.toContain(reference);
    await phone.sends(reference);
    await phone.next(/reçue/);
  },
);

test.each([
  [
    "j'ai déjà signalé ce nid de poule",
    ["je n'ai pas la référence", "c'était 5 rue Danton"],
    'refaire un signalement',
    /5 rue Danton/,
  ],
  ["j'ai déjà signalé ce nid de poule", ['il y a un mois', "c'était au mois d'octobre"], 'faire un signalement', /Où est-ce/],
])('after two refusals a person or a new report is offered (%s, %j)', async (first, refusals, again, opens) => {
  const ana = await visitor();
  await ana.says(first);
  await ana.hears(/référence de votre demande/);
  for (const words of refusals) {
    await ana.says(words);
    await ana.hears();
  }
  expect(ana.heard().at(-1)!.text).toMatch(
    /Une personne peut la chercher pour vous, ou vous pouvez faire un nouveau signalement/,
  );
  await ana.says(again);
  expect(await ana.hears(opens)).toMatch(/chaussée/);
});

test.each([
  [
    'fr',
    "Vous êtes nuls, ça fait trois semaines que j'ai signalé le lampadaire de ma rue et rien",
    /référence[\s\S]*nouveau signalement \(Éclairage public en panne\)/,
    'Nouveau signalement',
    /panne d'éclairage public/,
  ],
  [
    'en',
    "this is the third time I've reported this broken swing and nobody gives a damn",
    /reference[\s\S]*new report \(Damaged street furniture/,
    "it's in parc des Sources",
    /third time[\s\S]*parc des Sources|parc des Sources[\s\S]*third time/,
  ],
  ['fr', "j'ai déjà signalé ce nid de poule", /nouveau signalement/, '5 rue Danton', /5 rue Danton/],
])(
  '%s: who reports it again is offered a new report with the question for the reference',
  async (locale, first, offers, next, opens) => {
    const ana = await createCitizen(hall.url, { locale });
    await ana.says(first);
    await ana.hears(offers);
    await ana.says(next);
    await ana.hears(opens);
  },
);

test.each([
  [
    'fr',
    "Vous êtes nuls, personne ne vient jamais nettoyer le quartier, c'est une honte",
    /signalement \(Rue sale/,
    'oui',
    /propreté/,
  ],
  ['en', 'you lot are useless, the potholes in this town are a joke', /report \(Pothole/, 'yes', /road or pavement/],
])('%s: a complaint about the street is offered as a report, with its words', async (locale, first, offers, next, opens) => {
  const ana = await createCitizen(hall.url, { locale });
  await ana.says(first);
  await ana.hears(offers);
  await ana.says(next);
  await ana.hears(opens);
});

test('who says when it was, where the reference is asked for, is asked for the phone and not for something else', async () => {
  const ana = await createCitizen(hall.url, { locale: 'en' });
  await ana.says('status of my request');
  await ana.hears(/reference/);
  await ana.says('last week');
  await ana.hears(/phone number/);
});

test('who wants to report something, and not to follow a request, does so at once', async () => {
  const ana = await createCitizen(hall.url, { locale: 'en' });
  await ana.says('I reported a street light last week');
  await ana.hears(/reference of your request/);
  await ana.says('no I mean I want to report one');
  await ana.hears(/street light fault/);
});
