/**
 * How long one message can hold everybody else up: texts no citizen writes, and texts that break what they do
 * write, each heard and read in full. The same texts at every run.
 */
import { performance } from 'node:perf_hooks';
import { type LanguagePack, seeded, type Understanding } from '../../src/bot/understanding';
import type { Table } from './table';

const NOW = new Date('2026-11-22T09:00:00Z');
const LONGEST = 4000;
const WORST_SHOWN = 5;
/** Warm-up: what is measured is daily life, not the compiling of it. */
const WARM = 500;

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
  const worst = new Map<string, number>();
  const all: number[] = [];
  for (let n = -WARM; n < count; n += 1) {
    const kind = kinds[Math.abs(n) % kinds.length]!;
    const text = MAKERS[kind]!(random, words).slice(0, LONGEST);
    const options = { town, prior: one(random, [null, 'fr', 'en']), now: NOW };
    // Time the loop is held, in all; waiting for a reader's thread does not hold it.
    const before = performance.eventLoopUtilization();
    await ear.hear(text, options);
    await ear.read(text, options);
    await new Promise((resolve) => setImmediate(resolve));
    const heldMs = performance.eventLoopUtilization(before).active;
    if (n < 0) continue;
    all.push(heldMs);
    worst.set(kind, Math.max(worst.get(kind) ?? 0, heldMs));
  }
  all.sort((left, right) => left - right);
  const at = (share: number) => (all[Math.floor(all.length * share)] ?? 0).toFixed(2);
  const held = [...worst].sort(([, left], [, right]) => right - left).slice(0, WORST_SHOWN);
  return {
    title: `How long one message holds the process (${count} strange texts, heard and read)`,
    columns: ['', 'ms'],
    rows: [
      ['p50, p99, p99.9', `${at(0.5)}, ${at(0.99)}, ${at(0.999)}`],
      ['longest', (all.at(-1) ?? 0).toFixed(1)],
      ...held.map(([kind, ms]) => [`longest of: ${kind}`, ms.toFixed(1)]),
    ],
    notes: ['On a busy machine the longest are the machine’s: run it alone.'],
  };
}
