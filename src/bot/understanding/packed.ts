/**
 * A model's weights without those that are nothing, which most are: a rare word speaks for its own topic
 * and against a few others. So it travels and is kept in half the room; for hearing it is laid out again.
 */

/** A bit for each weight, set where there is one, and those weights in their order. */
export interface Packed {
  marks: Uint8Array;
  values: Int8Array;
}

export function pack(weights: Int8Array): Packed {
  const marks = new Uint8Array(Math.ceil(weights.length / 8));
  const values = new Int8Array(weights.length);
  let count = 0;
  for (let at = 0; at < weights.length; at++) {
    if (weights[at] === 0) continue;
    marks[at >> 3]! |= 1 << (at & 7);
    values[count++] = weights[at]!;
  }
  return { marks, values: values.slice(0, count) };
}

/** @param length how many weights there were. */
export function unpack({ marks, values }: Packed, length: number): Int8Array {
  const weights = new Int8Array(length);
  let next = 0;
  for (let at = 0; at < length; at++) if (marks[at >> 3]! & (1 << (at & 7))) weights[at] = values[next++]!;
  return weights;
}
