/**
 * Phrases taught, messages sorted: tells what a message is about, for
 * one town in all its languages. Also what `npm run evaluate` measures on other people's data.
 */
import type { HeardIntent } from '../../domain/language/heard';
import type { Embedding } from '../embeddings/embedding-model';
import { lazily } from '../text/lazily';
import { createSpellingCorrector, type Vocabulary } from '../text/spelling';
import { createWordReader, type ReaderPack } from '../topics/examples';
import { type Features, featuresOf } from './features';
import { type ModelData, OUTSIDE, openModel, type Scored } from './model';

export type ClassifierPack = ReaderPack;

export interface Sorted {
  /** Best first, at most three. */
  intents: HeardIntent[];
  /** Probability that the message is about anything taught. */
  inside: number;
  /** How much of its words was ever taught, 0 to 1. */
  coverage: number;
  repaired: Array<[string, string]>;
  /** The words as they were read. */
  meant: string[];
}

export interface Classifier {
  labels: string[];
  /** The width of an embedding, or null when none were learnt from. */
  embeddingWidth: number | null;
  /**
   * @param words as typed and folded (`wordsOf`).
   * @param without topics it is known not to be about.
   */
  sort(words: string[], language: string, embedding?: Embedding | null, without?: ReadonlySet<string>): Sorted;
  /** Which label stands highest beside this one, and by how much above it; below, the lead is less than 0. */
  rivalOf(label: string, words: string[], language: string): { label: string; lead: number; coverage: number } | null;
  /** By the embedding alone, in whatever language it was said; shares of one whole. */
  sortByEmbedding(embedding: Embedding): HeardIntent[];
}

/** What teaching gives: plain data. */
export interface Taught {
  model: ModelData;
  /** By language. */
  vocabularies: Record<string, Vocabulary>;
}

export function createClassifier(packs: Record<string, ClassifierPack>, { model: learnt, vocabularies }: Taught): Classifier {
  const model = openModel(learnt, OUTSIDE);
  // Made when the first message in a language comes: a start has other things to do.
  const inLanguage = lazily((code: string) => {
    const pack = packs[code];
    if (!pack) throw new Error(`There is no language pack for "${code}".`);
    return { read: createWordReader(pack), spelling: createSpellingCorrector(pack, vocabularies[code]!) };
  });

  const read = (
    words: string[],
    language: string,
  ): { features: Features; repaired: Array<[string, string]>; meant: string[] } => {
    const own = inLanguage(language);
    const { words: meant, repaired } = own.spelling.repair(own.spelling.expand(words));
    return { features: featuresOf(meant.map(own.read)), repaired, meant };
  };

  return {
    labels: model.labels,
    embeddingWidth: model.embeddingWidth,
    sort(words, language, embedding, without) {
      const { features, repaired, meant } = read(words, language);
      const scored = model.score(features, embedding, without);
      return {
        intents: bestOf(model.labels, scored, model.confidenceOf(scored)).filter(({ topic }) => !without?.has(topic)),
        inside: model.insideOf(scored),
        coverage: model.vectorizer.coverage(features),
        repaired,
        meant,
      };
    },
    rivalOf(label, words, language) {
      const own = model.labels.indexOf(label);
      const { features } = read(words, language);
      const { scores } = model.score(features);
      const [rival] = topOf(scores, 2).filter((one) => one !== own);
      if (own < 0 || rival === undefined) return null;
      return { label: model.labels[rival]!, lead: scores[rival]! - scores[own]!, coverage: model.vectorizer.coverage(features) };
    },
    sortByEmbedding(embedding) {
      const margins = model.embeddingMargins(embedding);
      if (!margins) return [];
      const whole = margins.reduce((sum, margin) => sum + Math.exp(EMBEDDING_SHARPNESS * margin), 0);
      return topOf(margins, MOST_OFFERED).map((label) => ({
        topic: model.labels[label]!,
        confidence: rounded(Math.exp(EMBEDDING_SHARPNESS * margins[label]!) / whole),
      }));
    },
  };
}

function rounded(confidence: number): number {
  return Math.round(confidence * 1000) / 1000;
}

/** Sharpness with which what is left of the confidence is shared among the others. */
const SHARPNESS = 4;
const EMBEDDING_SHARPNESS = 4;
export const MOST_OFFERED = 3;

/** The best three labels; the first with its calibrated confidence, the others with their share of the rest. */
function bestOf(labels: string[], { scores, best }: Scored, confidence: number): HeardIntent[] {
  // Whoever is asked back is asked about topics: 'none of them' is a choice anyway.
  const order = topOf(scores, MOST_OFFERED + 1)
    .filter((label, place) => place === 0 || labels[label] !== OUTSIDE)
    .slice(0, MOST_OFFERED);
  let rest = 0;
  const shareOf = (label: number) => Math.exp(SHARPNESS * (scores[label]! - scores[best]!));
  for (let label = 0; label < scores.length; label++) if (label !== best) rest += shareOf(label);
  return order.map((label, place) => {
    const share = place === 0 ? confidence : Math.min(confidence, ((1 - confidence) * shareOf(label)) / (rest || 1));
    return { topic: labels[label]!, confidence: rounded(share) };
  });
}

function topOf(scores: Float32Array, count: number): number[] {
  const top: number[] = [];
  for (let label = 0; label < scores.length; label++) {
    let place = top.length;
    while (place > 0 && scores[label]! > scores[top[place - 1]!]!) place--;
    if (place < count) {
      top.splice(place, 0, label);
      top.length = Math.min(top.length, count);
    }
  }
  return top;
}
