/** The sentences of a written answer, and which of them tell a price, or a time of day. */

/** Without what stands around them. */
export function sentencesOf(text: string): string[] {
  return text
    .split(/\n|(?<=[.!?])\s+(?=\p{Lu})/u)
    .map((sentence) => sentence.trim())
    .filter((sentence) => sentence !== '');
}

const MONEY = /\d\s?(?:€|euro)|€\s?\d/iu;
const FREE = /(?<!\p{L})(?:gratuit|gratis|free\b)/iu;
/** A call that is free is the price of nothing else. */
const CALLS = /(?<!\p{L})(?:appelez|call|llame)(?!\p{L})/iu;

/** How plainly a sentence tells a price: 2 with an amount, 1 where it says that something is free, else 0. */
export function tellsPrice(sentence: string): 0 | 1 | 2 {
  if (MONEY.test(sentence)) return 2;
  return FREE.test(sentence) && !CALLS.test(sentence) ? 1 : 0;
}

/** '7 h', '19 h 30', '7.30 pm', '19:30', 'noon'. */
const CLOCK =
  /\d\s?(?:h|am|pm|a\.m|p\.m|heures?|horas?)(?!\p{L})|(?<!\d)\d{1,2}:\d{2}(?!\d)|(?<!\p{L})(?:midi|minuit|noon|midnight|mediodía|medianoche)(?!\p{L})/iu;

/** Whether a sentence tells a time of day. */
export function tellsHour(sentence: string): boolean {
  return CLOCK.test(sentence);
}
