/** Lists of words as locales hold them (`send: oui envoyez | envoyer`): whether what a citizen wrote is in one. */
import { phraseKey } from '../domain/language/words';
import { remembering } from '../recent';

/** Chinese is written without spaces: a word of it stands wherever its signs do. */
const HAN = /\p{Script=Han}/u;

/** Whether words, keyed, are in a list. */
export function isInList(list: string, key: string): boolean {
  const padded = ` ${key} `;
  return (
    key !== '' && wordList(list).some((word) => (word.endsWith('*') ? padded.includes(sought(word.slice(0, -1))) : key === word))
  );
}

function sought(word: string): string {
  return HAN.test(word) ? word : ` ${word}`;
}

/** Words, keyed, without some: 'bitte abbrechen, danke' is 'abbrechen'. */
export function without(some: string[], key: string): string {
  let left = ` ${key} `;
  for (const word of some.map(phraseKey).toSorted((one, other) => other.length - one.length)) {
    const piece = HAN.test(word) ? word : ` ${word} `;
    while (left.includes(piece)) left = left.replace(piece, ' ');
  }
  return left.replace(/\s+/g, ' ').trim();
}

/**
 * Words of a list, keyed; a final `*` means the words may stand anywhere in the message. The same few hundred lists are
 * asked with every message.
 */
const wordList = remembering(1000, (list) =>
  list
    .split('|')
    .map((word) => (word.trim().endsWith('*') ? `${phraseKey(word)}*` : phraseKey(word)))
    .filter((word) => word !== '' && word !== '*'),
);
