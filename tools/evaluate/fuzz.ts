/**
 * How long one message can hold everybody else up: texts no citizen writes, and texts that break what they do
 * write, each heard and read in full. The same texts at every run.
 */
import { performance } from 'node:perf_hooks';
import { type HearOptions, type LanguagePack, seeded, type Understanding } from '../../src/bot/understanding';
import type { Table } from './table';

const NOW = new Date('2026-11-22T09:00:00Z');
const LONGEST = 4000;
/** What no message may exceed, and how often one that does is tried before it is believed. */
const LIMIT_MS = 20;
const TRIES = 3;
/** Warm-up: what is measured is daily life, not the compiling of it. */
const WARM = 500;

interface Held {
  kind: string;
  length: number;
  firstMs: number;
  bestMs: number;
}

type Random = () => number;
type Maker = (random: Random, words: Words) => string;

interface Words {
  phrases: string[];
  numbers: string[];
  times: string[];
}

const one = <T>(random: Random, some: readonly T[]): T => some[Math.floor(random() * some.length)]!;
const many = <T>(random: Random, most: number, make: () => T): T[] =>
  Array.from({ length: 1 + Math.floor(random() * most) }, make);

const MAKERS: Record<string, Maker> = {
  'number words in a row': (random, { numbers }) =>
    many(random, 400, () => one(random, numbers)).join(one(random, [' ', '-', ' et ', ', '])),
  'number words and time': (random, { numbers, times }) =>
    many(random, 120, () => one(random, random() < 0.5 ? numbers : times)).join(' '),
  'nested punctuation': (random) =>
    many(random, LONGEST, () => one(random, [...'()[]{}<>«»"\'`.,;:!?-–—…/\\|*_~#@&%€$+=^'])).join(''),
  'punctuation around words': (random, { phrases }) =>
    one(random, phrases).replaceAll(' ', () => many(random, 30, () => one(random, [...'(["«!?.,-'])).join('')),
  digits: (random) => many(random, LONGEST / 2, () => one(random, [...'0123456789 .,-+/:hH€'])).join(''),
  'one letter': (random) => one(random, [...'aeoéZ0 .', '😀', '\u0301', 'ﷺ']).repeat(1 + Math.floor(random() * LONGEST)),
  'one very long word': (random, { phrases }) => many(random, 120, () => one(random, phrases).replace(/\P{L}/gu, '')).join(''),
  'addresses upon addresses': (random, { phrases }) =>
    many(
      random,
      60,
      () =>
        `${Math.floor(random() * 999)} ${one(random, ['rue', 'r', 'av', 'allée', 'bd', 'place'])} ${one(random, phrases).split(' ').slice(0, 3).join(' ')}`,
    ).join(one(random, [' ', ', ', ' et '])),
  'addresses and mail': (random) =>
    many(
      random,
      40,
      () =>
        `${'a.'.repeat(Math.floor(random() * 30))}b@${'c-'.repeat(Math.floor(random() * 20))}d.${'e.'.repeat(Math.floor(random() * 8))}fr`,
    ).join(' '),
  'any characters': (random) => many(random, 600, () => String.fromCodePoint(1 + Math.floor(random() * 0xd7fe))).join(''),
  'half characters': (random) => many(random, 300, () => String.fromCharCode(Math.floor(random() * 0x10000))).join(''),
  'a long story': (random, { phrases }) =>
    many(random, 80, () => one(random, phrases)).join(one(random, [' ', '. ', '\n', ' et aussi '])),
  'a phrase, mixed up': (random, { phrases }) =>
    [...one(random, phrases)].map((letter) => (random() < 0.2 ? one(random, [..."aeiou  '-.éè0"]) : letter)).join(''),
};

export async function evaluateStalls(
  ear: Understanding,
  town: string,
  packs: LanguagePack[],
  phrases: string[],
  count: number,
): Promise<Table> {
  const words: Words = {
    phrases,
    numbers: packs.flatMap(({ numbers }) => Object.keys(numbers)),
    times: packs.flatMap(({ time }) => [...time.clues, ...Object.keys(time.units), ...Object.keys(time.days), ...time.past]),
  };
  const random = seeded(23);
  const kinds = Object.keys(MAKERS);
  const held: Held[] = [];
  for (let n = -WARM; n < count; n += 1) {
    const kind = kinds[Math.abs(n) % kinds.length]!;
    const text = MAKERS[kind]!(random, words).slice(0, LONGEST);
    const options = { town, prior: one(random, [null, 'fr', 'en']), now: NOW };
    const firstMs = await hold(ear, text, options);
    if (n < 0) continue;
    let bestMs = firstMs;
    for (let again = 1; again < TRIES && bestMs > LIMIT_MS; again++) bestMs = Math.min(bestMs, await hold(ear, text, options));
    held.push({ kind, length: text.length, firstMs, bestMs });
  }
  return tableOf(held);
}

/** How long a text holds the process, in milliseconds. Waiting for a reader's thread does not hold it, nor does another process of the machine. */
async function hold(ear: Understanding, text: string, options: HearOptions): Promise<number> {
  const cpu = process.cpuUsage();
  const before = performance.eventLoopUtilization();
  await ear.hear(text, options);
  await ear.read(text, options);
  await new Promise((resolve) => setImmediate(resolve));
  const { active } = performance.eventLoopUtilization(before);
  const { user, system } = process.cpuUsage(cpu);
  return Math.min(active, (user + system) / 1000);
}

function tableOf(held: Held[]): Table {
  const firsts = held.map(({ firstMs }) => firstMs).sort((one, other) => one - other);
  const at = (share: number) => (firsts[Math.floor(firsts.length * share)] ?? 0).toFixed(2);
  const over = held.filter(({ firstMs }) => firstMs > LIMIT_MS).length;
  const worst = (some: Held[], by: 'firstMs' | 'bestMs') => Math.max(0, ...some.map((one) => one[by]));
  const kinds = [...new Set(held.map(({ kind }) => kind))]
    .map((kind) => ({ kind, some: held.filter((one) => one.kind === kind) }))
    .sort((one, other) => worst(other.some, 'bestMs') - worst(one.some, 'bestMs'));
  return {
    title: `How long one message holds the process (${held.length} strange texts of up to ${LONGEST} characters, heard and read)`,
    columns: ['', 'ms'],
    rows: [
      ['p50, p99, p99.9', `${at(0.5)}, ${at(0.99)}, ${at(0.999)}`],
      [`over ${LIMIT_MS} ms at first`, over],
      ['longest at first', worst(held, 'firstMs').toFixed(1)],
      [`longest, those over ${LIMIT_MS} ms heard ${TRIES} times`, worst(held, 'bestMs').toFixed(1)],
      ...kinds.map(({ kind, some }) => [`longest of: ${kind}`, worst(some, 'bestMs').toFixed(1)]),
    ],
    notes: [
      'Held: the time the event loop is busy, or the processor time of the whole process where that is less, so that other processes of the machine do not count.',
      `A text that holds it over ${LIMIT_MS} ms is heard again, up to ${TRIES} times, and its quickest time stands: a collection of garbage may fall on any text, and is not the text's.`,
    ],
  };
}
