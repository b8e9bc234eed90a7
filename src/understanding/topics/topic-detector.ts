/**
 * Which topic a message is about, with a sentence encoder beside the classifier when the operator
 * has one. Citizens are served at once by the classifier alone; with the encoder as soon as it has
 * seen the town's phrases, and without it again for every message it does not answer in time.
 */
import type { HeardIntent } from '../../domain/language/heard';
import type { Embedder } from '../embeddings/embedder';
import { type EmbeddingCache, sendable } from '../embeddings/embedding-cache';
import type { Embedding } from '../embeddings/embedding-model';
import {
  type Classifier,
  type ClassifierPack,
  createClassifier,
  MOST_OFFERED,
  type Sorted,
  type Taught,
} from '../learning/classifier';
import { OUTSIDE } from '../learning/model';
import { zoneOf } from './decision-zones';
import type { Phrase } from './examples';
import { ABROAD } from './foreign-phrases';
import { type ForeignSorted, judgeForeign } from './foreign-topics';
import { type Job, obtain, PLAIN, recallPart } from './training';

/** What one message may wait for the encoder. */
const PATIENCE_MS = 150;
/** With so few words known in the town's languages, and so many in others, a message is taken as one of those. */
const STRANGE = 0.35;
const AT_HOME = 0.7;
const MOST_OF_A_GUESS = 0.49;
const COURTESIES = new Set(['greet', 'thanks', 'bye']);

export interface Encoder {
  embedder: Embedder;
  kept: EmbeddingCache;
}

export interface TopicDetector {
  /** The words of the town's phrases, by language. */
  vocabularies: Taught['vocabularies'];
  /** Asks the encoder; null at once without one. */
  embed(text: string): Promise<Embedding | null>;
  /** @param without topics it is known not to be about. */
  sort(words: string[], language: string, embedding?: Embedding | null, without?: ReadonlySet<string>): Sorted;
  /** What is asked for in a language the town does not speak: without an encoder a guess, to be offered. */
  sortForeign(words: string[], embedding?: Embedding | null): ForeignSorted;
  /** Resolves when the encoder's part is learnt, or will not be. */
  learnt: Promise<void>;
  close(): void;
}

/** What a town is taught to hear. */
export interface Lessons {
  phrases: Phrase[];
  /** In languages the town does not speak. */
  abroad: Phrase[];
  /** Of other offices. */
  offices: Phrase[];
}

/** Null where there is nothing to tell apart. */
export async function openTopicDetector(
  { phrases, abroad, offices }: Lessons,
  packs: Record<string, ClassifierPack>,
  cacheDir?: string,
  encoder?: Encoder,
): Promise<TopicDetector | null> {
  if (new Set(phrases.map(({ label }) => label)).size < 2) return null;
  const slim = Object.fromEntries(Object.entries(packs).map(([code, { stemmer, shorthand }]) => [code, { stemmer, shorthand }]));
  const plain: Job = { phrases, packs: slim, abroad, offices };
  const mark = encoder?.kept.mark();
  const before = mark && (await recallPart({ ...plain, embeddedBy: mark }, 'topics', cacheDir));
  const first = before
    ? { ...(await obtain(plain, cacheDir, ['abroad', 'offices'])), topics: before }
    : await obtain(plain, cacheDir);
  let isClosed = false;
  let isWrong = false;
  let classifier: Classifier = createClassifier(packs, first.topics);
  const foreign = first.abroad && createClassifier(PLAIN, first.abroad);
  const clerk = first.offices && createClassifier(packs, first.offices);
  /** What is not the town's is looked at again: it may be an office's whose name we know. */
  const named = (own: Sorted, words: string[], language: string): Sorted =>
    clerk ? { ...own, intents: withOffices(own.intents, clerk.sort(words, language).intents) } : own;
  const swap = (topics: Taught) => {
    classifier = createClassifier(packs, topics);
    isWrong = false;
  };

  const learn = async ({ kept }: Encoder) => {
    await kept.check();
    if (before && kept.mark() === mark) return;
    if (before) swap((await obtain(plain, cacheDir, ['topics'])).topics);
    const embeddings = await kept.of(phrases.map(({ text }) => text));
    if (!embeddings || isClosed) return;
    const { topics } = await obtain({ ...plain, embeddings, embeddedBy: kept.mark() }, cacheDir, ['topics']);
    if (!isClosed) swap(topics);
  };

  return {
    vocabularies: first.topics.vocabularies,
    async embed(text) {
      const width = classifier.embeddingWidth;
      if (!encoder || width === null || isWrong) return null;
      const asked = sendable(text);
      if (asked === '') return null;
      const [embedding] = (await encoder.embedder.embed([asked], 'query', PATIENCE_MS)) ?? [];
      if (embedding && embedding.length !== width) isWrong = true;
      return embedding && !isWrong ? embedding : null;
    },
    sort(words, language, embedding, without) {
      const own = classifier.sort(words, language, embedding, without);
      if (!foreign || own.coverage > STRANGE) return named(own, words, language);
      // "necesito ayuda" is too short for a detector of languages; its words are known all the same, only not as ours.
      const said = foreign.sort(words, ABROAD);
      return said.coverage < AT_HOME ? named(own, words, language) : { ...own, intents: said.intents.map(guessed) };
    },
    sortForeign(words, embedding) {
      const said = foreign?.sort(words, ABROAD).intents ?? [];
      return judgeForeign(said, embedding ? classifier.sortByEmbedding(embedding) : []);
    },
    // Where it cannot be learnt, citizens are served as without it.
    learnt: encoder ? learn(encoder).catch(() => undefined) : Promise.resolve(),
    close: () => {
      isClosed = true;
    },
  };
}

/**
 * Whatever is surely the town's stays so. What is nobody's is an office's where one is heard; where the town's topic is only
 * a guess, an office is the next one.
 */
function withOffices(own: HeardIntent[], [office]: HeardIntent[]): HeardIntent[] {
  const [first] = own;
  if (!first || !office || office.topic === OUTSIDE) return own;
  if (first.topic === OUTSIDE) return inOrder([office, ...own.filter(({ topic }) => topic !== OUTSIDE)], office.confidence);
  if (zoneOf(own) === 'act' || zoneOf([office]) === 'none') return own;
  return inOrder([first, office, ...own.slice(1)], MOST_OF_A_GUESS);
}

/** At most three, none surer than said nor than the one before. */
function inOrder(intents: HeardIntent[], most: number): HeardIntent[] {
  let least = most;
  return intents.slice(0, MOST_OFFERED).map(({ topic, confidence }) => {
    least = Math.min(least, confidence);
    return { topic, confidence: least };
  });
}

/** A guess is asked back, but for a courtesy. */
function guessed({ topic, confidence }: HeardIntent): HeardIntent {
  return { topic, confidence: COURTESIES.has(topic) ? confidence : Math.min(confidence, MOST_OF_A_GUESS) };
}
