/** Lists of words as locales hold them (`send: oui envoyez | envoyer`): whether what a citizen wrote is in one. */
import { phraseKey } from '../../domain/language/words';
import { remembering } from '../../recent';

/** Chinese is written without spaces: a word of it stands wherever its signs do. */
const HAN = /\p{Script=Han}/u;

/** Words as lists are asked for them: dozens of lists are asked for the same ones. */
export interface Keyed {
  key: string;
  /** Between spaces, so that whole words are found in it. */
  padded: string;
}

export function keyed(words: string): Keyed {
  const key = phraseKey(words);
  return { key, padded: ` ${key} ` };
}

export function isInList(list: string, { key, padded }: Keyed): boolean {
  if (key === '' || list === '') return false;
  const { whole, parts } = wordList(list);
  return whole.has(key) || parts.some((part) => padded.includes(part));
}

/** How many entries of a list words hold. */
export function countIn(list: string, words: string): number {
  const { key, padded } = keyed(words);
  const { whole, parts } = wordList(list);
  return parts.filter((part) => padded.includes(part)).length + (whole.has(key) ? 1 : 0);
}

/** Words, keyed, without some: 'bitte abbrechen, danke' is 'abbrechen'. */
export function without(some: string[], { key }: Keyed): Keyed {
  let left = ` ${key} `;
  for (const word of some.map(phraseKey).toSorted((one, other) => other.length - one.length)) {
    const piece = HAN.test(word) ? word : ` ${word} `;
    while (left.includes(piece)) left = left.replace(piece, ' ');
  }
  return keyed(left);
}

/**
 * Words of a list, keyed; a final `*` means the words may stand anywhere in the message. The same few hundred lists are
 * asked with every message.
 */
const wordList = remembering(1000, (list) => {
  const whole = new Set<string>();
  const parts: string[] = [];
  for (const word of list.split('|')) {
    const { key, padded } = keyed(word);
    if (key === '') continue;
    if (word.trim().endsWith('*')) parts.push(HAN.test(key) ? key : padded);
    else whole.add(key);
  }
  return { whole, parts };
});
