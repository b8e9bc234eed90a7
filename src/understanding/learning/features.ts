/**
 * What the classifier sees of a message: its stems, its pairs of neighbouring stems and the
 * letter groups inside its words, so that a misspelt word still looks like itself; where a reading
 * has them, also how its words sound and what they stand for. Each is a 32-bit hash, looked up in an
 * open table: no strings are made while a citizen waits.
 */

/** Share of each kind of feature: stems, pairs of stems, letters within words, sounds, notions. */
export const BLOCK_WEIGHTS = [1.3, 1, 1.3, 1, 1] as const;
const STEMS = 0;
const PAIRS = 1;
export const LETTERS = 2;
const SOUNDS = 3;
const NOTIONS = 4;
const SHORTEST_GRAM = 2;
const LONGEST_GRAM = 5;
const START = 0x9e37;
const EDGE = 0x5f356495;

/** A message ready for features: words as read (repaired, digits shaped) and their stems. */
export interface Reading {
  words: string[];
  stems: string[];
  /** How each word sounds. */
  sounds?: string[];
  /** What each word stands for. */
  notions?: ReadonlyArray<readonly string[]>;
}

/** Stems and pairs of stems, as opposed to letters. */
export function isWordBlock(block: number): boolean {
  return block === STEMS || block === PAIRS;
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

/** Who is told of the features of a reading. */
export interface FeatureReader {
  feature(hash: number, block: number): void;
  /** The letter groups of one word; `eachGram` tells them. */
  letters(word: string): void;
}

/** Tells the features of a reading one after the other, in an order that is always the same. */
export function eachFeature({ words, stems, sounds, notions }: Reading, reader: FeatureReader): void {
  let before = EDGE;
  for (const stem of stems) {
    const hash = hashOf(stem, 1);
    reader.feature(mix(mix(before, 0x2b), hash) | 0, PAIRS);
    reader.feature(hash, STEMS);
    before = hash;
  }
  reader.feature(mix(mix(before, 0x2b), EDGE) | 0, PAIRS);
  for (const word of words) reader.letters(word);
  if (sounds) eachSound(sounds, reader);
  if (notions) eachNotion(notions, reader);
}

/** What `eachFeature` tells is laid down here; the longest message so far says how much room there is. */
let hashes = new Int32Array(1024);
let blocks = new Uint8Array(1024);
let size = 0;
const put = (hash: number, block: number) => {
  if (size === hashes.length) {
    hashes = enlarged(hashes);
    blocks = enlarged(blocks);
  }
  hashes[size] = hash;
  blocks[size++] = block;
};
const putGram = (hash: number) => put(hash, LETTERS);
const PUT: FeatureReader = { feature: put, letters: (word) => eachGram(word, putGram) };

export function featuresOf(reading: Reading): Features {
  size = 0;
  eachFeature(reading, PUT);
  const features = { hashes: hashes.slice(0, size), blocks: blocks.slice(0, size), stems: new Int32Array(reading.stems.length) };
  for (let place = 0; place < features.stems.length; place++) features.stems[place] = features.hashes[2 * place + 1]!;
  return features;
}

/** Twice as much room. */
export function enlarged<Numbers extends Int32Array | Uint8Array>(numbers: Numbers): Numbers {
  const larger = new (numbers.constructor as new (length: number) => Numbers)(2 * numbers.length);
  larger.set(numbers);
  return larger;
}

/** Sounds, and pairs of neighbouring ones. */
function eachSound(sounds: string[], reader: FeatureReader): void {
  let before = EDGE;
  for (const sound of sounds) {
    const hash = hashOf(sound, SOUNDS);
    reader.feature(hash, SOUNDS);
    reader.feature(mix(mix(before, 0x5b), hash) | 0, SOUNDS);
    before = hash;
  }
  reader.feature(mix(mix(before, 0x5b), EDGE) | 0, SOUNDS);
}

/** Notions, any two that are there at all, and any two that follow each other: fire and yesterday, somebody and falls. */
function eachNotion(notions: ReadonlyArray<readonly string[]>, reader: FeatureReader): void {
  const all = [...new Set(notions.flat())].sort().map((notion) => hashOf(notion, NOTIONS));
  for (let one = 0; one < all.length; one++) {
    reader.feature(all[one]!, NOTIONS);
    for (let other = one + 1; other < all.length; other++) reader.feature(mix(mix(all[one]!, 0x77), all[other]!) | 0, NOTIONS);
  }
  let before: number[] = [];
  for (const some of notions) {
    if (some.length === 0) continue;
    const now = some.map((notion) => hashOf(notion, NOTIONS));
    for (const one of before) for (const other of now) reader.feature(mix(mix(one, 0x3b), other) | 0, NOTIONS);
    before = now;
  }
}

/** Tells the hash of each letter group of a word. */
export function eachGram(word: string, see: (hash: number) => void): void {
  const length = word.length + 2;
  for (let from = 0; from + SHORTEST_GRAM <= length; from++) {
    let hash = mix(0x811c9dc5, START);
    const stop = Math.min(length, from + LONGEST_GRAM);
    for (let place = from; place < stop; place++) {
      hash = mix(hash, place === 0 || place === length - 1 ? 0x5f : word.charCodeAt(place - 1));
      if (place - from + 1 >= SHORTEST_GRAM) see(hash | 0);
    }
  }
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
