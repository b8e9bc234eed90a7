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

const LEARN: { [Part in keyof Trained]: (job: Job) => Trained[Part] } = {
  topics: ({ phrases, packs, embeddings }) => teach(phrases, packs, embeddings),
  abroad: ({ abroad }) => (abroad.length > 0 ? teach(abroad, PLAIN) : null),
  offices: ({ offices, packs }) => (offices.length > 0 ? teach(offices, packs) : null),
  danger: ({ danger, packs, clues }) => (danger.length > 0 ? teachDanger(danger, packs, clues) : null),
  languages({ phrases, packs }) {
    if (new Set(phrases.map(({ language }) => language)).size < 2) return null;
    const plain = createReader(Object.fromEntries(Object.keys(packs).map((code) => [code, { stemmer: 'none', shorthand: {} }])));
    const some = aFew(phrases).map((phrase) => ({ reading: plain(phrase), label: phrase.language }));
    return trainModel(some, { outside: null, isSure: false, least: 2 });
  },
};

export type Part = keyof Trained;
const EVERYTHING = Object.keys(LEARN) as Part[];

/** @param parts what of it is to be learnt. */
export function train(job: Job, parts: Part[]): Partial<Trained> {
  return Object.fromEntries(parts.map((part) => [part, LEARN[part](job)]));
}

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

/** What a part is learnt from: the same gives the same. Vectors are named by their mark, they are too many to be hashed at every start. */
function sourcesOf(part: Part, { phrases, packs, abroad, offices, dangerFrom, clues, embeddedBy }: Lesson): unknown {
  switch (part) {
    case 'topics':
      return [phrases, packs, embeddedBy];
    case 'abroad':
      return abroad;
    case 'offices':
      return [offices, packs];
    case 'danger':
      return [phrases, packs, dangerFrom, clues];
    case 'languages':
      return [phrases, Object.keys(packs)];
  }
}

/**
 * Every part is kept in a file of its own, and what is missing is trained in worker threads: an edited sentence of danger
 * is no reason to learn the topics again.
 * @param parts what is asked for.
 */
export async function obtain<Asked extends Part = Part>(
  lesson: Lesson,
  cacheDir: string | undefined,
  parts: readonly Asked[] = EVERYTHING as Asked[],
): Promise<Pick<Trained, Asked>> {
  const found = Object.fromEntries(
    (await Promise.all(parts.map(async (part) => [part, await recallPart(lesson, part, cacheDir)] as const))).filter(
      ([, known]) => known !== undefined,
    ),
  );
  const missing = parts.filter((part) => !(part in found));
  // Danger takes as long as all the rest: beside each other where there are cores for both.
  const shares = [missing.filter((part) => part !== 'danger'), missing.filter((part) => part === 'danger')];
  const { danger, dangerFrom: _, ...rest } = lesson;
  const learnt = await Promise.all(
    shares
      .filter(({ length }) => length > 0)
      .map((share) =>
        trainInThread({ parts: share, job: { ...rest, danger: share.includes('danger' as Asked) ? danger() : [] } }),
      ),
  );
  const fresh: Partial<Trained> = Object.assign({}, ...learnt);
  if (cacheDir) for (const part of missing) keep(fresh[part], fileOf(lesson, part, cacheDir));
  return { ...found, ...fresh } as Pick<Trained, Asked>;
}

/** What was learnt before from the same sources; undefined when it was not. */
export async function recallPart<Asked extends Part>(
  lesson: Lesson,
  part: Asked,
  cacheDir: string | undefined,
): Promise<Trained[Asked] | undefined> {
  if (!cacheDir) return undefined;
  return (await recall(fileOf(lesson, part, cacheDir), (bytes) => ({ model: fromFile(bytes) as Trained[Asked] })))?.model;
}

/** Nobody waits for it to be packed. */
function keep(model: unknown, file: string): void {
  const written = toFile(model).then((bytes) => store(file, bytes));
  writing.add(written);
  void written.finally(() => writing.delete(written));
}

/** Most weights are small numbers, said often: on disk they take two thirds of their room. */
export const toFile = (model: unknown): Promise<Buffer> => promisify(deflate)(serialize(model));
const fromFile = (bytes: Buffer): unknown => deserialize(inflateSync(bytes));

function fileOf(lesson: Lesson, part: Part, cacheDir: string): string {
  const sources = JSON.stringify([VERSION, part, sourcesOf(part, lesson)]);
  return join(cacheDir, `${createHash('sha256').update(sources).digest('hex')}.model`);
}

/** What the thread is started with. */
export interface Training {
  parts: Part[];
  job: Job;
}

function trainInThread(training: Training): Promise<Partial<Trained>> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(builtFile(__dirname, 'trainer.worker.js'), { workerData: training });
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`Training stopped before it was done (exit code ${code}).`)));
  });
}
