/**
 * Danger as the bot answers it, on sets of our own (`tools/evaluate/sets`): messages of every kind, each with a twin in which
 * nobody is in danger; the half that was looked at when rules and sentences were made, the half that was not, and what was put
 * aside of a third set before it was learnt from: short, broken, regional, as children and old people write.
 */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { createReference } from '../../src/domain/ticket/ticket';
import { openTowns, type Towns } from '../../src/towns';
import { createPlaceFinder, createUnderstanding, readPack, type Understanding } from '../../src/understanding';
import { type DangerPrediction, evaluateDanger } from '../../tools/evaluate/danger';
import { readSet } from '../../tools/evaluate/sets';
import { createTurns, type Turn } from '../../tools/evaluate/turns';
import { LEAVING, STAYING } from '../support/opt-outs';

const ROOT = join(__dirname, '../..');
const TOWN = 'bellerive';
const NOW = new Date('2026-11-26T09:00:00Z');
let towns: Towns;
let pipeline: Understanding;
let turn: Turn;

beforeAll(async () => {
  towns = await openTowns({ townsDir: join(ROOT, 'towns'), localesDir: join(ROOT, 'locales') });
  const town = towns.get(TOWN)!;
  pipeline = await createUnderstanding({
    towns: [{ town, topics: towns.topics(TOWN) }],
    packs: Object.fromEntries(towns.locales().map(({ code, pack }) => [code, readPack(pack, `locales/${code}/pack.yml`)])),
    phrases: Object.fromEntries(towns.locales().map(({ code, controlPhrases }) => [code, controlPhrases])),
    foreign: towns.foreign(),
    places: createPlaceFinder,
    cacheDir: join(ROOT, 'node_modules/.cache/guichet-models'),
  });
  turn = createTurns(towns, pipeline, TOWN);
}, 120_000);
afterAll(() => pipeline.close());

const rowsOf = (name: string) => readSet(join(ROOT, 'tools/evaluate/sets', `${name}.jsonl`));
const share = (some: DangerPrediction[], isSo: (one: DangerPrediction) => boolean) =>
  Math.round((1000 * some.filter(isSo).length) / some.length) / 10;

it.each([
  ['danger.dev', { told: 99, inVain: 5, surelyInVain: 2 }],
  // French and English are learnt in one model: each change moves a row or two of any half. Sixteen rounds in place of eight took
  // nine vain warnings of all rows, and gave one that is sure in 'danger.dev', one told less and one in vain more in 'fresh11'.
  // 8,700 further sentences of French and English, half of them in everyday words: of 620 dangers written apart from them 565 were told
  // and 592 are, of 800 harmless messages 28 in vain and 22; four limits of older sets were loosened.
  // 1,470 ordinary replies and follow-ups ('do I have to come myself' was taken for self-harm): 19 of them were told in vain, none is;
  // of all these sets seven dangers less are told and six in vain more, two of whose limits are looser here and in 'fresh12'.
  ['danger.test', { told: 97, inVain: 14.5, surelyInVain: 5 }],
  ['danger.fresh', { told: 92, inVain: 11.5, surelyInVain: 4 }],
  // 4,900 sentences more: told 592 to 595 of 620, in vain as before (22), of the older sets 1,746 told and 121 in vain; one here more is sure.
  ['danger.matrix.dev', { told: 98, inVain: 9, surelyInVain: 3 }],
  ['danger.matrix.test', { told: 94, inVain: 10, surelyInVain: 4 }],
  ['danger.fresh10.dev', { told: 98, inVain: 6.5, surelyInVain: 2 }],
  ['danger.fresh10.test', { told: 98, inVain: 12, surelyInVain: 5 }],
  // 270 further English twins: of all English near-misses 65 in vain became 59 and two dangers more are told; here two more are sure.
  ['danger.fresh11.test', { told: 98.5, inVain: 8, surelyInVain: 3.5 }],
  ['danger.fresh12.test', { told: 98, inVain: 9.5, surelyInVain: 3 }],
  // Suspected from -0.45 instead of -0.25: of the older sets 1,754 dangers are told where 1,738 were, in vain 169 where it were 135.
  // Written apart from the sentences, before any of these was learnt; the third are replies in the middle of a form.
  ['danger.fresh14.test', { told: 96, inVain: 4.5, surelyInVain: 2 }],
  ['danger.fresh15.test', { told: 95, inVain: 4, surelyInVain: 2.5 }],
  ['danger.replies.test', { told: 95, inVain: 4.5, surelyInVain: 2 }],
  // Written before the sentences of November 28th's last lots: of the first the kinds were looked at, the second was measured once.
  ['danger.fresh16.test', { told: 97, inVain: 6, surelyInVain: 2 }],
  ['danger.fresh17.test', { told: 92, inVain: 7, surelyInVain: 3 }],
  // Each harmless message shares nearly all its words with a danger: the hardest of the sets.
  ['danger.fresh13.test', { told: 98, inVain: 21, surelyInVain: 7 }],
] as const)(
  '%s: whoever is in danger is told whom to call, and hardly anybody else',
  async (name, limits) => {
    const set = rowsOf(name);
    if (set.kind !== 'danger') throw new Error(`${name} holds no dangers`);
    const ours = set.rows.filter(({ lang }) => lang === 'fr' || lang === 'en');
    const { predictions } = await evaluateDanger(name, ours, turn);
    const dangers = predictions.filter(({ expected }) => expected);
    const twins = predictions.filter(({ expected }) => !expected);
    expect(Math.min(dangers.length, twins.length)).toBeGreaterThanOrEqual(100);
    expect(share(dangers, ({ got }) => got !== null)).toBeGreaterThanOrEqual(limits.told);
    expect(share(twins, ({ got }) => got !== null)).toBeLessThanOrEqual(limits.inVain);
    expect(share(twins, ({ got }) => got === 'sure')).toBeLessThanOrEqual(limits.surelyInVain);
  },
  120_000,
);

