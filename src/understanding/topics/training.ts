/**
 * From a town's phrases to what hears with them: the models of topics and of languages. Runs in
 * a worker thread, or is taken from the cache when the same phrases were learnt before.
 */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { deserialize, serialize } from 'node:v8';
import { Worker } from 'node:worker_threads';
import { deflate, inflateSync } from 'node:zlib';
import { builtFile } from '../../built-file';
import { recall, store } from '../../cache-file';
import type { Clues } from '../../domain/language/language-pack';
import type { Embedding } from '../embeddings/embedding-model';
import type { Taught } from '../learning/classifier';
import { type ModelData, TRAINING_DEFAULTS, type TrainingOptions, trainModel } from '../learning/model';
import { vocabularyOf } from '../text/spelling';
import { createReader, type Phrase, type ReaderPack } from './examples';
import { ABROAD } from './foreign-phrases';

/** Raised whenever the same phrases would now give other models. */
const VERSION = 15;

export interface Job {
  phrases: Phrase[];
  packs: Record<string, ReaderPack>;
  /** Phrases in languages the town does not speak; may be none. */
  abroad: Phrase[];
  /** Phrases of other offices, among what is no office's; may be none. */
  offices: Phrase[];
  /** How danger sounds, by kind, among what only sounds like it or is ordinary; may be none. */
  danger: Phrase[];
  /** What else is seen in the words of danger, by language. */
  clues: Record<string, Clues>;
  /** The encoder's vector of each phrase, and what these vectors are called; left out where there is no encoder. */
  embeddings?: Embedding[];
  embeddedBy?: string;
}

/** A job before its sentences of danger are written out, which only training needs. */
export interface Lesson extends Omit<Job, 'danger'> {
  danger(): Phrase[];
  /** What they are written out from, beside the phrases. */
  dangerFrom: unknown;
}

export interface Trained {
  topics: Taught;
  /** Tells the town's languages apart; null where there is only one. */
  languages: ModelData | null;
  /** What is asked for in languages it does not speak; null where no topic has such phrases. */
  abroad: Taught | null;
  /** Tells other offices apart; null where the town has no file about any. */
  offices: Taught | null;
  /** Tells danger from the ordinary; null where the languages have no sentences of danger. */
  danger: Taught | null;
}

/** How foreign phrases are read. */
export const PLAIN = { [ABROAD]: { stemmer: 'none', shorthand: {} } };

/** Topics alone, in this thread. */
export function teach(
  phrases: Phrase[],
  packs: Job['packs'],
  embeddings?: Embedding[],
  options: TrainingOptions = TRAINING_DEFAULTS,
): Taught {
  const read = createReader(packs);
  const readings = phrases.map(read);
  const spoken: Record<string, string[]> = Object.fromEntries(Object.keys(packs).map((code) => [code, []]));
  readings.forEach(({ words }, at) => {
    spoken[phrases[at]!.language]!.push(...words);
  });
  return {
    model: trainModel(
      phrases.map(({ label }, at) => ({ reading: readings[at]!, label, embedding: embeddings?.[at] })),
      options,
    ),
    vocabularies: Object.fromEntries(Object.entries(spoken).map(([code, words]) => [code, vocabularyOf(words)])),
  };
}

export function train(job: Job): Trained {
  return { ...trainTopics(job), ...trainDanger(job) };
}

function trainTopics({ phrases, packs, abroad, offices, embeddings }: Job): Omit<Trained, 'danger'> {
  const plain = createReader(Object.fromEntries(Object.keys(packs).map((code) => [code, { stemmer: 'none', shorthand: {} }])));
  const isOne = new Set(phrases.map(({ language }) => language)).size < 2;
  const some = aFew(phrases).map((phrase) => ({ reading: plain(phrase), label: phrase.language }));
  return {
    topics: teach(phrases, packs, embeddings),
    abroad: abroad.length > 0 ? teach(abroad, PLAIN) : null,
    offices: offices.length > 0 ? teach(offices, packs) : null,
    languages: isOne ? null : trainModel(some, { outside: null, isSure: false, least: 2 }),
  };
}

