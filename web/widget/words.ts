// Which language the widget speaks: the one asked for by the embedding page, else the page's own, else the browser's.
import { en } from './words/en';
import { fr, type Words } from './words/fr';

export type { Words };

const dictionaries: Record<string, Words> = { fr, en };

/** Languages the widget has words for, as two-letter codes. */
export const spoken = Object.keys(dictionaries);

/** The first of the wishes (BCP-47 tags, possibly empty) that the widget speaks; French when none is. */
export function chooseLanguage(wishes: ReadonlyArray<string | null | undefined>): string {
  for (const wish of wishes) {
    const code = (wish ?? '').slice(0, 2).toLowerCase();
    if (spoken.includes(code)) return code;
  }
  return 'fr';
}

export function wordsOf(language: string): Words {
  return dictionaries[language] ?? fr;
}
