/**
 * Counts the features of a town's phrases: in how many phrases each stands, and which always
 * stand together. Some million are counted while a clerk waits, so they are counted in place.
 */
import {
  BLOCK_WEIGHTS,
  eachFeature,
  eachGram,
  enlarged,
  LETTERS,
  mix,
  type Reading,
  type ReadWord,
  SOUNDS,
  STEMS,
} from './features';

export interface FeatureCounts {
  /** Features of all examples, end to end, by their numbers. */
  occurrences: Int32Array;
  /** Example `n` has those from `starts[n]` to `starts[n + 1]`. */
  starts: Int32Array;
  /** Hashes of the stems of all examples, end to end, and where each example's begin. */
  stems: Int32Array;
  stemStarts: Int32Array;
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

/** Readings are counted one by one as they come, and need not be kept. @param least features seen less often get no column. */
export function countFeatures(readings: Iterable<Reading>, least: number): FeatureCounts {
  const known = createNumbers();
  let occurrences = new Int32Array(SMALLEST_TABLE);
  let stems = new Int32Array(SMALLEST_TABLE);
  const starts = [0];
  const stemStarts = [0];
  /** Of words seen before, by their numbers: the features they are by themselves. Learning comes by the same words again and again. */
  const stemOf: number[] = [];
  const lettersOf: Int32Array[] = [];
  const soundOf: number[] = [];
  let seen = 0;

  const makeLetters = (word: string): Int32Array => {
    const numbers: number[] = [];
    eachGram(word, (hash) => numbers.push(known.numberOf(hash, LETTERS)));
    return Int32Array.from(numbers);
  };
  const note = (feature: number): void => {
    if (seen === occurrences.length) occurrences = enlarged(occurrences);
    occurrences[seen++] = feature;
  };
  const reader = {
    feature: (hash: number, block: number): void => note(known.numberOf(hash, block)),
    stem({ number, stem }: ReadWord): void {
      stemOf[number] ??= known.numberOf(stem, STEMS);
      note(stemOf[number]!);
    },
    sound({ number, sound }: ReadWord): void {
      soundOf[number] ??= known.numberOf(sound!, SOUNDS);
      note(soundOf[number]!);
    },
    letters({ number, text }: ReadWord): void {
      lettersOf[number] ??= makeLetters(text);
      const letters = lettersOf[number]!;
      while (seen + letters.length > occurrences.length) occurrences = enlarged(occurrences);
      occurrences.set(letters, seen);
      seen += letters.length;
    },
  };

  for (const reading of readings) {
    const from = seen;
    const example = starts.length - 1;
    eachFeature(reading, reader);
    count(known.records(), occurrences, from, seen, example);
    let stemCount = stemStarts[example]!;
    while (stemCount + reading.length > stems.length) stems = enlarged(stems);
    for (const { stem } of reading) stems[stemCount++] = stem;
    starts.push(seen);
    stemStarts.push(stemCount);
  }
  const records = known.records();
  const size = known.size();
  const kept = commonestFirst(records, size, Math.max(1, least));
  return {
    occurrences: occurrences.subarray(0, seen),
    starts: Int32Array.from(starts),
    stems: stems.slice(0, stemStarts.at(-1)),
    stemStarts: Int32Array.from(stemStarts),
    ...columnsOf(records, size, kept),
    hashOf: (feature) => records[feature * WIDTH + HASH]!,
    countOf: (feature) => records[feature * WIDTH + COUNT]!,
    blockOf: (feature) => records[feature * WIDTH + BLOCK]!,
  };
}

/** Features by their hashes, numbered as they come. */
function createNumbers() {
  let records = new Int32Array(WIDTH * SMALLEST_TABLE);
  // One more than a feature's number, by its hash. It grows with them, so that it stays near at hand.
  let table = new Int32Array(2 * SMALLEST_TABLE);
  let size = 0;
  return {
    size: () => size,
    records: () => records,
    numberOf(hash: number, block: number): number {
      const slot = slotOf(table, records, hash);
      const there = table[slot]!;
      if (there !== 0) return there - 1;
      const number = size++;
      records[number * WIDTH + HASH] = hash;
      records[number * WIDTH + BLOCK] = block;
      table[slot] = size;
      if (2 * size >= table.length) {
        records = enlarged(records);
        table = tableOf(records, size, 2 * table.length);
      }
      return number;
    },
  };
}

/** What standing in the example at hand adds to the sums of a feature, by its block. */
const places = new Int32Array(BLOCK_WEIGHTS.length);
const squares = new Int32Array(BLOCK_WEIGHTS.length);

/** Counts the features of one example. */
function count(records: Int32Array, occurrences: Int32Array, from: number, to: number, example: number): void {
  const seed = mix(SEED, example);
  for (let block = 0; block < places.length; block++) {
    const place = mix(seed, block + 1);
    places[block] = place;
    squares[block] = Math.imul(place, place ^ 0x27d4eb2f);
  }
  for (let at = from; at < to; at++) {
    const record = occurrences[at]! * WIDTH;
    const block = records[record + BLOCK]!;
    records[record + PLACES]! += places[block]!;
    records[record + SQUARES]! += squares[block]!;
    if (records[record + LAST] === example + 1) continue;
    records[record + LAST] = example + 1;
    records[record + COUNT]! += 1;
  }
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
