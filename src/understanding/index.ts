/**
 * What a citizen's words mean: language, danger, opt-out, topics, places, dates,
 * follow-ups. Made from the towns' topics at start, taught again when a clerk edits one.
 */
import { availableParallelism } from 'node:os';
import type { ForeignLanguage } from '../domain/language/foreign';
import type { LanguagePack, PlaceWords } from '../domain/language/language-pack';
import type { Topic } from '../domain/topic';
import type { Town } from '../domain/town';
import type { Embedder } from './embeddings/embedder';
import { openEmbeddingCache } from './embeddings/embedding-cache';
import { openReaders } from './entities/readers';
import { createPipeline, type Pipeline } from './pipeline';
import type { PlaceFinder } from './places/place-finder';
import { groupAlike } from './topics/alike';
import type { Phrases } from './topics/examples';
import type { Understanding } from './understanding';

export type { LanguagePack } from '../domain/language/language-pack';
export { createScreening } from './danger/screening';
export type { Embedder } from './embeddings/embedder';
export { createHttpEmbedder } from './embeddings/embedder';
export { type EmbeddingCache, openEmbeddingCache } from './embeddings/embedding-cache';
export { readPack } from './language/language-pack';
export { type ClassifierPack, createClassifier } from './learning/classifier';
export { seeded } from './learning/svm';
export { createPlaceFinder, type PlaceFinder } from './places/place-finder';
export { wordsOf } from './text/words';
// For measuring (`npm run evaluate`), on the town's own topics and on other people's data.
export { createAnswerFinder, type Entry } from './topics/answer-search';
export { officePhrasesOf, type Phrase, phrasesOf } from './topics/examples';
export { foreignPhrases } from './topics/foreign-phrases';
export { teach } from './topics/training';
export type { HearOptions, Understanding } from './understanding';

export interface UnderstandingParts {
  towns: Array<{ town: Town; topics: Topic[] }>;
  packs: Record<string, LanguagePack>;
  /** By language, then by control intent (`locales/<lang>/phrases.yml`). */
  phrases: Phrases;
  /** What is known of languages that no town speaks (`locales/foreign/`). */
  foreign: ForeignLanguage[];
  places(town: Town, languages: PlaceWords[]): PlaceFinder;
  embedder?: Embedder;
  /** Told when a town's phrases have been learnt with the encoder. */
  onEncoderLearnt?: (town: string) => void;
  /** Where models are kept between starts; without it they are trained each time. */
  cacheDir?: string;
}

interface Listening {
  town: Town;
  pipeline: Pipeline;
  places: PlaceFinder;
}

export async function createUnderstanding(parts: UnderstandingParts): Promise<Understanding> {
  const listening = new Map<string, Listening>();
  const { embedder } = parts;
  const encoder = embedder && { embedder, kept: await openEmbeddingCache(embedder, parts.cacheDir) };
  const listen = async (town: Town, topics: Topic[]) => {
    const missing = town.languages.find((code) => !parts.packs[code]);
    if (missing)
      throw new Error(`The town ${town.id} speaks "${missing}", which has no language pack in locales/${missing}/pack.yml.`);
    const places = parts.places(
      town,
      town.languages.map((code) => parts.packs[code]!.places),
    );
    const pipeline = await createPipeline({ ...parts, encoder, town, topics, places });
    listening.get(town.id)?.pipeline.close();
    listening.set(town.id, { town, places, pipeline });
    if (encoder) void pipeline.learnt.then(() => parts.onEncoderLearnt?.(town.id));
  };
  // Learning takes a core for seconds: one is left for the door, which is being opened meanwhile.
  const towns = [...parts.towns];
  const learn = async () => {
    for (let next = towns.shift(); next; next = towns.shift()) await listen(next.town, next.topics);
  };
  await Promise.all(Array.from({ length: Math.max(1, availableParallelism() - 1) }, learn));
  /** The last draft that was tried. One learns after the other, so that trying takes one core at most. */
  let rehearsed: { topics: string; pipeline: Promise<Pipeline> } | undefined;
  const rehearsalOf = (id: string, topics: Topic[]): Promise<Pipeline> => {
    const key = `${id} ${JSON.stringify(topics)}`;
    if (rehearsed?.topics === key) return rehearsed.pipeline;
    const before = rehearsed?.pipeline.then(
      (pipeline) => pipeline.close(),
      () => {},
    );
    const { town, places } = of(id);
    const pipeline = Promise.resolve(before).then(() => createPipeline({ ...parts, cacheDir: undefined, town, topics, places }));
    rehearsed = { topics: key, pipeline };
    return pipeline;
  };
  const readers = openReaders(parts.packs);
  const of = (id: string): Listening => {
    const found = listening.get(id);
    if (!found) throw new Error(`The town ${id} is not on this installation.`);
    return found;
  };

  return {
    hear: (text, options) => of(options.town).pipeline.hear(text, options),
    async read(text, options) {
      const { town, pipeline, places } = of(options.town);
      const language = pipeline.languageOf(text, options.prior);
      return readers.read(text, { town, language, now: options.now, places, looks: options.looks });
    },
    followUp: async (text, topic, options) => of(options.town).pipeline.followUp(text, topic, options),
    async rehearse(text, { town, language, now, topics }) {
      const pipeline = topics ? await rehearsalOf(town, topics) : of(town).pipeline;
      const options = { town, prior: language, now };
      const heard = await pipeline.hear(text, options);
      const [top] = heard.intents;
      return { heard, detail: (top && pipeline.followUp(text, top.topic, options)?.detail) ?? null };
    },
    async group(id, texts) {
      const { town } = of(id);
      return groupAlike(texts, Object.fromEntries(town.languages.map((code) => [code, parts.packs[code]!])));
    },
    nearest: (town, point) => of(town).places.nearest(point),
    retrain: listen,
    async close() {
      encoder?.kept.close();
      await rehearsed?.pipeline.then(
        (pipeline) => pipeline.close(),
        () => {},
      );
      for (const { pipeline } of listening.values()) pipeline.close();
      await readers.close();
    },
  };
}
