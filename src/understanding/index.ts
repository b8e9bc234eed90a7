/**
 * What a citizen's words mean: language, danger, opt-out, topics, places, dates,
 * follow-ups. Made from the towns' topics at start, taught again when a clerk edits one.
 */
import { availableParallelism } from 'node:os';
import { realTownOf } from '../domain/desk/training';
import type { PlaceWords } from '../domain/language/address-words';
import type { ForeignLanguage } from '../domain/language/foreign';
import type { LanguagePack } from '../domain/language/language-pack';
import type { Topic } from '../domain/topic/topic';
import type { Town } from '../domain/town';
import { createDangerModels } from './danger/danger-models';
import { compileLanguages } from './danger/foreign-languages';
import type { Embedder } from './embeddings/embedder';
import { openEmbeddingCache } from './embeddings/embedding-cache';
import { openReaders } from './entities/readers';
import { createLanguageModels } from './language/language-models';
import { kept } from './learning/model-files';
import { createPipeline, type Pipeline } from './pipeline';
import type { PlaceFinder } from './places/place-finder';
import { lazily } from './text/lazily';
import { groupAlike } from './topics/alike';
import type { Phrases } from './topics/examples';
import type { Understanding } from './understanding';

export type { LanguagePack } from '../domain/language/language-pack';
export { createScreening } from './danger/screening';
export type { Embedder } from './embeddings/embedder';
export { createHttpEmbedder } from './embeddings/embedder';
export { type EmbeddingCache, openEmbeddingCache } from './embeddings/embedding-cache';
export { readPack } from './language/language-pack';
export { learnPacks } from './learn-packs';
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
  places: PlaceFinder;
  pipeline: Promise<Pipeline>;
  isLearnt: boolean;
}

/** As `beginUnderstanding`, resolved when all towns are learnt. */
export async function createUnderstanding(parts: UnderstandingParts): Promise<Understanding> {
  const begun = beginUnderstanding(parts);
  await begun.learnt;
  return begun;
}

