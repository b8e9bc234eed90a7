/**
 * How strongly a message speaks for each topic: the weights of its features, a byte each, summed
 * up for sixteen topics at a time. Every message asks for it, a message of several requests several times.
 */

import { createKernel, GROUP } from './kernel';
import type { Sparse } from './vectorizer';

export interface ByteWeights {
  /** `feature * labels + label`, in steps of the feature's scale; the last row is the bias. */
  weights: Int8Array;
  scales: Float32Array;
}

/** Margins by label; the array is the caller's own. */
export type Margins = (vector: Sparse) => Float32Array;

export function openMargins({ weights, scales }: ByteWeights, labelCount: number): Margins {
  const width = Math.ceil(labelCount / GROUP) * GROUP;
  const bias = scales.length - 1;
  // In the kernel's memory: rows of weights, the sums, and as many entries as there can be features, with the bias.
  const sumsAt = scales.length * width;
  const rowsAt = sumsAt + width * 4;
  const valuesAt = rowsAt + scales.length * 4;
  const kernel = createKernel(valuesAt + scales.length * 4);
  const { buffer } = kernel.memory;
  const kept = new Int8Array(buffer, 0, scales.length * width);
  for (let row = 0; row < scales.length; row++) kept.set(weights.subarray(row * labelCount, (row + 1) * labelCount), row * width);
  const sums = new Float32Array(buffer, sumsAt, labelCount);
  const rows = new Int32Array(buffer, rowsAt, scales.length);
  const amounts = new Float32Array(buffer, valuesAt, scales.length);

  return ({ ids, values }) => {
    const count = ids.length;
    for (let at = 0; at < count; at++) {
      const id = ids[at]!;
      rows[at] = id * width;
      amounts[at] = values[at]! * scales[id]!;
    }
    rows[count] = bias * width;
    amounts[count] = scales[bias]!;
    const end = rowsAt + (count + 1) * 4;
    for (let group = 0; group < width; group += GROUP) {
      kernel.scoreBytes(rowsAt, valuesAt, end, group, sumsAt + group * 4);
    }
    return sums.slice();
  };
}
