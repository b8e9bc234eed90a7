/**
 * What a sentence encoder adds beside words and letters: "la lumière devant chez moi est morte"
 * lies near "lampadaire cassé" though they share no word. A second learner over the encoder's
 * vectors, whose margins are added to those of the first whenever a message has a vector.
 */

import { type Learner, learn } from '../learning/svm';
import type { Rows } from '../learning/vectorizer';

/** A text as the encoder sees it, at unit length. */
export type Sense = Float32Array;

export interface SenseData {
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

export interface SenseLearner {
  rows: Rows;
  learner: Learner;
  mean: Float32Array;
  worth: number;
}

export function learnSenses(senses: Sense[], owner: Uint16Array, labelCount: number): SenseLearner {
  const width = senses[0]!.length;
  const mean = new Float32Array(width);
  for (const sense of senses) for (let at = 0; at < width; at++) mean[at]! += sense[at]! / senses.length;
  const rows = {
    starts: Int32Array.from({ length: senses.length + 1 }, (_, index) => index * width),
    ids: Int32Array.from({ length: senses.length * width }, (_, at) => at % width),
    values: new Float32Array(senses.length * width),
  };
  senses.forEach((sense, index) => {
    rows.values.set(centred(sense, mean), index * width);
  });
  return {
    rows,
    learner: learn(rows, owner, labelCount, width, OPTIONS),
    mean,
    worth: WORTH + (WORTH_OF_FEW * labelCount) / senses.length,
  };
}

export function keepSenses({ learner, mean, worth }: SenseLearner, labelCount: number): SenseData {
  const weights = new Float32Array((mean.length + 1) * labelCount);
  for (let row = 0; row <= mean.length; row++) weights.set(learner.weightsOf(row), row * labelCount);
  return { mean, weights, worth };
}

function centred(sense: Sense, mean: Float32Array): Float32Array {
  const values = new Float32Array(mean.length);
  let square = 0;
  for (let at = 0; at < mean.length; at++) {
    values[at] = sense[at]! - mean[at]!;
    square += values[at]! ** 2;
  }
  const scale = STRETCH / (Math.sqrt(square) || 1);
  for (let at = 0; at < mean.length; at++) values[at]! *= scale;
  return values;
}

/** Margins by label of one sense; it must be as wide as those learnt from. */
export function openSenses({ mean, weights }: SenseData, labelCount: number): (sense: Sense) => Float32Array {
  return (sense) => {
    const values = centred(sense, mean);
    const margins = weights.slice(mean.length * labelCount);
    for (let at = 0; at < values.length; at++) {
      const value = values[at]!;
      const row = at * labelCount;
      for (let label = 0; label < labelCount; label++) margins[label]! += value * weights[row + label]!;
    }
    return margins;
  };
}
