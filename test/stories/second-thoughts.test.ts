/**
 * Second thoughts in the middle of a form: another street, the question before, what is over already, giving up that is no
 * giving up. Nothing is sent, and nothing thrown away, that was not said to be.
 */
import { createCitizen, fileOf, plays, type Turn } from '../support/citizen';
import { useCityHall } from '../support/use-city-hall';

const { hall, rows } = useCityHall();
const SENT = /[0-9A-Z]{4}-[0-9A-Z]{4}/;

const says = (locale: string, ...turns: Turn[]) => fileOf(hall, rows, locale, turns);
const placeOf = (ticket: Awaited<ReturnType<typeof says>>) => ticket?.place?.text;

test('a street said to be wrong is asked for again, and another address alone takes its place', async () => {
  const asked = await says(
    'fr',
    ['lampadaire hs 20 rue Hoche', /20 rue Hoche/],
    ['attendez je me suis trompé de rue', /Où est-ce/, /ajouté/],
    ['20 rue Marceau', /Adresse : 20 rue Marceau/],
    ['pas de photo', /un numéro ou un e-mail/],
    ['non', /Adresse : 20 rue Marceau/, /trompé de rue/],
    ['oui', SENT],
  );
  expect(placeOf(asked)).toBe('20 rue Marceau');
  const alone = await says(
    'en',
    ['light out at 20 rue Hoche', /photo/],
    ['20 rue Marceau', /Corrected: 20 rue Marceau/, /added/],
    ['skip', /phone number/],
    ["that's the wrong address", /Where is it/],
    ['5 rue Pasteur', /Address: 5 rue Pasteur/],
    ['no', /Summary/],
    ['yes', SENT],
  );
  expect(placeOf(alone)).toBe('5 rue Pasteur');
});

test('words about sending send nothing', async () => {
  await says(
    'en',
    ['graffiti on the wall of gymnase des Sablons', /photo/],
    ['I have a photo but no idea how to send it', /Attach the photo/, SENT],
    ['no', /phone number/],
    ['no', /Summary/],
  );
  await says(
    'fr',
    ['lampadaire hs 20 rue Hoche', /photo/],
    ["j'ai une photo, je ne sais pas comment vous l'envoyer", /Joignez la photo/, SENT],
  );
});

