/** E-mail addresses in a message, in signs or dictated: "jean point dupont arobase exemple point fr". */
import { fold } from '../../domain/language/words';

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

/** Nobody dictates a longer one. */
const MOST_PARTS = 12;
const PART = /^[\p{L}\p{N}][\p{L}\p{N}._%+-]*$/u;
const WHOLE = /^[\p{L}\p{N}._%+-]{1,64}@(?:[\p{L}\p{N}-]{1,63}\.){1,5}\p{L}{2,24}$/u;

/**
 * Addresses said word by word, as telephones write down what they hear.
 * @param signs what the language calls them: `{ arobase: '@', point: '.', 'tiret bas': '_' }`.
 */
export function dictatedEmails(text: string, signs: Readonly<Record<string, string>>): string[] {
  const parts = signed(text, signs);
  const emails = new Set<string>();
  for (const [at, { sign, typed }] of parts.entries()) {
    if (sign !== '@') continue;
    const [before, after] = [parts.slice(0, at).reverse(), parts.slice(at + 1)].map(joined) as [string[], string[]];
    // "I work at amazon.com" dictates nothing: either half does, or the sign has a name of its own.
    const isWritten = /[._\d]/.test(before[0] ?? '');
    if (typed !== '@' && typed.length < 3 && before.length + after.length < 4 && !isWritten) continue;
    const email = `${before.reverse().join('')}@${after.join('').replace(/\.+$/, '')}`.toLowerCase();
    if (WHOLE.test(email)) emails.add(email);
  }
  return [...emails];
}

interface Part {
  /** As typed, folded. */
  typed: string;
  /** The sign it stands for: '@', '.'. */
  sign?: string;
}

/** The words of a text, each sign as one, however many words name it. */
function signed(text: string, signs: Readonly<Record<string, string>>): Part[] {
  const words = text
    .replace(/[([]\s*(?:at|arobase|arroba|@)\s*[)\]]/giu, ' @ ')
    .replace(/(?<=\s)@|@(?=\s)/gu, ' @ ')
    .split(/[\s,;:!?]+/u)
    .filter(Boolean);
  const parts: Part[] = [];
  for (let at = 0; at < words.length; at++) {
    const pair = signs[fold(`${words[at]} ${words[at + 1] ?? ''}`)];
    const sign = pair ?? signs[fold(words[at]!)] ?? (words[at] === '@' ? '@' : undefined);
    parts.push({ typed: words[at]!, sign });
    if (pair) at += 1;
  }
  return parts;
}

/** From the sign outwards: a part, a sign, a part, until two parts stand side by side. */
function joined(parts: readonly Part[]): string[] {
  const taken: string[] = [];
  for (const { typed, sign } of parts.slice(0, MOST_PARTS)) {
    const isPart = taken.length % 2 === 0;
    if (isPart ? sign !== undefined || !PART.test(typed) : sign === undefined || sign === '@') break;
    taken.push(sign ?? typed);
  }
  // What ends in a sign dictates no more: the dot there ends the sentence.
  return taken.length % 2 === 0 ? taken.slice(0, -1) : taken;
}
