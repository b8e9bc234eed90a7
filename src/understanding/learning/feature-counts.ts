/**
 * Counts the features of a town's phrases: in how many phrases each stands, and which always
 * stand together. Some million are counted while a clerk waits, so they are counted in place.
 */
import {
  BLOCK_WEIGHTS,
  eachFeature,
  eachGram,
  enlarged,
  type FeatureReader,
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
  const counter = new Counter();
  for (const reading of readings) counter.see(reading);
  return counter.counts(least);
}

/**
 * A class, and its loops in functions of their own: several models are learnt in a thread, and closures that are made anew
 * for each are compiled anew for each.
 */
class Counter implements FeatureReader {
  private readonly known = new Numbers();
  private occurrences = new Int32Array(SMALLEST_TABLE);
  private seen = 0;
  private stems = new Int32Array(SMALLEST_TABLE);
  private readonly starts = [0];
  private readonly stemStarts = [0];
  /** Of words seen before, by their numbers: the features they are by themselves. Learning comes by the same words again and again. */
  private readonly stemOf: number[] = [];
  private readonly lettersOf: Int32Array[] = [];
  private readonly soundOf: number[] = [];

  see(reading: Reading): void {
    const from = this.seen;
    const example = this.starts.length - 1;
    eachFeature(reading, this);
    count(this.known.records, this.occurrences, from, this.seen, example);
    let stemCount = this.stemStarts[example]!;
    while (stemCount + reading.length > this.stems.length) this.stems = enlarged(this.stems);
    for (const { stem } of reading) this.stems[stemCount++] = stem;
    this.starts.push(this.seen);
    this.stemStarts.push(stemCount);
  }

  feature(hash: number, block: number): void {
    this.note(this.known.numberOf(hash, block));
  }

  stem({ number, stem }: ReadWord): void {
    this.stemOf[number] ??= this.known.numberOf(stem, STEMS);
    this.note(this.stemOf[number]!);
  }

  sound({ number, sound }: ReadWord): void {
    this.soundOf[number] ??= this.known.numberOf(sound!, SOUNDS);
    this.note(this.soundOf[number]!);
  }

  letters({ number, text }: ReadWord): void {
    this.lettersOf[number] ??= this.known.ofLetters(text);
    const letters = this.lettersOf[number]!;
    while (this.seen + letters.length > this.occurrences.length) this.occurrences = enlarged(this.occurrences);
    this.occurrences.set(letters, this.seen);
    this.seen += letters.length;
  }

  private note(feature: number): void {
    if (this.seen === this.occurrences.length) this.occurrences = enlarged(this.occurrences);
    this.occurrences[this.seen++] = feature;
  }

  counts(least: number): FeatureCounts {
    const { records, size } = this.known;
    const kept = commonestFirst(records, size, Math.max(1, least));
    return {
      occurrences: this.occurrences.subarray(0, this.seen),
      starts: Int32Array.from(this.starts),
      stems: this.stems.slice(0, this.stemStarts.at(-1)),
      stemStarts: Int32Array.from(this.stemStarts),
      ...columnsOf(records, size, kept),
      hashOf: (feature) => records[feature * WIDTH + HASH]!,
      countOf: (feature) => records[feature * WIDTH + COUNT]!,
      blockOf: (feature) => records[feature * WIDTH + BLOCK]!,
    };
  }
}

/** Features by their hashes, numbered as they come. */
class Numbers {
  records = new Int32Array(WIDTH * SMALLEST_TABLE);
  size = 0;
  // One more than a feature's number, by its hash. It grows with them, so that it stays near at hand.
  private table: Int32Array<ArrayBufferLike> = new Int32Array(2 * SMALLEST_TABLE);

  numberOf(hash: number, block: number): number {
    const slot = slotOf(this.table, this.records, hash);
    const there = this.table[slot]!;
    if (there !== 0) return there - 1;
    const number = this.size++;
    this.records[number * WIDTH + HASH] = hash;
    this.records[number * WIDTH + BLOCK] = block;
    this.table[slot] = this.size;
    if (2 * this.size >= this.table.length) {
      this.records = enlarged(this.records);
      this.table = tableOf(this.records, this.size, 2 * this.table.length);
    }
    return number;
  }

  /** Of the letter groups of a word. */
  ofLetters(word: string): Int32Array {
    const numbers: number[] = [];
    eachGram(word, (hash) => numbers.push(this.numberOf(hash, LETTERS)));
    return Int32Array.from(numbers);
  }
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
