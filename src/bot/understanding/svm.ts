/**
 * The learner: one linear support vector machine for each topic against all others, L2 loss,
 * solved by dual coordinate descent (Hsieh et al. 2008, as in liblinear), all topics side by
 * side. Deterministic: the same phrases always give the same weights.
 */
import type { Sparse } from './features';
import { createKernel, GROUP } from './kernel';

export interface SvmOptions {
  /** Price of an error. */
  cost: number;
  /** Stops when no dual variable would move further than this. */
  tolerance: number;
  mostRounds: number;
}

export const SVM_DEFAULTS: SvmOptions = { cost: 1, tolerance: 0.5, mostRounds: 12 };

/** `feature * width + class`; the last row is the bias. */
export interface Weights {
  values: Float32Array;
  width: number;
}

/** Small, fast, seeded: training must not depend on the day. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** @param owner the class of each example, below `classCount`; @param size how many features there are. */
export function trainSvm(
  examples: Sparse[],
  owner: Uint16Array,
  classCount: number,
  size: number,
  options: SvmOptions = SVM_DEFAULTS,
): Weights {
  const width = Math.ceil(classCount / GROUP) * GROUP;
  const rows = layRows(examples, size, width);
  const { kernel, scores, steps } = rows;
  const alphas = new Float32Array(examples.length * width);
  const order = Int32Array.from(examples.keys());
  const random = seeded(7);
  const ridge = 0.5 / options.cost;
  for (let round = 0; round < options.mostRounds; round++) {
    let furthest = 0;
    for (let place = order.length - 1; place > 0; place--) {
      const other = Math.floor(random() * (place + 1));
      const kept = order[place]!;
      order[place] = order[other]!;
      order[other] = kept;
    }
    for (const index of order) {
      const start = rows.starts[index]!;
      const stop = rows.starts[index + 1]!;
      const values = start + rows.toValues;
      const scale = 1 / (rows.squares[index]! + ridge);
      for (let group = 0; group < width; group += GROUP) {
        kernel.score(start, values, stop, group * 4, rows.scoresAt);
        let moves = false;
        for (let lane = 0; lane < GROUP; lane++) {
          steps[lane] = 0;
          const label = group + lane;
          if (label >= classCount) break;
          const sign = owner[index] === label ? 1 : -1;
          const at = index * width + label;
          const alpha = alphas[at]!;
          const gradient = scores[lane]! * sign - 1 + alpha * ridge;
          if (alpha === 0 && gradient >= 0) continue;
          const next = Math.max(alpha - gradient * scale, 0);
          if (next === alpha) continue;
          furthest = Math.max(furthest, Math.abs(gradient));
          alphas[at] = next;
          steps[lane] = (next - alpha) * sign;
          moves = true;
        }
        if (moves) kernel.correct(start, values, stop, group * 4, rows.stepsAt);
      }
    }
    if (furthest <= options.tolerance) break;
  }
  return { values: rows.weights.slice(), width };
}

/** Examples laid end to end in the kernel's memory, after the weights. Positions are in bytes. */
function layRows(examples: Sparse[], size: number, width: number) {
  const total = examples.reduce((sum, { ids }) => sum + ids.length + 1, 0);
  const weightBytes = (size + 1) * width * 4;
  const scoresAt = weightBytes;
  const stepsAt = scoresAt + GROUP * 4;
  const firstEntry = stepsAt + GROUP * 4;
  const toValues = total * 4;
  const kernel = createKernel(firstEntry + 2 * toValues);
  const { buffer } = kernel.memory;
  const entries = new Int32Array(buffer, firstEntry, total);
  const amounts = new Float32Array(buffer, firstEntry + toValues, total);
  const starts = new Int32Array(examples.length + 1).fill(firstEntry);
  const squares = new Float64Array(examples.length).fill(1);
  let at = 0;
  examples.forEach(({ ids, values }, index) => {
    for (let place = 0; place < ids.length; place++) {
      const value = values[place]!;
      entries[at] = ids[place]! * width * 4;
      amounts[at++] = value;
      squares[index]! += value * value;
    }
    entries[at] = size * width * 4;
    amounts[at++] = 1;
    starts[index + 1] = firstEntry + at * 4;
  });
  return {
    kernel,
    weights: new Float32Array(buffer, 0, (size + 1) * width),
    scores: new Float32Array(buffer, scoresAt, GROUP),
    steps: new Float32Array(buffer, stepsAt, GROUP),
    scoresAt,
    stepsAt,
    starts,
    squares,
    toValues,
  };
}
