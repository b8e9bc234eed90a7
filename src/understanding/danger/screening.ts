/**
 * Screening: danger, no more messages, yes and no in every language that is spoken, heard before any topic. For whoever
 * checks a town's phrases: danger is weighed as the bot weighs it, so that no word alone is taken for it.
 */

import { createHash } from 'node:crypto';
import type { LanguagePack } from '../../domain/language/language-pack';
import type { Screening, SpokenPhrase } from '../../domain/language/screening';
import { detectableLanguages, openDetector } from '../language/language-detector';
import { type Classifier, createClassifier } from '../learning/classifier';
import { wordsOf } from '../text/words';
import { judgeDanger, NOT_JUDGED, weighDanger } from './danger-detector';
import { dangerPhrasesOf } from './danger-phrases';
import { optOutIn, rulesOf } from './rules';
import { teachDanger, withClues } from './teach-danger';

/** No phrase of a topic is longer. */
const MOST_WORDS = 400;

/** What was learnt last: of towns that are checked one after the other, and of a town that is checked again, most phrases are the same. */
let lately: { key: string; taught: Classifier } | undefined;

export function createScreening(packs: readonly LanguagePack[]): Screening {
  const rules = packs.map(rulesOf);
  const known: Record<string, LanguagePack> = Object.fromEntries(packs.map((pack) => [pack.code, pack]));
  const keyOf = (text: string) =>
    wordsOf(text)
      .map((word) => word.text)
      .join(' ');
  const answers = (of: 'yes' | 'no') =>
    new Set(
      packs
        .flatMap((pack) => pack[of])
        .filter((text) => !text.endsWith('...'))
        .map(keyOf),
    );
  const [yes, no] = [answers('yes'), answers('no')];

  const ruled = (phrase: string) => {
    const words = wordsOf(phrase);
    return rules.map((one) => one.danger(words)).find((kind) => kind !== null) ?? null;
  };

  /** Only the languages that are in question: learning them all takes as much longer. */
  const learn = (ordinary: readonly SpokenPhrase[], languages: ReadonlySet<string>) => {
    const asked = ordinary.filter(({ language }) => languages.has(language)).map((phrase) => ({ ...phrase, label: '' }));
    const spoken = Object.fromEntries(Object.entries(known).filter(([code]) => languages.has(code)));
    const lessons = dangerPhrasesOf(spoken, asked);
    const clues = Object.fromEntries(Object.entries(spoken).map(([code, { danger }]) => [code, danger.clues]));
    if (lessons.length === 0) return null;
    const key = createHash('sha256')
      .update(JSON.stringify([lessons, clues]))
      .digest('hex');
    if (lately?.key !== key)
      lately = { key, taught: createClassifier(withClues(spoken, clues), teachDanger(lessons, spoken, clues)) };
    return lately.taught;
  };

  return {
    hear(phrase) {
      const words = wordsOf(phrase);
      // Asking for help is a phrase like others.
      if (['stop', 'start'].includes(optOutIn(rules, words).optOut ?? '')) return 'opt-out';
      const key = words.length > 0 ? keyOf(phrase) : null;
      if (key === null) return null;
      return yes.has(key) ? 'yes' : no.has(key) ? 'no' : null;
    },
    soundsDangerous: (phrase) => ruled(phrase) !== null,
    weigh(suspects, ordinary) {
      // A phrase that is in question speaks neither for itself nor for another.
      const questioned = new Set(suspects.map(({ text }) => text));
      const inQuestion = new Set(suspects.map(({ language }) => language).filter((language) => known[language]));
      const taught =
        inQuestion.size > 0
          ? learn(
              ordinary.filter(({ text }) => !questioned.has(text)),
              inQuestion,
            )
          : null;
      return suspects.map(({ text, language }) => {
        const words = wordsOf(text);
        const judged = taught && known[language] ? judgeDanger(taught, text, words, MOST_WORDS, language) : NOT_JUDGED;
        const { danger, perhapsDanger } = weighDanger(ruled(text), judged, false, words.length);
        return danger ? 'danger' : perhapsDanger ? 'perhaps' : 'none';
      });
    },
    sounds: openDetector(),
    languages: detectableLanguages(),
  };
}
