/**
 * Somebody is in danger: each kind has its own first sentence and numbers; a child is spoken to as one; what was being asked
 * waits; no sentence is said a third time, and whom to call does not change.
 */
import { type Citizen, createCitizen } from '../support/citizen';
import { useCityHall } from '../support/use-city-hall';

const { hall } = useCityHall({ at: '2026-10-13T08:12:00Z' });

const visitor = (locale = 'fr') => createCitizen(hall.url, { locale });
const numbersOf = (ana: Citizen) =>
  (
    ana.heard().findLast(({ suggestedActions }) => suggestedActions?.actions.some(({ type }) => type === 'call'))
      ?.suggestedActions?.actions ?? []
  )
    .filter(({ type }) => type === 'call')
    .map(({ title }) => title);

test.each([
  ["j'en peux plus, ce soir j'ai envie de mourir", /^Appelez le 3114/, ['3114', '15', '112']],
  ['mon mari me frappe quand il a bu, je ne sais plus quoi faire', /17.*114.*3919/s, ['17', '3919']],
  ['la voisine bat son petit garçon tous les soirs', /^Appelez le 119/, ['119', '17']],
  ['mon bébé a avalé une pile', /^Appelez tout de suite le 15/, ['15', '112']],
  ['mon fils de 4 ans a disparu au marché', /^Appelez tout de suite le 17/, ['17', '112', '116 000']],
  ["l'eau monte dans la maison, on est coincés à l'étage", /18/, ['18', '112']],
  ['un bidon a fui et ça pique les yeux, les gens toussent', /18/, ['18', '112']],
])('"%s" is answered with whom to call', async (text, first, numbers) => {
  const ana = await visitor();
  await ana.says(text);
  expect(await ana.hears()).toMatch(first);
  expect(numbersOf(ana)).toEqual(numbers);
  const alarm = ana.heard().find(({ importance }) => importance === 'high');
  for (const { title, value } of alarm?.suggestedActions?.actions.filter(({ type }) => type === 'call') ?? [])
    expect([value, alarm?.text?.includes(title)]).toEqual([`tel:${title.replaceAll(' ', '')}`, true]);
});

test('whoever thinks of dying is told one thing in one breath, and can ask for a person', async () => {
  const ana = await visitor();
  const before = ana.heard().length;
  await ana.says('je veux en finir avec la vie');
  const said = await ana.hears(/3114/);
  expect(ana.heard().length - before).toBe(1);
  expect(said).not.toMatch(/^- |signaler|lampadaire/m);
  await ana.says('non');
  expect(await ana.hears(/3114/)).not.toMatch(/tant mieux/i);
  await ana.says('une personne');
  await ana.hears(/message|rappel/i);
});

test('a child is spoken to as a child', async () => {
  const ana = await visitor();
  await ana.says("j'ai 11 ans et mon beau-père me tape tous les jours");
  const said = await ana.hears(/^Appelle le 119/);
  expect(said).not.toMatch(/\bvous\b/i);
  await ana.says('je dois faire quoi ?');
  expect(await ana.hears(/119/)).not.toMatch(/\bvous\b|Appelez/);
});

test('what was being asked waits, and goes on only when the citizen comes back to it', async () => {
  const ana = await visitor();
  await ana.says('je veux signaler un lampadaire éteint rue Pasteur');
  await ana.hears();
  await ana.says('oh non il y a le feu dans la cuisine');
  expect(await ana.hears(/18/)).not.toMatch(/numéro|repère|photo/i);
  await ana.says('que dois-je faire ?');
  await ana.hears(/ascenseur/);
  await ana.says('c fait');
  expect(await ana.hears(/bien reçu/i)).not.toMatch(/numéro|repère|photo/i);
  await ana.says('devant le 12');
  await ana.hears(/12 rue Pasteur/);
});

test('no sentence is said a third time, and whom to call stays the same', async () => {
  const ana = await visitor();
  const before = ana.heard().length;
  const calls: string[][] = [];
  for (const text of [
    'il y a le feu chez mon voisin',
    'ça brûle de plus en plus',
    'il y a des blessés je crois',
    'les flammes sortent de la fenêtre',
    'vite ça crame',
    'il y a de la fumée partout',
  ]) {
    await ana.says(text);
    await ana.hears(/\b18\b/);
    calls.push(numbersOf(ana));
  }
  expect(new Set(calls.map(String)).size).toBe(1);
  const said = ana
    .heard()
    .slice(before)
    .map(({ text }) => text ?? '');
  for (const text of said) expect(said.filter((one) => one === text).length).toBeLessThanOrEqual(2);
});

