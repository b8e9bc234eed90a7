/**
 * The learner: one linear support vector machine for each topic against all others, L2 loss,
 * solved by dual coordinate descent (Hsieh et al. 2008, as in liblinear), all topics side by
 * side. Deterministic: the same phrases always give the same weights. It can be asked
 * to learn again without some examples, so that they are heard as if for the first time.
 */

import { createKernel, GROUP, RECORD_WIDTH } from './kernel';
import type { Rows, Sparse } from './vectorizer';

export interface SvmOptions {
  /** Price of an error. */
  cost: number;
  /** Over all examples. More than these move few phrases to another topic, and a clerk waits. */
  rounds: number;
}

export const SVM_DEFAULTS: SvmOptions = { cost: 1, rounds: 8 };

/** Examples learnt from in one go: the kernel is made faster by and by, each time it is called. */
const HELPING = 200;

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

export interface Learner {
  /** The weights of one feature by class, good until the next is asked for; one past the last feature stands the bias. */
  weightsOf(feature: number): Float32Array;
  /** Margins by class, as learnt so far. */
  margins(vector: Sparse): Float32Array;
  /** Adds to the weights of every feature but the bias. */
  add(change: (feature: number, weights: Float32Array) => void): void;
  /** Unlearns everything, and goes a few rounds over the examples that are not left out. */
  relearn(isLeftOut: Uint8Array, rounds: number): void;
}

/** @param owner the class of each example, below `classCount`; @param size how many features there are. */
export function learn(
  rows: Rows,
  owner: Uint16Array,
  classCount: number,
  size: number,
  { cost, rounds }: SvmOptions = SVM_DEFAULTS,
): Learner {
  const ridge = 0.5 / cost;
  const laid = layOut(rows, owner, classCount, size, ridge);
  const { kernel, groups } = laid;

  const go = (members: Int32Array, times: number) => {
    const order = laid.order.subarray(0, members.length);
    for (let group = 0; group < groups; group++) {
      // The same order for every group: which topics stand together changes nothing.
      const random = seeded(7);
      laid.begin(group);
      for (let at = 0; at < members.length; at++) order[at] = laid.recordOf(members[at]!, group);
      for (let round = 0; round < times && members.length > 0; round++) {
        shuffle(order, random);
        for (let at = 0; at < order.length; at += HELPING) {
          const end = Math.min(order.length, at + HELPING);
          kernel.learn(order.byteOffset + at * 4, order.byteOffset + end * 4, laid.shiftOf(group), ridge);
        }
      }
    }
  };

  go(Int32Array.from(owner.keys()), rounds);

  return {
    weightsOf: laid.weightsOf,
    add(change) {
      for (let feature = 0; feature < size; feature++) {
        const weights = laid.weightsOf(feature);
        change(feature, weights);
        laid.put(feature, weights);
      }
    },
    margins({ ids, values }) {
      const { rows: at, values: valuesAt, end } = laid.append(ids, values);
      const margins = new Float32Array(groups * GROUP);
      for (let group = 0; group < groups; group++) {
        kernel.score(at, valuesAt, end, laid.shiftOf(group), laid.lanes.byteOffset);
        margins.set(laid.lanes, group * GROUP);
      }
      return margins.subarray(0, classCount);
    },
    relearn(isLeftOut, times) {
      laid.clear();
      go(
        Int32Array.from(owner.keys()).filter((index) => isLeftOut[index] === 0),
        times,
      );
    },
  };
}

function shuffle(order: Int32Array, random: () => number): void {
  for (let place = order.length - 1; place > 0; place--) {
    const other = Math.floor(random() * (place + 1));
    const kept = order[place]!;
    order[place] = order[other]!;
    order[other] = kept;
  }
}

/**
 * The kernel's memory: weights and dual variables group by group, so that what is worked on at a time stands close
 * together; the examples end to end; a record of each for the kernel. Positions are in bytes.
 */
