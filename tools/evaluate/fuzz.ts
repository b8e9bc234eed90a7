/**
 * How long one message can hold everybody else up: texts no citizen writes, and texts that break what they do
 * write, each heard and read in full. The same texts at every run.
 */
import { performance } from 'node:perf_hooks';
import type { Town } from '../../src/domain/town';
import { type HearOptions, type LanguagePack, seeded, type Understanding } from '../../src/understanding';
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
  firstMs: number;
  bestMs: number;
}

type Random = () => number;
type Maker = (random: Random, words: Words) => string;

interface Words {
  phrases: string[];
  /** In languages the town does not speak. */
  foreign: string[];
  streets: string[];
  /** Words of the rules of danger. */
  dangers: string[];
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
  'one letter, then a phrase': (random, { phrases }) =>
    one(random, [...'aeo .-!0']).repeat(Math.floor(random() * LONGEST)) + one(random, phrases),
  'words of danger, over and over': (random, { dangers }) =>
    many(random, 500, () => one(random, dangers)).join(one(random, [' ', ' ', '. ', ' le ', ' not '])),
  'streets, misspelt': (random, { streets }) =>
    many(random, 120, () => `${one(random, ['rue ', 'r ', 'bd ', 'place ', ''])}${slipped(random, one(random, streets))}`).join(
      one(random, [' ', ', ', ' / ', ' angle ']),
    ),
  'phones and dates': (random, { times }) =>
    many(random, 150, () =>
      one(random, [
        `0${Math.floor(random() * 1e9)}`,
        `+33 ${Math.floor(random() * 1e9)}`,
        `${Math.floor(random() * 32)}/${Math.floor(random() * 13)}/${Math.floor(random() * 3000)}`,
        `${Math.floor(random() * 25)}h${Math.floor(random() * 60)}`,
        one(random, times),
      ]),
    ).join(one(random, [' ', ', ', ' - '])),
  'letters of any word': (random) =>
    many(random, 700, () => String.fromCharCode(97 + Math.floor(random() * 26)).repeat(1 + Math.floor(random() * 9))).join(
      one(random, ['', ' ', 'e']),
    ),
  'other languages': (random, { foreign }) => many(random, 200, () => one(random, foreign)).join(' '),
  'a phrase, mixed up': (random, { phrases }) =>
    [...one(random, phrases)].map((letter) => (random() < 0.2 ? one(random, [..."aeiou  '-.éè0"]) : letter)).join(''),
};

/** A letter lost, doubled or changed. */
function slipped(random: Random, text: string): string {
  const at = Math.floor(random() * text.length);
  return text.slice(0, at) + one(random, ['', text[at]!.repeat(2), 'e']) + text.slice(at + 1);
}

export interface FuzzedTown {
  town: Town;
  packs: LanguagePack[];
  phrases: string[];
  /** Phrases in languages it does not speak. */
  foreign: string[];
}

export async function evaluateStalls(pipeline: Understanding, of: FuzzedTown, count: number): Promise<Table> {
  const { town, packs, phrases, foreign } = of;
  const words: Words = {
    phrases,
    foreign,
    streets: town.streets.map(({ name }) => name),
    dangers: packs.flatMap(({ danger }) =>
      danger.rules.flatMap(({ says, unless }) =>
        [...says, ...unless, ...danger.harmless].flatMap((source) =>
          source
            .replace(/\.\.\.|[?*]/g, '')
            .split(/[\s|]+/)
            .filter(Boolean),
        ),
      ),
    ),
    numbers: packs.flatMap(({ numbers }) => Object.keys(numbers)),
    times: packs.flatMap(({ time }) => [...time.clues, ...Object.keys(time.units), ...Object.keys(time.days), ...time.past]),
  };
  const random = seeded(23);
  const kinds = Object.keys(MAKERS);
  const held: Held[] = [];
  for (let n = -WARM; n < count; n += 1) {
    const kind = kinds[Math.abs(n) % kinds.length]!;
    const text = MAKERS[kind]!(random, words).slice(0, LONGEST);
    const options = { town: town.id, prior: one(random, [null, 'fr', 'en']), now: NOW };
    const firstMs = await hold(pipeline, text, options);
    if (n < 0) continue;
    let bestMs = firstMs;
    for (let again = 1; again < TRIES && bestMs > LIMIT_MS; again++)
      bestMs = Math.min(bestMs, await hold(pipeline, text, options));
    held.push({ kind, firstMs, bestMs });
  }
  return tableOf(held);
}

/** How long a text holds the process, in milliseconds. Waiting for a reader's thread does not hold it, nor does another process of the machine. */
async function hold(pipeline: Understanding, text: string, options: HearOptions): Promise<number> {
  const cpu = process.cpuUsage();
  const before = performance.eventLoopUtilization();
  await pipeline.hear(text, options);
  await pipeline.read(text, options);
  await new Promise((resolve) => setImmediate(resolve));
  const { active } = performance.eventLoopUtilization(before);
  const { user, system } = process.cpuUsage(cpu);
  return Math.min(active, (user + system) / 1000);
}

function tableOf(held: Held[]): Table {
  const sorted = held.map(({ bestMs }) => bestMs).sort((one, other) => one - other);
  const at = (share: number) => (sorted[Math.floor(sorted.length * share)] ?? 0).toFixed(2);
  const overAtFirst = held.filter(({ firstMs }) => firstMs > LIMIT_MS).length;
  const over = held.filter(({ bestMs }) => bestMs > LIMIT_MS).length;
  const longest = new Map<string, number>();
  for (const { kind, bestMs } of held) longest.set(kind, Math.max(longest.get(kind) ?? 0, bestMs));
  return {
    title: `How long one message holds the process (${held.length} strange texts of up to ${LONGEST} characters, heard and read)`,
    columns: ['', 'ms'],
    rows: [
      ['p50, p99, p99.9', `${at(0.5)}, ${at(0.99)}, ${at(0.999)}`],
      ['longest', (sorted.at(-1) ?? 0).toFixed(1)],
      [`texts over ${LIMIT_MS} ms; at first`, `${over}; ${overAtFirst}`],
      ...[...longest]
        .sort(([, one], [, other]) => other - one)
        .map(([kind, ms]): [string, string] => [`longest of: ${kind}`, ms.toFixed(1)]),
    ],
    notes: [
      'Held: how long the event loop is busy, or the processor time of the whole process where that is less: other processes of a busy machine do not count.',
      `A text that holds it over ${LIMIT_MS} ms is heard again, up to ${TRIES} times, and its quickest time stands: garbage is collected, and readers’ threads are started, at any text.`,
    ],
  };
}
