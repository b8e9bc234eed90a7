/**
 * Which of two dozen languages a text is in, by the groups of letters in its words. The table is that of
 * eld (Apache-2.0) and so are the sums; here they stand in arrays of numbers, which takes a tenth of the
 * time: nearly every first message asks for it.
 */
import { readFileSync } from 'node:fs';
import { builtFile } from '../../built-file';
import { mix, openIndex } from '../learning/features';

/** As `tools/build-languages.mjs` writes it. */
interface Table {
  /** By byte of UTF-8: the character that stands for it in `groups`. */
  bytes: string;
  /** By number: language code. */
  languages: Record<string, string>;
  /** By number of the language; equal scores stand once. */
  scores: Array<Record<string, number>>;
  /** Groups of letters, a space where a word begins or ends, and which scores they have. */
  groups: Record<string, number>;
}

/** How much a text sounds like a language, 0 to 1; 0 for a language that is not in the table. */
export type Sounds = (code: string) => number;

/** What eld took from every score to make its table smaller, and what it divides by. */
const LEAST_SCORE = 53;
const SCALE = 25;
/** No more than this is looked at: bytes of text, at the end of a word and anywhere, and bytes of a word. */
const WORD_ENDS_AFTER = 350;
const TEXT_ENDS_AFTER = 380;
const LONGEST_WORD = 70;
/** Room for the groups of such a text, half of it empty. */
const ROOM = 1024;
const SPACE = 32;
const START = 0x811c9dc5;
/** An apostrophe before a letter belongs to the word. */
const BETWEEN_WORDS = /[\P{L}\u{10000}-\u{10ffff}]+(?<!['`\u2019])/gu;

let opened: { detect: (text: string) => Sounds; codes: string[] } | undefined;

/** Made once for all towns. */
function open() {
  const table = opened ? null : (JSON.parse(readFileSync(builtFile(__dirname, 'languages.json'), 'utf8')) as Table);
  opened ??= { detect: createDetector(table!), codes: Object.values(table!.languages) };
  return opened;
}

export const openDetector = (): ((text: string) => Sounds) => open().detect;

/** Codes of the languages it tells apart. */
export const detectableLanguages = (): string[] => open().codes;

function createDetector({ bytes, languages, scores, groups }: Table): (text: string) => Sounds {
  const numbers = new Map(Object.entries(languages).map(([key, code]) => [code, Number(key)]));
  // Hash and list in one number, so that they are sorted as numbers are.
  const sorted = Float64Array.from(
    Object.keys(groups),
    (group) => (hashOfGroup(group) + 2 ** 31) * 2 ** 16 + groups[group]!,
  ).sort();
  const find = openIndex(Int32Array.from(sorted, (pair) => Math.floor(pair / 2 ** 16) - 2 ** 31));
  const listOf = Uint16Array.from(sorted, (pair) => pair % 2 ** 16);
  // Languages and scores of all lists, one after the other.
  const pairs = Uint8Array.from(
    scores.flatMap((list) => Object.entries(list).flatMap(([key, score]) => [Number(key), score + LEAST_SCORE])),
  );
  const starts = new Int32Array(scores.length + 1);
  scores.forEach((list, at) => {
    starts[at + 1] = starts[at]! + 2 * Object.keys(list).length;
  });
  const sums = new Int32Array(1 + Math.max(...numbers.values()));
  const seen = new Int32Array(ROOM);
  const word = new Uint16Array(TEXT_ENDS_AFTER + 4);
  let length = 0;
  let distinct = 0;

  const take = (from: number, to: number, isFirst: boolean, isLast: boolean) => {
    const hash = hashOf(word, from, to, isFirst, isLast);
    let slot = hash & (ROOM - 1);
    while (seen[slot] !== 0 && seen[slot] !== hash) slot = (slot + 1) & (ROOM - 1);
    if (seen[slot] === hash) return;
    seen[slot] = hash;
    distinct++;
    const group = find(hash);
    if (group < 0) return;
    const list = listOf[group]!;
    for (let at = starts[list]!; at < starts[list + 1]!; at += 2) sums[pairs[at]!]! += pairs[at + 1]!;
  };

  /** Four letters, then four from the third letter further, and the last four. */
  const endWord = () => {
    if (length === 0) return;
    const end = Math.min(length, LONGEST_WORD);
    let from = 0;
    for (; from + 4 < end; from += 3) take(from, from + 4, from === 0, false);
    take(Math.max(0, end - 4), length, from === 0, true);
    length = 0;
  };

  const put = (byte: number) => {
    word[length++] = bytes.charCodeAt(byte);
  };

  return (text) => {
    sums.fill(0);
    seen.fill(0);
    length = 0;
    distinct = 0;
    const letters = text.replace(BETWEEN_WORDS, ' ').trim().toLowerCase();
    let size = 0;
    for (let at = 0; at < letters.length && size <= TEXT_ENDS_AFTER; at++) {
      const code = letters.charCodeAt(at);
      if (code === SPACE) {
        endWord();
        if (size++ > WORD_ENDS_AFTER) break;
      } else if (code < 0x80) {
        word[length++] = code;
        size++;
      } else if (code < 0x800) {
        put(0xc0 | (code >> 6));
        put(0x80 | (code & 0x3f));
        size += 2;
      } else {
        put(0xe0 | (code >> 12));
        put(0x80 | ((code >> 6) & 0x3f));
        put(0x80 | (code & 0x3f));
        size += 3;
      }
    }
    endWord();
    const heard = Float64Array.from(sums, (sum) => sum / Math.max(1, distinct));
    return (code) => {
      const score = heard[numbers.get(code) ?? -1] ?? 0;
      return score / (score + SCALE);
    };
  };
}

function hashOfGroup(group: string): number {
  let hash = START;
  for (let at = 0; at < group.length; at++) hash = mix(hash, group.charCodeAt(at));
  return hash | 0 || 1;
}

function hashOf(word: Uint16Array, from: number, to: number, isFirst: boolean, isLast: boolean): number {
  let hash = isFirst ? mix(START, SPACE) : START;
  for (let at = from; at < to; at++) hash = mix(hash, word[at]!);
  return (isLast ? mix(hash, SPACE) : hash) | 0 || 1;
}
