/**
 * Whether a text is in the language that its field is named after, among all languages that can be told by their sound: a
 * copied answer that nobody translated, a list of phrases under the wrong heading. Short texts are full of names, so the
 * shorter one is, the better another language must fit before anything is said.
 */
import type { Screening } from '../../domain/language/screening';
import type { Complain } from '../fault';

export interface Spoken {
  texts: string[];
  /** What the town says, one phrase that people type, or a whole list of them. */
  as: 'said' | 'phrase' | 'phrases';
}

/** From so many letters on, by how much another language must sound better. Streets stand in phrases, in their own language. */
const SURE: Record<Spoken['as'], ReadonlyArray<[letters: number, margin: number]>> = {
  said: [
    [35, 0.08],
    [25, 0.15],
    [15, 0.3],
  ],
  phrase: [[35, 0.12]],
  phrases: [[50, 0.12]],
};

/** @param spoken languages of the product. */
export function checkLanguage(
  { texts, as }: Spoken,
  language: string,
  spoken: readonly string[],
  screening: Screening,
  complain: Complain,
): void {
  const text = texts.join('\n').replace(/\{[^}]*\}|https?:\S+|\S+@\S+/g, ' ');
  const letters = text.replace(/\P{L}/gu, '').length;
  const margin = SURE[as].find(([least]) => letters >= least)?.[1];
  if (margin === undefined || !screening.languages.includes(language)) return;
  const sounds = screening.sounds(text);
  const other = screening.languages.reduce((best, code) => (sounds(code) > sounds(best) ? code : best), language);
  if (sounds(other) - sounds(language) < margin) return;
  const what = { said: 'This text stands', phrase: 'This phrase stands', phrases: 'These phrases stand' }[as];
  const move = spoken.includes(other)
    ? `or move it under "${other}"`
    : 'or leave it out: the product does not speak that language ("A language" in CONTRIBUTING.md says how it would)';
  complain(
    [],
    'wrong-language',
    `${what} under "${language}" and seem(s) to be ${nameOf(other)}.`,
    `Translate into ${nameOf(language)}, ${move}.`,
  );
}

function nameOf(code: string): string {
  return new Intl.DisplayNames(['en'], { type: 'language' }).of(code) ?? code;
}
