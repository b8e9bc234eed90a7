/** What a citizen says is asked once and kept: first words that answer a question, and words heard as something else inside a form. */
import { createCitizen } from '../support/citizen';
import type { Rows } from '../support/rows';
import { useCityHall } from '../support/use-city-hall';

const { hall, rows } = useCityHall();

const visitor = (locale = 'fr') => createCitizen(hall.url, { locale });
const ticketsOf = (conversation: string) => rows.tickets(conversation);
const answerOf = (ticket: Awaited<ReturnType<Rows['tickets']>>[number] | undefined, field: string) =>
  ticket?.answers.find((answer) => answer.field === field)?.text;

test.each([
  ['fr', 'une Clio grise abandonnée au 14 rue Pasteur depuis 2 mois, pneus crevés', /photo/i, /Clio grise.*pneus crevés/],
  ['fr', 'un vieux Kangoo blanc est abandonné devant le 14 rue Pasteur', /Depuis quand/, /Kangoo blanc/],
  ['en', 'a red Ford van has been abandoned at 14 rue Pasteur', /since when/i, /red Ford van/],
])('%s: "%s" already says which vehicle, and it stands in the summary', async (locale, words, asked, described) => {
  const ana = await visitor(locale);
  await ana.says(words);
  expect(await ana.hears(asked)).not.toMatch(/Quel véhicule|Which vehicle/);
  await ana.says(locale === 'fr' ? 'envoyer' : 'send');
  await ana.hears(/[0-9A-Z]{4}-[0-9A-Z]{4}/);
  const [ticket] = await ticketsOf(ana.conversation);
  expect(ticket?.topic).toBe('report_abandoned_vehicle');
  expect(answerOf(ticket, 'description')).toMatch(described);
});

test('what the first words filled can be changed', async () => {
  const ana = await visitor();
  await ana.says('une Clio grise abandonnée au 14 rue Pasteur depuis 2 mois');
  await ana.hears(/Véhicule : une Clio grise[\s\S]*Immobile depuis/);
  await ana.says('modifier');
  await ana.hears(/Que voulez-vous modifier/);
  await ana.says('véhicule');
  await ana.hears(/Quel véhicule/);
  await ana.says('non, une Mégane bleue');
  await ana.hears(/Mégane bleue/);
  await ana.says('envoyer');
  await ana.hears(/[0-9A-Z]{4}-[0-9A-Z]{4}/);
  const [ticket] = await ticketsOf(ana.conversation);
  expect(answerOf(ticket, 'description')).toMatch(/Mégane bleue/);
});

test('first words that say little are asked to say more', async () => {
  const ana = await visitor();
  await ana.says('une voiture abandonnée au 14 rue Pasteur');
  await ana.hears(/Quel véhicule/);
  const joe = await visitor('en');
  await joe.says('a white car is parked badly, abandoned I think, at 14 rue Pasteur');
  await joe.hears(/vehicle/i);
});

test('a complaint and a second request inside a form stand on the first request too, in order', async () => {
  const ana = await visitor();
  await ana.says('nid de poule au 3 rue Thiers');
  await ana.hears(/photo/);
  await ana.says('vous êtes vraiment des incapables, trois fois que je le signale');
  await ana.hears(/photo/);
  await ana.says('il y a aussi un tag sur le mur de la poste');
  await ana.hears(/noté aussi|remplacer/);
  await ana.says('envoyer');
  await ana.hears(/[0-9A-Z]{4}-[0-9A-Z]{4}/);
  const [ticket] = await ticketsOf(ana.conversation);
  expect(ticket?.topic).toBe('report_pothole');
  expect([ticket?.words, ...(ticket?.said ?? [])]).toEqual([
    'nid de poule au 3 rue Thiers',
    'vous êtes vraiment des incapables, trois fois que je le signale',
    'il y a aussi un tag sur le mur de la poste',
  ]);
});

test('a correction that turns out to be a second request is kept with the first', async () => {
  const ana = await visitor();
  await ana.says('nid de poule au 3 rue Thiers');
  await ana.hears(/photo/);
  await ana.says('en fait il y a aussi un tag sur le mur');
  await ana.hears(/remplacer/);
  await ana.says('non');
  await ana.hears(/noté aussi/);
  await ana.says('envoyer');
  await ana.hears(/[0-9A-Z]{4}-[0-9A-Z]{4}/);
  const [ticket] = await ticketsOf(ana.conversation);
  expect(ticket?.said).toEqual(['en fait il y a aussi un tag sur le mur']);
});
