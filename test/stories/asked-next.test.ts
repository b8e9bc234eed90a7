/** What is asked next, in few words, right after an answer: the sentence that tells it, or whom to ask; never another topic. */
import { createCitizen } from '../support/citizen';
import { useCityHall } from '../support/use-city-hall';

const { hall } = useCityHall();

test.each([
  ['en', 'ID card for a 4-year-old', 'how long does it take', /about 4 weeks/],
  ['en', 'how much is a passport', 'what papers', /pre-application number.*proof of address/],
  ['en', 'bulky waste', 'how long until they come?', /about 10 days/],
  ['en', 'planning permission for a garden shed', 'do I need an appointment', /[Bb]y appointment/],
  ['fr', 'je veux faire un passeport pour mon bébé', 'prix', /17 €/],
  ['fr', 'passeport pour mon fils de 16 ans', 'combien de temps', /4 semaines/],
  ['fr', "j'ai un frigo à jeter, vous passez ?", 'est-ce que je dois payer ?', /30 €/],
  ['fr', 'ma mère est décédée', 'on a combien de temps', /24 heures/],
  ['fr', 'recensement de mon fils de 16 ans', 'quels papiers', /livret de famille/],
  // At what time, on which day: of what was answered, not of whatever else has hours.
  ['fr', "est-ce qu'il y aura un feu d'artifice ?", 'à quelle heure', /14 juillet à 23 h/],
  ['fr', "le marché c'est quel jour", "jusqu'à quelle heure", /de 7 h à 13 h/],
  ['fr', 'brocante', 'quand', /dernier dimanche de mai/],
  ['en', 'market day?', 'until when', /7 am to 1 pm/],
  ['en', 'flea market', 'when', /last Sunday of May/],
  ['en', 'hall hire for a birthday', 'music until what time', /Music until 1 am/],
  // A number of things is no price.
  ['fr', 'je peux emprunter des livres ?', 'on a droit à combien de livres', /15 documents/],
  // The line that speaks of what was asked.
  ['fr', 'permis de construire', 'combien de temps', /2 mois pour le permis d'une maison/],
  ['fr', 'Je veux construire un abri de jardin de 12m2', 'délai ?', /1 mois pour une DP/],
  ['fr', "carte d'identité perdue", "et si on me l'a volée", /Vol : déclarez-le/],
  // Told by the answer before, in other words than those asked in.
  ['fr', "carte d'identité pour mon fils de 8 ans", 'ok et je dois venir avec lui ?', /vient au rendez-vous avec un parent/],
  ['en', 'can I burn garden waste in my garden', 'and the fine', /up to €750/],
  ['en', 'bus 3 is always late', 'does it run sundays', /Sundays from 9 am/],
  ['en', 'market day?', 'can i park there for free', /30 minutes are free/],
  // Of what was answered, not of whatever else of the topic has a delay, a price or a date.
  ['en', 'copy of my marriage certificate please', 'how long', /within 5 working days/],
  ['fr', 'demande de subvention pour mon asso', 'date limite', /1er octobre au 30 novembre/],
  ['fr', 'vide grenier', "prix de l'emplacement", /3 € le mètre/],
  ['fr', 'inscription crèche', 'quand', /mi-avril/],
  ['fr', 'les encombrants svp', 'quand', /environ 10 jours/],
  ['fr', 'comment obtenir un composteur', "c'est payant ?", /composteur[^.]*prêté gratuitement/],
  ['en', 'I need a life certificate', 'what papers', /identity document/],
  // Another office's: what it was said to do, or that it alone knows.
  ['fr', "j'ai besoin d'un médecin", 'et un dentiste', /médecin, un dentiste/],
  ['en', 'how do i pay my council tax', "and if I can't pay", /only French tax office/],
] as const)('%s: after "%s", "%s" is answered from it', async (locale, opening, next, told) => {
  const ana = await createCitizen(hall.url, { locale });
  await ana.says(opening);
  await ana.hears();
  await ana.says(next);
  await ana.hears(told);
});

test.each([
  ['fr', ["c'est où le tri pour les piles", 'et les ampoules', 'et les médicaments'], /en pharmacie/],
  ['en', ['where do batteries go', 'and light bulbs', 'and medicines'], /to a pharmacy/],
])('%s: the same answer, asked for another thing each time, tells of each', async (locale, words, told) => {
  const ana = await createCitizen(hall.url, { locale });
  for (const each of words.slice(0, -1)) {
    await ana.says(each);
    await ana.hears();
  }
  await ana.says(words.at(-1)!);
  await ana.hears(told);
});

test('a time that no answer tells is not made up from another answer, and no fact is left unfilled', async () => {
  const ana = await createCitizen(hall.url, { locale: 'fr' });
  await ana.says('brocante');
  await ana.hears(/vide-greniers/);
  await ana.says('à quelle heure');
  await ana.hears(/rien de vérifié/);
  const bob = await createCitizen(hall.url, { locale: 'en' });
  await bob.says('bus 3 is always late');
  await bob.hears();
  await bob.says('and today?');
  expect(await bob.hears()).not.toMatch(/\{\w+\}/);
});

test('right after an answer no word that only sounds like a cancellation cancels', async () => {
  const ana = await createCitizen(hall.url, { locale: 'fr' });
  await ana.says('recensement de mon fils');
  await ana.hears(/16 ans/);
  await ana.says('ou envoyer le dossier');
  expect(await ana.hears()).not.toMatch(/annuler/);
});

test('what is said more of words that were not enough is heard together with them', async () => {
  const ana = await createCitizen(hall.url, { locale: 'fr' });
  await ana.says('il y a un truc par terre');
  await ana.hears(/pas sûr/);
  await ana.says('des seringues');
  await ana.hears(/problème de propreté/);
  const bob = await createCitizen(hall.url, { locale: 'en' });
  await bob.says("my neighbour's hedge is over my wall");
  await bob.hears(/not sure/);
  await bob.says('how do I get a passport');
  await bob.hears(/€86/);
});

test.each([
  ['fr', "c'est quand le prochain conseil municipal ?", /10 décembre 2026/, 'on peut y assister ?', /ouvertes à tous/],
  ['en', 'who is the mayor?', /elus/, 'his email?', /accueil@bellerive/],
  ['en', 'when are the next elections', /spring 2027/, 'can i register online', /Online at/],
  ['fr', "place handicapée devant chez moi c'est possible ?", /écrivez-nous/, 'et la carte', /carte mobilité inclusion/],
])('%s: "%s" is answered, and what is asked behind it', async (locale, first, told, next, more) => {
  const ana = await createCitizen(hall.url, { locale });
  await ana.says(first);
  await ana.hears(told);
  await ana.says(next);
  await ana.hears(more);
});

test('what may still be about the answer is not put off with what the assistant is for: it is said who knows, and passed on', async () => {
  const ana = await createCitizen(hall.url, { locale: 'fr' });
  await ana.says('place en crèche');
  await ana.hears(/Préinscription/);
  await ana.says('mon cousin est astronaute');
  expect(await ana.hears(/toujours de ceci/)).toMatch(/Crèche.*01 99 00 10 24/);
  await ana.says('Parler à une personne');
  expect(await ana.hears()).not.toMatch(/Quel est le sujet/);
});
