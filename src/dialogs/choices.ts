/** Which of several offered choices a citizen means: its number, its words, or 'the second'. */
import { phraseKey } from '../domain/language/words';
import type { Town, Towns } from '../domain/town';

/** How the town's languages point at a choice, from their sentences. */
export interface ChoosingWords {
  /** By position: 'the second', 'two', 'le deuxième', as keys. */
  positions: string[][];
  /** Takes from a word the ending that only agrees with something else: 'ramassées' is 'ramassé', 'bins' is 'bin'. */
  bare(word: string): string;
}

/** Positions that have words of their own: `words.choice-1` to `words.choice-10`. */
const MOST_NAMED = 10;
/** Shorter words have no ending to take away. */
const SHORTEST_INFLECTED = 4;

const known = new WeakMap<Town, ChoosingWords>();

export function choosingWordsOf(towns: Pick<Towns, 'locale'>, town: Town): ChoosingWords {
  const made = known.get(town) ?? createChoosingWords(towns, town);
  known.set(town, made);
  return made;
}

function createChoosingWords(towns: Pick<Towns, 'locale'>, town: Town): ChoosingWords {
  const said = (id: string) => town.languages.map((code) => towns.locale(code)?.sentences[id] ?? '');
  const positions = Array.from({ length: MOST_NAMED }, (_, at) => [
    String(at + 1),
    ...said(`words.choice-${at + 1}`).flatMap((list) => list.split('|').map(phraseKey)),
  ]);
  const letters = said('format.agreement').join('').replace(/\P{L}/gu, '');
  const ending = letters === '' ? null : new RegExp(`[${letters}]+$`, 'u');
  return { positions, bare: (word) => (ending && word.length >= SHORTEST_INFLECTED ? word.replace(ending, '') : word) };
}

/** The id of the choice meant, or null. `words` are the ways a choice is called, its label first. */
export function readChoice(text: string, choices: Choice[], words: ChoosingWords): string | null {
  const chosen = choicesNamed(text, choices, words);
  return chosen.length === 1 ? chosen[0]! : null;
}

export interface Choice {
  id: string;
  words: string[];
}

/** The ids of all choices that are named, in the order in which they are said. */
export function choicesNamed(text: string, choices: Choice[], { positions, bare }: ChoosingWords): string[] {
  const key = phraseKey(text);
  if (key === '') return [];
  const position = positions.findIndex((words) => words.includes(key));
  if (position >= 0 && position < choices.length) return [choices[position]!.id];
  const keyed = choices.map(({ id, words }) => ({ id, keys: words.map(phraseKey).filter((word) => word !== '') }));
  const exact = keyed.find(({ keys }) => keys.includes(key));
  if (exact) return [exact.id];
  const uninflected = (some: string) => some.split(' ').map(bare).join(' ');
  const padded = ` ${uninflected(key)} `;
  return keyed
    .flatMap(({ id, keys }) => {
      const places = keys.map((word) => padded.indexOf(` ${uninflected(word)} `)).filter((place) => place >= 0);
      return places.length > 0 ? [{ id, at: Math.min(...places) }] : [];
    })
    .sort((one, other) => one.at - other.at)
    .map(({ id }) => id);
}
