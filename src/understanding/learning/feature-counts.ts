/**
 * Counts the features of a town's phrases: in how many phrases each stands, and which always
 * stand together. Some million are counted while a clerk waits, so they are counted in place.
 */
import { type Features, mix } from './features';

export interface FeatureCounts {
  /** Features of all examples, end to end, by their numbers. */
  occurrences: Int32Array;
  /** Example `n` has those from `starts[n]` to `starts[n + 1]`. */
  starts: Int32Array;
  /** By feature, the column it shares with those that always stand beside it; -1 for one seen too seldom. */
  columnOf: Int32Array;
  columnCount: number;
  hashOf(feature: number): number;
  countOf(feature: number): number;
  blockOf(feature: number): number;
}

/** A feature's numbers stand side by side, so that counting it touches one place in memory. */
const WIDTH = 8;
const HASH = 0;
const COUNT = 1;
const LAST = 2;
const BLOCK = 3;
/** Two sums over where a feature stands: those of features that stand in the same places, as often, are equal. */
const PLACES = 4;
const SQUARES = 5;
const SEED = 0x811c9dc5;
const SMALLEST_TABLE = 2 ** 14;

export function countFeatures(examples: Features[], least: number): FeatureCounts {
  const starts = new Int32Array(examples.length + 1);
  for (let index = 0; index < examples.length; index++) starts[index + 1] = starts[index]! + examples[index]!.hashes.length;
  const occurrences = new Int32Array(starts[examples.length]!);
  let records = new Int32Array(WIDTH * SMALLEST_TABLE);
  // One more than a feature's number, by its hash. It grows with them, so that it stays near at hand.
  let table = new Int32Array(2 * SMALLEST_TABLE);
  let size = 0;
  for (let index = 0; index < examples.length; index++) {
    const more = examples[index]!.hashes.length;
    while (2 * (size + more) > table.length) {
      records = enlarged(records, 2);
      table = tableOf(records, size, 2 * table.length);
    }
    size = see(examples[index]!, index, { records, table, size, occurrences, from: starts[index]! });
  }
  const kept = commonestFirst(records, size, Math.max(1, least));
  return {
    occurrences,
    starts,
    ...columnsOf(records, size, kept),
    hashOf: (feature) => records[feature * WIDTH + HASH]!,
    countOf: (feature) => records[feature * WIDTH + COUNT]!,
    blockOf: (feature) => records[feature * WIDTH + BLOCK]!,
  };
}

interface Counting {
  records: Int32Array;
  table: Int32Array;
  size: number;
  occurrences: Int32Array;
  from: number;
}

/** Counts one example; returns how many features there are now. */
function see({ hashes, blocks }: Features, example: number, { records, table, size, occurrences, from }: Counting): number {
  const seed = mix(SEED, example);
  let count = size;
  for (let at = 0; at < hashes.length; at++) {
    const slot = slotOf(table, records, hashes[at]!);
    if (table[slot] === 0) {
      records[count * WIDTH + HASH] = hashes[at]!;
      records[count * WIDTH + BLOCK] = blocks[at]!;
      table[slot] = ++count;
    }
    const feature = table[slot]! - 1;
    const record = feature * WIDTH;
    occurrences[from + at] = feature;
    const place = mix(seed, blocks[at]! + 1);
    records[record + PLACES]! += place;
    records[record + SQUARES]! += Math.imul(place, place ^ 0x27d4eb2f);
    if (records[record + LAST] === example + 1) continue;
    records[record + LAST] = example + 1;
    records[record + COUNT]! += 1;
  }
  return count;
}

function slotOf(table: Int32Array, records: Int32Array, hash: number): number {
  const mask = table.length - 1;
  let slot = hash & mask;
  while (table[slot] !== 0 && records[(table[slot]! - 1) * WIDTH + HASH] !== hash) slot = (slot + 1) & mask;
  return slot;
}

function tableOf(records: Int32Array, size: number, length: number): Int32Array<ArrayBuffer> {
  const table = new Int32Array(length);
  for (let feature = 0; feature < size; feature++) table[slotOf(table, records, records[feature * WIDTH + HASH]!)] = feature + 1;
  return table;
}

function enlarged(numbers: Int32Array, times: number): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(numbers.length * times);
  larger.set(numbers);
  return larger;
}

/** Features seen often enough, the commonest first: what training touches most then stands close together in memory. */
function commonestFirst(records: Int32Array, size: number, least: number): Int32Array {
  let commonest = 0;
  for (let feature = 0; feature < size; feature++) commonest = Math.max(commonest, records[feature * WIDTH + COUNT]!);
  const places = new Int32Array(commonest + 2);
  for (let feature = 0; feature < size; feature++) {
    const count = records[feature * WIDTH + COUNT]!;
    if (count >= least) places[commonest - count + 1]! += 1;
  }
  for (let at = 1; at < places.length; at++) places[at]! += places[at - 1]!;
  const sorted = new Int32Array(places[commonest + 1]!);
  for (let feature = 0; feature < size; feature++) {
    const count = records[feature * WIDTH + COUNT]!;
    if (count >= least) sorted[places[commonest - count]!++] = feature;
  }
  return sorted;
}

/** One column for all features that stand in the same company. */
function columnsOf(records: Int32Array, size: number, kept: Int32Array): Pick<FeatureCounts, 'columnOf' | 'columnCount'> {
  const columnOf = new Int32Array(size).fill(-1);
  // The first feature of each column, one more than its number.
  const table = new Int32Array(2 ** Math.ceil(Math.log2(2 * kept.length + 2)));
  let columnCount = 0;
  for (let at = 0; at < kept.length; at++) {
    const feature = kept[at]!;
    const first = firstBeside(feature, records, table);
    columnOf[feature] = first === feature ? columnCount++ : columnOf[first]!;
  }
  return { columnOf, columnCount };
}

/** The first feature seen in the company of this one, itself if it is the first. */
function firstBeside(feature: number, records: Int32Array, table: Int32Array): number {
  const places = records[feature * WIDTH + PLACES]!;
  const squares = records[feature * WIDTH + SQUARES]!;
  const mask = table.length - 1;
  let slot = mix(places, squares) & mask;
  for (; table[slot] !== 0; slot = (slot + 1) & mask) {
    const first = table[slot]! - 1;
    if (records[first * WIDTH + PLACES] === places && records[first * WIDTH + SQUARES] === squares) return first;
  }
  table[slot] = feature + 1;
  return feature;
}
