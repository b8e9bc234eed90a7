/**
 * Counts that anybody may see, without anybody being found among them. A count under the smallest that is told is hidden,
 * nought too. A total gives hidden counts away where little is left for them: it stays beside them only while each could
 * still be anything from nought to just under the smallest; where it could not, the other counts are hidden instead.
 */

/** Of one topic in one month: a count each sector, in the order given; null is hidden. */
export interface Told {
  total: number | null;
  parts: Array<number | null>;
}

/** `parts` add up to the total. */
export function suppress(parts: readonly number[], smallest: number): Told {
  const total = parts.reduce((sum, part) => sum + part, 0);
  const allHidden = parts.map(() => null);
  if (total < smallest) return { total: null, parts: allHidden };
  const small = parts.filter((part) => part < smallest);
  const left = small.reduce((sum, part) => sum + part, 0);
  const most = smallest - 1;
  // Each hidden one is anything from 0 to `most`, exactly when the others can make up for it.
  const isSafe = small.length === 0 || (left >= most && left <= (small.length - 1) * most);
  return { total, parts: isSafe ? parts.map((part) => (part < smallest ? null : part)) : allHidden };
}
