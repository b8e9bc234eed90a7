/**
 * Numbers that no town hall needs and that harm their owner when they leak, hidden before anything is written down:
 * payment cards, bank accounts (IBAN) and French social-security numbers (NIR). Each is believed only when its own check
 * digits are right, so that a reference, a phone number or a meter's number stays as it was typed.
 */

/** By scheme and length: Visa, Mastercard, American Express, Diners, JCB, Discover and UnionPay, Maestro. */
const CARD =
  /^(4(\d{12}|\d{15}|\d{18})|5[1-5]\d{14}|2(22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}|3[47]\d{13}|3(0[0-5]|[68]\d)\d{11}|35\d{14}|6\d{15,18}|(50|5[6-9])\d{14,17})$/;
const IBAN = /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/;
/** Sex, year, month, department (Corsica's with a letter), commune, order, key. */
const NIR = /^[1-478]\d{2}(0[1-9]|1[0-2]|[2-3]\d|4[0-2]|[5-9]\d)(\d{2}|2[AB])\d{8}$/;

/** Characters without what lies between them. */
const LONGEST_IBAN = 34;
const LONGEST_CARD = 19;
const SHORTEST = 13;

/** ISO/IEC 7812-1, annex B. */
function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let at = 0; at < digits.length; at += 1) {
    const digit = Number(digits[digits.length - 1 - at]);
    const weighed = at % 2 === 0 ? digit : digit * 2;
    sum += weighed > 9 ? weighed - 9 : weighed;
  }
  return sum % 10 === 0 && !/^(\d)\1+$/.test(digits);
}

/** ISO 13616: the first four characters last, letters as numbers from 10 on, 1 modulo 97. */
function passesIban(text: string): boolean {
  let rest = 0;
  for (const character of text.slice(4) + text.slice(0, 4)) {
    const value = Number.parseInt(character, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1;
}

/** The key is 97 less the rest modulo 97; Corsica counts as 19 and 18. */
function passesNir(text: string): boolean {
  const number = Number(text.slice(0, 13).replace('2A', '19').replace('2B', '18'));
  return 97 - (number % 97) === Number(text.slice(13));
}

function isSecret(text: string, isIban: boolean): boolean {
  if (isIban) return IBAN.test(text) && passesIban(text);
  return (CARD.test(text) && passesLuhn(text)) || (text.length === 15 && NIR.test(text) && passesNir(text));
}

/** The text with such numbers hidden but their last four characters; the same text when there are none. Linear in its length. */
export function maskNumbers(text: string): string {
  if (!/\d[^\p{L}]{0,3}\d/u.test(text)) return text;
  const words = [...text.matchAll(/[\p{L}\p{N}]+/gu)].map(({ 0: word, index }) => ({
    word,
    from: index,
    to: index + word.length,
  }));
  /** Whether a word goes on in the next: one space, dot, dash or slash lies between. */
  const goesOn = words.map(({ to }, n) => words[n + 1]?.from === to + 1 && ' .-/\u00a0\u202f'.includes(text.charAt(to)));
  let masked = '';
  let done = 0;
  for (let first = 0; first < words.length; first += 1) {
    const isIban = /^[A-Za-z]{2}\d{2}/.test(words[first]!.word);
    if (!isIban && !/^[1-8]/.test(words[first]!.word)) continue;
    const longest = isIban ? LONGEST_IBAN : LONGEST_CARD;
    let joined = '';
    let last = -1;
    for (let n = first; n < words.length; n += 1) {
      joined += words[n]!.word.toUpperCase();
      if (joined.length > longest) break;
      if (joined.length >= SHORTEST && isSecret(joined, isIban)) last = n;
      if (!goesOn[n]) break;
    }
    if (last === -1) continue;
    const { from } = words[first]!;
    const { to } = words[last]!;
    masked += text.slice(done, from) + starred(text.slice(from, to));
    done = to;
    first = last;
  }
  return masked + text.slice(done);
}

/** Every character a star but the last four: whoever wrote it knows which one it was. */
function starred(part: string): string {
  let hidden = part.replace(/[^\p{L}\p{N}]/gu, '').length - 4;
  return part.replace(/[\p{L}\p{N}]/gu, (character) => (hidden-- > 0 ? '*' : character));
}
