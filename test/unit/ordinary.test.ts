/**
 * What is ordinary is data of each language: nothing of a town decides what is heard as danger, and no phrase teaches that
 * words of danger are harmless.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Topic } from '../../src/domain/topic/topic';
import { openTowns } from '../../src/towns';
import { createPlaceFinder, createUnderstanding, readPack, wordsOf } from '../../src/understanding';
import { judgeDanger, weighDanger } from '../../src/understanding/danger/danger-detector';
import { dangerPhrasesOf } from '../../src/understanding/danger/danger-phrases';
import { rulesOf } from '../../src/understanding/danger/rules';
import { teachDanger, withClues } from '../../src/understanding/danger/teach-danger';
import { createClassifier } from '../../src/understanding/learning/classifier';

const ROOT = join(__dirname, '../..');
const packOf = (code: string) => {
  const read = (name: string) => parse(readFileSync(join(ROOT, 'locales', code, name), 'utf8'));
  return readPack({ ...read('pack.yml'), ordinary: read('ordinary.yml') }, join(ROOT, 'locales', code, 'pack.yml'));
};

test.each(['en', 'es', 'fr'])(
  'of what is ordinary in "%s" nothing sounds like danger to a bot that has not learnt it',
  (code) => {
    const pack = packOf(code);
    const { ordinary } = pack.danger;
    expect(ordinary.length).toBeGreaterThan(500);
    expect(new Set(ordinary).size).toBe(ordinary.length);
    const rules = rulesOf(pack);
    const ruled = ordinary.filter((text) => rules.danger(wordsOf(text)) !== null);
    const others = ordinary.filter((text) => !ruled.includes(text));
    const clues = { [code]: pack.danger.clues };
    const taught = teachDanger(
      dangerPhrasesOf({ [code]: { ...pack, danger: { ...pack.danger, ordinary: others } } }),
      { [code]: pack },
      clues,
    );
    const classifier = createClassifier(withClues({ [code]: pack }, clues), taught);
    const taken = ruled.filter((text) => {
      const words = wordsOf(text);
      return (
        weighDanger(rules.danger(words), judgeDanger(classifier, text, words, 400, code), false, words.length).danger !== null
      );
    });
    expect(taken).toEqual([]);
  },
  120_000,
);

test('a town that adds a topic full of words of danger hears danger as before', async () => {
  const towns = await openTowns({ townsDir: join(ROOT, 'towns'), localesDir: join(ROOT, 'locales') });
  const town = towns.get('saint-aubin')!;
  const topics = towns.topics('saint-aubin');
  const alarming = ['il y a le feu dans la cuisine', 'ça sent le gaz', 'mon mari me frappe', 'my house is on fire'];
  const drill: Topic = { ...topics[0]!, id: 'ask_drill', phrases: { fr: alarming.slice(0, 3), en: alarming.slice(3) } };
  const begin = (some: Topic[]) =>
    createUnderstanding({
      towns: [{ town, topics: some }],
      packs: Object.fromEntries(towns.locales().map(({ code, pack }) => [code, readPack(pack, `locales/${code}/pack.yml`)])),
      phrases: Object.fromEntries(towns.locales().map(({ code, controlPhrases }) => [code, controlPhrases])),
      foreign: towns.foreign(),
      places: createPlaceFinder,
      cacheDir: join(ROOT, 'node_modules/.cache/guichet-models'),
    });
  const hearing = await Promise.all([begin(topics), begin([...topics, drill])]);
  const messages = [
    ...alarming,
    'y a le feu chez ma voisine',
    'une odeur de gaz dans la rue',
    'un arbre est tombé',
    'fuite d’eau sur le trottoir',
  ];
  for (const text of messages) {
    const [before, after] = await Promise.all(
      hearing.map(async (one) => {
        const { danger, perhapsDanger } = await one.hear(text, { town: town.id, prior: 'fr', now: new Date(0) });
        return { text, danger, perhapsDanger };
      }),
    );
    expect(after).toEqual(before);
  }
  expect((await hearing[1]!.hear(alarming[0]!, { town: town.id, prior: 'fr', now: new Date(0) })).danger).toBe('fire');
  await Promise.all(hearing.map((one) => one.close()));
}, 120_000);
