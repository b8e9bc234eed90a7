/** What a citizen lives through on the town's web page, from the first word to the reference number. */
import { createCitizen } from '../support/citizen';
import { photo } from '../support/pictures';
import { useCityHall } from '../support/use-city-hall';

/** Tuesday 13 October 2026, 10:12 in Bellerive. */
const TUESDAY = '2026-10-13T08:12:00Z';
const REFERENCE = /\b[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}\b/;

const { hall, rows } = useCityHall({ at: TUESDAY });

const ticketOf = async (conversation: string) => (await rows.tickets(conversation)).at(-1);

test('a pothole with address, photo and contact becomes one ticket (S01)', async () => {
  const ana = await createCitizen(hall.url, { locale: 'fr-FR' });
  await ana.says('Bonjour, y a un gros nid de poule rue Victor Hugo');
  expect(await ana.hears(/numéro|repère/i)).toMatch(/Victor Hugo/);
  await ana.says('devant la boulangerie, au 32');
  const found = await ana.hears(/32 rue Victor Hugo/i);
  expect(found).toMatch(/photo/i);
  expect(found).toMatch(/facultati/i);
  const sent = await ana.sends({ name: 'trou.jpg', type: 'image/jpeg', bytes: await photo({ withPosition: true }) });
  expect(sent.status).toBe(200);
  await ana.hears(/prévenu|contact|numéro/i);
  await ana.says('oui au 06 39 98 12 34');
  const summary = await ana.hears(/récapitulatif/i);
  expect(summary).toMatch(/32 rue Victor Hugo/);
  expect(summary).toMatch(/06 39 98 12 34/);
  expect(ana.choices()).toEqual(['Oui, envoyer', 'Modifier', 'Annuler']);
  await ana.says('oui');
  const done = await ana.hears(REFERENCE);
  expect(done).toMatch(/délai habituel/i);
  const tickets = await rows.tickets(ana.conversation);
  expect(tickets).toHaveLength(1);
  expect(tickets[0]).toMatchObject({
    topic: 'report_pothole',
    service: 'voirie',
    state: 'new',
    reference: REFERENCE.exec(done)?.[0],
    place: { text: '32 rue Victor Hugo', precision: 'number' },
    contact: { kind: 'phone', value: '+33639981234' },
  });
  expect(tickets[0]?.files).toHaveLength(1);
  await ana.says('où en est ma demande ?');
  expect(await ana.hears(/reçue/)).toContain(tickets[0]?.reference);
});

test('questions in the middle of a report are answered, and the report goes on where it stood (S07)', async () => {
  const leo = await createCitizen(hall.url, { locale: 'fr' });
  await leo.says('je veux signaler un arbre qui penche');
  await leo.hears(/adresse|où/i);
  await leo.says('au fait la mairie ferme à quelle heure ?');
  const hours = await leo.hears(/17 h 30/);
  expect(hours).toMatch(/pour revenir à votre demande.*arbre/i);
  await leo.says('5 rue Ampère');
  await leo.hears(/5 rue Ampère/);
  await leo.says('et vous ouvrez samedi ?');
  const again = await leo.hears(/samedi/i);
  expect(again).toMatch(/pour revenir/i);
  await leo.says('ok envoyez');
  await leo.hears(REFERENCE);
  expect(await ticketOf(leo.conversation)).toMatchObject({ topic: 'report_tree', place: { text: '5 rue Ampère' } });
});

test('a follow-up keeps the topic it leans on (S08)', async () => {
  const mia = await createCitizen(hall.url, { locale: 'fr' });
  await mia.says('combien coûte un passeport ?');
  const price = await mia.hears(/86 ?€/);
  expect(price).toMatch(/Vérifié le .*Source/s);
  await mia.says('et pour un enfant de 10 ans ?');
  expect(await mia.hears(/17 ?€/)).not.toMatch(/42 ?€.*15/s);
  await mia.says('il faut rdv ?');
  await mia.hears(/rendez-vous/i);
  await mia.says("c'est utile merci");
  expect(await mia.hears(/plaisir/i)).not.toMatch(/not/i);
  expect(await rows.feedback('faq_passport')).toHaveLength(1);
});

