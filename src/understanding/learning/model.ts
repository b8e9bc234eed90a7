/**
 * Which topic a message is about: trained from phrases, kept as plain arrays (they travel
 * from the training thread and to the cache as they are), opened for hearing.
 */

import {
  type Embedding,
  type EmbeddingModelData,
  learnEmbeddings,
  openEmbeddingModel,
  toEmbeddingModel,
} from '../embeddings/embedding-model';
import { type Calibration, SIGNALS, type Signals, signalsOf } from './calibration';
import { crossValidate } from './cross-validation';
import type { Features, Reading } from './features';
import { openMargins } from './margins';
import { fitNaiveBayes } from './naive-bayes';
import { indexPhrases, type NearestNeighbourData, openNearestNeighbour } from './nearest-neighbour';
import { type Learner, learn, SVM_DEFAULTS } from './svm';
import { fitVectorizer, openVectorizer, type Rows, type Vectorizer, type VectorizerData } from './vectorizer';

export interface Examples {
  labels: string[];
  /** One for each label; may be read as they are asked for, once. */
  readings: Iterable<Reading>;
  /** One for each label, or none. */
  embeddings?: Embedding[];
}

export interface ModelData {
  labels: string[];
  vectorizer: VectorizerData;
  /** `feature * labels + label`, in steps of the feature's scale; the last row is the bias. */
  weights: Int8Array;
  scales: Float32Array;
  nearestNeighbour: NearestNeighbourData;
  calibration: Calibration;
  /** What is known with a sentence encoder; null without one. */
  embedding: (EmbeddingModelData & { calibration: Calibration }) | null;
}

export interface Scored {
  /** Margins, by label. */
  scores: Float32Array;
  /** Nearest phrase's cosine, by label. */
  cosines: Float32Array;
  signals: Signals;
  best: number;
  /** Heard with the help of a sentence encoder. */
  usesEmbedding: boolean;
}

export interface TrainingOptions {
  /** The label of what is nobody's: phrases of it teach when not to answer. */
  outside: string | null;
  /** Whether it is to be known how sure the model is; otherwise only margins are asked for. */
  isSure: boolean;
  /** Features in fewer phrases are left out. */
  least: number;
  /** Over all phrases, if they are to be more than usual. */
  rounds?: number;
}

/** The control intent of what is nobody's at the town hall. */
export const OUTSIDE = 'out_of_scope';

export const TRAINING_DEFAULTS: TrainingOptions = { outside: OUTSIDE, isSure: true, least: 1 };

/** Phrases in, model out; deterministic. */
export function trainModel(
  { labels: given, readings, embeddings }: Examples,
  { outside, isSure, least, rounds = SVM_DEFAULTS.rounds }: TrainingOptions = TRAINING_DEFAULTS,
): ModelData {
  const labels = [...new Set(given)].sort();
  const numbers = new Map(labels.map((label, number) => [label, number]));
  const owner = Uint16Array.from(given, (label) => numbers.get(label)!);
  const { vectorizer, rows, stems } = fitVectorizer(readings, least);
  const learner = learn(rows, owner, labels.length, vectorizer.idf.length, { ...SVM_DEFAULTS, rounds });
  learner.add(fitNaiveBayes(rows, owner, labels.length, vectorizer.idf.length));
  const embedding = embeddings ? learnEmbeddings(embeddings, owner, labels.length) : null;
  const model: ModelData = {
    labels,
    vectorizer,
    ...shrink(learner, labels.length, vectorizer.idf.length),
    nearestNeighbour: indexPhrases(isSure ? rows : NO_ROWS, isSure ? owner : NO_OWNER, vectorizer.blocks),
    calibration: uncalibrated(),
    embedding: embedding && { ...toEmbeddingModel(embedding, labels.length), calibration: uncalibrated() },
  };
  if (!isSure) return model;
  const { plain, withEmbedding } = crossValidate({
    ...{ stems, rows, owner, learner, embedding },
    labels,
    outside: outside === null ? -1 : labels.indexOf(outside),
    vectorizer: openVectorizer(vectorizer),
    nearest: openNearestNeighbour(model.nearestNeighbour, vectorizer.blocks, labels.length),
  });
  model.calibration = plain;
  if (model.embedding && withEmbedding) model.embedding.calibration = withEmbedding;
  return model;
}

