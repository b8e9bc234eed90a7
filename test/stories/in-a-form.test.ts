/**
 * What is said inside a form and is not the answer asked for: details, choices in ordinary words, questions. Each stands on
 * the request once, or is answered, and the question of the form is put again.
 */
import { fileOf, type Turn } from '../support/citizen';
import { useCityHall } from '../support/use-city-hall';

const { hall, rows } = useCityHall();
const SENT = /[0-9A-Z]{4}-[0-9A-Z]{4}/;

/** Says one after the other; each is answered as told. */
const says = (locale: string, ...turns: Turn[]) => fileOf(hall, rows, locale, turns);
type Ticket = Awaited<ReturnType<typeof says>>;
const answerOf = (ticket: Ticket, field: string) => ticket?.answers.find((answer) => answer.field === field)?.text;

test('the first words stand in the summary, without the address that is noted', async () => {
  await says('fr', [
    'CA FAIT 3 SEMAINES que le lampadaire devant le 12 rue Pasteur est eteint',
    /Adresse : 12 rue Pasteur\n- Vos mots : CA FAIT 3 SEMAINES/,
  ]);
  await says('en', ['Rubbish dumped at 4 impasse du Puits', /Your words: Rubbish dumped\n/]);
  await says('en', ['pothole at 12 rue Pasteur', /Subject: Pothole/, /Your words/]);
});

