/**
 * What the classifier sees of a message: its stems, its pairs of neighbouring stems and the
 * letter groups inside its words, so that a misspelt word still looks like itself. Each is a
 * 32-bit hash, looked up in an open table: no strings are made while a citizen waits.
 */

/** Share of each kind of feature: stems, pairs of stems, letters within words. */
export const BLOCK_WEIGHTS = [1.3, 1, 1.3] as const;
/** Rarity matters less than tf-idf has it: the learner finds out itself which words tell topics apart. */
const RARITY = 0.35;
const BLOCKS = BLOCK_WEIGHTS.length;
const LETTERS = 2;
const SHORTEST_GRAM = 2;
const LONGEST_GRAM = 5;
const START = 0x9e37;
const EDGE = 0x5f356495;

/** A message ready for features: words as read (repaired, digits shaped) and their stems. */
export interface Reading {
  words: string[];
  stems: string[];
}

export interface Sparse {
  ids: Int32Array;
  values: Float32Array;
}

/**
 * Plain arrays only: it goes through worker messages and into the cache as it is. Features that
 * always stand together (the letter groups of one rare word) are one column of the vectors: the
 * learner would weigh them alike anyway, and so has half the work and a third of the weights.
 */
export interface SpaceData {
  /** Hashes of features in rising order, and the column of each. */
  hashes: Int32Array;
  columns: Uint16Array | Int32Array;
  /** By column: rarity, and which block its features belong to. */
  idf: Float32Array;
  blocks: Uint8Array;
}

/** Stems and pairs of stems, as opposed to letters. */
export function isWordBlock(block: number): boolean {
  return block !== LETTERS;
}

export function mix(hash: number, value: number): number {
  return Math.imul(hash ^ value, 0x01000193) ^ (hash >>> 15);
}

function hashOf(text: string, seed: number): number {
  let hash = mix(0x811c9dc5, seed);
  for (let at = 0; at < text.length; at++) hash = mix(hash, text.charCodeAt(at));
  return hash | 0;
}

/** The features of a reading, in any order, repeated as often as they occur. */
export interface Features {
  hashes: Int32Array;
  blocks: Uint8Array;
  /** Hashes of the stems alone. */
  stems: Int32Array;
}

export function featuresOf({ words, stems }: Reading): Features {
  let size = 2 * stems.length + 1;
  for (const word of words) size += gramCount(word.length + 2);
  const hashes = new Int32Array(size);
  const blocks = new Uint8Array(size).fill(LETTERS);
  const stemHashes = new Int32Array(stems.length);
  let at = 0;
  let before = EDGE;
  for (let place = 0; place <= stems.length; place++) {
    const hash = place < stems.length ? hashOf(stems[place]!, 1) : EDGE;
    blocks[at] = 1;
    hashes[at++] = mix(mix(before, 0x2b), hash) | 0;
    before = hash;
    if (place === stems.length) break;
    stemHashes[place] = hash;
    blocks[at] = 0;
    hashes[at++] = hash;
  }
  for (const word of words) at = addGrams(word, hashes, at);
  return { hashes, blocks, stems: stemHashes };
}

function gramCount(length: number): number {
  let count = 0;
  for (let gram = SHORTEST_GRAM; gram <= LONGEST_GRAM; gram++) count += Math.max(0, length - gram + 1);
  return count;
}

function addGrams(word: string, hashes: Int32Array, at: number): number {
  const length = word.length + 2;
  for (let from = 0; from + SHORTEST_GRAM <= length; from++) {
    let hash = mix(0x811c9dc5, START);
    const stop = Math.min(length, from + LONGEST_GRAM);
    for (let place = from; place < stop; place++) {
      hash = mix(hash, place === 0 || place === length - 1 ? 0x5f : word.charCodeAt(place - 1));
      if (place - from + 1 >= SHORTEST_GRAM) hashes[at++] = hash | 0;
    }
  }
  return at;
}

