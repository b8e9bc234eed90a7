/**
 * What is learnt from phrases: the same from the same phrases, small enough to carry, as exact
 * after features are brought together as before, and slips of the finger read as they were meant.
 */

import { join } from 'node:path';
import { serialize } from 'node:v8';
import { openTowns, type Towns } from '../../src/towns';
import {
  createClassifier,
  type LanguagePack,
  officePhrasesOf,
  type Phrase,
  phrasesOf,
  readPack,
  teach,
  wordsOf,
} from '../../src/understanding';
import { dangerPhrasesOf } from '../../src/understanding/danger/danger-phrases';
import { teachDanger } from '../../src/understanding/danger/teach-danger';
import { teachLanguages } from '../../src/understanding/language/teach-languages';
import { BLOCK_WEIGHTS, featuresOf } from '../../src/understanding/learning/features';
import { openModel } from '../../src/understanding/learning/model';
import { fitNaiveBayes } from '../../src/understanding/learning/naive-bayes';
import { learn } from '../../src/understanding/learning/svm';
import { fitVectorizer, openVectorizer } from '../../src/understanding/learning/vectorizer';
import { createSpellingCorrector, vocabularyOf } from '../../src/understanding/text/spelling';
import { createWordReader } from '../../src/understanding/topics/examples';
import { ABROAD, foreignPhrases } from '../../src/understanding/topics/foreign-phrases';
import { PLAIN, train } from '../../src/understanding/topics/training';

const ROOT = join(__dirname, '../..');
const MEGABYTE = 1_000_000;
let towns: Towns;

beforeAll(async () => {
  towns = await openTowns({ townsDir: join(ROOT, 'towns'), localesDir: join(ROOT, 'locales') });
});

const wordsIn = (text: string) => wordsOf(text).map((word) => word.text);
const readWord = createWordReader({ stemmer: 'none' });
const readingIn = (text: string) => wordsIn(text).map(readWord);
const featuresIn = (text: string) => featuresOf(readingIn(text));
const packs = () =>
  Object.fromEntries(towns.locales().map(({ code, pack }) => [code, readPack(pack, `locales/${code}/pack.yml`)]));

const SAID: Array<[string, string]> = [
  ['lamp', 'le lampadaire est cassé'],
  ['lamp', 'plus de lumière dans la rue'],
  ['lamp', 'le lampadaire clignote la nuit'],
  ['lamp', 'la lampe de la place est grillée'],
  ['bin', 'ma poubelle n’a pas été vidée'],
  ['bin', 'le bac jaune est plein'],
  ['bin', 'les éboueurs ne sont pas passés'],
  ['bin', 'on a volé ma poubelle'],
  ['tree', 'un arbre est tombé'],
  ['tree', 'une branche menace de tomber'],
  ['tree', 'la haie cache le panneau'],
  ['out_of_scope', 'quel temps fait-il'],
  ['out_of_scope', 'raconte une blague'],
];
const PHRASES: Phrase[] = SAID.map(([label, text]) => ({ label, text, language: 'fr' }));

describe('the vectorizer', () => {
  const texts = SAID.map(([, text]) => text);

  it('has fewer columns than features, and every phrase keeps its length in each block', () => {
    const { vectorizer: data } = fitVectorizer(texts.map(readingIn), 1);
    expect(data.idf.length).toBeLessThan(data.hashes.length / 2);
    const vectorizer = openVectorizer(data);
    for (const text of texts) {
      const { ids, values } = vectorizer.vector(featuresIn(text));
      const squares = [0, 0, 0];
      ids.forEach((id, at) => {
        squares[data.blocks[id]!]! += values[at]! ** 2;
      });
      squares.forEach((square, block) => {
        expect(Math.sqrt(square)).toBeCloseTo(BLOCK_WEIGHTS[block]!, 4);
      });
    }
  });

  it('likens phrases exactly as if each feature stood alone', () => {
    const together = openVectorizer(fitVectorizer(texts.map(readingIn), 1).vectorizer);
    const alone = lettersAndWordsApart(texts);
    for (const one of texts) {
      for (const other of texts) {
        const expected = alone(one, other);
        expect(product(together.vector(featuresIn(one)), together.vector(featuresIn(other)))).toBeCloseTo(expected, 4);
      }
    }
  });

  it('takes a message of nothing known, and an empty one', () => {
    const vectorizer = openVectorizer(fitVectorizer(texts.map(readingIn), 1).vectorizer);
    expect(vectorizer.vector(featuresIn('xyzzy qwqwqw')).ids.length).toBeLessThan(3);
    expect(vectorizer.coverage(featuresIn('xyzzy'))).toBe(0);
    expect(vectorizer.vector(featuresOf([])).ids).toHaveLength(0);
  });
});