function trainDanger({ packs, danger, clues }: Job): Pick<Trained, 'danger'> {
  return { danger: danger.length > 0 ? teachDanger(danger, packs, clues) : null };
}

/** What a thread can learn. */
export const PARTS = { topics: trainTopics, danger: trainDanger };

/** Packs as danger is read with them. */
export function withClues(packs: Job['packs'], clues: Job['clues']): Job['packs'] {
  return Object.fromEntries(
    Object.entries(packs).map(([code, pack]) => [code, { ...pack, ...(clues[code] ? { clues: clues[code] } : {}) }]),
  );
}

/** Danger is told by how far one label leads before another: nothing is asked of how sure that is in itself. */
export function teachDanger(phrases: Phrase[], packs: Job['packs'], clues: Job['clues']): Taught {
  return teach(phrases, withClues(packs, clues), undefined, { outside: null, isSure: false, least: 3 });
}

/** Languages are told apart by their commonest words: some hundreds of phrases of each say as much as thousands. */
const LANGUAGE_PHRASES = 3_500;

function aFew(phrases: Phrase[]): Phrase[] {
  const step = Math.ceil(phrases.length / LANGUAGE_PHRASES);
  return phrases.filter((_, index) => index % step === 0);
}

/** What is being written to the cache; a program that ends waits for it. */
const writing = new Set<Promise<void>>();

/** Resolves when everything learnt so far is in the cache. */
export async function kept(): Promise<void> {
  await Promise.all(writing);
}

/**
 * Trains in worker threads, unless the cache already holds models of exactly these phrases.
 * @param dangers learnt already, for a lesson that only hears topics otherwise.
 */
export async function obtain(lesson: Lesson, cacheDir?: string, dangers?: Pick<Trained, 'danger'>): Promise<Trained> {
  const kept = await recallTrained(lesson, cacheDir);
  if (kept) return kept;
  const { danger, dangerFrom: _, ...rest } = lesson;
  // Beside each other where there are cores for it; none of the two needs what the other learns.
  const ofDanger = () => ({ ...rest, phrases: [], abroad: [], offices: [], embeddings: undefined, danger: danger() });
  const [topics, { danger: known }] = await Promise.all([
    trainInThread('topics', { ...rest, danger: [] }),
    dangers ?? trainInThread('danger', ofDanger()),
  ]);
  const trained: Trained = { ...topics, danger: known };
  if (cacheDir) {
    // Nobody waits for it to be packed.
    const written = toFile(trained).then((bytes) => store(fileOf(lesson, cacheDir), bytes));
    writing.add(written);
    void written.finally(() => writing.delete(written));
  }
  return trained;
}

/** What was trained before from the same phrases, or null. */
export async function recallTrained(lesson: Lesson, cacheDir?: string): Promise<Trained | null> {
  return cacheDir ? recall(fileOf(lesson, cacheDir), fromFile) : null;
}

/** Most weights are small numbers, said often: on disk they take two thirds of their room. */
export const toFile = (trained: Trained): Promise<Buffer> => promisify(deflate)(serialize(trained));
const fromFile = (bytes: Buffer): Trained => deserialize(inflateSync(bytes));

/** Vectors are named by their mark: they are too many to be hashed at every start. */
function fileOf({ phrases, packs, abroad, offices, dangerFrom, clues, embeddedBy }: Lesson, cacheDir: string): string {
  const from = JSON.stringify([VERSION, phrases, packs, abroad, offices, dangerFrom, clues, embeddedBy]);
  return join(cacheDir, `${createHash('sha256').update(from).digest('hex')}.model`);
}

/** What the thread is started with. */
export interface Training {
  part: keyof typeof PARTS;
  job: Job;
}

function trainInThread<Part extends keyof typeof PARTS>(part: Part, job: Job): Promise<ReturnType<(typeof PARTS)[Part]>> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(builtFile(__dirname, 'trainer.worker.js'), { workerData: { part, job } satisfies Training });
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`Training stopped before it was done (exit code ${code}).`)));
  });
}
