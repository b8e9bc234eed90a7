/**
 * What words stand for, by and large: somebody of the family, fire, what was yesterday, a form to fill in. "Le minot" and
 * "mon fils" are both a child, so what was learnt of one is known of the other.
 */
import { fold } from '../../domain/language/words';

const NONE: readonly string[] = [];

/** The notions of a word, in no order; most words have none. */
export type Notions = (word: string) => readonly string[];

/** @param listed the words of each notion; `brul*` for all that begin so. */
export function createNotions(listed: Record<string, string[]>): Notions {
  const whole = new Map<string, string[]>();
  const beginnings = new Map<string, string[]>();
  let longest = 0;
  for (const [notion, words] of Object.entries(listed)) {
    for (const word of words) {
      const folded = fold(word.replace(/\*$/, ''));
      const among = word.endsWith('*') ? beginnings : whole;
      among.set(folded, [...(among.get(folded) ?? []), notion]);
      longest = Math.max(longest, folded.length);
    }
  }
  return (word) => {
    const found = new Set(whole.get(word) ?? []);
    for (let end = Math.min(longest, word.length); end > 0; end--) {
      for (const notion of beginnings.get(word.slice(0, end)) ?? NONE) found.add(notion);
    }
    return found.size > 0 ? [...found] : NONE;
  };
}
