/** E-mail addresses in a message. */

const BEFORE_AT = /[\p{L}\p{N}._%+-]/u;
const LONGEST_BEFORE_AT = 64;
const FROM_AT = /@(?:[\p{L}\p{N}-]{1,63}\.){1,5}\p{L}{2,24}/uy;

/** Looked for from each "@" to both sides: from the left, a long word would be read anew at each of its letters. */
export function emailsIn(text: string): string[] {
  const emails = new Set<string>();
  let last = 0;
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', Math.max(at + 1, last))) {
    let start = at;
    while (start > last && at - start < LONGEST_BEFORE_AT && BEFORE_AT.test(text[start - 1]!)) start--;
    FROM_AT.lastIndex = at;
    if (start === at || !FROM_AT.test(text)) continue;
    last = FROM_AT.lastIndex;
    emails.add(text.slice(start, last).toLowerCase());
  }
  return [...emails];
}
