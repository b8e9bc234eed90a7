/** Towns are learnt one after the other; who is written to is learnt next, and what was learnt once is not learnt again. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Topic } from '../../src/domain/topic/topic';
import type { Town } from '../../src/domain/town';
import { beginUnderstanding, createPlaceFinder, readPack } from '../../src/understanding';

const file = join(__dirname, '../../locales/fr/pack.yml');
const written = parse(readFileSync(file, 'utf8'));
const packWith = (sentences: object) => readPack({ ...written, danger: { ...written.danger, sentences } }, file);
/** More than are learnt at a time. */
const COUNT = availableParallelism() + 2;

const topic = (id: string, ...phrases: string[]) =>
  ({ id, kind: 'question', title: { fr: id }, phrases: { fr: phrases } }) as unknown as Topic;
const townOf = (n: number) => ({
  town: {
    id: `town-${n}`,
    country: 'FR',
    timeZone: 'Europe/Paris',
    languages: ['fr'],
    streets: [],
    landmarks: [],
  } as unknown as Town,
  topics: [
    topic('water', `fuite d'eau numéro ${n}`, "ma facture d'eau", "l'eau est coupée"),
    topic('pool', 'la piscine est fermée ?', 'horaires de la piscine', 'prix de la piscine'),
  ],
});

let cacheDir: string;
beforeEach(() => {
  cacheDir = mkdtempSync(join(tmpdir(), 'guichet-learning-'));
});
afterEach(() => rmSync(cacheDir, { recursive: true, force: true }));

const kept = () => readdirSync(cacheDir).filter((name) => name.endsWith('.model'));

const begin = (sentences = {}) =>
  beginUnderstanding({
    towns: Array.from({ length: COUNT }, (_, n) => townOf(n)),
    packs: { fr: packWith(sentences) },
    phrases: { fr: {} },
    foreign: [],
    places: createPlaceFinder,
    cacheDir,
  });

test('a town that somebody writes to does not wait for the others, and is heard at once from then on', async () => {
  const understanding = begin();
  const order: string[] = [];
  const ids = Array.from({ length: COUNT }, (_, n) => `town-${n}`);
  const [wanted] = ids.slice(-1) as [string];
  // All are asked for, it last: it is the next one.
  const all = ids.map((id) => understanding.learning(id)!.then(() => order.push(id)));
  await understanding.learnt;
  await Promise.all(all);
  expect(order).toHaveLength(COUNT);
  expect(order.indexOf(wanted)).toBeLessThan(COUNT - 1);
  expect(understanding.learning(wanted)).toBeNull();
  const heard = await understanding.hear('ma facture est fausse', { town: wanted, prior: 'fr', now: new Date(0) });
  expect(heard.intents[0]?.topic).toBe('water');
  await understanding.close();
});

test('what was learnt is kept part by part: a new sentence of danger is no reason to learn topics again', async () => {
  const learn = async (sentences = {}) => {
    const understanding = begin(sentences);
    await understanding.learnt;
    // Whoever closes waits until what was learnt is kept.
    await understanding.close();
    return kept();
  };
  const first = await learn();
  expect(first.length).toBeGreaterThanOrEqual(COUNT);
  expect(await learn()).toEqual(first);
  const more = await learn({ fire: ['il y a le feu'], none: ['le feu rouge est cassé'] });
  expect(more).toEqual(expect.arrayContaining(first));
  // Danger is learnt once for all towns of a language.
  expect(more).toHaveLength(first.length + 1);
});

test('a town that is not there is nobody’s to wait for', async () => {
  const understanding = begin();
  expect(understanding.learning('nowhere')).toBeNull();
  await understanding.learnt;
  await understanding.close();
});