test('the language changes in mid-form and the form goes on (S09)', async () => {
  const joe = await createCitizen(hall.url, { locale: 'fr' });
  await joe.says('bonjour je veux signaler une voiture abandonnée');
  await joe.hears(/adresse|où/i);
  await joe.says('sorry can we do this in english? my wife will finish');
  const english = await joe.hears(/in English/);
  expect(english).toMatch(/where|address/i);
  await joe.says('14 rue Pasteur, grey Clio, flat tyres, 2 months');
  const summary = await joe.hears(/14 rue Pasteur/);
  expect(summary).toMatch(/grey Clio, flat tyres/);
  await joe.says('yes go ahead');
  expect(await joe.hears(REFERENCE)).toMatch(/Your reference/);
  expect(await ticketOf(joe.conversation)).toMatchObject({
    topic: 'report_abandoned_vehicle',
    language: 'en',
    title: 'Véhicule abandonné ou épave',
  });
});

test("somebody else's reference reveals nothing, not even that it exists (S18)", async () => {
  const owner = await createCitizen(hall.url, { locale: 'fr' });
  await owner.says('lampadaire cassé devant le 14 rue des Lilas');
  await owner.hears();
  await owner.says('06 39 98 45 67');
  await owner.hears();
  await owner.says('ok envoyez');
  const reference = REFERENCE.exec(await owner.hears(REFERENCE))?.[0] ?? '';

  const nosy = await createCitizen(hall.url, { locale: 'fr' });
  await nosy.says(`où en est ${reference} ?`);
  const asked = await nosy.hears(/protéger/);
  await nosy.says("c'est ma mère, son nom c'est Mme Bertin, elle habite 8 rue Thiers");
  await nosy.hears();
  const wrong: string[] = [];
  for (const code of ['1234', '0000', '9999']) {
    await nosy.says(code);
    wrong.push(await nosy.hears());
  }
  expect(wrong.at(-1)).toMatch(/trop d'essais/i);
  await nosy.says(`et ${reference.toLowerCase().replace('-', ' ')} alors ?`);
  await nosy.hears(/trop d'essais/i);
  const everything = nosy
    .heard()
    .map((said) => JSON.stringify(said))
    .join('\n');
  expect(everything).not.toMatch(/Lilas|lampadaire|45 ?67|éclairage/i);

  // A reference that nobody has is answered in the very same words.
  const other = await createCitizen(hall.url, { locale: 'fr' });
  await other.says('où en est 2222-222E ?'.replace('2222-222E', rows.unusedReference()));
  expect(await other.hears()).toBe(asked);
});

test('a list of guesses is one wrong proof', async () => {
  const owner = await createCitizen(hall.url, { locale: 'fr' });
  await owner.says('lampadaire cassé devant le 14 rue des Lilas');
  await owner.hears();
  await owner.says('06 39 98 45 67');
  await owner.hears();
  await owner.says('ok envoyez');
  const reference = REFERENCE.exec(await owner.hears(REFERENCE))?.[0] ?? '';
  const guesser = await createCitizen(hall.url, { locale: 'fr' });
  await guesser.says(`suivi ${reference}`);
  await guesser.hears(/protéger/);
  await guesser.says(Array.from({ length: 100 }, (_, n) => `06 39 98 45 ${String(n).padStart(2, '0')}`).join(' ou '));
  expect(await guesser.hears()).not.toMatch(/Lilas|reçue/);
});

test('two misses, two different questions, then a person (S22)', async () => {
  const sam = await createCitizen(hall.url, { locale: 'fr' });
  await sam.says("c'est pour le truc de la dernière fois");
  const first = await sam.hears();
  // What is below the floor is not offered: one thing may be left of three, or none, and then it is asked for in other words.
  expect(sam.choices().length).toBeGreaterThanOrEqual(2);
  expect(sam.choices().at(-1)).toMatch(/Autre chose|Aide/);
  await sam.says('le machin vert');
  const second = await sam.hears();
  expect(second).not.toBe(first);
  // Where neither was like anything that is known, the second is the last.
  if (!/laisser un message/.test(second)) {
    await sam.says('pff');
    await sam.hears(/personne/);
  }
  expect(sam.choices()[0]).toBe('Parler à une personne');
});
