/** Words one slip of the finger apart: a letter too many, too few or another, or two neighbours that changed places. */
import { openIndex } from '../learning/features';
import { eachEditKey } from './edit-keys';

/**
 * Words by their shapes, in arrays of numbers: as strings in maps they would take more memory than all else that is learnt.
 * @param isWanted those that are looked for at all.
 * @returns hands over the places, in `words`, of those that a word is one slip from; one may come twice.
 */
export function indexBySlip(
  words: readonly string[],
  isWanted: (word: string) => boolean,
): (word: string, take: (place: number) => void) => void {
  const wanted = words.map(isWanted);
  const most = words.reduce((sum, word, place) => sum + (wanted[place] ? word.length + 1 : 0), 0);
  // Shape and word in one number, so that they are sorted as numbers are: without a function called for each.
  const pairs = new Float64Array(most);
  let count = 0;
  for (let place = 0; place < words.length; place++) {
    if (!wanted[place]) continue;
    eachEditKey(words[place]!, (shape) => {
      pairs[count++] = (shape + 2 ** 31) * 2 ** 20 + place;
    });
  }
  const sorted = pairs.subarray(0, count).sort();
  const shapes = new Int32Array(count);
  const places = new Int32Array(count);
  for (let at = 0; at < count; at++) {
    shapes[at] = Math.floor(sorted[at]! / 2 ** 20) - 2 ** 31;
    places[at] = sorted[at]! % 2 ** 20;
  }
  const first = openIndex(shapes);
  return (word, take) =>
    eachEditKey(word, (shape) => {
      for (let at = first(shape); at >= 0 && shapes[at] === shape; at++)
        if (isOneSlip(word, words[places[at]!]!)) take(places[at]!);
    });
}

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
