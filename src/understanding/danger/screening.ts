/**
 * Screening: danger, no more messages, yes and no in every language that is spoken, heard before any topic. For whoever
 * checks a town's phrases: danger is weighed as the bot weighs it, so that no word alone is taken for it.
 */

import type { LanguagePack } from '../../domain/language/language-pack';
import type { Screening } from '../../domain/language/screening';
import { detectableLanguages, openDetector } from '../language/language-detector';
import { wordsOf } from '../text/words';
import { judgeDanger, NOT_JUDGED, weighDanger } from './danger-detector';
import { createDangerModels } from './danger-models';
import { optOutIn, rulesOf } from './rules';

/** No phrase of a topic is longer. */
const MOST_WORDS = 400;

/** @param cacheDir where what danger sounds like is kept, if it must be learnt; without it, it is learnt each time. */
export function createScreening(packs: readonly LanguagePack[], cacheDir?: string): Screening {
  const rules = packs.map(rulesOf);
  const known: Record<string, LanguagePack> = Object.fromEntries(packs.map((pack) => [pack.code, pack]));
  const dangers = createDangerModels(known, cacheDir);
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
    async weigh(suspects, languages) {
      const taught = await dangers.of(languages.filter((code) => known[code]));
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
