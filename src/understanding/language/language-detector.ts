/**
 * Which of two dozen languages a text is in, by the groups of letters in its words. The table is that of
 * eld (Apache-2.0) and so are the sums; here they stand in arrays of numbers, which takes a tenth of the
 * time: nearly every first message asks for it.
 */
import { readFileSync } from 'node:fs';
import { builtFile } from '../../built-file';
import { openIndex } from '../learning/features';
import { hashOf, type LanguageTable, readTable, SPACE } from './language-table';

/** How much a text sounds like a language, 0 to 1; 0 for a language that is not in the table. */
export type Sounds = (code: string) => number;

/** What eld divides by. */
const SCALE = 25;
/** No more than this is looked at: bytes of text, at the end of a word and anywhere, and bytes of a word. */
const WORD_ENDS_AFTER = 350;
const TEXT_ENDS_AFTER = 380;
const LONGEST_WORD = 70;
/** Room for the groups of such a text, half of it empty. */
const ROOM = 1024;
/** An apostrophe before a letter belongs to the word. */
const BETWEEN_WORDS = /[\P{L}\u{10000}-\u{10ffff}]+(?<!['`\u2019])/gu;

let opened: { detect: (text: string) => Sounds; codes: string[] } | undefined;

/** Made once for all towns. */
function open() {
  if (opened) return opened;
  const table = readTable(readFileSync(builtFile('understanding/language/languages.bin')));
  opened = { detect: createDetector(table), codes: Object.keys(table.numbers) };
  return opened;
}

export const openDetector = (): ((text: string) => Sounds) => open().detect;

/** Codes of the languages it tells apart. */
export const detectableLanguages = (): string[] => open().codes;

function createDetector({ bytes, numbers: numberOf, hashes, listOf, starts, pairs }: LanguageTable): (text: string) => Sounds {
  const numbers = new Map(Object.entries(numberOf));
  const find = openIndex(hashes);
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
