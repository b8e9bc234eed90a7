/**
 * Words as typed, read as they were meant: text-message shorthand by table, and a slip of the
 * finger in a word the town's topics know. Only in-domain words are repaired towards; what
 * nobody taught us stays as it is.
 */
import type { LanguagePack } from '../../domain/language/language-pack';
import { fold } from '../../domain/language/words';
import { indexBySlip } from './slips';
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
  let eachNear: ReturnType<typeof indexBySlip> | undefined;

  /** The commonest known word one insertion, deletion, replacement or swap away. */
  const closest = (word: string): string | undefined => {
    let best: string | undefined;
    let most = 0;
    eachNear ??= indexBySlip(known, isRepairable);
    eachNear(word, (number) => {
      const count = counts[number]! + (known[number]![0] === word[0] ? 2 : 0);
      if (count <= most) return;
      most = count;
      best = known[number];
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
