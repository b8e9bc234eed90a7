/**
 * Calibration: several signals of how well a message is known (margin, lead, nearest phrase, coverage) become one
 * probability, by a logistic regression fitted on phrases the classifier had not seen.
 */

/** What each number of a `Signals` is. */
export const SIGNALS = ['margin', 'lead', 'nearest', 'agreement', 'coverage', 'length', 'outside', 'marginByCoverage'] as const;
export type Signals = number[];

/** Weights of two logistics over the signals, bias last. */
export interface Calibration {
  /** That the best label is right. */
  right: Float64Array;
  /** That the message is about anything taught. */
  inside: Float64Array;
}

export function signalsOf(
  scores: Float32Array,
  cosines: Float32Array,
  coverage: number,
  wordCount: number,
  stranger: number,
): { signals: Signals; best: number } {
  let best = 0;
  let nearest = 0;
  for (let label = 1; label < scores.length; label++) {
    if (scores[label]! > scores[best]!) best = label;
    if (cosines[label]! > cosines[nearest]!) nearest = label;
  }
  let second = Number.NEGATIVE_INFINITY;
  for (let label = 0; label < scores.length; label++) if (label !== best && scores[label]! > second) second = scores[label]!;
  const margin = scores[best]!;
  return {
    best,
    signals: [
      margin,
      Number.isFinite(second) ? margin - second : 1,
      cosines[nearest] ?? 0,
      cosines[best] ?? 0,
      coverage,
      Math.log(1 + wordCount),
      stranger >= 0 ? scores[stranger]! : -1,
      margin * coverage,
    ],
  };
}

const NEWTON_ROUNDS = 7;

/** Logistic regression by Newton steps on standardised signals, with a little ridge; weights then bias. */
export function fitLogistic(rows: Signals[], rights: number[], importance?: number[]): Float64Array {
  const { means, spreads, standard } = standardised(rows);
  const width = SIGNALS.length;
  const size = width + 1;
  const weights = new Float64Array(size);
  for (let round = 0; round < NEWTON_ROUNDS; round++) {
    const gradient = Float64Array.from(weights);
    const curve = Array.from({ length: size }, (_, at) => new Float64Array(size).fill(1, at, at + 1));
    gradient[width] = 0;
    curve[width]![width] = 1e-6;
    leanAll(standard, weights, rights, importance, gradient, curve);
    const step = solve(curve, gradient);
    for (let at = 0; at < size; at++) weights[at]! -= step[at]!;
  }
  const plain = new Float64Array(width + 1);
  plain[width] = weights[width]!;
  for (let at = 0; at < width; at++) {
    plain[at] = weights[at]! / spreads[at]!;
    plain[width]! -= (weights[at]! * means[at]!) / spreads[at]!;
  }
  return plain;
}

/** Each signal with a mean of 0 and a spread of 1, and a 1 for the bias; what it takes to undo that. */
function standardised(rows: Signals[]): { means: Float64Array; spreads: Float64Array; standard: Float64Array } {
  const width = SIGNALS.length;
  const means = new Float64Array(width);
  const spreads = new Float64Array(width);
  for (let at = 0; at < width; at++) {
    for (const row of rows) means[at]! += row[at]! / Math.max(1, rows.length);
    for (const row of rows) spreads[at]! += (row[at]! - means[at]!) ** 2 / Math.max(1, rows.length);
    spreads[at] = Math.sqrt(spreads[at]!) || 1;
  }
  const size = width + 1;
  const standard = new Float64Array(rows.length * size).fill(1);
  rows.forEach((row, index) => {
    for (let at = 0; at < width; at++) standard[index * size + at] = (row[at]! - means[at]!) / spreads[at]!;
  });
  return { means, spreads, standard };
}

/** In a function of its own: within the whole fit the loop would be compiled with all of it, again and again. */
function leanAll(
  rows: Float64Array,
  weights: Float64Array,
  rights: number[],
  importance: number[] | undefined,
  gradient: Float64Array,
  curve: Float64Array[],
): void {
  for (let index = 0; index < rights.length; index++)
    lean(rows, index * weights.length, weights, rights[index]!, importance?.[index] ?? 1, gradient, curve);
}

/** What one row adds to the gradient and to the lower half of the curvature. */
function lean(
  rows: Float64Array,
  from: number,
  weights: Float64Array,
  right: number,
  importance: number,
  gradient: Float64Array,
  curve: Float64Array[],
): void {
  let sum = 0;
  for (let at = 0; at < weights.length; at++) sum += weights[at]! * rows[from + at]!;
  const chance = 1 / (1 + Math.exp(-sum));
  const slope = importance * chance * (1 - chance);
  const slip = importance * (chance - right);
  for (let at = 0; at < weights.length; at++) {
    const value = rows[from + at]!;
    const lower = curve[at]!;
    gradient[at]! += slip * value;
    for (let other = 0; other <= at; other++) lower[other]! += slope * value * rows[from + other]!;
  }
}

/** Solves a symmetric positive system given by its lower half (Cholesky). */
function solve(lower: Float64Array[], right: Float64Array): Float64Array {
  const size = right.length;
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      let sum = lower[row]![column]!;
      for (let at = 0; at < column; at++) sum -= lower[row]![at]! * lower[column]![at]!;
      lower[row]![column] = row === column ? Math.sqrt(Math.max(sum, 1e-9)) : sum / lower[column]![column]!;
    }
  }
  const solved = right.slice();
  for (let row = 0; row < size; row++) {
    for (let at = 0; at < row; at++) solved[row]! -= lower[row]![at]! * solved[at]!;
    solved[row]! /= lower[row]![row]!;
  }
  for (let row = size - 1; row >= 0; row--) {
    for (let at = row + 1; at < size; at++) solved[row]! -= lower[at]![row]! * solved[at]!;
    solved[row]! /= lower[row]![row]!;
  }
  return solved;
}