it('danger.later: of every kind of danger, hardly anybody is left without whom to call', async () => {
  const halves = ['danger.later.dev', 'danger.later.test'].map(rowsOf);
  const rows = halves.flatMap((set) => (set.kind === 'danger' ? set.rows : []));
  const { predictions } = await evaluateDanger('danger.later', rows, turn);
  expect(rows.filter(({ danger }) => danger).length).toBeGreaterThan(190);
  const missed = rows.filter(({ danger }, n) => danger && predictions[n]!.got === null);
  expect(missed.length).toBeLessThanOrEqual(3);
  // One of a kind at most: no kind of danger is one that is not heard.
  for (const kind of new Set(rows.map((row) => row.kind))) {
    const unheard = missed.filter((row) => row.kind === kind);
    expect({ kind, unheard: unheard.length <= 1 ? [] : unheard.map(({ text }) => text) }).toEqual({ kind, unheard: [] });
  }
  const inVain = predictions.filter(({ expected }) => !expected);
  expect(share(inVain, ({ got }) => got !== null)).toBeLessThanOrEqual(12);
  expect(share(inVain, ({ got }) => got === 'sure')).toBeLessThanOrEqual(5);
}, 120_000);

it('whoever wants no more messages gets none, and nobody else is left out', async () => {
  const said = async (texts: readonly string[]) => Promise.all(texts.map(async (text) => ({ text, ...(await turn(text)) })));
  expect((await said(LEAVING)).filter(({ isOptedOut }) => !isOptedOut).map(({ text }) => text)).toEqual([]);
  expect((await said(STAYING)).filter(({ isOptedOut }) => isOptedOut).map(({ text }) => text)).toEqual([]);
});

it('a reference means nothing that its signs may sound like', async () => {
  const references = Array.from({ length: 200 }, (_, n) => createReference(createHash('sha256').update(String(n)).digest()));
  const texts = references.flatMap((one) => [one, `suivi ${one}`, `status ${one.toLowerCase()}`]);
  const heard = await Promise.all(texts.map((text) => pipeline.hear(text, { town: TOWN, prior: 'fr', now: NOW })));
  expect(texts.filter((_, n) => heard[n]?.danger || heard[n]?.perhapsDanger)).toEqual([]);
});

it('in a dozen other languages, whoever is in danger is told whom to call, and hardly anybody else', async () => {
  const predictions = await Promise.all(
    ['danger.matrix.dev', 'danger.matrix.test'].map(async (name) => {
      const set = rowsOf(name);
      if (set.kind !== 'danger') throw new Error(`${name} holds no dangers`);
      const others = set.rows.filter(({ lang }) => lang !== 'fr' && lang !== 'en');
      return (await evaluateDanger(name, others, turn)).predictions;
    }),
  );
  const dangers = predictions.flat().filter(({ expected }) => expected);
  const twins = predictions.flat().filter(({ expected }) => !expected);
  expect(dangers.length).toBeGreaterThan(110);
  expect(share(dangers, ({ got }) => got !== null)).toBeGreaterThanOrEqual(96.5);
  expect(share(twins, ({ got }) => got !== null)).toBeLessThanOrEqual(4);
}, 120_000);

it('of what is asked every day, hardly anything is taken for danger', async () => {
  let count = 0;
  const wrong: string[] = [];
  for (const name of ['entities.dev', 'entities.test']) {
    const set = rowsOf(name);
    if (set.kind !== 'entities') throw new Error(`${name} holds no entities`);
    for (const { text } of set.rows) {
      count += 1;
      if ((await turn(text)).danger !== null) wrong.push(text);
    }
  }
  expect(count).toBeGreaterThan(300);
  expect(wrong.length <= count / 100 ? [] : wrong).toEqual([]);
}, 120_000);
