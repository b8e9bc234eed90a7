/**
 * What a sentence encoder adds beside words and letters: "la lumière devant chez moi est morte"
 * lies near "lampadaire cassé" though they share no word. A second learner over the encoder's
 * vectors, whose margins are added to those of the first whenever a message has a vector.
 */
import { trainSvm } from './svm';

/** A text as the encoder sees it, at unit length. */
export type Sense = Float32Array;

export interface SenseData {
  /** What all phrases have in common: most of an encoder's vector says only that it is a sentence. */
  mean: Float32Array;
  /** `dimension * labels + label`; the last row is the bias. */
  weights: Float32Array;
}

/** Length of a centred vector: how far the learner may lean on single dimensions. */
const STRETCH = 3;

export function learnSenses(senses: Sense[], owner: Uint16Array, labelCount: number): SenseData {
  const mean = new Float32Array(senses[0]!.length);
  for (const sense of senses) for (let at = 0; at < mean.length; at++) mean[at]! += sense[at]! / senses.length;
  const ids = Int32Array.from(mean.keys());
  const examples = senses.map((sense) => ({ ids, values: centred(sense, mean) }));
  const { values, width } = trainSvm(examples, owner, labelCount, mean.length);
  const weights = new Float32Array((mean.length + 1) * labelCount);
  for (let row = 0; row <= mean.length; row++) {
    for (let label = 0; label < labelCount; label++) weights[row * labelCount + label] = values[row * width + label]!;
  }
  return { mean, weights };
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