test('what is over ends the form only after a question; the question before is no end', async () => {
  const none = await says(
    'fr',
    ['lampadaire hs 20 rue Hoche', /photo/],
    ['il remarche', /Voulez-vous arrêter/, /annulé/],
    ['non', /Une photo/],
    ['question précédente', /Où est-ce/, /annulé/],
    ['20 rue Hoche', /photo/],
    ['en fait on a tout réparé, le lampadaire refonctionne', /Voulez-vous arrêter/],
    ['oui', /annulé, rien n'a été envoyé/],
    ['ah non attendez, continuez', /Pour revenir à votre demande/],
    ['annulez', /annulé/],
  );
  expect(none).toBeUndefined();
});

test('after it was sent, what is over is withdrawn after a question', async () => {
  const lost = await says(
    'en',
    ['I lost my keys, a red ring with three keys', /Roughly where/],
    ['in the parc du Château', /Which day/],
    ['yesterday', /phone number/],
    ['I have neither phone nor email', /cannot answer you/, /added/],
    ['alright then, my number is 06 12 34 56 78', /Contact: 06 12 34 56 78/, /alright/],
    ['yes', SENT],
    ['we found it!!', /withdraw your request/],
    ['yes', /is withdrawn/],
  );
  expect(lost).toMatchObject({ state: 'withdrawn' });
});

test('a person that is not wanted any more ends with the form that is named', async () => {
  await says(
    'en',
    ['hole at 4 rue Ampère', /photo/],
    ['I want to talk to someone', /phone|number/],
    ['no drop the hole thing', /It is cancelled/, /Where is it/],
    ['hello', /Hello/],
  );
});

test('after it was sent, a number that the map does not have is the place; a wrong address is asked for', async () => {
  const ticket = await says(
    'fr',
    ['lampadaire hs 9 rue Pascal', /photo/],
    ['envoyer', SENT],
    ["c'est pas le 9 c'est le 250", /corrigé : 250 rue Pascal.*pas sur notre plan/],
  );
  expect(ticket?.place).toMatchObject({ text: '250 rue Pascal', precision: 'street' });
  const wrong = await says(
    'en',
    ['hole outside 5 rue Parmentier', /photo/],
    ['send it', SENT],
    ['sorry, wrong address', /What is the right address/],
    ['6 rue Parmentier', /Corrected: 6 rue Parmentier/],
  );
  expect(wrong).toMatchObject({ place: { text: '6 rue Parmentier' } });
  const vague = await says(
    'en',
    ['street light out', /Where is it/],
    ['near the Carnot bus stop', /could not find/],
    ['no', /Address: near the Carnot bus stop/],
    ['send it', SENT],
    ["I got that wrong, it's the Pasteur bus stop", /the service will read it/],
  );
  expect(vague?.history.map(({ text }) => text)).toContain("I got that wrong, it's the Pasteur bus stop");
});

test('another one at another place is a report of its own', async () => {
  const ana = await createCitizen(hall.url, { locale: 'fr' });
  await plays(ana, [
    ['lampadaire en panne 15 rue du Bac', /photo/],
    ['envoyer', SENT],
    ['au fait il y en a un autre devant le 21', /Adresse : 21 rue du Bac/],
    ['envoyer', SENT],
    ['et un autre rue Pascal', /Où exactement, rue Pascal/],
    ['au 3', /Adresse : 3 rue Pascal/],
    ['envoyer', SENT],
  ]);
  const places = (await rows.tickets(ana.conversation)).map(({ place }) => place?.text);
  expect(places.toSorted()).toEqual(['15 rue du Bac', '21 rue du Bac', '3 rue Pascal']);
});

test('words right after sending that may be about it can be put on it', async () => {
  const ticket = await says(
    'en',
    ['hole outside 5 rue Parmentier', /photo/],
    ['send it', SENT],
    ["and it's 20 cm deep", /I am not sure I understood/],
    ['For my request', /Added to your request/],
  );
  expect(ticket?.history.map(({ text }) => text)).toContain("and it's 20 cm deep");
});

test('the second report of a message may say only its number', async () => {
  const ana = await createCitizen(hall.url, { locale: 'fr' });
  await plays(ana, [
    ['je signale un nid de poule et un lampadaire cassé', /2 demandes/],
    ['10 rue Arago', /photo/],
    ['envoyer', /Passons à : Éclairage/],
    ["le lampadaire c'est devant le 12", /Adresse : 12 rue Arago/],
  ]);
});

test.each([
  ['fr', 'lampadaire cassé 12 rue Pasteur', "c'est pas un lampadaire c'est un feu rouge", /je note un feu[\s\S]*12 rue Pasteur/],
  [
    'en',
    'street light broken at 12 rue Pasteur',
    "it's not a street light, it's a traffic light",
    /traffic light[\s\S]*12 rue Pasteur/,
  ],
])('%s: a subject that is denied gives way to the one said instead, and its place stays', async (locale, first, words, told) => {
  const ana = await createCitizen(hall.url, { locale });
  await plays(ana, [
    [first, /12 rue Pasteur/],
    [words, told],
    [locale === 'fr' ? 'envoyer' : 'send', SENT],
  ]);
  const [ticket, ...others] = await rows.tickets(ana.conversation);
  expect(ticket).toMatchObject({ topic: 'report_signage_signal', words: first, place: { text: '12 rue Pasteur' } });
  expect(ticket?.answers).toEqual(expect.arrayContaining([expect.objectContaining({ field: 'item', value: 'light' })]));
  expect(others).toEqual([]);
});

test('a choice that is denied gives way to the one said instead', async () => {
  const ana = await createCitizen(hall.url, { locale: 'fr' });
  await plays(ana, [
    ['Le feu rouge ne marche plus 12 rue Pasteur', /Feu tricolore/],
    ["en fait c'est pas le feu c'est le panneau stop qui est tombé", /C'est corrigé : Panneau/],
    ['envoyer', SENT],
  ]);
  expect((await rows.tickets(ana.conversation))[0]?.answers).toEqual(
    expect.arrayContaining([expect.objectContaining({ field: 'item', value: 'sign' })]),
  );
});

test.each([
  ['fr', 'lampadaire cassé 12 rue Pasteur', '06 12 34 56 78', 'retirez mon numéro', /aucun contact/],
  ['en', 'street light broken at 12 rue Pasteur', 'a@example.org', 'please remove my email', /no contact/],
])('%s: a number that was given can be taken off, and no message is stopped', async (locale, first, contact, off, told) => {
  const ana = await createCitizen(hall.url, { locale });
  await plays(ana, [
    [first, /12 rue Pasteur/],
    [contact, /ajouté|added/],
    [off, told, /START/],
    [locale === 'fr' ? 'envoyer' : 'send', SENT],
  ]);
  const [ticket] = await rows.tickets(ana.conversation);
  expect(ticket?.contact).toBeUndefined();
  expect(ticket?.said).toEqual([]);
});

test('when it happens is noted whole, and another day takes the place of the one noted', async () => {
  const noise = await says(
    'fr',
    ['mes voisins font la fête tous les samedis de 23h à 2h du matin', /Où est-ce/],
    ['12 allée des Roses', /Jours et heures : tous les samedis de 23h à 2h du matin\n/],
    ['envoyer', SENT],
  );
  expect(noise?.answers).toEqual(
    expect.arrayContaining([expect.objectContaining({ field: 'moment', value: 'tous les samedis de 23h à 2h du matin' })]),
  );
  await says(
    'fr',
    ["j'ai perdu mes clés", /Décrivez/],
    ['mardi matin au marché', /Décrivez/],
    ['3 clés avec un porte-clé rouge', /prévenir/],
    ['06 12 34 56 78', /Quand : mardi/],
    ['non attendez mercredi matin pas mardi', /Quand : mercredi/],
  );
});