describe('the learner', () => {
  const labels = [...new Set(SAID.map(([label]) => label))];
  const owner = Uint16Array.from(SAID, ([label]) => labels.indexOf(label));
  const { vectorizer, rows } = fitVectorizer(
    SAID.map(([, text]) => readingIn(text)),
    1,
  );
  const size = vectorizer.idf.length;
  const vectorOf = (text: string) => openVectorizer(vectorizer).vector(featuresIn(text));
  const bestOf = (margins: Float32Array) => labels[margins.indexOf(Math.max(...margins))];

  it('tells its own phrases apart, and its margins are its weights times what was said', () => {
    const learner = learn(rows, owner, labels.length, size);
    for (const [label, text] of SAID) {
      const vector = vectorOf(text);
      const margins = learner.margins(vector);
      expect(bestOf(margins)).toBe(label);
      const byHand = Float64Array.from(learner.weightsOf(size));
      vector.ids.forEach((id, at) => {
        learner.weightsOf(id).forEach((weight, own) => {
          byHand[own]! += weight * vector.values[at]!;
        });
      });
      margins.forEach((margin, own) => {
        expect(margin).toBeCloseTo(byHand[own]!, 4);
      });
    }
  });

  it('finds the weights that can be worked out by hand', () => {
    // Two opposite examples: w² / 2 + 2 C (1 - w)² is least at 4 C / (1 + 4 C), and neither side is leant to.
    const opposite = { starts: Int32Array.of(0, 1, 2), ids: Int32Array.of(0, 0), values: Float32Array.of(1, -1) };
    for (const cost of [0.25, 1, 4]) {
      const learner = learn(opposite, Uint16Array.of(0, 1), 2, 1, { cost, rounds: 200 });
      const weight = (4 * cost) / (1 + 4 * cost);
      expect([...learner.weightsOf(0)].map((value) => Math.round(value * 1e4))).toEqual(
        [weight, -weight].map((value) => Math.round(value * 1e4)),
      );
      for (const bias of learner.weightsOf(1)) expect(bias).toBeCloseTo(0, 4);
    }
  });

  it('learns again without some phrases as if they had never been', () => {
    const isTree = Uint8Array.from(SAID, ([label]) => (label === 'tree' ? 1 : 0));
    const learner = learn(rows, owner, labels.length, size);
    learner.relearn(isTree, 8);
    const tree = labels.indexOf('tree');
    expect(learner.margins(vectorOf('un arbre est tombé'))[tree]).toBeLessThan(-0.5);
    expect(bestOf(learner.margins(vectorOf('le lampadaire est cassé')))).toBe('lamp');
  });

  it('counts what a word speaks for, and nothing where it speaks for all alike', () => {
    const speaksFor = fitNaiveBayes(rows, owner, labels.length, size);
    const told = (text: string) => {
      const weights = new Float32Array(labels.length);
      for (const id of vectorOf(text).ids) speaksFor(id, weights);
      return weights;
    };
    expect(bestOf(told('lampadaire'))).toBe('lamp');
    expect(bestOf(told('poubelle'))).toBe('bin');
    for (const text of ['lampadaire', 'poubelle', 'tombé'])
      expect(told(text).reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(0, 4);
    const without = fitNaiveBayes(
      rows,
      owner,
      labels.length,
      size,
      Uint8Array.from(SAID, ([label]) => (label === 'lamp' ? 1 : 0)),
    );
    const weights = new Float32Array(labels.length);
    for (const id of vectorOf('poubelle').ids) without(id, weights);
    expect(bestOf(weights)).toBe('bin');
  });
});

describe('teaching', () => {
  it('gives the same from the same phrases, and hears them', () => {
    const own = { fr: packs().fr! };
    expect(serialize(teach(PHRASES, own)).equals(serialize(teach(PHRASES, own)))).toBe(true);
    const classifier = createClassifier(own, teach(PHRASES, own));
    for (const [label, text] of SAID) expect(classifier.sort(wordsIn(text), 'fr').intents[0]!.topic).toBe(label);
  });

  it('offers topics, not the lack of one, after the first', () => {
    const own = { fr: packs().fr! };
    const classifier = createClassifier(own, teach(PHRASES, own));
    const { intents } = classifier.sort(wordsIn('la lampe de la poubelle'), 'fr');
    expect(intents.slice(1).map(({ topic }) => topic)).not.toContain('out_of_scope');
    expect(intents).toHaveLength(3);
  });

  it('keeps the demo town’s models within 10 MB, what danger sounds like for all towns within 6, what languages do within 2', () => {
    const topics = towns.topics('bellerive');
    const controls = Object.fromEntries(towns.locales().map(({ code, controlPhrases }) => [code, controlPhrases]));
    const phrases = phrasesOf(topics, controls, ['fr', 'en']);
    const offices = officePhrasesOf(topics, controls, { languages: ['fr', 'en'], unfiled: [] });
    const abroad = foreignPhrases(topics, ['fr', 'en'], towns.foreign());
    const trained = train({ phrases, packs: packs(), abroad, offices }, ['topics', 'abroad', 'offices']);
    expect(serialize(trained).byteLength).toBeLessThan(10 * MEGABYTE);
    const { en, fr } = packs() as Record<'fr' | 'en', LanguagePack>;
    const clues = { en: en.danger.clues, fr: fr.danger.clues };
    const sentences = dangerPhrasesOf({ en, fr });
    const danger = teachDanger(sentences, { en, fr }, clues);
    expect(serialize(danger).byteLength).toBeLessThan(6 * MEGABYTE);
    expect(serialize(teachLanguages(sentences)).byteLength).toBeLessThan(2 * MEGABYTE);
    expect(openModel(trained.topics!.model, null).embeddingWidth).toBeNull();
  });
});

describe('languages the town does not speak', () => {
  it('are read by letters, spoken ones left out', () => {
    const all = foreignPhrases(towns.topics('bellerive'), ['fr', 'en'], towns.foreign());
    const withoutSpanish = foreignPhrases(towns.topics('bellerive'), ['fr', 'en', 'es'], towns.foreign());
    expect(withoutSpanish.length).toBeLessThan(all.length);
    expect(all.every(({ language }) => language === ABROAD)).toBe(true);
    expect(foreignPhrases(towns.topics('saint-aubin'), ['fr', 'en'], towns.foreign())).toEqual([]);
  });

  it('are heard in words that were not taught', () => {
    const phrases = foreignPhrases(towns.topics('bellerive'), ['fr', 'en'], towns.foreign());
    const classifier = createClassifier(PLAIN, teach(phrases, PLAIN));
    const heard = (text: string) => classifier.sort(wordsIn(text), ABROAD).intents.map(({ topic }) => topic);
    expect(heard('necesito renovar mi pasaporte, por favor')[0]).toBe('faq_passport');
    expect(heard('Die Straßenlaterne vor unserem Haus ist seit gestern kaputt')[0]).toBe('report_street_light');
    expect(heard('в нашем дворе упало большое дерево')).toContain('report_tree');
    expect(heard('我家门口的路灯坏了')).toContain('report_street_light');
  });
});

describe('spelling', () => {
  const KNOWN = 'lampadaire lampadaire poubelle ramassage passeport 2024 rue';
  const spelling = createSpellingCorrector({ shorthand: { pb: 'problème' } }, vocabularyOf(KNOWN.split(' ')));
  const SLIPS: Array<[string, string]> = [
    ['lampdaire', 'lampadaire'],
    ['lampaadaire', 'lampadaire'],
    ['lapmadaire', 'lampadaire'],
    ['poubekle', 'poubelle'],
    ['xoubelle', 'poubelle'],
    ['passepor', 'passeport'],
  ];
  it.each(SLIPS)('"%s" is read as "%s"', (typed, meant) => {
    expect(spelling.repair([typed])).toEqual({ words: [meant], repaired: [[typed, meant]] });
  });
  it.each(['lmpadare', 'ruf', '2025', 'poubelle', 'inconnu', ''])('"%s" stays as it is', (typed) => {
    expect(spelling.repair([typed])).toEqual({ words: [typed], repaired: [] });
  });
  it('writes shorthand out', () => {
    expect(spelling.expand(['pb', 'poubelle'])).toEqual(['probleme', 'poubelle']);
  });
});

interface Vector {
  ids: Int32Array;
  values: Float32Array;
}

function product(one: Vector, other: Vector): number {
  const values = new Map([...other.ids].map((id, at) => [id, other.values[at]!]));
  return [...one.ids].reduce((sum, id, at) => sum + one.values[at]! * (values.get(id) ?? 0), 0);
}

/** The same likeness by hand: tf-idf of every feature for itself, from what `learnSpace` says of each. */
function lettersAndWordsApart(texts: string[]): (one: string, other: string) => number {
  const { vectorizer: data } = fitVectorizer(texts.map(readingIn), 1);
  const at = new Map([...data.hashes].map((hash, feature) => [hash, feature]));
  const vectorOf = (text: string) => {
    const counts = new Map<number, number>();
    for (const hash of featuresIn(text).hashes) counts.set(hash, (counts.get(hash) ?? 0) + 1);
    const sums = [0, 0, 0];
    const raw = [...counts].map(([hash, count]) => {
      const column = data.columns[at.get(hash)!]!;
      const block = data.blocks[column]!;
      const value = (1 + Math.log(count)) * data.idf[column]! ** 0.35;
      sums[block]! += value ** 2;
      return { hash, block, value };
    });
    return new Map(raw.map(({ hash, block, value }) => [hash, (value * BLOCK_WEIGHTS[block]!) / Math.sqrt(sums[block]!)]));
  };
  return (one, other) => {
    const vector = vectorOf(other);
    return [...vectorOf(one)].reduce((sum, [hash, value]) => sum + value * (vector.get(hash) ?? 0), 0);
  };
}
