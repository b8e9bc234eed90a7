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

/** Plain arrays only: it goes through worker messages and into the cache as it is. */
export interface SpaceData {
  /** Open addressing: hash at a slot, and the feature there; -1 is free. */
  slots: Int32Array;
  owners: Int32Array;
  idf: Float32Array;
  /** Which block a feature belongs to. */
  blocks: Uint8Array;
}

/** Stems and pairs of stems, as opposed to letters. */
export function isWordBlock(block: number): boolean {
  return block !== LETTERS;
}

function mix(hash: number, value: number): number {
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
  const size = 2 ** Math.ceil(Math.log2(Math.max(16, kept.length * 2)));
  const slots = new Int32Array(size);
  const owners = new Int32Array(size).fill(-1);
  const idf = new Float32Array(kept.length);
  const blocks = new Uint8Array(kept.length);
  kept.forEach((counted, id) => {
    const hash = counter.slots[counted]!;
    let slot = hash & (size - 1);
    while (owners[slot] !== -1) slot = (slot + 1) & (size - 1);
    slots[slot] = hash;
    owners[slot] = id;
    idf[id] = Math.log((1 + examples.length) / (1 + counter.counts[counted]!)) + 1;
    blocks[id] = counter.blockOf[counted]!;
  });
  return { slots, owners, idf, blocks };
}

/** Counts in how many examples each feature stands. */
function createCounter(most: number) {
  const size = 2 ** Math.ceil(Math.log2(Math.max(16, most)));
  const slots = new Int32Array(size);
  const counts = new Int32Array(size);
  const last = new Int32Array(size).fill(-1);
  const blockOf = new Uint8Array(size);
  return {
    slots,
    counts,
    blockOf,
    see(hash: number, block: number, example: number): void {
      let slot = hash & (size - 1);
      while (counts[slot] !== 0 && slots[slot] !== hash) slot = (slot + 1) & (size - 1);
      if (last[slot] === example) return;
      slots[slot] = hash;
      blockOf[slot] = block;
      last[slot] = example;
      counts[slot]! += 1;
    },
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
      const places = new Int32Array(commonest + 2);
      for (let at = 0; at < length; at++) places[commonest - counts[kept[at]!]! + 1]! += 1;
      for (let at = 1; at < places.length; at++) places[at]! += places[at - 1]!;
      const sorted = new Int32Array(length);
      for (let at = 0; at < length; at++) sorted[places[commonest - counts[kept[at]!]!]!++] = kept[at]!;
      return sorted;
    },
  };
}

export interface Space {
  size: number;
  blocks: Uint8Array;
  /** Sublinear tf-idf, each block brought to its share. */
  vector(features: Features): Sparse;
  /** How much of what was said is known at all: idf of known stems over idf of all, 0 to 1. */
  coverage(features: Features): number;
}

export function openSpace(data: SpaceData): Space {
  const { slots, owners, idf, blocks } = data;
  const last = slots.length - 1;
  const rarity = idf.map((value) => value ** RARITY);
  const counts = new Float32Array(idf.length);
  const touched = new Int32Array(idf.length + 1);
  const unknown = idf.reduce((most, value) => Math.max(most, value), 1);

  const find = (hash: number): number => {
    let slot = hash & last;
    while (owners[slot] !== -1) {
      if (slots[slot] === hash) return owners[slot]!;
      slot = (slot + 1) & last;
    }
    return -1;
  };

  return {
    size: idf.length,
    blocks,
    vector({ hashes }) {
      let size = 0;
      for (let at = 0; at < hashes.length; at++) {
        const id = find(hashes[at]!);
        if (id < 0) continue;
        if (counts[id] === 0) touched[size++] = id;
        counts[id]! += 1;
      }
      const ids = touched.slice(0, size);
      const values = new Float32Array(size);
      const sums = new Float64Array(BLOCKS);
      for (let place = 0; place < size; place++) {
        const id = ids[place]!;
        const count = counts[id]!;
        const value = (count === 1 ? 1 : 1 + Math.log(count)) * rarity[id]!;
        counts[id] = 0;
        values[place] = value;
        sums[blocks[id]!]! += value * value;
      }
      for (let place = 0; place < size; place++) {
        const block = blocks[ids[place]!]!;
        values[place]! *= BLOCK_WEIGHTS[block]! / Math.sqrt(sums[block]!);
      }
      return { ids, values };
    },
    coverage({ stems }) {
      let known = 0;
      let all = 0;
      for (const hash of stems) {
        const id = find(hash);
        known += id < 0 ? 0 : idf[id]!;
        all += id < 0 ? unknown : idf[id]!;
      }
      return all > 0 ? known / all : 0;
    },
  };
}
