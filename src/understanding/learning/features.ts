/**
 * What the classifier sees of a message: its stems, its pairs of neighbouring stems and the
 * letter groups inside its words, so that a misspelt word still looks like itself; where a reading
 * has them, also how its words sound and what they stand for. Each is a 32-bit hash, looked up in an
 * open table: no strings are made while a citizen waits.
 */

/** Share of each kind of feature: stems, pairs of stems, letters within words, sounds, notions. */
export const BLOCK_WEIGHTS = [1.3, 1, 1.3, 1, 1] as const;
export const STEMS = 0;
const PAIRS = 1;
export const LETTERS = 2;
export const SOUNDS = 3;
const NOTIONS = 4;
const SHORTEST_GRAM = 2;
const LONGEST_GRAM = 5;
const START = 0x9e37;
const EDGE = 0x5f356495;

/** A word as it is read, with all that is hashed of it: the same wherever it stands, so that it is worked out once. */
export interface ReadWord {
  /** Repaired, digits shaped. */
  text: string;
  /** Its place among the words of its reader, from 0: whoever counts keeps there what is known of it. */
  number: number;
  /** Hash of its stem. */
  stem: number;
  /** Hash of how it sounds, and what it stands for; null where its reader does not look for them. */
  sound: number | null;
  notions: readonly Notion[] | null;
}

/** What words stand for. */
export interface Notion {
  hash: number;
  /** Its place among all notions of the language, by name. */
  rank: number;
}

/** A message ready for features. */
export type Reading = readonly ReadWord[];

/** Stems and pairs of stems, as opposed to letters. */
export function isWordBlock(block: number): boolean {
  return block === STEMS || block === PAIRS;
}

export function mix(hash: number, value: number): number {
  return Math.imul(hash ^ value, 0x01000193) ^ (hash >>> 15);
}

export const hashOfStem = (stem: string) => hashOf(stem, 1);
export const hashOfSound = (sound: string) => hashOf(sound, SOUNDS);
export const hashOfNotion = (name: string) => hashOf(name, NOTIONS);

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
  /** What one word is by itself. */
  stem(word: ReadWord): void;
  /** Its letter groups; `eachGram` tells them. */
  letters(word: ReadWord): void;
  sound(word: ReadWord): void;
}

/** Tells the features of a reading one after the other, in an order that is always the same. */
export function eachFeature(reading: Reading, reader: FeatureReader): void {
  let before = EDGE;
  for (const word of reading) {
    reader.feature(mix(mix(before, 0x2b), word.stem) | 0, PAIRS);
    reader.stem(word);
    before = word.stem;
  }
  reader.feature(mix(mix(before, 0x2b), EDGE) | 0, PAIRS);
  for (const word of reading) reader.letters(word);
  const [first] = reading;
  if (first && first.sound !== null) eachSound(reading, reader);
  if (first && first.notions !== null) eachNotion(reading, reader);
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
const PUT: FeatureReader = {
  feature: put,
  stem: (word) => put(word.stem, STEMS),
  letters: (word) => eachGram(word.text, putGram),
  sound: (word) => put(word.sound!, SOUNDS),
};

export function featuresOf(reading: Reading): Features {
  size = 0;
  eachFeature(reading, PUT);
  return { hashes: hashes.slice(0, size), blocks: blocks.slice(0, size), stems: Int32Array.from(reading, ({ stem }) => stem) };
}

/** Twice as much room. */
export function enlarged<Numbers extends Int32Array | Uint8Array>(numbers: Numbers): Numbers {
  const larger = new (numbers.constructor as new (length: number) => Numbers)(2 * numbers.length);
  larger.set(numbers);
  return larger;
}

/** Sounds, and pairs of neighbouring ones. */
function eachSound(reading: Reading, reader: FeatureReader): void {
  let before = EDGE;
  for (const word of reading) {
    reader.sound(word);
    reader.feature(mix(mix(before, 0x5b), word.sound!) | 0, SOUNDS);
    before = word.sound!;
  }
  reader.feature(mix(mix(before, 0x5b), EDGE) | 0, SOUNDS);
}

const NO_NOTIONS: readonly Notion[] = [];
/** The notions of the reading at hand, each once, by rank. */
const met: Notion[] = [];

/** Notions, any two that are there at all, and any two that follow each other: fire and yesterday, somebody and falls. */
function eachNotion(reading: Reading, reader: FeatureReader): void {
  met.length = 0;
  for (const { notions } of reading) for (const notion of notions!) meet(notion);
  for (let one = 0; one < met.length; one++) {
    reader.feature(met[one]!.hash, NOTIONS);
    for (let other = one + 1; other < met.length; other++)
      reader.feature(mix(mix(met[one]!.hash, 0x77), met[other]!.hash) | 0, NOTIONS);
  }
  let before = NO_NOTIONS;
  for (const { notions } of reading) {
    if (notions!.length === 0) continue;
    for (const one of before) for (const other of notions!) reader.feature(mix(mix(one.hash, 0x3b), other.hash) | 0, NOTIONS);
    before = notions!;
  }
}

function meet(notion: Notion): void {
  let place = met.length;
  while (place > 0 && met[place - 1]!.rank > notion.rank) place--;
  if (place === 0 || met[place - 1] !== notion) met.splice(place, 0, notion);
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
