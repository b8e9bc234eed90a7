/**
 * A town's understanding under measurement: made from its topics, with the encoder or without, and what is asked of it
 * alone, the citizen messages and the strange texts.
 */
import { join } from 'node:path';
import type { Towns } from '../../src/towns';
import {
  createPlaceFinder,
  createUnderstanding,
  type Embedder,
  type EmbeddingCache,
  foreignPhrases,
  type LanguagePack,
  phrasesOf,
  type Understanding,
} from '../../src/understanding';
import { evaluateCitizens } from './citizens';
import { evaluateStalls } from './fuzz';
import type { Citizen } from './sets';
import type { Table } from './table';
import { createTurns } from './turns';

/** What takes minutes to work out is kept here between runs. */
export const KEPT = join(__dirname, '../../../data/evaluation');
export const DEMO = 'bellerive';
/** Every so many phrases of the town are heard before a message's time is taken. */
const WARM_UP_STEP = 8;

export interface Bench {
  towns: Towns;
  /** Whose topics are learnt, by its id. */
  town: string;
  packs: Record<string, LanguagePack>;
  hasPeers: boolean;
  encoder: Encoder | null;
}

export interface Encoder {
  embedder: Embedder;
  kept: EmbeddingCache;
}

export function phrasesOfTown(towns: Towns, id: string) {
  const town = towns.get(id)!;
  return phrasesOf(towns.topics(id), controlsOf(towns), town.languages);
}

function controlsOf(towns: Towns) {
  return Object.fromEntries(towns.locales().map(({ code, controlPhrases }) => [code, controlPhrases]));
}

/** What the encoder is worth is measured however busy this machine is: nothing is given up after 150 ms here. */
function patient({ embedder, kept }: Encoder): Embedder {
  return { id: embedder.id, embed: (texts, purpose) => kept.of(texts, purpose) };
}

/** The town's understanding; with the encoder, once it has learnt with it. */
export async function withTown<T>(
  { towns, town: id, packs }: Bench,
  encoder: Encoder | null,
  use: (pipeline: Understanding) => Promise<T>,
): Promise<T> {
  const town = towns.get(id);
  if (!town) throw new Error(`There is no town "${id}": TOWNS_DIR says where towns are.`);
  let onEncoderLearnt = () => {};
  const learnt = new Promise<void>((resolve) => {
    onEncoderLearnt = resolve;
  });
  const pipeline = await createUnderstanding({
    towns: [{ town, topics: towns.topics(id) }],
    packs,
    phrases: controlsOf(towns),
    foreign: towns.foreign(),
    places: createPlaceFinder,
    ...(encoder ? { embedder: patient(encoder), cacheDir: join(KEPT, id), onEncoderLearnt } : {}),
  });
  try {
    if (encoder) await learnt;
    return await use(pipeline);
  } finally {
    await pipeline.close();
  }
}

export function citizens({ towns, town }: Bench, name: string, rows: Citizen[], pipeline: Understanding) {
  return evaluateCitizens(
    name,
    rows,
    pipeline,
    town,
    towns.topics(town),
    phrasesOfTown(towns, town).flatMap(({ text }, at) => (at % WARM_UP_STEP === 0 ? [text] : [])),
    createTurns(towns, pipeline, town),
  );
}

/** `--fuzz N`: strange texts, and how long each holds the process. */
export async function stalls(bench: Bench, count: number): Promise<Table> {
  if (!Number.isInteger(count) || count < 1) throw new Error('--fuzz needs a number of texts.');
  const { towns, town: id, packs } = bench;
  const town = towns.get(id)!;
  const of = {
    town,
    packs: Object.values(packs),
    phrases: phrasesOfTown(towns, id).map(({ text }) => text),
    foreign: foreignPhrases(towns.topics(id), town.languages, towns.foreign()).map(({ text }) => text),
  };
  return withTown(bench, null, (pipeline) => evaluateStalls(pipeline, of, count));
}
