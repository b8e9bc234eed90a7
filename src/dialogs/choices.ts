/** Which of several offered choices a citizen means: its number, its words, or 'the second'. */
import { phraseKey } from '../domain/language/words';

const ORDINALS = [
  [
    '1',
    'un',
    'une',
    'one',
    'le premier',
    'la premiere',
    'premier',
    'premiere',
    'the first',
    'first',
    'first one',
    'the first one',
  ],
  [
    '2',
    'deux',
    'two',
    'le deuxieme',
    'la deuxieme',
    'le second',
    'la seconde',
    'the second',
    'second',
    'second one',
    'the second one',
  ],
  ['3', 'trois', 'three', 'le troisieme', 'la troisieme', 'the third', 'third', 'third one', 'the third one'],
  ['4', 'quatre', 'four', 'le quatrieme', 'la quatrieme', 'the fourth', 'fourth'],
  ['5', 'cinq', 'five', 'le cinquieme', 'la cinquieme', 'the fifth', 'fifth'],
  ['6', 'six', 'le sixieme', 'la sixieme', 'the sixth', 'sixth'],
  ['7', 'sept', 'seven'],
  ['8', 'huit', 'eight'],
  ['9', 'neuf', 'nine'],
  ['10', 'dix', 'ten'],
];

/** 'ramassées' as 'ramassé', 'bins' as 'bin': what agrees with something else says nothing of which choice is meant. */
function uninflected(key: string): string {
  return key
    .split(' ')
    .map((word) => (word.length > 3 ? word.replace(/[es]+$/, '') : word))
    .join(' ');
}

/** The id of the choice meant, or null. `words` are the ways a choice is called, its label first. */
export function readChoice(text: string, choices: Array<{ id: string; words: string[] }>): string | null {
  const key = phraseKey(text);
  if (key === '') return null;
  const position = ORDINALS.findIndex((words) => words.includes(key));
  if (position >= 0 && position < choices.length) return choices[position]?.id ?? null;
  const keyed = choices.map(({ id, words }) => ({ id, keys: words.map(phraseKey).filter((word) => word !== '') }));
  const exact = keyed.find(({ keys }) => keys.includes(key));
  if (exact) return exact.id;
  const padded = ` ${uninflected(key)} `;
  const named = keyed.filter(({ keys }) => keys.some((word) => padded.includes(` ${uninflected(word)} `)));
  return named.length === 1 ? (named[0]?.id ?? null) : null;
}
