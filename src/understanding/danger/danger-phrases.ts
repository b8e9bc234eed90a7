/**
 * How danger sounds, and how the same words sound when nobody is in danger: sentences of the language packs with choices,
 * `(a|b) c (d|e)`, written out into phrases to learn from, among what citizens ordinarily write. Every choice is used as
 * often as the others; the same packs always give the same phrases.
 */
import type { LanguagePack } from '../../domain/language/language-pack';
import { OUTSIDE } from '../learning/model';
import { seeded } from '../learning/svm';
import type { Phrase } from '../topics/examples';

/** Of one sentence, at most so many. */
const MOST_WRITTEN = 12;
/** One phrase of so many is also said with an opening. */
const OPENED = 4;
/** One phrase of so many is also told of as of a film, a drill, last year. */
const RETOLD = 6;

/** All of a pack that its phrases are made of, as it stands there: hashed once, whatever is learnt from it. */
export function dangerSourcesOf({ code, danger }: LanguagePack): unknown[] {
  return [code, danger.sentences, danger.openings, danger.retold, danger.ordinary];
}

/** Nothing of a town is among them: the same languages hear the same danger everywhere. */
export function dangerPhrasesOf(packs: Record<string, LanguagePack>): Phrase[] {
  const taught = Object.entries(packs).flatMap(([language, { danger }]) => {
    const phrases = Object.entries(danger.sentences).flatMap(([kind, sentences]) =>
      [...new Set(sentences.flatMap(writtenOut))].map((text) => ({ text, label: kind === 'none' ? OUTSIDE : kind, language })),
    );
    const opened = phrases
      .filter((_, at) => danger.openings.length > 0 && at % OPENED === 0)
      .map((phrase, at) => ({ ...phrase, text: `${danger.openings[at % danger.openings.length]} ${phrase.text}` }));
    const dangers = phrases.filter(({ label }) => label !== OUTSIDE);
    const retold = dangers
      .filter((_, at) => danger.retold.length > 0 && at % RETOLD === 0)
      .map(({ text }, at) => ({
        text: danger.retold[at % danger.retold.length]!.replace('...', () => text),
        label: OUTSIDE,
        language,
      }));
    return [...phrases, ...opened, ...retold];
  });
  if (taught.length === 0) return [];
  const ordinary = Object.entries(packs).flatMap(([language, { danger }]) =>
    danger.ordinary.map((text) => ({ text, label: OUTSIDE, language })),
  );
  return [...taught, ...ordinary];
}

/** Twice as many phrases as its longest choice has words, each of its choices in a shuffled order of its own. */
function writtenOut(sentence: string): string[] {
  const pieces = sentence.split(/\(([^()]*)\)/);
  const choices = pieces.map((piece, at) => (at % 2 === 1 ? piece.split('|') : [piece]));
  const longest = Math.max(...choices.map(({ length }) => length));
  const random = seeded(sentence.length);
  const orders = choices.map((words) => ({
    words,
    from: Math.floor(random() * words.length),
    step: stepOf(words.length, random),
  }));
  const count = longest === 1 ? 1 : Math.min(MOST_WRITTEN, 2 * longest);
  return Array.from({ length: count }, (_, n) =>
    orders
      .map(({ words, from, step }) => words[(from + n * step + Math.floor(n / words.length)) % words.length]!)
      .join('')
      .replace(/\s+/g, ' ')
      .trim(),
  );
}

/** A step that comes by all of so many before it comes back. */
function stepOf(count: number, random: () => number): number {
  const steps = Array.from({ length: count }, (_, at) => at + 1).filter((step) => isPrimeTo(step, count));
  return steps[Math.floor(random() * steps.length)] ?? 1;
}

function isPrimeTo(one: number, other: number): boolean {
  return other === 0 ? one === 1 : isPrimeTo(other, one % other);
}
