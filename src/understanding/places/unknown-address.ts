/** Where in a message an address stands that the town's map does not know. */
import type { Word } from '../text/words';
import type { PlaceFinder } from './place-finder';

const ADDRESS_WORDS = 5;

/** What looks like an address of a street the town does not know: its type and the words after it. */
export function addressIn({ isStreetType }: PlaceFinder, words: Word[]): { start: number; end: number } | null {
  const at = words.findIndex(({ text }) => text.length > 2 && isStreetType(text));
  if (at < 0) return null;
  return { start: words[at]!.start, end: words[Math.min(words.length, at + ADDRESS_WORDS) - 1]!.end };
}
