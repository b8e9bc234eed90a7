/**
 * Yes and no as people say them: "ouais", "c'est bon", "nan", "pas besoin", a thumb. Whole
 * replies by list; of a longer one only the plain first word counts.
 */
import type { LanguagePack } from '../../domain/language/language-pack';
import { type Word, wordsOf } from '../text/words';

export type YesNo = 'yes' | 'no' | null;

/** A longer reply that begins with "oui" is about something else. */
const LONGEST = 12;

export function createYesNo(packs: LanguagePack[]): (text: string, words: Word[]) => YesNo {
  const whole = new Map<string, 'yes' | 'no'>();
  const openings: Array<[string, 'yes' | 'no']> = [];
  for (const pack of packs) {
    for (const [answer, texts] of [['yes', pack.yes] as const, ['no', pack.no] as const]) {
      for (const text of texts) {
        const key = keyOf(text, wordsOf(text));
        if (text.endsWith('...')) openings.push([`${key} `, answer]);
        else if (!whole.has(key)) whole.set(key, answer);
      }
    }
  }
  return (text, words) => {
    const key = keyOf(text, words);
    const said = whole.get(key);
    if (said || key.split(' ').length > LONGEST) return said ?? null;
    return openings.find(([opening]) => key.startsWith(opening))?.[1] ?? null;
  };
}

/** Words, or for a message of signs only the signs themselves, skin tones aside. */
function keyOf(text: string, words: Word[]): string {
  return words.length > 0
    ? words.map((word) => word.text).join(' ')
    : text.replace(/[\u{1f3fb}-\u{1f3ff}\ufe0f\s]/gu, '').slice(0, 8);
}
