/** Which of several offered choices a citizen means: its number, its words, or 'the second'. */
import { keyWords, phraseKey } from '../domain/language/words';
import type { Town, Towns } from '../domain/town';

/** How the town's languages point at a choice, from their sentences. */
export interface ChoosingWords {
  /** By position: 'the second', 'two', 'le deuxième', as keys. */
  positions: string[][];
  /** Takes from a word the ending that only agrees with something else: 'ramassées' is 'ramassé', 'bins' is 'bin'. */
  bare(word: string): string;
  /** Words, keyed, that say nothing of their own. */
  empty: ReadonlySet<string>;
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
  const empty = new Set(said('words.empty').flatMap((list) => list.split('|').map(phraseKey)));
  return { positions, empty, bare: (word) => (ending && word.length >= SHORTEST_INFLECTED ? word.replace(ending, '') : word) };
}

/** Of what is offered the only one that has all the words that say something: 'une personne alors', of 'Parler à une personne'. */
export function choiceInPart(text: string, choices: Choice[], { bare, empty }: ChoosingWords): string | null {
  const said = keyWords(text)
    .filter((word) => word.length >= SHORTEST_INFLECTED && !empty.has(word))
    .map(bare);
  if (said.length === 0) return null;
  const fitting = choices.filter(({ words }) =>
    words.some((each) => {
      const named = new Set(keyWords(each).map(bare));
      return said.every((word) => named.has(word));
    }),
  );
  return fitting.length === 1 ? fitting[0]!.id : null;
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
export function choicesNamed(text: string, choices: Choice[], words: ChoosingWords): string[] {
  const alone = choiceAlone(phraseKey(text), choices, words);
  if (alone) return [alone];
  return [...new Set(spotsIn(text, choices, words).map(({ id }) => id))];
}

/**
 * Of several choices that are named, the one that is meant most: named in more words ('the drain is blocked, it is backing up
 * into the pipe'), or the first of those that are told one after the other ('rubble and tyres'). Null where it is neither.
 * @param isSmall whether a word may stand between two that are told one after the other.
 */
export function choiceMeant(
  text: string,
  choices: Choice[],
  words: ChoosingWords,
  isSmall: (word: string) => boolean,
): string | null {
  const spots = spotsIn(text, choices, words);
  const weights = new Map<string, number>();
  for (const { id, from, to } of spots) weights.set(id, (weights.get(id) ?? 0) + to - from);
  const [first, second] = [...weights].toSorted(([, one], [, other]) => other - one);
  if (!first) return null;
  if (!second || first[1] > second[1]) return first[0];
  const said = keyWords(text);
  const isList = spots.every(({ from }, at) => at === 0 || said.slice(spots[at - 1]!.to, from).every(isSmall));
  return isList ? spots[0]!.id : null;
}

function choiceAlone(key: string, choices: Choice[], { positions }: ChoosingWords): string | undefined {
  if (key === '') return undefined;
  const position = positions.findIndex((words) => words.includes(key));
  if (position >= 0 && position < choices.length) return choices[position]!.id;
  return choices.find(({ words }) => words.some((word) => phraseKey(word) === key))?.id;
}

/** Where choices are named, by the words of the text; of two that overlap the one in more words. */
function spotsIn(text: string, choices: Choice[], { bare }: ChoosingWords) {
  const said = keyWords(text).map(bare);
  const all = choices.flatMap(({ id, words }) =>
    words.flatMap((word) => {
      const named = keyWords(word).map(bare);
      if (named[0] === '') return [];
      return said.flatMap((_, from) =>
        named.every((each, at) => said[from + at] === each) ? [{ id, from, to: from + named.length }] : [],
      );
    }),
  );
  const longest = all.toSorted((one, other) => other.to - other.from - (one.to - one.from));
  const kept: typeof all = [];
  for (const spot of longest) if (!kept.some(({ from, to }) => spot.from < to && from < spot.to)) kept.push(spot);
  return kept.sort((one, other) => one.from - other.from);
}
