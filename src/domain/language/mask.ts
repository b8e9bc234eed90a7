/**
 * Numbers that no town hall needs and that harm their owner when they leak, hidden before anything is written down:
 * payment cards, bank accounts (IBAN) and French social-security numbers (NIR). Each is believed only when its own check
 * digits are right, so that a reference, a phone number or a meter's number stays as it was typed.
 */

/** Digits with at most one space, dot or dash between two of them; neither in a longer number nor in a word. */
const CARD = /(?<![\p{L}\p{N}])\d(?:[ .\-\u00a0]?\d){12,18}(?![\p{L}\p{N}])/gu;
const IBAN = /(?<![\p{L}\p{N}])\p{L}{2}\d{2}(?:[ .\-\u00a0]?[\p{L}\p{N}]){11,30}(?![\p{L}\p{N}])/gu;
const NIR =
  /(?<![\p{L}\p{N}])[1-478](?:[ .\-\u00a0]?\d){4}[ .\-\u00a0]?(?:\d{2}|2[ABab])(?:[ .\-\u00a0]?\d){6}[ .\-\u00a0]?\d{2}(?![\p{L}\p{N}])/gu;

const bare = (typed: string) => typed.replace(/[^\p{L}\p{N}]/gu, '').toUpperCase();

/** Luhn (ISO/IEC 7812), and the first digits of the schemes that issue cards. */
function isCard(digits: string): boolean {
  if (digits.length < 13 || digits.length > 19 || !/^[3-6]|^2[2-7]/.test(digits) || /^(\d)\1+$/.test(digits)) return false;
  let sum = 0;
  for (let at = 0; at < digits.length; at += 1) {
    const digit = Number(digits[digits.length - 1 - at]);
    const weighed = at % 2 === 0 ? digit : digit * 2;
    sum += weighed > 9 ? weighed - 9 : weighed;
  }
  return sum % 10 === 0;
}

/** ISO 13616: the first four characters last, letters as numbers, 1 modulo 97. */
function isIban(text: string): boolean {
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(text)) return false;
  let rest = 0;
  for (const character of text.slice(4) + text.slice(0, 4)) {
    const value = Number.parseInt(character, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1;
}

/** Fifteen characters, Corsica's departments as 19 and 18; the key is 97 less the rest modulo 97. */
function isNir(text: string): boolean {
  if (!/^[1-478]\d{4}(\d{2}|2[AB])\d{8}$/.test(text)) return false;
  const month = Number(text.slice(3, 5));
  if (month === 0 || (month > 12 && month < 20) || (month > 42 && month < 50)) return false;
  const number = Number(text.slice(0, 13).replace('2A', '19').replace('2B', '18'));
  return 97 - (number % 97) === Number(text.slice(13));
}

/** The longest beginning of what was found that is such a number, in the words as they were typed; an IBAN may be followed by a word. */
function hidden(found: string, isOne: (text: string) => boolean, least: number): string | null {
  for (let end = found.length; end > 0; end -= 1) {
    const part = found.slice(0, end);
    const text = bare(part);
    if (text.length < least) return null;
    if (/[\p{L}\p{N}]$/u.test(part) && isOne(text)) return `${starred(part)}${found.slice(end)}`;
  }
  return null;
}

/** Every character a star but the last four: whoever wrote it knows which one it was. */
function starred(part: string): string {
  let shown = bare(part).length - 4;
  return part.replace(/[\p{L}\p{N}]/gu, (character) => (shown-- > 0 ? '*' : character));
}

/** The text with such numbers hidden; the same text when there are none. */
export function maskNumbers(text: string): string {
  // Most messages hold no thirteen digits.
  if (!/(?:\d[^\p{L}\p{N}]?){10}/u.test(text) && !/\p{L}{2}\d{2}/u.test(text)) return text;
  return text
    .replace(IBAN, (found) => hidden(found, isIban, 15) ?? found)
    .replace(NIR, (found) => (isNir(bare(found)) ? starred(found) : found))
    .replace(CARD, (found) => (isCard(bare(found)) ? starred(found) : found));
}
