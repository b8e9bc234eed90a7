/**
 * What is not the town's: whose it is, where to write and call, who checked it; counted, so that the town sees what it is
 * asked. What nobody understands is offered a person, never streetlamps.
 */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { createCitizen } from '../support/citizen';
import { useCityHall } from '../support/use-city-hall';

const { hall, rows } = useCityHall({ at: '2026-10-13T08:12:00Z' });

const visitor = (locale = 'fr') => createCitizen(hall.url, { locale });

test('another office: whose it is, what it does, site, phone, and who checked it when', async () => {
  const ana = await visitor();
  await ana.says('jai déménagé je dois refaire ma carte grise ?');
  const told = await ana.hears(/France Titres/);
  expect(told).toMatch(/ne dépend pas de la mairie/);
  expect(told).toMatch(/^Site : https:\/\/immatriculation\.ants\.gouv\.fr$/m);
  expect(told).toMatch(/^Téléphone : 34 00$/m);
  expect(told).toMatch(/Vérifié le 1er septembre 2026 par l'accueil de la mairie/);
});

test('the same in English, without a phone where the office has none', async () => {
  const ana = await visitor('en');
  await ana.says('my MDPH application has been waiting since May');
  const told = await ana.hears(/MDPH/);
  expect(told).toMatch(/not up to the town hall/);
  expect(told).not.toMatch(/Phone:/);
});

test.each([
  ['fr', 'la caf ma pas versé mon rsa ce mois ci', /CAF/],
  ['fr', 'je comprends rien à mon avis de taxe foncière', /Finances publiques/],
  ['fr', 'jai perdu ma carte vitale hier', /CPAM/],
  ['fr', 'mon titre de sejour expire le mois prochain', /service des étrangers/],
  ['fr', 'encore une coupure de courant chez moi', /Enedis/],
  ['en', 'my parcel never arrived', /La Poste/],
  ['en', 'how do I register as unemployed', /France Travail/],
  ['en', 'my landlord refuses to give the deposit back', /ADIL/],
])('%s: "%s" is whose it is', async (locale, text, office) => {
  const ana = await visitor(locale);
  await ana.says(text);
  await ana.hears(office);
});

test.each([
  ['fr', 'je dois refaire ma carte grise', /France Titres[\s\S]*Vérifié .* par le secrétariat de mairie/],
  ['fr', "la caf ne m'a pas versé mon rsa", /CAF/],
  ['en', 'my parcel never arrived', /La Poste/],
])('a small town that borrows the files says the same: %s "%s"', async (locale, text, office) => {
  const ana = await createCitizen(hall.url, { town: 'saint-aubin', locale });
  await ana.says(text);
  await ana.hears(office);
});

test.each([
  ['fr', "carte d'identité comment on fait", /« Carte d'identité » : je n'ai rien de vérifié/],
  ['fr', "inscrire ma fille à l'école", /vie scolaire » : je n'ai rien de vérifié/],
  ['fr', "l'eau est marron au robinet depuis ce matin", /eau.* » : je n'ai rien de vérifié/],
  ['en', "my bin wasn't emptied this week", /bin”: I have nothing verified/],
])('what a small town is asked and has no file about goes to nobody else: %s "%s"', async (locale, text, told) => {
  const ana = await createCitizen(hall.url, { town: 'saint-aubin', locale });
  await ana.says(text);
  const heard = await ana.hears(told);
  expect(heard).not.toMatch(/ne dépend pas de la mairie|not up to the town hall/);
  expect(heard).toMatch(/01 99 00 41 00/);
});

test('the person who is offered instead has the question, and so have those who write the answers', async () => {
  const ana = await createCitizen(hall.url, { town: 'saint-aubin', locale: 'fr' });
  await ana.says('je cherche une assistante maternelle pour mon fils');
  await ana.hears(/petite enfance » : je n'ai rien de vérifié/);
  await ana.says('Parler à une personne');
  await ana.hears(/numéro|adresse e-mail|une personne/i);
  const missed = (await rows.database.collection('misses').find({ town: 'saint-aubin' })).map(({ words }) => words);
  expect(missed).toContain('je cherche une assistante maternelle pour mon fils');
});

test('and what is its own stays its own', async () => {
  const ana = await createCitizen(hall.url, { town: 'saint-aubin', locale: 'fr' });
  await ana.says('le lampadaire devant chez moi ne marche plus');
  expect(await ana.hears()).not.toMatch(/ne dépend pas de la mairie/);
});

test.each([
  ['le lampadaire devant chez moi est éteint', /éclairage|lampadaire/i],
  ["renouveler ma carte d'identité", /pré-demande/],
  ['inscrire ma fille à la cantine', /cantine/i],
  ["j'ai eu une amende de stationnement dans ma rue", /FPS|stationnement/i],
  ['inscription école maternelle', /école/i],
])('"%s" stays the town’s', async (text, expected) => {
  const ana = await visitor();
  await ana.says(text);
  expect(await ana.hears(expected)).not.toMatch(/ne dépend pas de la mairie/);
});

test('half heard, the office is among what is offered, and chosen it is told', async () => {
  const ana = await visitor();
  await ana.says('mon facteur passe trop tard');
  await ana.hears(/Est-ce que c'est/);
  expect(ana.choices()).toContain('La Poste, colis et courrier');
  await ana.says('La Poste, colis et courrier');
  await ana.hears(/36 31/);
});

test('the town sees how often each office was asked for', async () => {
  const before = await asked('other_notary');
  for (const text of ['qui contacter pour régler une succession', 'je cherche un notaire pour un testament']) {
    const ana = await visitor();
    await ana.says(text);
    await ana.hears(/Notaires/);
  }
  expect((await asked('other_notary')) - before).toBe(2);
});

test('below the floor a person is offered and nothing else, and after a miss no second question', async () => {
  const ana = await visitor();
  await ana.says('zorglub patamousse de la biquette');
  await ana.hears(/autres mots|assistant automatique/);
  expect(ana.choices()).toEqual(['Parler à une personne', 'Aide']);
  await ana.says('patamousse zorglub');
  await ana.hears(/personne/);
  expect(ana.choices()).toEqual(['Parler à une personne', 'Aide']);
});

test('chatter is told what this is for', async () => {
  const ana = await visitor('en');
  await ana.says('tell me a joke about cats');
  await ana.hears(/automatic assistant.*report a problem/);
  expect(ana.choices()).not.toContain('Broken street light');
});

async function asked(topic: string): Promise<number> {
  const tool = join(__dirname, '../../dist/tools/ticket.js');
  const env = { ...process.env, DATA_DIR: hall.dataDir };
  const { stdout } = await promisify(execFile)(process.execPath, [tool, 'elsewhere', '--days', '36500'], { env });
  return Number(new RegExp(`^ *(\\d+) {2}bellerive {2}${topic} `, 'm').exec(stdout)?.[1] ?? 0);
}
