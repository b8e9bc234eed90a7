/**
 * Words compared as people mean them, not as they were typed: without capitals, accents
 * or typographic shapes, and with room for a slip of the finger. Shared by what reads a
 * citizen's message and by what checks a town's folder.
 */

const PLAIN = /^[ -~]*$/;

/**
 * One spelling for what sounds and reads the same: lower case, no accents, ligatures spelt out, one apostrophe. 'Cœur d’Été'
 * becomes "coeur d'ete". Length may change. Nothing else in the house takes accents off.
 */
export function fold(text: string): string {
  // Most words are plain letters; leaving them alone makes starting a town noticeably quicker.
  if (PLAIN.test(text)) return text.toLowerCase();
  return (
    text
      .normalize('NFKD')
      // What is not seen is not read: a soft hyphen, a joiner between letters.
      .replace(/[\p{M}\p{Cf}]+/gu, '')
      .toLowerCase()
      .replace(/œ/g, 'oe')
      .replace(/æ/g, 'ae')
      .replace(/ß/g, 'ss')
      .replace(/ł/g, 'l')
      .replace(/ı/g, 'i')
      .replace(/[\u2018\u2019\u02bc\u0060\u00b4]/g, "'")
  );
}

/** The words of a text as typed, by the spaces between them: "l'école," is one. */
export function typedWords(text: string): string[] {
  return text.split(/\s+/).filter(Boolean);
}

/** How many words a message has, by the spaces between them. */
export function countWords(text: string): number {
  return typedWords(text).length;
}

/** The folded words of a text with one space between them: two phrases with the same key are the same phrase. */
export function phraseKey(text: string): string {
  return fold(text)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** The folded words of a text, by their letters and digits: "l'École," is `l` and `ecole`. */
export function keyWords(text: string): string[] {
  return phraseKey(text).split(' ').filter(Boolean);
}

/**
 * Insertions, deletions, replacements and swaps of neighbours between two words.
 * Stops counting past `limit` and returns `limit + 1`.
 */
export function editDistance(left: string, right: string, limit: number): number {
  const far = limit + 1;
  if (left === right) return 0;
  if (Math.abs(left.length - right.length) > limit) return far;
  let [before, previous, current] = rowsFor(right.length);
  for (let column = 0; column <= right.length; column++) previous[column] = column;
  for (let row = 1; row <= left.length; row++) {
    current[0] = row;
    let least = row;
    for (let column = 1; column <= right.length; column++) {
      const isSame = left[row - 1] === right[column - 1];
      let cost = Math.min(previous[column]! + 1, current[column - 1]! + 1, previous[column - 1]! + (isSame ? 0 : 1));
      const isSwap = row > 1 && column > 1 && left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1];
      if (isSwap) cost = Math.min(cost, before[column - 2]! + 1);
      current[column] = cost;
      if (cost < least) least = cost;
    }
    if (least > limit) return far;
    [before, previous, current] = [previous, current, before];
  }
  return Math.min(previous[right.length]!, far);
}

/** Words are compared by the hundred in one message: the three rows in hand are used again. */
let rows: [Int32Array, Int32Array, Int32Array] | undefined;

function rowsFor(length: number): [Int32Array, Int32Array, Int32Array] {
  if (!rows || rows[0].length <= length) {
    rows = [new Int32Array(length + 32), new Int32Array(length + 32), new Int32Array(length + 32)];
  }
  return rows;
}
