// Which language the page speaks: the agent's own setting, else the browser's.

import { useDesk } from './state/store';
import { en } from './words/en';
import { es } from './words/es';
import { fr, type Words } from './words/fr';

export type { Words };

const dictionaries: Record<string, Words> = { fr, en, es };

/** Languages the page has words for: code and own name. */
export const spoken = Object.entries(dictionaries).map(([code, { name }]) => ({ code, name }));

export function languageOf(wish: string | undefined): string {
  for (const language of [wish, ...navigator.languages]) {
    const code = (language ?? '').slice(0, 2).toLowerCase();
    if (dictionaries[code]) return code;
  }
  return 'fr';
}

export const wordsOf = (wish: string | undefined): Words => dictionaries[languageOf(wish)] ?? fr;

export function useWords(): Words {
  return wordsOf(useDesk(({ me }) => me?.settings.language));
}

/** What the audit log says was done; a code of a version before this one stands as it is. */
export const actInWords = (what: string, t: Words): string => (t.acts as Record<string, string>)[what] ?? what;