/** Learns which features there are and how rare each is. Features seen less often than `least` are left out. */
export function learnSpace(examples: Features[], least: number): SpaceData {
  const counter = createCounter(examples.reduce((sum, { hashes }) => sum + hashes.length, 0));
  examples.forEach(({ hashes, blocks }, index) => {
    for (let at = 0; at < hashes.length; at++) counter.see(hashes[at]!, blocks[at]!, index);
  });
  // Common features first: what training touches most then stands close together in memory.
  const kept = counter.atLeast(least);
  const columnOf = new Int32Array(counter.slots.length);
  const columns = new Map<number, number>();
  const firsts: number[] = [];
  for (const slot of kept) {
    const company = counter.companyOf(slot);
    let column = columns.get(company);
    if (column === undefined) {
      column = firsts.push(slot) - 1;
      columns.set(company, column);
    }
    columnOf[slot] = column;
  }
  const byHash = kept.slice().sort((one, other) => counter.slots[one]! - counter.slots[other]!);
  return {
    hashes: byHash.map((slot) => counter.slots[slot]!),
    columns: narrow(
      byHash.map((slot) => columnOf[slot]!),
      firsts.length,
    ),
    idf: Float32Array.from(firsts, (slot) => Math.log((1 + examples.length) / (1 + counter.counts[slot]!)) + 1),
    blocks: Uint8Array.from(firsts, (slot) => counter.blockOf[slot]!),
  };
}

/** Numbers below `limit` in as few bytes as will do. */
export function narrow(numbers: Int32Array, limit: number): Uint16Array | Int32Array {
  return limit <= 65_536 ? Uint16Array.from(numbers) : numbers;
}

/** Counts in how many examples each feature stands, and in which company. */
function createCounter(most: number) {
  const size = 2 ** Math.ceil(Math.log2(Math.max(16, most)));
  const slots = new Int32Array(size);
  const counts = new Int32Array(size);
  const last = new Int32Array(size).fill(-1);
  const blockOf = new Uint8Array(size);
  // Two sums over where a feature stands: those of features that stand in the same places, as often, are equal.
  const places = new Int32Array(size);
  const squares = new Int32Array(size);
  return {
    slots,
    counts,
    blockOf,
    see(hash: number, block: number, example: number): void {
      let slot = hash & (size - 1);
      while (counts[slot] !== 0 && slots[slot] !== hash) slot = (slot + 1) & (size - 1);
      const place = mix(mix(0x811c9dc5, example), block + 1);
      places[slot]! += place;
      squares[slot]! += Math.imul(place, place ^ 0x27d4eb2f);
      if (last[slot] === example) return;
      slots[slot] = hash;
      blockOf[slot] = block;
      last[slot] = example;
      counts[slot]! += 1;
    },
    companyOf: (slot: number) => (places[slot]! >>> 0) * 0x200000 + (squares[slot]! >>> 11),
    /** Slots of the features seen often enough, the commonest first. */
    atLeast(least: number): Int32Array {
      const kept = new Int32Array(size);
      let length = 0;
      let commonest = 0;
      for (let slot = 0; slot < size; slot++) {
        if (counts[slot]! < Math.max(1, least)) continue;
        kept[length++] = slot;
        commonest = Math.max(commonest, counts[slot]!);
      }
      const starts = new Int32Array(commonest + 2);
      for (let at = 0; at < length; at++) starts[commonest - counts[kept[at]!]! + 1]! += 1;
      for (let at = 1; at < starts.length; at++) starts[at]! += starts[at - 1]!;
      const sorted = new Int32Array(length);
      for (let at = 0; at < length; at++) sorted[starts[commonest - counts[kept[at]!]!]!++] = kept[at]!;
      return sorted;
    },
  };
}

export interface Space {
  /** How many columns there are. */
  size: number;
  blocks: Uint8Array;
  /** Sublinear tf-idf, each block brought to its share. */
  vector(features: Features): Sparse;
  /** How much of what was said is known at all: idf of known stems over idf of all, 0 to 1. */
  coverage(features: Features): number;
}

/** What stands in a slot of the table of features: its hash, its column and one, how often it is said in this message. */
const SLOT = 4;
const COLUMN = 1;
const COUNT = 2;
/** What stands about each column: its rarity, how long it is, what this message adds up to. */
const ROW = 4;
const LENGTH = 1;
const AMOUNT = 2;

/**
 * An open table of features: all that is asked about one stands side by side, and so does all about a column.
 * Hearing a message is hundreds of look-ups far apart in memory, and it is memory that they wait for.
 */
