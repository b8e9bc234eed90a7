/**
 * A word as one slip of the finger would leave it: two words that are one letter apart share a shape.
 * Shapes are numbers, made without a string being cut: every word that nobody knows is asked for all of its own.
 */

const BASE = 0x01000193;
/** Powers of the base, for as many letters as a word can have. */
const POWERS = powers(64);

function powers(count: number): Int32Array {
  const all = new Int32Array(count).fill(1);
  for (let at = 1; at < count; at++) all[at] = Math.imul(all[at - 1]!, BASE);
  return all;
}

/** Hands over the shape of the word, then of the word without each of its letters; of two equal neighbours one is enough. */
export function eachEditKey(word: string, take: (shape: number) => void): void {
  const length = Math.min(word.length, POWERS.length);
  let whole = 0;
  for (let at = 0; at < length; at++) whole = (Math.imul(whole, BASE) + word.charCodeAt(at)) | 0;
  take(mixed(whole));
  let before = 0;
  let last = -1;
  for (let at = 0; at < length; at++) {
    const letter = word.charCodeAt(at);
    const power = POWERS[length - 1 - at]!;
    const upTo = (Math.imul(before, BASE) + letter) | 0;
    // What stands before the letter moves one place to the right; what stands behind it stays.
    if (letter !== last) take(mixed((whole + Math.imul((before - upTo) | 0, power)) | 0));
    before = upTo;
    last = letter;
  }
}

/** All bits depend on all letters: tables look at some of them only. */
function mixed(hash: number): number {
  const stirred = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (stirred ^ (stirred >>> 13)) | 0;
}
