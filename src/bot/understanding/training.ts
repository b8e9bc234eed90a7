/**
 * From a town's phrases to what hears with them: the models of topics and of languages. Runs in
 * a worker thread, or is taken from the cache when the same phrases were learnt before.
 */
import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { Worker } from 'node:worker_threads';
import type { LanguagePack } from '../../domain/language';
import { builtFile } from './built-file';
import { createReader, type Phrase } from './examples';
import { type ModelData, TRAINING_DEFAULTS, trainModel } from './model';

/** Raised whenever the same phrases would now give other models. */
const VERSION = 4;

export interface Job {
  phrases: Phrase[];
  packs: Record<string, Pick<LanguagePack, 'stemmer' | 'shorthand'>>;
}

export interface Trained {
  topics: ModelData;
  /** Tells the town's languages apart; null where there is only one. */
  languages: ModelData | null;
}

/** Topics alone, in this thread. */
export function teach(phrases: Phrase[], packs: Job['packs'], senses?: Float32Array[]): ModelData {
  const read = createReader(packs);
  return trainModel(
    phrases.map((phrase, at) => ({ reading: read(phrase), label: phrase.label, sense: senses?.[at] })),
    TRAINING_DEFAULTS,
  );
}

export function train({ phrases, packs }: Job): Trained {
  const plain = createReader(Object.fromEntries(Object.keys(packs).map((code) => [code, { stemmer: 'none', shorthand: {} }])));
  const isOne = new Set(phrases.map(({ language }) => language)).size < 2;
  const some = aFew(phrases).map((phrase) => ({ reading: plain(phrase), label: phrase.language }));
  return {
    topics: teach(phrases, packs),
    languages: isOne ? null : trainModel(some, { outside: null, folds: 1, heldOut: 0, least: 2 }),
  };
}

/** Languages are told apart by their commonest words: some hundreds of phrases of each say as much as thousands. */
const LANGUAGE_PHRASES = 2_000;

function aFew(phrases: Phrase[]): Phrase[] {
  const step = Math.ceil(phrases.length / LANGUAGE_PHRASES);
  return phrases.filter((_, index) => index % step === 0);
}

/** Trains in a worker thread, unless the cache already holds models of exactly these phrases. */
export async function obtain(job: Job, cacheDir?: string): Promise<Trained> {
  const file = cacheDir && join(cacheDir, `${keyOf(job)}.model`);
  const cached = file ? await fromCache(file) : null;
  if (cached) return cached;
  const trained = await trainAside(job);
  if (file) await intoCache(file, trained);
  return trained;
}

function keyOf(job: Job): string {
  return createHash('sha256')
    .update(JSON.stringify([VERSION, job]))
    .digest('hex');
}

function trainAside(job: Job): Promise<Trained> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(builtFile('trainer.worker.js'), { workerData: job });
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`Training stopped before it was done (exit code ${code}).`)));
  });
}

/** A cache that is missing, torn or from another version is no fault: it is only slower. */
async function fromCache(file: string): Promise<Trained | null> {
  try {
    return deserialize(await readFile(file)) as Trained;
  } catch {
    return null;
  }
}

async function intoCache(file: string, trained: Trained): Promise<void> {
  const draft = `${file}.${process.pid}.draft`;
  try {
    await mkdir(join(file, '..'), { recursive: true });
    await writeFile(draft, serialize(trained));
    await rename(draft, file);
  } catch {
    // A full or read-only disk costs a second at the next start, nothing else.
  }
}
