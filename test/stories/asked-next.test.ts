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
])('%s: after "%s", "%s" is answered from it', async (locale, opening, next, told) => {
  const ana = await createCitizen(hall.url, { locale });
  await ana.says(opening);
  await ana.hears();
  await ana.says(next);
  await ana.hears(told);
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