test('when the danger has gone, it is said what to do if it comes back', async () => {
  const ana = await visitor();
  await ana.says('un homme avec un couteau menace les gens dans la rue');
  await ana.hears(/17/);
  await ana.says('il est parti');
  await ana.hears(/recommence.*17/s);
});

const AFTERWARDS: Array<[locale: string, danger: string, ...turns: Array<[words: string, answered: RegExp]>]> = [
  [
    'fr',
    'un homme avec un couteau menace les gens dans la rue',
    ['il est parti', /recommence.*17/s],
    ['il revient !!', /abri.*17/s],
    ['je les ai appelés', /^Bien reçu/],
    ['ils sont en route', /^Bien reçu/],
  ],
  [
    'en',
    'my husband collapsed and he is not breathing',
    ['I called 15', /^Understood/],
    ['they are on their way', /^Understood/],
    ['he is better', /^Good\./],
  ],
];

test.each(AFTERWARDS)('in "%s", what is said after "%s" is still about it', async (locale, danger, ...turns) => {
  const ana = await visitor(locale);
  await ana.says(danger);
  await ana.hears(/112/);
  for (const [words, answered] of turns) {
    await ana.says(words);
    await ana.hears(answered);
  }
});

test('after a danger its last words are no answer to the form that waits, and later words are', async () => {
  const ana = await visitor();
  await ana.says('je veux signaler un dépôt sauvage rue Pasteur');
  await ana.hears();
  await ana.says('attendez il y a le feu dans le tas de cartons !!');
  await ana.hears(/18/);
  await ana.says('les pompiers sont là');
  await ana.hears(/^Bien reçu/);
  await ana.says("c'est bon ils ont éteint");
  expect(await ana.hears(/recommence/)).toMatch(/Pour revenir à votre demande.*rue Pasteur/s);
  await ana.says('devant le 12');
  await ana.hears(/12 rue Pasteur/);
});

test('whoever cannot swim is not told what the assistant can do', async () => {
  const ana = await visitor();
  await ana.says('un homme se noie dans le canal');
  await ana.hears(/18/);
  await ana.says('je sais pas nager');
  expect(await ana.hears(/18/)).not.toMatch(/signalement|je sais faire/i);
});

test('whoever thinks of dying and has taken something is told to call now', async () => {
  const ana = await visitor();
  await ana.says("je n'ai plus envie de vivre");
  await ana.hears(/^Appelez le 3114/);
  await ana.says("j'ai pris des cachets");
  await ana.hears(/^Appelez le 15 ou le 112 maintenant/);
  await ana.says('une boîte entière');
  expect(await ana.hears(/3114/)).not.toMatch(/fausse alerte/i);
});

test('somebody else who wants to jump is in danger, and not beaten', async () => {
  const ana = await visitor();
  await ana.says('mon frère veut sauter du pont');
  expect(await ana.hears(/15|3114/)).not.toMatch(/abri/);
  await ana.says('la police est avec lui');
  await ana.hears(/^Bien reçu/);
});

test.each([
  {
    locale: 'fr',
    report: 'je veux signaler un banc cassé rue Pasteur',
    turns: ["un homme vient de s'effondrer, il ne bouge plus", "j'ai appelé"],
    resume: 'on reprend mon signalement',
  },
  {
    locale: 'en',
    report: 'I want to report a broken bench on rue Pasteur',
    turns: ['wait a man just collapsed here', 'yes I called'],
    resume: 'carry on with the bench',
  },
])(
  'in "$locale", after a danger the form goes on where it stood when that is asked for',
  async ({ locale, report, turns, resume }) => {
    const ana = await visitor(locale);
    await ana.says(report);
    await ana.hears(/rue Pasteur/);
    for (const text of turns) {
      await ana.says(text);
      expect(await ana.hears()).not.toMatch(/rue Pasteur/);
    }
    await ana.says(resume);
    await ana.hears(/rue Pasteur/);
  },
);

