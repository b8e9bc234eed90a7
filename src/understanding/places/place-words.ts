/**
 * The words of places as citizens type them: "av j jaures", "14 bis", "en face du stade". Cuts a message into words that
 * remember where they stood, and puts together what the languages of a town say around a street: types, titles, small words.
 */
import type { PlaceWords } from '../../domain/language/address-words';
import { fold } from '../../domain/language/words';

/** One word of a message: folded, with its place in the original (UTF-16, end exclusive). */
export interface Word {
  text: string;
  start: number;
  end: number;
  /** What stands between the word before and this one holds more than spaces, hyphens and apostrophes. */
  isAfterBreak: boolean;
}

/** The short word lists that tell a street from the rest of a sentence; all words folded. */
export interface PlaceLexicon {
  wordsOf(text: string): Word[];
  /** The street type that a word stands for, abbreviated or in full; 'rond' stands for nothing without 'point'. */
  streetType(word: string, next?: string): { type: string; words: number } | null;
  /** A door number at a word: its text ('14 bis') and how many words it takes; null when the word is none or counts something. */
  numberAt(words: readonly Word[], index: number): { number: string; words: number } | null;
  /** Within a sentence the type of a street has a small letter: "32 rue Victor Hugo". */
  inSentence(street: string): string;
  withoutShortcut(word: string): string;
  /** Whether a word places what follows it; `before`: the word before it, `isRight`: it stands right before the place. */
  isBeforePlace(word: string, before: string | undefined, isRight: boolean): boolean;
  isTitle(word: string): boolean;
  /** Types whose full words are long enough to be recognised with a slip: 'boulvard', 'avenu'. */
  longTypes: readonly string[];
  everydayTypes: ReadonlySet<string>;
  unsureShortcuts: ReadonlySet<string>;
  lastTypes: ReadonlySet<string>;
  wholeTypes: ReadonlySet<string>;
  links: ReadonlySet<string>;
  of: ReadonlySet<string>;
  between: ReadonlySet<string>;
  crossing: ReadonlySet<string>;
  afterName: ReadonlySet<string>;
  numberMarks: ReadonlySet<string>;
  beside: ReadonlySet<string>;
  articles: ReadonlySet<string>;
  fillers: ReadonlySet<string>;
  aroundNumber: ReadonlySet<string>;
  singular: ReadonlySet<string>;
  range: ReadonlySet<string>;
  denied: ReadonlySet<string>;
  deniedBetween: ReadonlySet<string>;
}

/** Messages are cut here: nobody gives an address after this many words. */
const MOST_WORDS = 400;
const LONG_TYPE = 6;

