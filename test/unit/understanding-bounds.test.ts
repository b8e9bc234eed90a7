/**
 * The parts that make hearing quick give what the slow ones gave: sums in WebAssembly, languages by numbers, slips
 * by shapes; and what is listened to of a long message is bounded, whatever is sent.
 */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { openDetector } from '../../src/understanding/language/language-detector';
import { openMargins } from '../../src/understanding/learning/margins';
import { seeded } from '../../src/understanding/learning/svm';
import { eachEditKey } from '../../src/understanding/text/edit-keys';
import { excerptOf } from '../../src/understanding/text/excerpt';
import { isOneSlip } from '../../src/understanding/text/slips';
import { createLexicon, findPattern } from '../../src/understanding/text/word-patterns';
import { wordsOf } from '../../src/understanding/text/words';

const random = seeded(31);
const one = <T>(some: readonly T[]): T => some[Math.floor(random() * some.length)]!;
const word = (most: number) => Array.from({ length: 1 + Math.floor(random() * most) }, () => one([...'abcdeé'])).join('');

describe('the excerpt of a long message', () => {
  it('is the message itself up to some hundred characters', () => {
    const text = 'il y a un trou '.repeat(50);
    expect(excerptOf(text)).toMatchObject({ text, end: null });
    expect(excerptOf(text).placeOf(300)).toBe(300);
  });

  it.each([
    ['words', 'il y a un trou dans la chaussée '],
    ['one word without end', 'a'],
    ['spaces', ' '],
    ['emoji', '👩‍👩‍👧'],
  ])('is of one size however long it is: %s', (_name, part) => {
    const sizes = [2_000, 10_000, 100_000].map((length) => excerptOf(part.repeat(length / part.length)).text.length);
    expect(Math.max(...sizes)).toBeLessThan(1_000);
  });

  it('cuts no word, and knows where each stood', () => {
    const text = Array.from({ length: 900 }, (_, at) => `mot${at}`).join(' ');
    const excerpt = excerptOf(text);
    const whole = new Set(wordsOf(text).map(({ start, end }) => text.slice(start, end)));
    for (const { start, end } of wordsOf(excerpt.text)) {
      expect(whole).toContain(excerpt.text.slice(start, end));
      expect(text.slice(excerpt.placeOf(start), excerpt.placeOf(end))).toBe(excerpt.text.slice(start, end));
    }
    expect(excerpt.text.startsWith('mot0 ')).toBe(true);
    expect(excerpt.text.endsWith(`\n${excerpt.end}`) || excerpt.text.endsWith(excerpt.end!)).toBe(true);
  });
});

describe('shapes of words', () => {
  const shapesOf = (text: string) => {
    const shapes: number[] = [];
    eachEditKey(text, (shape) => shapes.push(shape));
    return shapes;
  };

  it('are shared by words one slip apart, and no more than the letters', () => {
    for (let round = 0; round < 2_000; round++) {
      const [left, right] = [word(9), word(9)];
      expect(shapesOf(left).length).toBeLessThanOrEqual(left.length + 1);
      const known = new Set(shapesOf(right));
      if (isOneSlip(left, right)) expect(shapesOf(left).some((shape) => known.has(shape))).toBe(true);
    }
  });

  it('tell other words apart', () => {
    const words = new Set(Array.from({ length: 5_000 }, () => word(12)));
    expect(new Set([...words].map((text) => shapesOf(text)[0])).size).toBe(words.size);
  });
});

describe('margins', () => {
  it('are the sums of values times weights, for any number of topics', () => {
    for (const labels of [1, 2, 15, 16, 17, 48]) {
      const features = 40;
      const weights = Int8Array.from({ length: (features + 1) * labels }, () => Math.round(random() * 254 - 127));
      const scales = Float32Array.from({ length: features + 1 }, () => random() / 100);
      const margins = openMargins({ weights, scales }, labels);
      const ids = Int32Array.from([3, 39, 0, 17]);
      const values = Float32Array.from(ids, () => random());
      const plain = Array.from({ length: labels }, (_, label) =>
        [...ids].reduce(
          (sum, id, at) => sum + values[at]! * scales[id]! * weights[id * labels + label]!,
          scales[features]! * weights[features * labels + label]!,
        ),
      );
      const found = margins({ ids, values });
      expect(found).toHaveLength(labels);
      plain.forEach((margin, label) => {
        expect(found[label]).toBeCloseTo(margin, 4);
      });
      // Nothing of a message is left for the next.
      expect(margins({ ids, values })).toEqual(found);
    }
  });
});

describe('the detector of languages', () => {
  const TEXTS = [
    'bonjour je voudrais signaler un lampadaire en panne',
    "l'eau n'arrive plus chez nous, qu'est-ce qu'il faut faire",
    'the street light outside my house doesn’t work',
    'hola, necesito un pasaporte nuevo por favor',
    'ich möchte einen neuen Reisepass beantragen',
    'dzień dobry, potrzebuję nowego paszportu',
    'Добрый день, мне нужен паспорт',
    'مرحبا اريد جواز سفر جديد',
    '你好，我想办护照',
    'İstanbul belediyesi saat kaçta açılıyor 👍 ok',
    'anticonstitutionnellementanticonstitutionnellementanticonstitutionnellement oui',
    "'' ' a' 'b ok",
    '   ',
    '',
  ];

  it('says what eld says', () => {
    // eld is an ES module, which the test runner cannot load: a process of its own is asked.
    const from = pathToFileURL(join(__dirname, '../../node_modules/eld/src/')).href;
    const script = `
      const { createEld } = await import('${from}languageDetector.js');
      const { ngramsData } = await import('${from}ngrams/small.js');
      const { instance, loadData } = createEld();
      loadData(ngramsData);
      console.log(JSON.stringify(JSON.parse(process.argv[1]).map((text) => instance.detect(text).getScores())));`;
    const said = execFileSync(process.execPath, ['--input-type=module', '-e', script, JSON.stringify(TEXTS)], {
      encoding: 'utf8',
    });
    const scores: Array<Record<string, number>> = JSON.parse(said);
    const detect = openDetector();
    for (const [at, text] of TEXTS.entries()) {
      const sounds = detect(text);
      for (const code of ['fr', 'en', 'es', 'de', 'it', 'pt', 'pl', 'tr', 'ru', 'uk', 'ar', 'zh', 'nl', 'ro']) {
        expect([text, code, sounds(code)]).toEqual([text, code, expect.closeTo(scores[at]![code] ?? 0, 9)]);
      }
      expect(sounds('xx')).toBe(0);
    }
  });
});

describe('rules in words', () => {
  it('are looked for only where all their words occur', () => {
    const lexicon = createLexicon([]);
    const fire = lexicon.compile('maison|cave ... en? feu');
    lexicon.compile('le ... gaz');
    expect(lexicon.read(wordsOf('le feu est passé au vert'))).toBeNull();
    expect(lexicon.read(wordsOf('la maison de la presse'))).toBeNull();
    const spoken = lexicon.read(wordsOf('la cave a pris feu'))!;
    expect([...spoken.live]).toEqual([1, 0]);
    expect(findPattern(fire, spoken)).toEqual({ from: 1, to: 5 });
  });
});
