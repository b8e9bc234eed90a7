/**
 * "Entre la rue Molière et la rue Pascal", "rue Hoche between the station and the bridge": a stretch between two places, which
 * need not meet. It is noted in the words that name it; where it lies on the map nobody said.
 */
import type { Mention } from './place-mentions';
import type { PlaceLexicon, Word } from './place-words';

/** Words from the first place to the second, exclusive: "et la", "and the one at". */
const MOST_BETWEEN = 3;
/** A street right before the stretch is the one on which it lies. */
const MOST_BESIDE = 2;

export interface Stretch {
  one: Mention;
  other: Mention;
  /** The street that was named before it. */
  on: Mention | undefined;
  /** From the word that says that it lies between the two. */
  from: number;
}

export function stretchIn(lexicon: PlaceLexicon, mentions: readonly Mention[], words: readonly Word[]): Stretch | null {
  const { links, articles, afterName, beside, range } = lexicon;
  const isSmall = ({ text }: Word) => [links, articles, afterName, beside].some((list) => list.has(text));
  for (const [at, one] of mentions.entries()) {
    const other = mentions[at + 1];
    let from = one.from - 1;
    while (from >= 0 && [links, articles].some((list) => list.has(words[from]!.text))) from--;
    if (!other || from < 0 || !range.has(words[from]!.text)) continue;
    const beside = words.slice(one.to, other.from);
    if (beside.length === 0 || beside.length > MOST_BETWEEN || !beside.every(isSmall)) continue;
    const before = mentions[at - 1];
    const isOn = before?.names[0]?.kind === 'street' && before.number === undefined && from - before.to <= MOST_BESIDE;
    return { one, other, from, on: isOn ? before : undefined };
  }
  return null;
}
