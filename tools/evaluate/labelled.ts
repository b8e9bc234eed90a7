/** Messages with one intent each: right or wrong, clean and mistyped, in time and memory; and what is nobody's. */
import type { ClassifierPack, Phrase } from '../../src/understanding';
import { type EngineMaker, type Guess, ours } from './engines';
import { withTypingErrors } from './noise';
import type { Labelled } from './sets';
import { percent, type Table } from './table';

export interface LabelledResult {
  intents: Array<string | number>;
  outside: Array<string | number> | null;
  predictions: Array<{ text: string; expected: string; got: string; confidence: number; right: boolean }>;
}

const OUTSIDE = 'out_of_scope';

export const INTENT_COLUMNS = [
  'set',
  'engine',
  'right, %',
  'with typing errors, %',
  'µs a message (p95)',
  'training, s',
  'model, MB',
];
export const OUTSIDE_COLUMNS = ['set', 'engine', 'AUROC, %', 'in scope right, %', 'out-of-scope recall, %', 'out-of-scope F1, %'];

/** @param test rows of the split scored; `*_oos` rows are nobody's. */
export async function evaluateLabelled(
  name: string,
  train: Labelled[],
  test: Labelled[],
  packs: Record<string, ClassifierPack>,
  maker: EngineMaker,
): Promise<LabelledResult> {
  const phrases = train.map(
    ({ text, intent, lang, split }): Phrase => ({ text, label: isOutside(split, intent) ? OUTSIDE : intent, language: lang }),
  );
  const own = new Set(phrases.map(({ language }) => language));
  const used = Object.fromEntries(Object.entries(packs).filter(([code]) => own.has(code)));
  const began = performance.now();
  const engine = await maker(maker === ours ? phrases : phrases.filter(({ label }) => label !== OUTSIDE), used);
  const seconds = (performance.now() - began) / 1000;
  const times: number[] = [];
  const ask = async (text: string, language: string): Promise<Guess> => {
    const start = performance.now();
    const guess = await engine.guess(text, own.has(language) ? language : [...own][0]!);
    times.push((performance.now() - start) * 1000);
    return guess;
  };
  const inside = test.filter(({ split, intent }) => !isOutside(split, intent));
  const strangers = test.filter(({ split, intent }) => isOutside(split, intent));
  const guesses: Guess[] = [];
  for (const { text, lang } of inside) guesses.push(await ask(text, lang));
  const p95 = times.sort((one, other) => one - other)[Math.floor(times.length * 0.95)] ?? 0;
  const noisy = withTypingErrors(
    inside.map(({ text }) => text),
    inside[0]?.lang ?? 'en',
  );
  let rightNoisy = 0;
  for (const [at, { intent, lang }] of inside.entries()) if ((await ask(noisy[at]!, lang)).label === intent) rightNoisy++;
  const right = inside.filter(({ intent }, at) => guesses[at]!.label === intent).length;
  const megabytes = engine.bytes === null ? '' : Math.round(engine.bytes / 100_000) / 10;
  const outside: Guess[] = [];
  for (const { text, lang } of strangers) outside.push(await ask(text, lang));
  return {
    intents: [
      name,
      engine.name,
      percent(right, inside.length),
      percent(rightNoisy, inside.length),
      Math.round(p95),
      seconds,
      megabytes,
    ],
    outside: outside.length > 0 ? [name, engine.name, ...outsideFigures(guesses, inside, outside)] : null,
    predictions: inside.map(({ text, intent }, at) => {
      const { label, confidence } = guesses[at]!;
      return { text, expected: intent, got: label, confidence, right: label === intent };
    }),
  };
}

function isOutside(split: string, intent: string): boolean {
  return split.endsWith('oos') || intent === 'oos' || intent === OUTSIDE;
}

/** At the balanced threshold: where as many in-scope messages are refused as strangers let in. */
function outsideFigures(guesses: Guess[], inside: Labelled[], outside: Guess[]): number[] {
  const ranked = [
    ...guesses.map((guess, at) => ({ firm: guess.inside, isInside: true, isRight: guess.label === inside[at]!.intent })),
    ...outside.map((guess) => ({ firm: guess.inside, isInside: false, isRight: false })),
  ].sort((one, other) => one.firm - other.firm);
  let rankSum = 0;
  ranked.forEach(({ isInside }, at) => {
    if (isInside) rankSum += at + 1;
  });
  const auroc = (rankSum - (guesses.length * (guesses.length + 1)) / 2) / (guesses.length * outside.length);
  let refused = 0;
  let caught = 0;
  for (const { isInside } of ranked) {
    if (refused / guesses.length >= 1 - caught / outside.length) break;
    if (isInside) refused++;
    else caught++;
  }
  const kept = ranked.slice(refused + caught);
  const right = kept.filter(({ isRight }) => isRight).length;
  const precision = caught / Math.max(1, refused + caught);
  const recall = caught / outside.length;
  return [
    100 * auroc,
    percent(right, guesses.length),
    100 * recall,
    (200 * precision * recall) / Math.max(1e-9, precision + recall),
  ];
}

export function tablesOf(results: LabelledResult[]): Table[] {
  const outside = results.flatMap((result) => (result.outside ? [result.outside] : []));
  return [
    { title: 'Intents', columns: INTENT_COLUMNS, rows: results.map(({ intents }) => intents) },
    ...(outside.length > 0 ? [{ title: 'Knowing when not to know', columns: OUTSIDE_COLUMNS, rows: outside }] : []),
  ];
}
