/** Screening: danger, no more messages, yes and no in every language that is spoken, heard before any topic. */

import type { LanguagePack } from '../../domain/language/language-pack';
import type { Screening } from '../../domain/language/screening';
import { openDetector } from '../language/language-detector';
import { wordsOf } from '../text/words';
import { rulesOf } from './rules';

export function createScreening(packs: readonly LanguagePack[]): Screening {
  const rules = packs.map(rulesOf);
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
  return {
    hear(phrase) {
      const words = wordsOf(phrase);
      if (rules.some((one) => one.danger(words))) return 'danger';
      // Asking for help is a phrase like others.
      if (rules.some((one) => ['stop', 'start'].includes(one.optOut(words) ?? ''))) return 'opt-out';
      const key = words.length > 0 ? keyOf(phrase) : null;
      if (key === null) return null;
      return yes.has(key) ? 'yes' : no.has(key) ? 'no' : null;
    },
    sounds: openDetector(),
  };
}
