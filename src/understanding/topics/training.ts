/**
 * From a town's phrases to what hears with them: the models of topics and of other offices. Runs in
 * a worker thread, or is taken from the cache when the same phrases were learnt before.
 */
import type { Embedding } from '../embeddings/embedding-model';
import type { Taught } from '../learning/classifier';
import { learnInThread } from '../learning/in-thread';
import { TRAINING_DEFAULTS, type TrainingOptions, trainModel } from '../learning/model';
import { keepModel, recallModel } from '../learning/model-files';
import { createReader, eachRead, type Phrase, type ReaderPack } from './examples';
import { ABROAD } from './foreign-phrases';

export interface Job {
  phrases: Phrase[];
  packs: Record<string, ReaderPack>;
  /** Phrases in languages the town does not speak; may be none. */
  abroad: Phrase[];
  /** Phrases of other offices, among what is no office's; may be none. */
  offices: Phrase[];
  /** The encoder's vector of each phrase, and what these vectors are called; left out where there is no encoder. */
  embeddings?: Embedding[];
  embeddedBy?: string;
}

export interface Trained {
  topics: Taught;
  /** What is asked for in languages it does not speak; null where no topic has such phrases. */
  abroad: Taught | null;
  /** Tells other offices apart; null where the town has no file about any. */
  offices: Taught | null;
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
  const reader = createReader(packs);
  const model = trainModel(
    { labels: phrases.map(({ label }) => label), readings: eachRead(phrases, reader), embeddings },
    options,
  );
  return { model, vocabularies: reader.vocabularies() };
}

const LEARN: { [Part in keyof Trained]: (job: Job) => Trained[Part] } = {
  topics: ({ phrases, packs, embeddings }) => teach(phrases, packs, embeddings),
  abroad: ({ abroad }) => (abroad.length > 0 ? teach(abroad, PLAIN) : null),
  offices: ({ offices, packs }) => (offices.length > 0 ? teach(offices, packs) : null),
};

export type Part = keyof Trained;
const EVERYTHING = Object.keys(LEARN) as Part[];

/** @param parts what of it is to be learnt. */
export function train(job: Job, parts: Part[]): Partial<Trained> {
  return Object.fromEntries(parts.map((part) => [part, LEARN[part](job)]));
}

/** What a part is learnt from: the same gives the same. Vectors are named by their mark, they are too many to be hashed at every start. */
function sourcesOf(part: Part, { phrases, packs, abroad, offices, embeddedBy }: Job): unknown[] {
  switch (part) {
    case 'topics':
      return [part, phrases, packs, embeddedBy ?? null];
    case 'abroad':
      return [part, abroad];
    case 'offices':
      return [part, offices, packs];
  }
}

/**
 * Every part is kept in a file of its own, and what is missing is trained in a worker thread: an edited phrase of another
 * office is no reason to learn the topics again.
 * @param parts what is asked for.
 */
export async function obtain<Asked extends Part = Part>(
  job: Job,
  cacheDir: string | undefined,
  parts: readonly Asked[] = EVERYTHING as Asked[],
): Promise<Pick<Trained, Asked>> {
  const found = Object.fromEntries(
    (await Promise.all(parts.map(async (part) => [part, await recallPart(job, part, cacheDir)] as const))).filter(
      ([, known]) => known !== undefined,
    ),
  );
  const missing = parts.filter((part) => !(part in found));
  const training: Training = { parts: missing, job };
  const fresh = missing.length > 0 ? await learnInThread<Partial<Trained>>('topics', training) : {};
  for (const part of missing) keepModel(sourcesOf(part, job), fresh[part], cacheDir);
  return { ...found, ...fresh } as Pick<Trained, Asked>;
}

/** What was learnt before from the same sources; undefined when it was not. */
export function recallPart<Asked extends Part>(
  job: Job,
  part: Asked,
  cacheDir: string | undefined,
): Promise<Trained[Asked] | undefined> {
  return recallModel<Trained[Asked]>(sourcesOf(part, job), cacheDir);
}

/** What a thread is asked to train. */
export interface Training {
  parts: Part[];
  job: Job;
}
