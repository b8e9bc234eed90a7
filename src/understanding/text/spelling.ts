/**
 * Words as typed, read as they were meant: text-message shorthand by table, and a slip of the
 * finger in a word the town's topics know. Only in-domain words are repaired towards; what
 * nobody taught us stays as it is.
 */
import type { LanguagePack } from '../../domain/language/language-pack';
import { fold } from '../../domain/language/words';
import { openIndex } from '../learning/features';
import { eachEditKey } from './edit-keys';
import { hasNumber, wordsOf } from './words';

/** Words shorter than this are too easily another word. */
const SHORTEST_REPAIRED = 4;

export interface SpellingCorrector {
  expand(words: string[]): string[];
  repair(words: string[]): { words: string[]; repaired: Array<[string, string]> };
}

/** The words of a language's phrases, parted by spaces, and how often each stands there. Plain data, as a model is. */
export interface Vocabulary {
  words: string;
  counts: Uint16Array;
}

/** @param words each once; @param counts how often each was written. */
export function createVocabulary(words: Iterable<string>, counts: number[]): Vocabulary {
  return { words: [...words].join(' '), counts: Uint16Array.from(counts, (count) => Math.min(count, 65_535)) };
}

/** @param words all of them, as often as they were written. */
export function vocabularyOf(words: string[]): Vocabulary {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return createVocabulary(counts.keys(), [...counts.values()]);
}

export function createExpander(pack: Pick<LanguagePack, 'shorthand'>): (words: string[]) => string[] {
  const table = new Map(
    Object.entries(pack.shorthand).map(([short, long]) => [fold(short), wordsOf(long).map((word) => word.text)] as const),
  );
  return (words) => (words.some((word) => table.has(word)) ? words.flatMap((word) => table.get(word) ?? [word]) : words);
}

export function createSpellingCorrector(
  pack: Pick<LanguagePack, 'shorthand'>,
  { words: joined, counts }: Vocabulary,
): SpellingCorrector {
  const known = joined.split(' ');
  const numbers = new Map(known.map((word, number) => [word, number]));
  // Only for a word that nobody taught.
  let shapes: ReturnType<typeof indexShapes> | undefined;

  /** The commonest known word one insertion, deletion, replacement or swap away. */
  const closest = (word: string): string | undefined => {
    let best: string | undefined;
    let most = 0;
    shapes ??= indexShapes(known);
    const nearly = shapes;
    eachEditKey(word, (shape) => {
      for (let at = nearly.first(shape); at >= 0 && nearly.shapes[at] === shape; at++) {
        const candidate = known[nearly.words[at]!]!;
        const count = counts[nearly.words[at]!]! + (candidate[0] === word[0] ? 2 : 0);
        if (count <= most || !isOneSlip(word, candidate)) continue;
        most = count;
        best = candidate;
      }
    });
    return best;
  };

  return {
    expand: createExpander(pack),
    repair(words) {
      const repaired: Array<[string, string]> = [];
      const read = words.map((word) => {
        if (numbers.has(word) || !isRepairable(word)) return word;
        const meant = closest(word);
        if (meant) repaired.push([word, meant]);
        return meant ?? word;
      });
      return { words: read, repaired };
    },
  };
}

function isRepairable(word: string): boolean {
  return word.length >= SHORTEST_REPAIRED && !hasNumber(word);
}

/** Known words by their shapes, in arrays of numbers: as strings they would take more memory than all else that is learnt. */
function indexShapes(known: string[]) {
  const repairable = known.map(isRepairable);
  const most = known.reduce((sum, word, number) => sum + (repairable[number] ? word.length + 1 : 0), 0);
  // Shape and word in one number, so that they are sorted as numbers are: without a function called for each.
  const pairs = new Float64Array(most);
  let count = 0;
  for (let number = 0; number < known.length; number++) {
    if (!repairable[number]) continue;
    eachEditKey(known[number]!, (shape) => {
      pairs[count++] = (shape + 2 ** 31) * 2 ** 20 + number;
    });
  }
  const sorted = pairs.subarray(0, count).sort();
  const shapes = new Int32Array(count);
  const words = new Int32Array(count);
  for (let at = 0; at < count; at++) {
    shapes[at] = Math.floor(sorted[at]! / 2 ** 20) - 2 ** 31;
    words[at] = sorted[at]! % 2 ** 20;
  }
  return { shapes, words, first: openIndex(shapes) };
}

/** One insertion, deletion, replacement or swap of neighbours apart. */
export function isOneSlip(one: string, other: string): boolean {
  let start = 0;
  const shorter = Math.min(one.length, other.length);
  while (start < shorter && one[start] === other[start]) start++;
  if (one.length === other.length) {
    if (endsAlike(one, start + 1, other, start + 1)) return true;
    return one[start] === other[start + 1] && one[start + 1] === other[start] && endsAlike(one, start + 2, other, start + 2);
  }
  if (one.length + 1 === other.length) return endsAlike(one, start, other, start + 1);
  return one.length === other.length + 1 && endsAlike(one, start + 1, other, start);
}

/** Whether two words go on alike, each from its own letter on, to ends that are as far away. */
function endsAlike(one: string, from: number, other: string, at: number): boolean {
  for (let step = 0; from + step < one.length; step++) if (one[from + step] !== other[at + step]) return false;
  return true;
}
