/**
 * The table of the language detector as it stands in a file: what eld knows of groups of letters, hashed, sorted and laid
 * out as numbers when the product is built (`tools/build/languages.mjs`), so that a start has nothing left to work out.
 */
import { mix } from '../learning/features';

/** What eld knows, cut down to the languages that are kept. */
export interface LanguageSource {
  /** By byte of UTF-8: the character that stands for it in `groups`. */
  bytes: string;
  /** By number: language code. */
  languages: Record<string, string>;
  /** By number of the language; equal scores stand once. */
  scores: Array<Record<string, number>>;
  /** Groups of letters, a space where a word begins or ends, and which scores they have. */
  groups: Record<string, number>;
}

export interface LanguageTable {
  bytes: string;
  /** Number of each language, by its code. */
  numbers: Record<string, number>;
  /** Of each group of letters, ascending. */
  hashes: Int32Array;
  /** For each of them, the number of its list of scores. */
  listOf: Uint16Array;
  /** Where each list begins in `pairs`, and where the last one ends. */
  starts: Int32Array;
  /** Language and score, one after the other. */
  pairs: Uint8Array;
}

/** What eld took from every score to make its table smaller. */
const LEAST_SCORE = 53;
export const SPACE = 32;
const START = 0x811c9dc5;

/** What stands before the arrays: the small parts, and how long each array is. */
interface Head {
  bytes: string;
  numbers: Record<string, number>;
  lengths: { hashes: number; starts: number; listOf: number; pairs: number };
}

export function writeTable({ bytes, languages, scores, groups }: LanguageSource): Buffer {
  // Hash and list in one number, so that they are sorted as numbers are.
  const sorted = Float64Array.from(
    Object.keys(groups),
    (group) => (hashOfGroup(group) + 2 ** 31) * 2 ** 16 + groups[group]!,
  ).sort();
  const hashes = Int32Array.from(sorted, (pair) => Math.floor(pair / 2 ** 16) - 2 ** 31);
  const listOf = Uint16Array.from(sorted, (pair) => pair % 2 ** 16);
  const pairs = Uint8Array.from(
    scores.flatMap((list) => Object.entries(list).flatMap(([key, score]) => [Number(key), score + LEAST_SCORE])),
  );
  const starts = new Int32Array(scores.length + 1);
  scores.forEach((list, at) => {
    starts[at + 1] = starts[at]! + 2 * Object.keys(list).length;
  });
  const head: Head = {
    bytes,
    numbers: Object.fromEntries(Object.entries(languages).map(([key, code]) => [code, Number(key)])),
    lengths: { hashes: hashes.length, starts: starts.length, listOf: listOf.length, pairs: pairs.length },
  };
  const text = JSON.stringify(head);
  // Numbers of four bytes stand at multiples of four.
  const words = Buffer.from(text.padEnd(text.length + ((4 - (Buffer.byteLength(text) % 4)) % 4)));
  const size = Buffer.alloc(4);
  size.writeUInt32LE(words.length);
  const raw = (array: Int32Array | Uint16Array | Uint8Array) => Buffer.from(array.buffer, array.byteOffset, array.byteLength);
  return Buffer.concat([size, words, raw(hashes), raw(starts), raw(listOf), raw(pairs)]);
}

/** @param file as `writeTable` made it, on a machine with the same order of bytes. */
export function readTable(file: Buffer): LanguageTable {
  const size = file.readUInt32LE(0);
  const { bytes, numbers, lengths } = JSON.parse(file.toString('utf8', 4, 4 + size)) as Head;
  // A copy of its own begins where numbers of four bytes may stand.
  const rest = new Uint8Array(file.subarray(4 + size)).buffer;
  const hashes = new Int32Array(rest, 0, lengths.hashes);
  const starts = new Int32Array(rest, hashes.byteLength, lengths.starts);
  const listOf = new Uint16Array(rest, hashes.byteLength + starts.byteLength, lengths.listOf);
  const pairs = new Uint8Array(rest, hashes.byteLength + starts.byteLength + listOf.byteLength, lengths.pairs);
  return { bytes, numbers, hashes, listOf, starts, pairs };
}

function hashOfGroup(group: string): number {
  let hash = START;
  for (let at = 0; at < group.length; at++) hash = mix(hash, group.charCodeAt(at));
  return hash | 0 || 1;
}

/** Of a part of a word; @param isFirst a space stands before it; @param isLast one stands behind it. */
export function hashOf(word: Uint16Array, from: number, to: number, isFirst: boolean, isLast: boolean): number {
  let hash = isFirst ? mix(START, SPACE) : START;
  for (let at = from; at < to; at++) hash = mix(hash, word[at]!);
  return (isLast ? mix(hash, SPACE) : hash) | 0 || 1;
}