export function openSpace({ hashes, columns, idf, blocks }: SpaceData): Space {
  const size = 2 ** Math.ceil(Math.log2(Math.max(16, hashes.length * 1.5)));
  const last = size - 1;
  const slots = new Int32Array(SLOT * size);
  const rows = new Float64Array(ROW * idf.length);
  const seen = new Int32Array(hashes.length);
  const sums = new Float64Array(BLOCKS);
  const touched = new Int32Array(idf.length);
  const unknown = idf.reduce((most, value) => Math.max(most, value), 1);
  hashes.forEach((hash, at) => {
    let slot = hash & last;
    while (slots[SLOT * slot + COLUMN] !== 0) slot = (slot + 1) & last;
    slots[SLOT * slot] = hash;
    slots[SLOT * slot + COLUMN] = columns[at]! + 1;
    rows[ROW * columns[at]! + LENGTH]! += 1;
  });
  const rarity = idf.map((value) => value ** RARITY);
  for (let column = 0; column < idf.length; column++) {
    rows[ROW * column] = rarity[column]!;
    // A column of n features that all stand there is as long as they were apart.
    rows[ROW * column + LENGTH] = Math.fround(1 / Math.sqrt(rows[ROW * column + LENGTH]!));
  }
  /** Where a feature stands in the table, or -1. */
  const find = (hash: number): number => {
    let at = SLOT * (hash & last);
    while (slots[at + COLUMN] !== 0) {
      if (slots[at] === hash) return at;
      at = (at + SLOT) & (SLOT * size - 1);
    }
    return -1;
  };

  return {
    size: idf.length,
    blocks,
    vector({ hashes: said }) {
      let length = 0;
      for (let at = 0; at < said.length; at++) {
        const slot = find(said[at]!);
        if (slot < 0) continue;
        if (slots[slot + COUNT] === 0) seen[length++] = slot;
        slots[slot + COUNT]! += 1;
      }
      sums.fill(0);
      let count = 0;
      for (let place = 0; place < length; place++) {
        const slot = seen[place]!;
        const times = slots[slot + COUNT]!;
        slots[slot + COUNT] = 0;
        const column = slots[slot + COLUMN]! - 1;
        const value = (times === 1 ? 1 : 1 + Math.log(times)) * rows[ROW * column]!;
        sums[blocks[column]!]! += value * value;
        if (rows[ROW * column + AMOUNT] === 0) touched[count++] = column;
        rows[ROW * column + AMOUNT]! += value;
      }
      for (let block = 0; block < BLOCKS; block++) sums[block] = BLOCK_WEIGHTS[block]! / Math.sqrt(sums[block]!);
      const ids = touched.slice(0, count);
      const values = new Float32Array(count);
      for (let place = 0; place < count; place++) {
        const column = ids[place]!;
        values[place] = rows[ROW * column + AMOUNT]! * rows[ROW * column + LENGTH]! * sums[blocks[column]!]!;
        rows[ROW * column + AMOUNT] = 0;
      }
      return { ids, values };
    },
    coverage({ stems }) {
      let known = 0;
      let all = 0;
      for (const hash of stems) {
        const slot = find(hash);
        known += slot < 0 ? 0 : idf[slots[slot + COLUMN]! - 1]!;
        all += slot < 0 ? unknown : idf[slots[slot + COLUMN]! - 1]!;
      }
      return all > 0 ? known / all : 0;
    },
  };
}

/** Where a hash first stands among hashes in rising order, or -1: its first bits say nearly where. */
export function openIndex(hashes: Int32Array): (hash: number) => number {
  const bits = Math.min(20, Math.max(1, Math.ceil(Math.log2(hashes.length + 1))));
  const shift = 32 - bits;
  const half = 2 ** (bits - 1);
  const starts = new Int32Array(2 ** bits + 1);
  for (const hash of hashes) starts[(hash >> shift) + half + 1]! += 1;
  for (let at = 1; at < starts.length; at++) starts[at]! += starts[at - 1]!;
  return (hash) => {
    const bucket = (hash >> shift) + half;
    for (let at = starts[bucket]!; at < starts[bucket + 1]!; at++) if (hashes[at] === hash) return at;
    return -1;
  };
}
