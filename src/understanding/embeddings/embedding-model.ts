/**
 * What a sentence encoder adds beside words and letters: "la lumière devant chez moi est morte"
 * lies near "lampadaire cassé" though they share no word. A second learner over the encoder's
 * vectors, whose margins are added to those of the first whenever a message has a vector.
 */

import { type Learner, learn } from '../learning/svm';
import type { Rows } from '../learning/vectorizer';

/** A text as the encoder sees it, at unit length. */
export type Embedding = Float32Array;

export interface EmbeddingModelData {
  /** What all phrases have in common: most of an encoder's vector says only that it is a sentence. */
  mean: Float32Array;
  /** `dimension * labels + label`; the last row is the bias. */
  weights: Float32Array;
  /** What its margins count beside those of words and letters. */
  worth: number;
}

/** With few phrases a topic, most words of a message were never taught: the fewer, the more the encoder counts. */
const WORTH = 1.5;
const WORTH_OF_FEW = 8;
/** Its vectors differ little from topic to topic; a low price of errors keeps it from making too much of that. */
const OPTIONS = { cost: 0.15, rounds: 8 };
/** Length of a centred vector: how far the learner may lean on single dimensions. */
const STRETCH = 3;

export interface EmbeddingLearner {
  rows: Rows;
  learner: Learner;
  mean: Float32Array;
  worth: number;
}

export function learnEmbeddings(embeddings: Embedding[], owner: Uint16Array, labelCount: number): EmbeddingLearner {
  const width = embeddings[0]!.length;
  const mean = new Float32Array(width);
  for (const embedding of embeddings) for (let at = 0; at < width; at++) mean[at]! += embedding[at]! / embeddings.length;
  const rows = {
    starts: Int32Array.from({ length: embeddings.length + 1 }, (_, index) => index * width),
    ids: Int32Array.from({ length: embeddings.length * width }, (_, at) => at % width),
    values: new Float32Array(embeddings.length * width),
  };
  embeddings.forEach((embedding, index) => {
    rows.values.set(centred(embedding, mean), index * width);
  });
  return {
    rows,
    learner: learn(rows, owner, labelCount, width, OPTIONS),
    mean,
    worth: WORTH + (WORTH_OF_FEW * labelCount) / embeddings.length,
  };
}

export function toEmbeddingModel({ learner, mean, worth }: EmbeddingLearner, labelCount: number): EmbeddingModelData {
  const weights = new Float32Array((mean.length + 1) * labelCount);
  for (let row = 0; row <= mean.length; row++) weights.set(learner.weightsOf(row), row * labelCount);
  return { mean, weights, worth };
}

function centred(embedding: Embedding, mean: Float32Array): Float32Array {
  const values = new Float32Array(mean.length);
  let square = 0;
  for (let at = 0; at < mean.length; at++) {
    values[at] = embedding[at]! - mean[at]!;
    square += values[at]! ** 2;
  }
  const scale = STRETCH / (Math.sqrt(square) || 1);
  for (let at = 0; at < mean.length; at++) values[at]! *= scale;
  return values;
}

/** Margins by label of one embedding; it must be as wide as those learnt from. */
export function openEmbeddingModel(
  { mean, weights }: EmbeddingModelData,
  labelCount: number,
): (embedding: Embedding) => Float32Array {
  return (embedding) => {
    const values = centred(embedding, mean);
    const margins = weights.slice(mean.length * labelCount);
    for (let at = 0; at < values.length; at++) {
      const value = values[at]!;
      const row = at * labelCount;
      for (let label = 0; label < labelCount; label++) margins[label]! += value * weights[row + label]!;
    }
    return margins;
  };
}
