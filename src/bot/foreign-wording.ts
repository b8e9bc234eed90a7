/**
 * The little that can be said in a citizen's own language where the town does not speak it, and the little that is
 * understood as an answer: the sentences, lists of words, yes and no of `locales/foreign/<code>.yml`.
 */
import type { Memory } from '../domain/conversation';
import { phraseKey } from '../domain/language/words';
import { filledIn, type Towns } from '../domain/town';

export interface ForeignWording {
  /** The language the citizen writes in, or null when it is one of the town's, or not known. */
  code(): string | null;
  /** A sentence of the product; undefined where there is none in that language. */
  sentence(id: string, fields?: Record<string, string | number>): string | undefined;
  /** Whether one of its sentences stands in these words. */
  isIn(words: string): boolean;
  yesNo(text: string): 'yes' | 'no' | null;
}

/** In danger the first advice is there in every language; what is more special is said by it. */
const STAND_INS: Array<[RegExp, string]> = [
  [/^danger\.(?:minor\.(?:more|again|listen)|listen)$/, 'danger.again'],
  [/^danger\.(?:minor\.)?taken$/, 'danger.self-harm'],
  [/^danger\.(?:minor|more)\./, 'danger.'],
  [/^danger\.(called|unsure)-self-harm$/, 'danger.$1'],
  [/^danger\.unsure-short$/, 'danger.unsure'],
];

/** @param memory of the turn: the language may become known while it lasts. */
export function createForeignWording(towns: Towns, memory: Memory): ForeignWording {
  const language = () => (memory.foreign ? towns.foreignLanguage(memory.foreign) : undefined);
  const said = new Set<string>();
  return {
    code: () => language()?.code ?? null,
    sentence(id, fields) {
      const sentences = language()?.sentences;
      const standIn = STAND_INS.find(([shape]) => shape.test(id));
      const written = sentences?.[id] ?? (standIn && sentences?.[id.replace(standIn[0], standIn[1])]);
      if (written === undefined) return undefined;
      const filled = filledIn(written, fields);
      said.add(filled);
      return filled;
    },
    isIn: (words) => [...said].some((each) => words.includes(each)),
    yesNo(text) {
      const key = phraseKey(text);
      const has = (some: string[] | undefined) => some?.some((word) => phraseKey(word) === key) === true;
      if (has(language()?.yes)) return 'yes';
      return has(language()?.no) ? 'no' : null;
    },
  };
}
