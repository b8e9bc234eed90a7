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
const LETTERS = 2;
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

export function featuresOf({ words, stems, sounds, notions }: Reading): Features {
  const heard = sounds ? soundHashes(sounds) : [];
  const meant = notions ? notionHashes(notions) : [];
  let size = 2 * stems.length + 1 + heard.length + meant.length;
  for (const word of words) size += gramCount(word.length + 2);
  const hashes = new Int32Array(size);
  const blocks = new Uint8Array(size).fill(LETTERS);
  const stemHashes = new Int32Array(stems.length);
  let at = 0;
  let before = EDGE;
  for (let place = 0; place <= stems.length; place++) {
    const hash = place < stems.length ? hashOf(stems[place]!, 1) : EDGE;
    blocks[at] = PAIRS;
    hashes[at++] = mix(mix(before, 0x2b), hash) | 0;
    before = hash;
    if (place === stems.length) break;
    stemHashes[place] = hash;
    blocks[at] = STEMS;
    hashes[at++] = hash;
  }
  for (const word of words) at = addGrams(word, hashes, at);
  hashes.set(heard, at);
  blocks.fill(SOUNDS, at, at + heard.length);
  at += heard.length;
  hashes.set(meant, at);
  blocks.fill(NOTIONS, at);
  return { hashes, blocks, stems: stemHashes };
}

/** Sounds, and pairs of neighbouring ones. */
function soundHashes(sounds: string[]): number[] {
  const hashes: number[] = [];
  let before = EDGE;
  for (const sound of sounds) {
    const hash = hashOf(sound, SOUNDS);
    hashes.push(hash, mix(mix(before, 0x5b), hash) | 0);
    before = hash;
  }
  hashes.push(mix(mix(before, 0x5b), EDGE) | 0);
  return hashes;
}

/** Notions, any two that are there at all, and any two that follow each other: fire and yesterday, somebody and falls. */
function notionHashes(notions: ReadonlyArray<readonly string[]>): number[] {
  const hashes: number[] = [];
  const all = [...new Set(notions.flat())].sort().map((notion) => hashOf(notion, NOTIONS));
  for (let one = 0; one < all.length; one++) {
    hashes.push(all[one]!);
    for (let other = one + 1; other < all.length; other++) hashes.push(mix(mix(all[one]!, 0x77), all[other]!) | 0);
  }
  let before: number[] = [];
  for (const some of notions) {
    if (some.length === 0) continue;
    const now = some.map((notion) => hashOf(notion, NOTIONS));
    for (const one of before) for (const other of now) hashes.push(mix(mix(one, 0x3b), other) | 0);
    before = now;
  }
  return hashes;
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
