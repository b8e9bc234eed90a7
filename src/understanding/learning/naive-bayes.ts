/**
 * What each word and letter group speaks for when they are simply counted (a naive Bayes with
 * Dirichlet smoothing), added to what the learner made of them. The learner looks hardest at the
 * phrases that are easily confused; counting remembers the others, and both err less than either.
 */
import type { Rows } from './vectorizer';

/** What counting weighs beside the learner. */
const WEIGHT = 0.0125;
/** Every topic is counted as if it also held so much of what all topics hold. */
const COMMON = 30;

/** Adds to the weights of a feature, by class, what it speaks for. */
export type LogOdds = (feature: number, weights: Float32Array) => void;

/** @param isLeftOut examples that are not counted. */
export function fitNaiveBayes(
  { starts, ids, values }: Rows,
  owner: Uint16Array,
  classCount: number,
  size: number,
  isLeftOut?: Uint8Array,
): LogOdds {
  const sums = new Float32Array(size * classCount);
  const ofFeature = new Float64Array(size);
  const ofClass = new Float64Array(classCount);
  const see = (example: number) => {
    const label = owner[example]!;
    for (let at = starts[example]!; at < starts[example + 1]!; at++) {
      sums[ids[at]! * classCount + label]! += values[at]!;
      ofFeature[ids[at]!]! += values[at]!;
      ofClass[label]! += values[at]!;
    }
  };
  for (let example = 0; example < owner.length; example++) if (!isLeftOut?.[example]) see(example);
  const all = ofClass.reduce((sum, value) => sum + value, 0);
  const absent = ofClass.map((sum) => Math.log(COMMON / (sum + COMMON)));
  const evidence = new Float64Array(classCount);
  return (feature, weights) => {
    const expected = (COMMON * ofFeature[feature]!) / all;
    let mean = 0;
    for (let label = 0; label < classCount; label++) {
      const found = sums[feature * classCount + label]!;
      evidence[label] = absent[label]! + (found > 0 ? Math.log(1 + found / expected) : 0);
      mean += evidence[label]! / classCount;
    }
    // What speaks for all classes alike says nothing.
    for (let label = 0; label < classCount; label++) weights[label]! += WEIGHT * (evidence[label]! - mean);
  };
}