/** @param languages the words of each language of the town. */
export function createPlaceLexicon(languages: readonly PlaceWords[]): PlaceLexicon {
  const setOf = (list: (words: PlaceWords) => string[]) => new Set(languages.flatMap(list).map(fold));
  const pairsOf = <T>(record: (words: PlaceWords) => Record<string, T>): Array<[string, T]> =>
    languages.flatMap((words) => Object.entries(record(words)).map(([key, value]): [string, T] => [fold(key), value]));
  const types = pairsOf((words) => words.streetTypes);
  const typeByWord = new Map(
    types.flatMap(([type, ways]) => [type, ...ways.map(fold)].map((way): [string, string] => [way, type])),
  );
  /** First words of types of two words. */
  const paired = new Set([...typeByWord.keys()].flatMap((way) => (way.includes(' ') ? [way.split(' ')[0]!] : [])));
  const titles = new Map(pairsOf((words) => words.titles).map(([short, title]) => [short, fold(title)]));
  const titleWords = new Set(titles.values());
  const before = setOf((words) => words.before);
  const beforeUnless = new Map(pairsOf((words) => words.beforeUnless));
  const suffixByWord = new Map(
    pairsOf((words) => words.suffixes).flatMap(([suffix, ways]) =>
      [suffix, ...ways.map(fold)].map((way): [string, string] => [way, suffix]),
    ),
  );
  const units = setOf((words) => words.units);
  const links = setOf((words) => words.links);

  const suffixes = [...suffixByWord.keys()].filter((way) => way.length > 1);
  const attached = [...suffixes, '[a-d]'].join('|');
  const NUMBER = new RegExp(`^(\\d{1,4})(${attached})?$`);
  const MARKED_NUMBER = new RegExp(`^n(?:o|um|umero)?(\\d{1,4})(${attached})?$`);

  /** A dot after 'av', 'j' or 'gal' ends no sentence, nor does the stroke of 'C/ Mayor'. */
  const isShortcut = (word: string): boolean =>
    (word.length === 1 && word >= 'a' && word <= 'z') || titles.has(word) || (typeByWord.get(word) ?? word) !== word;

  const streetType: PlaceLexicon['streetType'] = (word, next) => {
    const pair = next === undefined || !paired.has(word) ? undefined : typeByWord.get(`${word} ${next}`);
    if (pair) return { type: pair, words: 2 };
    const single = typeByWord.get(word);
    return single ? { type: single, words: 1 } : null;
  };

  return {
    wordsOf(text) {
      const words: Word[] = [];
      let last = 0;
      let mayBeDotted = false;
      for (const found of text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)) {
        const between = text.slice(last, found.index);
        const rest = mayBeDotted && /^[./]/.test(between) ? between.slice(1) : between;
        const isAfterBreak = between !== ' ' && /[^\s'’\-°]/u.test(rest);
        last = found.index + found[0].length;
        const word = { text: fold(found[0]), start: found.index, end: last, isAfterBreak };
        mayBeDotted = isShortcut(word.text);
        words.push(word);
        if (words.length === MOST_WORDS) break;
      }
      return words;
    },
    streetType,
    numberAt(words, index) {
      const word = words[index];
      const found = word && (NUMBER.exec(word.text) ?? MARKED_NUMBER.exec(word.text));
      if (!found || Number(found[1]) === 0) return null;
      const next = words[index + 1];
      const suffix = found[2] ?? (next && !next.isAfterBreak && suffixByWord.has(next.text) ? next.text : undefined);
      const taken = suffix !== undefined && found[2] === undefined ? 2 : 1;
      const after = words[index + taken];
      const counted = after && links.has(after.text) ? words[index + taken + 1] : after;
      if (counted && !after?.isAfterBreak && units.has(counted.text)) return null;
      const digits = String(Number(found[1]));
      return { number: suffix ? `${digits} ${suffixByWord.get(suffix) ?? suffix}` : digits, words: taken };
    },
    inSentence(street) {
      const [first = '', second] = street.split(' ');
      const key = fold(first).replace('-', ' ');
      const isType = second !== undefined && [key, `${key} ${fold(second)}`].some((way) => typeByWord.get(way) === way);
      return isType ? first.toLowerCase() + street.slice(first.length) : street;
    },
    withoutShortcut: (word) => titles.get(word) ?? word,
    isBeforePlace(word, earlier, isRight) {
      if (!before.has(word)) return false;
      const unless = beforeUnless.get(word);
      return unless === undefined || !(isRight || unless.map(fold).includes(earlier ?? ''));
    },
    isTitle: (word) => titleWords.has(word),
    longTypes: types.map(([type]) => type).filter((type) => type.length >= LONG_TYPE && !type.includes(' ')),
    everydayTypes: setOf((words) => words.everydayTypes),
    unsureShortcuts: setOf((words) => words.unsureShortcuts),
    wholeTypes: setOf((words) => words.wholeTypes),
    lastTypes: setOf((words) => words.lastTypes),
    links,
    of: setOf((words) => words.of),
    between: setOf((words) => [...words.links, ...words.between]),
    crossing: setOf((words) => words.crossing),
    afterName: setOf((words) => words.afterName),
    numberMarks: setOf((words) => words.numberMarks),
    beside: setOf((words) => words.beside),
    articles: setOf((words) => words.articles),
    fillers: setOf((words) => words.fillers),
    aroundNumber: setOf((words) => words.aroundNumber),
    singular: setOf((words) => words.singular),
    range: setOf((words) => words.range),
    denied: setOf((words) => words.denied),
    deniedBetween: setOf((words) => [...words.links, ...words.deniedBetween]),
  };
}