/** Towns are learnt one after the other, those that are asked for first: whoever writes to one waits for no other. */
export function beginUnderstanding(parts: UnderstandingParts): Understanding {
  const { embedder, packs } = parts;
  const encoder = embedder && openEmbeddingCache(embedder, parts.cacheDir).then((kept) => ({ embedder, kept }));
  encoder?.catch(() => {});
  // Most towns of an installation speak the same languages.
  const abroad = lazily((spoken: string) => {
    const foreign = parts.foreign.filter(({ code }) => !spoken.split(' ').includes(code));
    return { foreign, compiled: compileLanguages(foreign) };
  });
  const abroadOf = (town: Town) => abroad([...town.languages].sort().join(' '));
  const dangers = createDangerModels(packs, parts.cacheDir);
  const languages = createLanguageModels(packs, parts.cacheDir);
  let isClosed = false;

  const listen = async (town: Town, topics: Topic[], places: PlaceFinder): Promise<Pipeline> => {
    const beside = { ...parts, ...abroadOf(town), dangers, languages };
    const pipeline = await createPipeline({ ...beside, encoder: await encoder, town, topics, places });
    if (isClosed) pipeline.close();
    if (encoder) void pipeline.learnt.then(() => parts.onEncoderLearnt?.(town.id));
    return pipeline;
  };

  /** Towns that wait to be learnt, next first. */
  const waiting: Array<{ id: string; begin(): Promise<unknown> }> = [];
  const want = (id: string) => {
    const at = waiting.findIndex((one) => one.id === id);
    if (at > 0) waiting.unshift(...waiting.splice(at, 1));
  };
  const listening = new Map(parts.towns.map(({ town, topics }) => [town.id, later(town, topics)]));
  function later(town: Town, topics: Topic[]): Listening {
    const missing = town.languages.find((code) => !packs[code]);
    if (missing)
      throw new Error(`The town ${town.id} speaks "${missing}", which has no language pack in locales/${missing}/pack.yml.`);
    const places = parts.places(
      town,
      town.languages.map((code) => packs[code]!.places),
    );
    const pipeline = new Promise<Pipeline>((resolve, reject) => {
      waiting.push({ id: town.id, begin: () => listen(town, topics, places).then(resolve, reject) });
    });
    const one: Listening = { town, places, pipeline, isLearnt: false };
    pipeline.then(
      () => {
        one.isLearnt = true;
      },
      () => {},
    );
    return one;
  }
  // Learning takes a core for seconds: one is left for the door.
  const resting = new Set<NodeJS.Timeout>();
  const learn = async () => {
    for (let next = waiting.shift(); next && !isClosed; next = waiting.shift()) {
      const begunMs = performance.now();
      await next.begin();
      // Whoever waited for this town is answered before the next one takes the cores again.
      const restMs = (performance.now() - begunMs) / 5;
      if (isClosed || waiting.length === 0) return;
      await new Promise<void>((resolve) => {
        const rest = setTimeout(() => {
          resting.delete(rest);
          resolve();
        }, restMs);
        resting.add(rest);
      });
    }
  };
  void Promise.all(Array.from({ length: Math.max(1, availableParallelism() - 1) }, learn));
  const learnt = Promise.all([...listening.values()].map(({ pipeline }) => pipeline)).then(() => {});
  learnt.catch(() => {});
  const keyOf = (id: string, topics: Topic[]) => `${id} ${JSON.stringify(topics)}`;
  /** The last draft that was tried. One learns after the other, so that trying takes one core at most. */
  let lastDraft: { topics: string; pipeline: Promise<Pipeline> } | undefined;
  const draftOf = (id: string, topics: Topic[]): Promise<Pipeline> => {
    const key = keyOf(id, topics);
    if (lastDraft?.topics === key) return lastDraft.pipeline;
    const before = lastDraft?.pipeline.then(
      (pipeline) => pipeline.close(),
      () => {},
    );
    const { town, places } = of(id);
    const pipeline = Promise.resolve(before).then(() =>
      createPipeline({ ...parts, ...abroadOf(town), dangers, languages, cacheDir: undefined, town, topics, places }),
    );
    lastDraft = { topics: key, pipeline };
    pipeline.catch(() => {
      if (lastDraft?.pipeline === pipeline) lastDraft = undefined;
    });
    return pipeline;
  };
  const readers = openReaders(packs);
  const of = (id: string): Listening => {
    // In a room where agents train it is heard as in its town.
    const found = listening.get(realTownOf(id));
    if (!found) throw new Error(`The town ${id} is not on this installation.`);
    return found;
  };

  return {
    learnt,
    learning(id) {
      const asked = listening.get(realTownOf(id));
      if (!asked || asked.isLearnt) return null;
      want(realTownOf(id));
      return asked.pipeline.then(() => {});
    },
    hear: async (text, options) => (await of(options.town).pipeline).hear(text, options),
    async read(text, options) {
      const { town, pipeline, places } = of(options.town);
      const language = (await pipeline).languageOf(text, options.prior);
      return readers.read(text, { town, language, now: options.now, places, looks: options.looks, spokenOf: options.spokenOf });
    },
    followUp: async (text, topic, options) => (await of(options.town).pipeline).followUp(text, topic, options),
    async tryOut(text, { town, language, now, topics }) {
      const pipeline = await (topics ? draftOf(town, topics) : of(town).pipeline);
      const options = { town, prior: language, now };
      const heard = await pipeline.hear(text, options);
      const [top] = heard.intents;
      return { heard, detail: (top && pipeline.followUp(text, top.topic, options)?.detail) ?? null };
    },
    async group(id, texts) {
      const { town } = of(id);
      return groupAlike(texts, Object.fromEntries(town.languages.map((code) => [code, packs[code]!])));
    },
    nearest: (town, point) => of(town).places.nearest(point),
    async retrain(town, topics) {
      // What was tried last is learnt already; with an encoder it is learnt anew, as only so the encoder is asked.
      const tried = !encoder && lastDraft?.topics === keyOf(town.id, topics) ? lastDraft : undefined;
      if (tried) lastDraft = undefined;
      const places = tried
        ? of(town.id).places
        : parts.places(
            town,
            town.languages.map((code) => packs[code]!.places),
          );
      const pipeline = await (tried ? tried.pipeline : listen(town, topics, places));
      const before = listening.get(town.id);
      listening.set(town.id, { town, places, pipeline: Promise.resolve(pipeline), isLearnt: true });
      before?.pipeline.then((old) => old.close());
    },
    async close() {
      isClosed = true;
      for (const rest of resting) clearTimeout(rest);
      (await encoder?.catch(() => undefined))?.kept.close();
      await lastDraft?.pipeline.then(
        (pipeline) => pipeline.close(),
        () => {},
      );
      for (const { isLearnt, pipeline } of listening.values()) if (isLearnt) (await pipeline).close();
      await readers.close();
      await kept();
    },
  };
}
