/**
 * What words stand for, by and large: somebody of the family, fire, what was yesterday, a form to fill in. "Le minot" and
 * "mon fils" are both a child, so what was learnt of one is known of the other.
 */
import { fold } from '../../domain/language/words';
import { hashOfNotion, type Notion } from '../learning/features';

const NONE: readonly Notion[] = [];

/** The notions of a word, in no order; most words have none. */
export type Notions = (word: string) => readonly Notion[];

/** @param listed the words of each notion; `brul*` for all that begin so. */
export function createNotions(listed: Record<string, string[]>): Notions {
  const whole = new Map<string, Notion[]>();
  const beginnings = new Map<string, Notion[]>();
  let longest = 0;
  const ranks = new Map(
    Object.keys(listed)
      .sort()
      .map((name, rank) => [name, rank]),
  );
  for (const [name, words] of Object.entries(listed)) {
    const notion = { hash: hashOfNotion(name), rank: ranks.get(name)! };
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