test('details of later messages are kept in order; refusals, and what became an answer, are not repeated', async () => {
  const ticket = await says(
    'fr',
    ["un trou dans la route, c'est dangereux pour les enfants", /Où est-ce/],
    ["12 rue Pasteur, j'ai crevé un pneu", /Vos mots : un trou dans la route, c'est dangereux.* · j'ai crevé un pneu\n/],
    ["en fait c'est pas 3 jours mais une semaine", /ajouté/, /pas compris/],
    ['ne me demandez pas de photo', /numéro ou un e-mail/],
    ['non', /c'est dangereux.* · j'ai crevé un pneu · en fait c'est pas 3 jours mais une semaine\n/, /pas de photo/],
    ['oui', SENT],
  );
  expect(ticket?.said).toEqual(["j'ai crevé un pneu", "en fait c'est pas 3 jours mais une semaine"]);
});

test('a number plate, a thing of another kind and a smell beside a yes are kept', async () => {
  await says(
    'en',
    ['a car is blocking my garage at 23 rue Pasteur', /Which vehicle/],
    ['a grey Peugeot', /Vehicle: a grey Peugeot/],
    ['AB-123-CD', /added/],
    ['skip', /By phone number/],
    ['skip', /Your words: [^\n]*AB-123-CD/],
  );
  await says(
    'en',
    ['Rubbish dumped at 4 impasse du Puits', /photo/],
    ['mattress and a sofa', /added/, /appointment/],
    ['yes a smell too', /added[\s\S]*By phone number/],
    ['skip', /mattress and a sofa · yes a smell too/],
  );
});

test.each([
  [
    'fr',
    "Ma poubelle grise n'a pas été vidée ce matin au 37 avenue du Maréchal Foch",
    /Problème : Pas collecté\n- Bac : Ordures/,
  ],
  ['fr', 'la poubelle jaune du 12 rue Pasteur a pas été ramassée', /Problème : Pas collecté\n- Bac : Tri/],
  ['en', 'my grey wheelie bin at 22 rue des Lilas has been nicked', /Problem: Stolen/],
  ['fr', "tag raciste sur l'hotel de ville", /Support : Mur ou équipement public/],
  ['fr', 'Des gravats et des pneus jetés au 4 chemin des Vignes', /Déchets : Gravats/],
  ['fr', 'canalisation bouchée au 12 rue Pasteur, ça refoule dans ma cave', /Problème : Égout/],
  ['en', 'water is pouring out of the pavement at 12 rue Pasteur', /Problem: Leak/],
  ['en', 'a tree came down across the road at 12 rue Pasteur', /Problem: Fallen/],
])('%s: "%s" chooses', async (locale, words, chosen) => {
  await says(locale, [words, chosen]);
});

test('what is left of a sentence around an address describes nothing', async () => {
  await says(
    'fr',
    ['mon voisin fait du bruit', /Où est-ce/],
    ['il habite au 9 rue parmentier, moi au 11', /Quels jours/],
    ["la nuit, jusqu'à 3h", /Jours et heures : la nuit, jusqu'à 3h\n/],
  );
  await says('en', ['dead badger on route de Lyon', /Where exactly/], ['opposite the stadium', /Animal: dead badger\n/]);
  await says(
    'en',
    ['a car is badly parked on the disabled bay', /Where is it/],
    ['the one on rue de la République', /Where exactly/],
    ['black BMW', /added[\s\S]*Where exactly/],
    ["I don't know", /Address: rue de la République\n[\s\S]*Vehicle: black BMW\n/],
  );
});

test('questions about the delay, the service, what happens next and why are answered, and the form goes on', async () => {
  const ticket = await says(
    'en',
    ['pothole at 12 rue Pasteur', /photo/],
    ['how long will that take?', /10 working days[\s\S]*Back to your request[\s\S]*photo/],
    ['who does it?', /roads department \(01[\s\S]*photo/],
    ['will somebody come? it is very deep', /roads department[\s\S]*added[\s\S]*photo/],
    ['why do you need a photo?', /shows the crews[\s\S]*skip[\s\S]*photo/],
    ['is it free?', /costs nothing[\s\S]*photo/],
    ['does the mayor know about it?', /Shall I add your question/],
    ['no', /photo/],
    ['send', SENT],
  );
  expect(ticket?.said).toEqual(['it is very deep']);
  await says('fr', ['nid de poule 12 rue Pasteur', /photo/], ["c'est quel service ?", /service de la voirie/, /pas compris/]);
});

test('where something was lost may be a bus, and a day is no description of it', async () => {
  const ticket = await says(
    'fr',
    ['bjr jé perdu mn portable ds le bus', /Décrivez/],
    ['hier soir vers 19h', /ajouté[\s\S]*Décrivez/],
    ['un iphone noir avec coque rouge', /prévenir/],
    ['06 39 98 12 34', /Lieu : ds le bus\n- Quand : hier soir vers 19h/],
    ['oui c bn', SENT],
  );
  expect(answerOf(ticket, 'item')).toBe('un iphone noir avec coque rouge');
  await says(
    'en',
    ['I lost my keys', /Describe/],
    ['three keys on a red ring', /where did you lose/],
    ['somewhere between the library and the church', /Which day/],
  );
});

test('"ok" at an offer does not hold anybody, and "well, send it" sends', async () => {
  await says(
    'fr',
    ['nid de poule 12 rue Pasteur', /photo/],
    ['passer', /numéro ou un e-mail/],
    ['ok', /À quel numéro/],
    ['ok', /Récapitulatif/],
    ['vous envoyez qqun ?', /service de la voirie[\s\S]*Récapitulatif/, /danger/],
    ['allez-y envoyez', SENT, /danger/],
  );
  await says('fr', ['nid de poule 12 rue Pasteur', /photo/], ['bon envoyez', SENT, /danger/]);
  await says('fr', ['nid de poule 12 rue Pasteur', /photo/], ["ok c'est bon vas y", SENT]);
  await says(
    'en',
    ['pothole at 12 rue Pasteur', /photo/],
    ['skip', /By phone/],
    ["don't want to give my number", /Summary/, /Your words/],
  );
});

test('another choice is corrected in its own words; what is said at the summary agrees', async () => {
  const bin = await says(
    'en',
    ["My green bin was blown over and the lid is cracked, I'm at 14 rue Honoré de Balzac", /Bin: Food or garden/],
    ["it's the yellow one actually", /Corrected: Recycling/],
    ['no', /phone number/],
    ['no', /Bin: Recycling/],
    ['fine by me', SENT],
  );
  expect(answerOf(bin, 'bin')).toMatch(/Recycling/);
  expect(bin?.said).not.toContain('fine by me');
});

test('what becomes of the data, and how a photo is sent, is told in the middle of a form', async () => {
  await says(
    'fr',
    ['lampadaire hs 9 rue Pascal', /photo/],
    ["j'ai une photo mais je sais pas comment l'envoyer", /Joignez la photo[\s\S]*Une photo aide/],
    ['vous gardez mes données combien de temps ?', /dpo@/, /jours ouvrés/],
    ['non', /numéro ou un e-mail/],
    ['envoyer', SENT],
    ['je vous envoie la photo demain', /Joignez la photo/],
  );
});

test('a number said of the door, or to be called by, is taken as what it is', async () => {
  const hole = await says(
    'fr',
    ['un trou énorme', /Où est-ce/],
    ['sur la piste cyclable', /pas trouvé/, /noté aussi/],
    ['promenade du Halage', /Où exactement/],
    ['je ne connais pas de numéro', /Adresse : promenade du Halage\n/],
    ['non', /numéro ou un e-mail/],
    ['0612345678', /Contact : 06 12 34 56 78/],
    ["c'est bon pour moi", SENT],
  );
  expect(hole?.contact).toMatchObject({ value: '+33612345678' });
  const cat = await says(
    'fr',
    ["j'ai perdu mon chat", /Où est-ce/],
    ['rue des Lilas', /Où exactement/],
    ['0600000001', /Où exactement/],
    ['non', /Adresse : rue des Lilas\n/],
  );
  expect(cat).toBeUndefined();
});

test('who does not know, twice, has answered; the plate said afterwards is put on the request', async () => {
  const car = await says(
    'en',
    ['car not moved for weeks at 33 rue des Prés', /Which vehicle/],
    ["can't remember the make", /few words/],
    ['no idea', /since when/],
    ['3 weeks', /photo/],
    ['send', SENT],
    ['the plate is FG-123-HJ', /Added to your request/],
  );
  expect(car?.history.map(({ text }) => text)).toContain('the plate is FG-123-HJ');
});

test('of two requests the one that is asked for has its turn first', async () => {
  await says(
    'fr',
    ['je signale un nid de poule et un lampadaire cassé', /2 demandes[\s\S]*chaussée/],
    ["le lampadaire d'abord", /Passons à : Éclairage/],
    ['12 rue Hoche', /Objet : Éclairage[\s\S]*12 rue Hoche/],
    ['envoyer', /Pour revenir à votre demande \(trou/],
  );
});

test('a document that was named is not asked for again', async () => {
  await says(
    'fr',
    ['Je souhaite obtenir la copie de la délibération du 14 mars 2025 sur le stationnement', /Vos nom, prénom/, /Quel document/],
    ['Claire Fontaine, 9 rue Diderot', /adresse e-mail/],
    ["je n'ai pas d'email", /ne peut pas vous répondre/],
  );
  await says('fr', ["je voudrais la copie d'un document", /Quel document/]);
});

test('an e-mail beside a telephone that is refused is noted; dictated, it stands once', async () => {
  const rats = await says(
    'fr',
    ['rats', /Où est-ce/],
    ['5 rue Colette', /dans un logement/],
    ['non', /photo/],
    ['non', /numéro ou un e-mail/],
    ["pas de téléphone, mais j'ai un mail zoe@zoe.fr", /Contact : zoe@zoe.fr/],
    ['tout est bon', SENT],
  );
  expect(rats).toMatchObject({ contact: { value: 'zoe@zoe.fr' }, said: [] });
  const spoken = await says(
    'en',
    ['light out at 9 rue Pascal', /photo/],
    ['no', /phone number/],
    ["here's my mail: marc dot leroy at sfr dot fr", /Contact: marc.leroy@sfr.fr/],
    ['all good', SENT],
  );
  expect(spoken?.said).toEqual([]);
});

test('the question before is the one that was asked; a place said for one of several reports goes with the one that is chosen', async () => {
  await says(
    'fr',
    ['signalement panneau', /Où est-ce/],
    ['2 rue Colette', /photo/],
    ['question précédente', /Où est-ce/],
    ['4 rue Colette', /Adresse : 4 rue Colette/],
  );
  await says(
    'fr',
    ['je veux faire un signalement', /Que souhaitez-vous signaler/],
    ['devant le 3 rue du Four', /Laquelle/],
    ['Trou ou chaussée abîmée', /Adresse : 3 rue du Four/],
  );
  await says(
    'fr',
    ['je voudrais signaler un tag', /Où est-ce/],
    ['non en fait un dépôt sauvage', /remplacer/],
    ['5 rue du Bac', /remplacer/, /bac ou de collecte/],
    ['oui, remplacer', /déchets/],
    ['des cartons', /Adresse : 5 rue du Bac/],
  );
});

test('none of the choices offered, said twice, is another', async () => {
  await says('en', ['fly-tipping at 12 rue Hoche', /What is it mostly/], ['no', /one of the answers/], ['no', /Waste: Other/]);
  await says(
    'fr',
    ['feux tricolores en panne', /Où est-ce/],
    ['carrefour rue Carnot et boulevard Gambetta', /ne se croisent pas/],
    ['les deux', /Adresse : rue Carnot \/ boulevard Gambetta/],
  );
});

test('another number corrects the one that is noted, and a second one is kept beside it', async () => {
  const right = await says(
    'en',
    ['light out at 9 rue Pascal', /photo/],
    ['06 01 02 03 04', /photo/],
    ['no it is 06 01 02 03 05', /Corrected: 06 01 02 03 05/],
    ['no', /Contact: 06 01 02 03 05/],
    ['yes', SENT],
  );
  expect(right?.contact).toMatchObject({ value: '+33601020305' });
  const both = await says(
    'fr',
    ['lampadaire hs 9 rue Pascal', /photo/],
    ['non', /numéro ou un e-mail/],
    ['06 01 02 03 04', /Contact/],
    ['ou bien lea@exemple.fr', /lea@exemple.fr/],
    ['oui', SENT],
  );
  expect(JSON.stringify(both)).toContain('lea@exemple.fr');
  await says(
    'en',
    ['light out at 9 rue Pascal', /photo/],
    ['no', /phone number/],
    ["I don't want to leave my number", /Summary/, /go on receiving/],
  );
});

test('a stop that is on no map is noted when nothing more is known', async () => {
  const shelter = await says(
    'en',
    ['the bus shelter is broken', /Where is it/],
    ['Lilas stop', /could not find/, /If you are there/],
    ["that's all I know", /Address: Lilas stop/],
    ['send it', SENT],
  );
  expect(shelter).toMatchObject({ place: { text: 'Lilas stop' } });
});