const NO_ROWS: Rows = { starts: new Int32Array(1), ids: new Int32Array(0), values: new Float32Array(0) };
const NO_OWNER = new Uint16Array(0);

function uncalibrated(): Calibration {
  return { right: new Float64Array(SIGNALS.length + 1), inside: new Float64Array(SIGNALS.length + 1) };
}

/** Eight bits a weight: a quarter of the memory for a tenth of a point at most. */
function shrink(learner: Learner, labelCount: number, size: number): Pick<ModelData, 'weights' | 'scales'> {
  const weights = new Int8Array((size + 1) * labelCount);
  const scales = new Float32Array(size + 1);
  for (let row = 0; row <= size; row++) scales[row] = shrinkRow(learner.weightsOf(row), weights, row * labelCount);
  return { weights, scales };
}

function shrinkRow(values: Float32Array, weights: Int8Array, from: number): number {
  let largest = 0;
  for (let label = 0; label < values.length; label++) largest = Math.max(largest, Math.abs(values[label]!));
  if (largest === 0) return 0;
  for (let label = 0; label < values.length; label++) weights[from + label] = Math.round((values[label]! / largest) * 127);
  return largest / 127;
}

/** Of what is left out; margins of the others lie between about -1 and 1. */
const LEAST_SCORE = -4;

export interface Model {
  labels: string[];
  vectorizer: Vectorizer;
  /** The width of an embedding, or null when none were learnt from. */
  embeddingWidth: number | null;
  /** @param without labels that are known not to be meant: how sure it is, is then asked of the others alone. */
  score(features: Features, embedding?: Embedding | null, without?: ReadonlySet<string>): Scored;
  /** Margins alone, by label. */
  margins(features: Features): Float32Array;
  /** Margins of the embedding alone, or null where none like it were learnt. */
  embeddingMargins(embedding: Embedding): Float32Array | null;
  /** Probability that the best label is right. */
  confidenceOf(scored: Scored): number;
  /** Probability that the message is about anything taught. */
  insideOf(scored: Scored): number;
}

export function openModel(data: ModelData, outside: string | null): Model {
  // What the functions below hold on to stays for good: of the data only what is asked for with each message, not the whole.
  const { labels, calibration, embedding: learnt } = data;
  const vectorizer = openVectorizer(data.vectorizer);
  const nearest = openNearestNeighbour(data.nearestNeighbour, data.vectorizer.blocks, labels.length);
  const marginsOfEmbedding = learnt && openEmbeddingModel(learnt, labels.length);
  const stranger = outside === null ? -1 : labels.indexOf(outside);
  const width = labels.length;
  const marginsOf = openMargins(data, width);
  const surenessOf = ({ usesEmbedding }: Scored): Calibration => (usesEmbedding && learnt ? learnt.calibration : calibration);

  const embeddingMargins = (embedding: Embedding) =>
    marginsOfEmbedding && embedding.length === learnt?.mean.length ? marginsOfEmbedding(embedding) : null;

  return {
    labels,
    vectorizer,
    embeddingWidth: learnt?.mean.length ?? null,
    score(features, embedding, without) {
      const vector = vectorizer.vector(features);
      const scores = marginsOf(vector);
      const withEmbedding = embedding ? embeddingMargins(embedding) : null;
      if (withEmbedding) for (let label = 0; label < width; label++) scores[label]! += learnt!.worth * withEmbedding[label]!;
      const cosines = nearest(vector);
      if (without) {
        labels.forEach((label, at) => {
          if (!without.has(label)) return;
          scores[at] = LEAST_SCORE;
          cosines[at] = 0;
        });
      }
      return {
        scores,
        cosines,
        usesEmbedding: withEmbedding !== null,
        ...signalsOf(scores, cosines, vectorizer.coverage(features), features.stems.length, stranger),
      };
    },
    embeddingMargins,
    margins: (features) => marginsOf(vectorizer.vector(features)),
    confidenceOf: (scored) => chance(surenessOf(scored).right, scored.signals),
    insideOf: (scored) => chance(surenessOf(scored).inside, scored.signals),
  };
}

function chance(weights: Float64Array, signals: Signals): number {
  let sum = weights[signals.length]!;
  for (let at = 0; at < signals.length; at++) sum += signals[at]! * weights[at]!;
  return 1 / (1 + Math.exp(-sum));
}