function layOut(rows: Rows, owner: Uint16Array, classCount: number, size: number, ridge: number) {
  const count = owner.length;
  const groups = Math.ceil(classCount / GROUP);
  const width = GROUP;
  const rowBytes = width * 4;
  const groupLength = (size + 1) * width;
  const groupBytes = groupLength * 4;
  const written = rows.ids.length + count;
  // Behind the examples one more can be put to be scored, at most as long as there are features.
  const entryCount = written + size + 1;
  let end = 0;
  const reserve = (length: number) => {
    end += 4 * length;
    return end - 4 * length;
  };
  const weightsAt = reserve(groups * groupLength);
  const alphasAt = reserve(groups * count * width);
  const signsAt = reserve((GROUP + 1) * GROUP);
  const lanesAt = reserve(GROUP);
  const entriesAt = reserve(entryCount);
  const amountsAt = reserve(entryCount);
  const recordsAt = reserve(count * RECORD_WIDTH);
  const orderAt = reserve(count);
  const kernel = createKernel(end);
  const { buffer } = kernel.memory;
  const entries = new Int32Array(buffer, entriesAt, entryCount);
  const amounts = new Float32Array(buffer, amountsAt, entryCount);
  const records = new Int32Array(buffer, recordsAt, count * RECORD_WIDTH);
  const scales = new Float32Array(buffer, recordsAt, count * RECORD_WIDTH);
  const weights = new Float32Array(buffer, weightsAt, groups * groupLength);
  const alphas = new Float32Array(buffer, alphasAt, groups * count * width);
  const signs = new Float32Array(buffer, signsAt, (GROUP + 1) * GROUP);
  const starts = new Int32Array(count + 1);
  const gathered = new Float32Array(classCount);

  /** Entries from `at` on, then the bias; returns the square of their length. */
  const write = (at: number, { ids, values }: Sparse, from: number, to: number): number => {
    let square = 1;
    for (let place = from; place < to; place++) {
      const value = values[place]!;
      entries[at + place - from] = ids[place]! * rowBytes;
      amounts[at + place - from] = value;
      square += value * value;
    }
    entries[at + to - from] = size * rowBytes;
    amounts[at + to - from] = 1;
    return square;
  };
  const spanOf = (from: number, to: number) => ({
    rows: entriesAt + from * 4,
    values: amountsAt + from * 4,
    end: entriesAt + to * 4,
  });
  for (let index = 0; index < count; index++) {
    const [from, to] = [rows.starts[index]!, rows.starts[index + 1]!];
    const square = write(starts[index]!, rows, from, to);
    starts[index + 1] = starts[index]! + to - from + 1;
    const record = index * RECORD_WIDTH;
    const span = spanOf(starts[index]!, starts[index + 1]!);
    records[record] = span.rows;
    records[record + 1] = span.values;
    records[record + 2] = span.end;
    scales[record + 5] = 1 / (square + ridge);
  }

  return {
    kernel,
    groups,
    order: new Int32Array(buffer, orderAt, count),
    lanes: new Float32Array(buffer, lanesAt, GROUP),
    shiftOf: (group: number) => group * groupBytes,
    weightsOf(feature: number): Float32Array {
      for (let label = 0, from = feature * width; label < classCount; from += groupLength - width)
        for (let lane = 0; lane < width && label < classCount; lane++) gathered[label++] = weights[from++]!;
      return gathered;
    },
    put(feature: number, changed: Float32Array): void {
      for (let label = 0, from = feature * width; label < classCount; from += groupLength - width)
        for (let lane = 0; lane < width && label < classCount; lane++) weights[from++] = changed[label++]!;
    },
    clear(): void {
      weights.fill(0);
      alphas.fill(0);
    },
    append(ids: Int32Array, values: Float32Array) {
      write(written, { ids, values }, 0, ids.length);
      return spanOf(written, written + ids.length + 1);
    },
    /** One row of signs for each class of the group, and one for examples of other classes. */
    begin(group: number): void {
      for (let own = 0; own <= GROUP; own++)
        for (let lane = 0; lane < GROUP; lane++)
          signs[own * GROUP + lane] = group * GROUP + lane >= classCount ? 0 : own === lane ? 1 : -1;
    },
    /** Makes an example's record ready for a group. */
    recordOf(index: number, group: number): number {
      const lane = owner[index]! - group * GROUP;
      const at = index * RECORD_WIDTH;
      records[at + 3] = alphasAt + (group * count + index) * rowBytes;
      records[at + 4] = signsAt + (lane >= 0 && lane < GROUP ? lane : GROUP) * rowBytes;
      return recordsAt + at * 4;
    },
  };
}
