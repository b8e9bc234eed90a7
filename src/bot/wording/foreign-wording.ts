/**
 * The little that can be said in a citizen's own language where the town does not speak it, and the little that is
 * understood as an answer: the sentences, lists of words, yes and no of `locales/foreign/<code>.yml`.
 */
import type { Memory } from '../../domain/conversation';
import type { ForeignLanguage } from '../../domain/language/foreign';
import { filledIn } from '../../domain/language/sentences';
import { phraseKey } from '../../domain/language/words';
import type { Town, Towns } from '../../domain/town';
import { isInList, type Keyed, without } from './word-list';

export interface ForeignWording {
  /** The language the citizen writes in, or null when it is one of the town's, or not known. */
  code(): string | null;
  /** A sentence of the product; undefined where there is none in that language. */
  sentence(id: string, fields?: Record<string, string | number>): string | undefined;
  /** Whether one of its sentences stands in these words. */
  isIn(words: string): boolean;
  /** The text in that language of what a topic or a form says; undefined where there is none. */
  local(each: Record<string, string> | undefined): string | undefined;
  yesNo(text: string): 'yes' | 'no' | null;
  /** Whether words, keyed, mean one of its word lists, also with a 'please' beside them. */
  means(list: string, key: Keyed): boolean;
}

/** In danger the first advice is there in every language; what is more special is said by it. */
const STAND_INS: Array<[RegExp, string]> = [
  [/^danger\.minor\.(?:more|again)$/, 'danger.again'],
  [/^danger\.(?:minor\.)?(?:unanswered|late|silent|refuses|shelter|traces|which|stay-out|take-care)$/, 'danger.again'],
  [/^danger\.minor\.(listen|taken|place)$/, 'danger.$1'],
  [/^danger\.minor\.choking$/, 'danger.choking'],
  [/^danger\.(?:minor|more)\./, 'danger.'],
  [/^danger\.(called|unsure)-self-harm$/, 'danger.$1'],
  [/^danger\.unsure-(?:short|hurt)$/, 'danger.unsure'],
];

/** @param memory of the turn: the language may become known while it lasts. */
export function createForeignWording(towns: Towns, town: Town, memory: Memory): ForeignWording {
  const language = () => (memory.foreign ? towns.foreignLanguage(memory.foreign) : undefined);
  /** In a form somebody may cancel in the language they speak: nothing else in it could be meant. */
  const listened = (list: string): ForeignLanguage[] => {
    const own = language();
    if (list !== 'cancel' || memory.dialogs.length === 0) return own ? [own] : [];
    return towns.foreign().filter(({ code }) => !town.languages.includes(code));
  };
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
    local(each) {
      const words = each?.[language()?.code ?? ''];
      if (words) said.add(words);
      return words;
    },
    isIn: (words) => [...said].some((each) => words.includes(each)),
    yesNo(text) {
      const key = phraseKey(text);
      const has = (some: string[] | undefined) => some?.some((word) => phraseKey(word) === key) === true;
      if (has(language()?.yes)) return 'yes';
      return has(language()?.no) ? 'no' : null;
    },
    means: (list, key) =>
      listened(list).some(({ sentences, polite }) => {
        const words = sentences[`words.${list}`];
        if (words === undefined) return false;
        return isInList(words, key) || isInList(words, without(polite, key));
      }),
  };
}
