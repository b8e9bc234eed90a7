/**
 * Which language to answer in: one of the town's, kept through the conversation, changed only
 * when the words themselves say so. An emoji, "ok" or a street's name never changes it; a
 * language the town does not speak is recognised, so that its speaker is told how to go on.
 */
import { existsSync } from 'node:fs';
import type { createRequire } from 'node:module';
import { join } from 'node:path';
import type { HeardLanguage } from '../../domain/heard';
import { type Features, featuresOf } from './features';
import type { Model } from './model';
import { shaped } from './words';

interface Detected {
  getScores(): Record<string, number>;
}
interface Detector {
  detect(text: string): Detected;
}

/** Languages told apart from the town's own; others of the detector's sixty would only be noise on short messages. */
const FOREIGN = ['es', 'ar', 'de', 'it', 'pt', 'tr', 'uk', 'ru', 'zh', 'ro', 'pl', 'nl', 'en', 'fr'];

let detector: Detector | undefined;

/**
 * eld is an ES module without an entry for `require`, and a test runner cannot import one: its
 * file is asked for by path, which Node has loaded since 20.19.
 */
function detectorOf(): Detector {
  if (detector) return detector;
  const load = (process.getBuiltinModule('module') as { createRequire: typeof createRequire }).createRequire(__filename);
  const file = (load.resolve.paths('eld') ?? [])
    .map((folder) => join(folder, 'eld/src/entries/static.small.js'))
    .find(existsSync);
  if (!file) throw new Error('The package eld is not installed: run npm ci.');
  detector = (load(file) as { eld: Detector }).eld;
  return detector;
}

export interface LanguageEar {
  hear(text: string, words: string[], prior: string | null): HeardLanguage;
}

/** Letters of an alphabet say at once what a detector needs a sentence for. */
const SCRIPTS: Array<[RegExp, string]> = [
  [/\p{Script=Arabic}/u, 'ar'],
  [/[іїєґ]/iu, 'uk'],
  [/\p{Script=Cyrillic}/u, 'ru'],
  [/\p{Script=Han}/u, 'zh'],
];

/** How much the town's own phrases weigh beside the detector, for two languages of the town. */
const OWN_WEIGHT = 1.5;
/** What the words must say to leave the language of the conversation. */
const SWITCH = 0.35;
const FOREIGN_LEAD = 0.12;

export function createLanguageEar(languages: string[], model: Model | null): LanguageEar {
  const found = detectorOf();
  return {
    hear(text, words, prior) {
      const read = words.map(shaped);
      const features = featuresOf({ words: read, stems: read });
      const kept = prior && languages.includes(prior) ? prior : languages[0]!;
      const letters = text.replace(/\P{L}/gu, '');
      if (letters.length < 2) return { code: kept, isSure: false };
      const script = SCRIPTS.find(([shape]) => shape.test(letters))?.[1];
      if (script && mostlyNotLatin(letters))
        return languages.includes(script) ? { code: script, isSure: true } : foreign(kept, script);
      const scores = found.detect(text).getScores();
      const own = ownScores(languages, model, features, scores);
      const best = languages.reduce((one, other) => (own.get(other)! > own.get(one)! ? other : one));
      const stranger = strangerIn(scores, languages);
      if (stranger && isForeign(scores, stranger, languages, model, features)) return foreign(kept, stranger);
      const lead = own.get(best)! - Math.max(...languages.filter((code) => code !== best).map((code) => own.get(code)!), -1);
      const isSure = lead > SWITCH && words.length > 1;
      if (best === kept) return { code: kept, isSure };
      return isSure || prior === null ? { code: best, isSure } : { code: kept, isSure: false };
    },
  };
}

function foreign(code: string, stranger: string): HeardLanguage {
  return { code, isSure: false, foreign: stranger };
}

function mostlyNotLatin(letters: string): boolean {
  return (letters.match(/\p{Script=Latin}/gu)?.length ?? 0) * 2 < letters.length;
}

function ownScores(
  languages: string[],
  model: Model | null,
  features: Features,
  scores: Record<string, number>,
): Map<string, number> {
  const own = new Map(languages.map((code) => [code, scores[code] ?? 0]));
  if (!model) return own;
  const { scores: margins } = model.score(features);
  for (const [label, code] of model.labels.entries())
    own.set(code, (own.get(code) ?? 0) + OWN_WEIGHT * Math.tanh(margins[label]!));
  return own;
}

function strangerIn(scores: Record<string, number>, languages: string[]): string | undefined {
  return FOREIGN.filter((code) => !languages.includes(code)).reduce<string | undefined>(
    (best, code) => ((scores[code] ?? 0) > (best === undefined ? 0 : scores[best]!) ? code : best),
    undefined,
  );
}

/** Foreign only when the detector says so clearly and the words are not the town's own. */
function isForeign(
  scores: Record<string, number>,
  stranger: string,
  languages: string[],
  model: Model | null,
  features: Features,
): boolean {
  if (features.stems.length < 2) return false;
  const ours = Math.max(...languages.map((code) => scores[code] ?? 0));
  const known = model ? model.space.coverage(features) : 0;
  return scores[stranger]! - ours > FOREIGN_LEAD + known * 0.3;
}
