/**
 * Which language to answer in: one of the town's, kept through the conversation, changed only
 * when the words themselves say so. An emoji, "ok" or a street's name never changes it; a
 * language the town does not speak is recognised, so that its speaker is told how to go on.
 */
import { existsSync, readFileSync } from 'node:fs';
import type { createRequire } from 'node:module';
import { join } from 'node:path';
import { builtFile } from '../../built-file';
import type { HeardLanguage } from '../../domain/heard';
import { type Features, featuresOf } from './features';
import type { Model } from './model';
import { shaped, wordsOf } from './words';

interface Detected {
  getScores(): Record<string, number>;
}
interface Detector {
  detect(text: string): Detected;
}

/** Languages told apart from the town's own; the detector's others would only be noise on short messages. */
const FOREIGN = ['es', 'ar', 'de', 'it', 'pt', 'tr', 'uk', 'ru', 'zh', 'ro', 'pl', 'nl', 'en', 'fr'];

/** The detector's table as `tools/build-languages.mjs` writes it: equal scores stand once. */
interface Table {
  type: string;
  languages: Record<string, string>;
  scores: Array<Record<string, number>>;
  ngrams: Record<string, number>;
}

let detector: Detector | undefined;

/**
 * eld is an ES module without an entry for `require`, and a test runner cannot import one: its
 * file is asked for by path, which Node has loaded since 20.19.
 */
function detectorOf(): Detector {
  if (detector) return detector;
  const load = (process.getBuiltinModule('module') as { createRequire: typeof createRequire }).createRequire(__filename);
  const file = (load.resolve.paths('eld') ?? []).map((folder) => join(folder, 'eld/src/languageDetector.js')).find(existsSync);
  if (!file) throw new Error('The package eld is not installed: run npm ci.');
  const { instance, loadData } = (
    load(file) as { createEld(): { instance: Detector; loadData(data: unknown): void } }
  ).createEld();
  const { scores, ngrams, ...table }: Table = JSON.parse(readFileSync(builtFile(__dirname, 'languages.json'), 'utf8'));
  const scored: Record<string, unknown> = Object.create(null);
  for (const ngram in ngrams) scored[ngram] = scores[ngrams[ngram]!];
  loadData({ ...table, ngrams: scored });
  detector = instance;
  return detector;
}

export interface LanguageEar {
  hear(text: string, prior: string | null): HeardLanguage;
}

/** Letters of an alphabet say at once what a detector needs a sentence for. */
const SCRIPTS: Array<[RegExp, string]> = [
  [/\p{Script=Arabic}/u, 'ar'],
  [/[іїєґ]/iu, 'uk'],
  [/\p{Script=Cyrillic}/u, 'ru'],
  [/\p{Script=Han}/u, 'zh'],
];

/** How much the town's own phrases weigh beside the detector. */
const OWN_WEIGHT = 1.5;
/** What the words must say to leave the language of the conversation. */
const SWITCH = 0.35;
/** At a first message less is enough to prefer a language to the town's first. */
const LEAN = 0.1;
/** By so much, and with so many known words, the town's own phrases alone settle it. */
const PLAIN_LEAD = 1;
const PLAIN_COVERAGE = 0.6;
/** So many words tell a language. */
const ENOUGH_WORDS = 16;
const ENOUGH_LETTERS = 160;
/** How far a foreign language must lead; more when the words are known here. */
const FOREIGN_LEAD = 0.12;
const KNOWN_HERE = 0.3;
/** 'AB 123 CD' is a number plate, and neither Turkish nor English. */
const FEWEST_LETTERS = 5;

export function createLanguageEar(languages: string[], model: Model | null): LanguageEar {
  const found = detectorOf();
  return {
    hear(typed, prior) {
      // Digits, and what is written together with them, are in no language: a reference is not English because it begins with 'the'.
      const text = typed.replace(/[\p{L}\p{N}]+/gu, (word) => (/\p{N}/u.test(word) ? ' ' : word));
      const words = wordsOf(text).map((word) => word.text);
      const kept = prior && languages.includes(prior) ? prior : languages[0]!;
      const letters = text.replace(/\P{L}/gu, '');
      if (letters.length < 2) return { code: kept, isSure: false };
      const script = SCRIPTS.find(([shape]) => shape.test(letters))?.[1];
      if (script && mostlyNotLatin(letters)) {
        return languages.includes(script) ? { code: script, isSure: true } : { code: kept, isSure: false, foreign: script };
      }
      const read = words.slice(0, ENOUGH_WORDS).map(shaped);
      const features = featuresOf({ words: read, stems: read });
      const own = marginsOf(languages, model, features);
      const coverage = model ? model.space.coverage(features) : 0;
      if (words.length > 2 && coverage > PLAIN_COVERAGE && leadOf(own) > PLAIN_LEAD) return { code: bestOf(own), isSure: true };
      const scores = found.detect(text.slice(0, ENOUGH_LETTERS)).getScores();
      const stranger = bestOf(new Map(FOREIGN.flatMap((code) => (languages.includes(code) ? [] : [[code, scores[code] ?? 0]]))));
      const ours = Math.max(...languages.map((code) => scores[code] ?? 0));
      if (
        words.length > 1 &&
        letters.length >= FEWEST_LETTERS &&
        scores[stranger]! - ours > FOREIGN_LEAD + coverage * KNOWN_HERE
      ) {
        return { code: kept, isSure: false, foreign: stranger };
      }
      for (const code of languages) own.set(code, (scores[code] ?? 0) + OWN_WEIGHT * own.get(code)!);
      const best = bestOf(own);
      const lead = leadOf(own);
      const isSure = lead > SWITCH && words.length > 1 && letters.length >= FEWEST_LETTERS;
      const isPreferred = isSure || (prior === null && lead > LEAN);
      return { code: isPreferred ? best : kept, isSure };
    },
  };
}

function mostlyNotLatin(letters: string): boolean {
  return (letters.match(/\p{Script=Latin}/gu)?.length ?? 0) * 2 < letters.length;
}

/** How much each of the town's languages sounds like its own phrases, -1 to 1. */
function marginsOf(languages: string[], model: Model | null, features: Features): Map<string, number> {
  const own = new Map(languages.map((code) => [code, 0]));
  const margins = model?.margins(features);
  for (const [label, code] of (model?.labels ?? []).entries()) own.set(code, Math.tanh(margins![label]!));
  return own;
}

function bestOf(scores: Map<string, number>): string {
  return [...scores].reduce((best, other) => (other[1] > best[1] ? other : best))[0];
}

function leadOf(scores: Map<string, number>): number {
  const [first = 0, second = -1] = [...scores.values()].sort((one, other) => other - one);
  return first - second;
}
