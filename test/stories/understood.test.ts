/** What first messages are understood as: where it is and what it is told apart, each of several requests, and no more of them than there are. */
import { createCitizen } from '../support/citizen';
import { useCityHall } from '../support/use-city-hall';

const { hall } = useCityHall();

test.each([
  // Two things that only say where it is.
  ['fr', "La poubelle entre la bibliothèque et l'église déborde", /problème de propreté/, /demandes|Médiathèque/],
  ['fr', "il y a un trou entre l'école et la piscine", /problème de chaussée/, /demandes|Piscine/],
  ['en', 'pothole between the school and the swimming pool', /problem with the road/, /requests|Les Tanneurs pool/],
  ['en', 'the bin between the library and the church is overflowing', /cleanliness problem/, /requests|Simone-Veil/],
  // A place that is a topic of its own, and what is said beside it.
  ['fr', 'graffiti à école Jules Ferry', /tag ou un affichage/, /inscription/i],
  ['en', 'graffiti on Jules Ferry school', /graffiti/, /enrolment/i],
  // What is told beside a request asks nothing.
  [
    'en',
    'We are moving in January. Do we have to tell the town hall? Also can we reserve parking for the van?',
    /2 requests/,
    /School/,
  ],
  ['en', "I'm furious, my street is never cleaned and I pay taxes", /Dirty street|cleanliness/, /requests/],
  // Whether something is allowed is no report of it.
  ['fr', 'Puis-je nourrir les pigeons ?', /Est-ce que c'est/, /je note/],
  ['en', 'can my kid ride his scooter on the pavement', /Is it/, /am noting/],
  ['fr', 'puis-je signaler un trou rue Hoche ?', /problème de chaussée/, /pas sûr/],
  // A lost animal is not said to be dead.
  ['en', 'hello my cat is missing since yesterday, black with white paws', /lost, found, injured/, /not sure/],
])('%s: "%s"', async (locale, words, told, never) => {
  const ana = await createCitizen(hall.url, { locale });
  await ana.says(words);
  expect(await ana.hears(told)).not.toMatch(never);
});

test.each([
  [
    'fr',
    'Bonjour, deux questions : comment refaire un passeport ? et quels sont les horaires de la piscine ?',
    /2 demandes[\s\S]*86 €[\s\S]*12 h - 14 h/,
  ],
  [
    'fr',
    "mon bac n'a pas été vidé, j'en profite pour demander une carte de stationnement résident",
    /2 demandes : 1\) Stationnement ; 2\) Bac/,
  ],
  ['en', "is the town hall open on saturday and where's the market", /2 requests[\s\S]*place du Marché/],
  ['en', 'my neighbour is noisy and he parks on the pavement', /2 requests[\s\S]*Noise nuisance[\s\S]*Illegal parking/],
  [
    'fr',
    "Je me permets de vous écrire car depuis plusieurs semaines maintenant je constate que l'arbre situé en face du 14 rue des Lilas penche dangereusement vers le trottoir. J'ai deux enfants en bas âge et je crains qu'une branche ne tombe lors du prochain coup de vent. Par ailleurs, je profite de ce message pour vous demander les horaires de la bibliothèque pendant les vacances de Noël.",
    /2 demandes : 1\) Médiathèque ; 2\) Arbre/,
  ],
])('%s: both requests of a message are seen, and no third ("%.40s")', async (locale, words, told) => {
  const ana = await createCitizen(hall.url, { locale });
  await ana.says(words);
  await ana.hears(told);
});

test.each([
  [
    'fr',
    ['Vous gardez mes données combien de temps ?', 'et mon numéro ?'],
    [/365 jours après le dernier/, /numéro, adresse e-mail/],
  ],
  [
    'en',
    ['what do you do with my data', 'and my phone number?', 'for how long'],
    [/keeps your messages/, /number, e-mail/, /365 days/],
  ],
])('%s: what becomes of their data is told, and what is asked next about it', async (locale, words, told) => {
  const ana = await createCitizen(hall.url, { locale });
  for (const [at, each] of words.entries()) {
    await ana.says(each);
    await ana.hears(told[at]);
  }
});
