/**
 * Words as typed, read as they were meant: text-message shorthand by table, and a slip of the
 * finger in a word the town's topics know. Only in-domain words are repaired towards; what
 * nobody taught us stays as it is.
 */
import type { LanguagePack } from '../../domain/language';
import { fold, wordsOf } from './words';

/** Words shorter than this are too easily another word. */
const SHORTEST_REPAIRED = 4;

export interface Speller {
  expand(words: string[]): string[];
  repair(words: string[]): { words: string[]; repaired: Array<[string, string]> };
}

/** How often each word stands in the phrases of a language. */
export type Vocabulary = Map<string, number>;

export function vocabularyOf(texts: Iterable<string>, pack: Pick<LanguagePack, 'shorthand'>): Vocabulary {
  const expand = createExpander(pack);
  const counts: Vocabulary = new Map();
  for (const text of texts) {
    for (const word of expand(wordsOf(text).map((each) => each.text))) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return counts;
}

export function createExpander(pack: Pick<LanguagePack, 'shorthand'>): (words: string[]) => string[] {
  const table = new Map(
    Object.entries(pack.shorthand).map(([short, long]) => [fold(short), wordsOf(long).map((word) => word.text)] as const),
  );
  return (words) => (words.some((word) => table.has(word)) ? words.flatMap((word) => table.get(word) ?? [word]) : words);
}

export function createSpeller(pack: Pick<LanguagePack, 'shorthand'>, vocabulary: Vocabulary): Speller {
  const nearly = new Map<string, string[]>();
  for (const word of vocabulary.keys()) {
    if (word.length < SHORTEST_REPAIRED || /\p{N}/u.test(word)) continue;
    for (const shape of shapesOf(word)) {
      const others = nearly.get(shape);
      if (others) others.push(word);
      else nearly.set(shape, [word]);
    }
  }
  return {
    expand: createExpander(pack),
    repair(words) {
      const repaired: Array<[string, string]> = [];
      const read = words.map((word) => {
        if (vocabulary.has(word) || word.length < SHORTEST_REPAIRED || /\p{N}/u.test(word)) return word;
        const meant = closest(word, nearly, vocabulary);
        if (meant) repaired.push([word, meant]);
        return meant ?? word;
      });
      return { words: read, repaired };
    },
  };
}

/** The commonest known word one insertion, deletion, replacement or swap away. */
function closest(word: string, nearly: Map<string, string[]>, vocabulary: Vocabulary): string | undefined {
  let best: string | undefined;
  let most = 0;
  for (const shape of shapesOf(word)) {
    for (const candidate of nearly.get(shape) ?? []) {
      if (!isOneSlip(word, candidate)) continue;
      const count = vocabulary.get(candidate)! + (candidate[0] === word[0] ? 2 : 0);
      if (count > most) {
        most = count;
        best = candidate;
      }
    }
  }
  return best;
}

/** The word, and the word with each letter left out: two words one slip apart share a shape. */
function shapesOf(word: string): string[] {
  const shapes = [word];
  for (let at = 0; at < word.length; at++) if (word[at] !== word[at - 1]) shapes.push(word.slice(0, at) + word.slice(at + 1));
  return shapes;
}

/** One insertion, deletion, replacement or swap of neighbours apart. */
export function isOneSlip(one: string, other: string): boolean {
  let start = 0;
  const shorter = Math.min(one.length, other.length);
  while (start < shorter && one[start] === other[start]) start++;
  const rest = (text: string, from: number) => text.slice(from);
  if (one.length === other.length) {
    if (rest(one, start + 1) === rest(other, start + 1)) return true;
    return one[start] === other[start + 1] && one[start + 1] === other[start] && rest(one, start + 2) === rest(other, start + 2);
  }
  if (one.length + 1 === other.length) return rest(one, start) === rest(other, start + 1);
  return one.length === other.length + 1 && rest(one, start + 1) === rest(other, start);
}