test('whoever lives with it hears nothing of false alarms, and is not asked what they want a person for', async () => {
  const ana = await visitor();
  await ana.says("je n'ai plus envie de vivre");
  await ana.hears(/^Appelez le 3114/);
  await ana.says('à quoi bon');
  await ana.hears(/3114/);
  await ana.says("personne ne peut m'aider");
  expect(await ana.hears(/continuer à m'écrire.*3114/s)).not.toMatch(/fausse alerte/i);
  await ana.says('je veux juste parler à quelqu’un');
  expect(await ana.hears(/3114|e-mail|téléphone/)).not.toMatch(/quel est le sujet/i);
});

test.each([
  ['fr', 'un homme avec un couteau menace les gens dans la rue', 'non je rigole mdr', /tant mieux/i],
  ['en', 'there is a fire in my kitchen', 'lol jk', /^Good\./],
  ['es', 'hay un incendio en mi cocina', 'era broma', /me alegro|tanto mejor/i],
] as const)('in "%s", whoever only joked is told so: "%s", "%s"', async (locale, danger, taken, answered) => {
  const ana = await visitor(locale);
  await ana.says(danger);
  await ana.hears(/112/);
  await ana.says(taken);
  await ana.hears(answered);
});

const WITH_A_KNIFE = {
  fr: 'un homme avec un couteau menace les gens dans la rue',
  en: 'a man with a knife is threatening people in the street',
  es: 'un hombre con un cuchillo amenaza a la gente en la calle',
};
/** A false alarm, a danger that is over, help that was called. */
const CLOSED = /^(Tant mieux|Good|Por suerte|Me alegro|Menos mal|Bien|Understood|Entendido)[.,! ]/;

// Each of these contains words that end a danger, and ends none.
test.each([
  ['fr', "ce n'est pas une blague"],
  ['fr', 'je rigole pas du tout'],
  ['fr', 'il est parti chercher une arme'],
  ['fr', 'elle est partie mais il est toujours là'],
  ['fr', "j'ai appelé mais personne ne répond"],
  ['en', "i'm not joking"],
  ['en', "he's gone to get a gun"],
  ['en', "she hasn't woken up"],
  ['en', "it's not over"],
  ['en', 'i called but nobody answers'],
  ['es', 'no es broma'],
  ['es', 'he llamado y nadie contesta'],
] as const)('in "%s", "%s" leaves nobody alone with it', async (locale, text) => {
  const ana = await visitor(locale);
  await ana.says(WITH_A_KNIFE[locale]);
  await ana.hears(/112/);
  await ana.says(text);
  expect(await ana.hears(/17|112/)).not.toMatch(CLOSED);
});

test('a doubt is said in the first line, then the rest is answered', async () => {
  const ana = await visitor('en');
  await ana.says('my son came off the climbing frame, his arm is bent the wrong way');
  const [first, ...rest] = (await ana.hears()).split('\n');
  expect(first).toMatch(/^If somebody is in danger, call 112/);
  expect(rest.join()).not.toBe('');
});

test('to whoever may think of dying nothing else is said beside', async () => {
  const ana = await visitor();
  await ana.says('je me coupe les bras tous les soirs, je ne sais plus comment arrêter');
  const said = await ana.hears(/3114/);
  expect(said.split('\n')).toHaveLength(1);
});

test.each([
  "la queue à la mairie c'est un enfer",
  'le potelet a été renversé par une voiture la semaine dernière',
  'y a-t-il un cours de premiers secours ?',
  "que faire en cas d'inondation ?",
  'mon père a eu un infarctus en mars, a-t-il droit à une carte de stationnement ?',
  'je suis mort de rire',
])('"%s" raises nothing', async (text) => {
  const ana = await visitor();
  await ana.says(text);
  await ana.hears();
  expect(ana.heard().filter(({ importance }) => importance === 'high')).toEqual([]);
});

test.each([
  [
    'fr',
    'un lampadaire ne marche plus',
    'attendez là y a un monsieur par terre qui ne répond plus',
    /^Appelez tout de suite le 15/,
  ],
  ['fr', 'nid de poule rue Pasteur', 'il me court après avec une barre de fer', /17/],
  ['en', 'a street light is broken', "wait my dad's just collapsed in the kitchen", /^Call 15/],
])('%s: after "%s", "%s" is told in the middle of a form as anywhere', async (locale, first, reply, told) => {
  const ana = await visitor(locale);
  await ana.says(first);
  await ana.hears();
  await ana.says(reply);
  expect(await ana.hears()).toMatch(told);
});
