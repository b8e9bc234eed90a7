/** What is hard to ask: a death in the family is met with care and the steps to take; who answers here, and where the words go. */
import { createCitizen } from '../support/citizen';
import { useCityHall } from '../support/use-city-hall';

const { hall } = useCityHall();

const visitor = (locale: string) => createCitizen(hall.url, { locale });

test.each([
  ['fr', 'ma mère est décédée cette nuit'],
  ['fr', 'mon mari est mort ce matin à la maison'],
  ['fr', 'ma belle-sœur est décédée à la clinique hier soir, je ne sais pas par où commencer'],
  ['en', 'my mother died last night'],
  ['en', 'my husband passed away, what do I have to do'],
])('%s: "%s" is answered with care: who certifies, who declares, who helps', async (locale, words) => {
  const ana = await visitor(locale);
  await ana.says(words);
  const told = await ana.hears(/sincèrement désolés|truly sorry/);
  expect(told).toMatch(/certificat de décès|death certificate/);
  expect(told).toMatch(/24 h/);
  expect(told).toMatch(/01 99 00 10 21/);
  expect(ana.choices()).toEqual([]);
});

test('who only needs the record is told how to get it', async () => {
  const ana = await visitor('fr');
  await ana.says('comment obtenir un acte de décès pour la banque');
  expect(await ana.hears(/acte de décès est gratuit/)).not.toMatch(/désolés/);
});

test.each([
  ['fr', 'vous êtes un robot ou une personne ?'],
  ['fr', "c'est qui qui vous a fabriqué"],
  ['fr', 'et mes messages ils vont où ?'],
  ['en', 'am I talking to a robot?'],
  ['en', 'who made this bot'],
  ['en', 'where do my words go?'],
])('%s: "%s" is answered plainly: a program, whose, who reads, where to read more, and a person', async (locale, words) => {
  const ana = await visitor(locale);
  await ana.says(words);
  const told = await ana.hears(/programme et non une personne|program and not a person/);
  expect(told).toMatch(/intelligence artificielle|artificial intelligence/);
  expect(told).toMatch(/Guichet/);
  expect(told).toMatch(/agents peuvent les lire|staff can read them/);
  expect(told).toMatch(/https:\/\/www\.bellerive\.example\/donnees-personnelles/);
  expect(ana.choices()).toEqual([locale === 'fr' ? 'Parler à une personne' : 'Talk to a person']);
});
