/**
 * Rules written in words, as a language pack holds them: `fuite|odeur ... gaz`, `poubel* brul*`.
 * Matching takes time proportional to the message whatever it says, and forgives one
 * typing error in a long word, never in a short one.
 */
import type { WordRule } from '../../domain/language/language-pack';
import { piecesOf } from '../../domain/language/word-pattern';
import { fold } from '../../domain/language/words';
import { createRecent } from '../../recent';
import { indexBySlip } from './slips';
import { isNumber, type Word } from './words';

/** How many words `...` may stand for. */
const WIDEST_GAP = 6;
/** A typing error is forgiven from this many letters on. */
const FORGIVEN_FROM = 6;

interface Item {
  words: number[];
  isOptional: boolean;
  /** Other words may stand before it. */
  mayWait: boolean;
}

/** A word or the beginning of one, with its number. */
interface Listed {
  text: string;
  number: number;
}

export interface Pattern {
  source: string;
  /** Its number in the lexicon that compiled it. */
  id: number;
  items: Item[];
}

export interface Found {
  /** First and last word, end exclusive. */
  from: number;
  to: number;
}

/** A message seen by the rules of a language. */
export interface Spoken {
  /** For each word of the message, which words of the rules it may be. */
  meanings: readonly (readonly number[])[];
  /** Patterns all of whose words occur, by number; no other can be found. */
  live: Uint8Array;
}

const NOTHING: readonly number[] = [];
const NONE: readonly Listed[] = [];
/** Of a longer pattern only the first words are asked for before it is looked for; a bit each. */
const MOST_NEEDED = 16;
/** Words already looked up are remembered, up to this many. */
const REMEMBERED = 5000;

/** Words of all rules of a language, so that each word of a message is looked up once. */
export interface Lexicon {
  compile(source: string): Pattern;
  /** Null when no rule can be found in the words, as in most messages. */
  read(words: Word[]): Spoken | null;
}

/** @param hasPastAccent a word that ends in "é" as typed is over: "brûlé" is no "brûle". */
export function createLexicon(lookAlikes: string[], hasPastAccent = false): Lexicon {
  const whole = new Map<string, number>();
  const prefixes = new Map<string, number>();
  /** Prefixes by their first letter. */
  const beginning = new Map<string, Listed[]>();
  /** Words that bear a slip, with their numbers; their index is made when first needed, after the rules are compiled. */
  const forgiven: string[] = [];
  const numbers: number[] = [];
  let eachNear: ReturnType<typeof indexBySlip> | undefined;
  const alike = new Set(lookAlikes.map(fold));
  const memory = createRecent<readonly number[]>(REMEMBERED);
  /** Of each word, one after the other, and of a pattern that cannot be found without it or one of its alternatives, with the bit of that item. */
  const neededWords: number[] = [];
  const neededBits: number[] = [];
  let needing: Needing | undefined;
  /** By pattern: one bit for each of its items; and those of the message being read. */
  const complete: number[] = [];
  let occurring = new Uint16Array(0);
  let compiled = 0;
  let count = 0;

  const anyNumber = count++;
  const numberOf = (source: string): number => {
    if (source === '#') return anyNumber;
    const isPrefix = source.endsWith('*');
    const text = fold(isPrefix ? source.slice(0, -1) : source);
    const words = isPrefix ? prefixes : whole;
    const known = words.get(text);
    if (known !== undefined) return known;
    const number = count++;
    words.set(text, number);
    if (isPrefix) {
      const others = beginning.get(text[0]!);
      if (others) others.push({ text, number });
      else beginning.set(text[0]!, [{ text, number }]);
    } else if (text.length >= FORGIVEN_FROM) {
      forgiven.push(text);
      numbers.push(number);
      eachNear = undefined;
    }
    return number;
  };

  const lookUp = (word: string): readonly number[] => {
    if (isNumber(word.codePointAt(0) ?? 0)) return whole.has(word) ? [anyNumber, whole.get(word)!] : [anyNumber];
    const found: number[] = [];
    const exact = whole.get(word);
    if (exact !== undefined) found.push(exact);
    for (const { text, number } of beginning.get(word[0]!) ?? NONE) if (word.startsWith(text)) found.push(number);
    if (found.length > 0 || word.length < FORGIVEN_FROM - 1 || alike.has(word)) return found;
    eachNear ??= indexBySlip(forgiven, () => true);
    eachNear(word, (place) => {
      if (forgiven[place]![0] === word[0] && !found.includes(numbers[place]!)) found.push(numbers[place]!);
    });
    return found;
  };

  const meaningsOf = (word: Word): readonly number[] => {
    const isPast = hasPastAccent && word.isPast;
    const text = isPast ? `${word.text}e` : word.text;
    const known = memory.get(text);
    if (known) return known;
    let found = lookUp(text);
    if (isPast && found.length === 0) found = lookUp(word.text);
    memory.set(text, found.length > 0 ? found : NOTHING);
    return found;
  };

  return {
    compile(source) {
      const items: Item[] = [];
      let mayWait = false;
      for (const piece of piecesOf(source)) {
        if (piece === '...') {
          mayWait = true;
          continue;
        }
        const isOptional = piece.endsWith('?');
        const words = (isOptional ? piece.slice(0, -1) : piece).split('|').map(numberOf);
        items.push({ words, isOptional, mayWait });
        mayWait = false;
      }
      // Clearing takes time by its room, not by what is in it; nothing is while the rules of a start are compiled.
      if (memory.size > 0) memory.clear();
      if (items.length === 0) throw new Error(`A word pattern needs at least one word: "${source}".`);
      const id = compiled++;
      const needed = items.filter((item) => !item.isOptional).slice(0, MOST_NEEDED);
      complete[id] = 2 ** needed.length - 1;
      needing = undefined;
      for (const [place, { words }] of needed.entries()) {
        for (const word of words) {
          neededWords.push(word);
          neededBits.push(id * 2 ** MOST_NEEDED + 2 ** place);
        }
      }
      return { source, id, items };
    },
    read(words) {
      const meanings: Array<readonly number[]> = [];
      let live: Uint8Array | null = null;
      if (occurring.length < compiled) occurring = new Uint16Array(compiled);
      needing ??= byWord(count, neededWords, neededBits);
      const { starts, bits } = needing;
      occurring.fill(0);
      for (const word of words) {
        const found = meaningsOf(word);
        meanings.push(found);
        for (const meaning of found) {
          for (let at = starts[meaning]!; at < starts[meaning + 1]!; at++) {
            const needed = bits[at]!;
            const id = needed >> MOST_NEEDED;
            occurring[id]! |= needed;
            if (occurring[id] !== complete[id]) continue;
            live ??= new Uint8Array(compiled);
            live[id] = 1;
          }
        }
      }
      return live && { meanings, live };
    },
  };
}

/** What each word is needed for, those of one word together, in arrays of numbers: a list for each word took ten times the memory. */
interface Needing {
  starts: Int32Array;
  bits: Int32Array;
}

function byWord(count: number, words: readonly number[], bits: readonly number[]): Needing {
  const starts = new Int32Array(count + 1);
  for (const word of words) starts[word + 1]! += 1;
  for (let word = 0; word < count; word++) starts[word + 1]! += starts[word]!;
  const next = starts.slice();
  const sorted = new Int32Array(bits.length);
  words.forEach((word, at) => {
    sorted[next[word]!++] = bits[at]!;
  });
  return { starts, bits: sorted };
}

/** Where a pattern is first found from a word on, or null. */
export function findPattern(pattern: Pattern, { meanings, live }: Spoken, start = 0): Found | null {
  if (live[pattern.id] === 0) return null;
  for (let from = start; from < meanings.length; from++) {
    if (!fits(pattern.items[0]!, meanings[from]!)) continue;
    const to = endOf(pattern.items, 1, meanings, from + 1);
    if (to !== null) return { from, to };
  }
  return null;
}

function fits(item: Item, meanings: readonly number[]): boolean {
  for (const meaning of meanings) if (item.words.includes(meaning)) return true;
  return false;
}

/** A gap before a word that is left out stands before the next one. */
function endOf(items: Item[], at: number, meanings: Spoken['meanings'], from: number, wasWaiting = false): number | null {
  if (at === items.length) return from;
  const item = items[at]!;
  const mayWait = item.mayWait || wasWaiting;
  const last = Math.min(meanings.length - 1, from + (mayWait ? WIDEST_GAP : 0));
  for (let place = from; place <= last; place++) {
    if (!fits(item, meanings[place]!)) continue;
    const to = endOf(items, at + 1, meanings, place + 1);
    if (to !== null) return to;
  }
  return item.isOptional ? endOf(items, at + 1, meanings, from, mayWait) : null;
}

/** Whether a pattern is found, and nothing is said from there on but its own words and those that may stand among them. */
export function isLastSaid({ items, ...pattern }: Pattern, among: Pattern, { meanings, live }: Spoken): boolean {
  const found = findPattern({ items, ...pattern }, { meanings, live });
  if (!found) return false;
  const own = [...items, ...among.items];
  return meanings.slice(found.from).every((word) => own.some((item) => fits(item, word)));
}

export interface CompiledRule {
  says: Pattern[];
  unless: Pattern[];
}

export function compileRule(lexicon: Lexicon, rule: WordRule): CompiledRule {
  return { says: rule.says.map(lexicon.compile), unless: rule.unless.map(lexicon.compile) };
}

export function isSaid(rule: CompiledRule, spoken: Spoken): boolean {
  const says = (pattern: Pattern) => findPattern(pattern, spoken) !== null;
  return rule.says.some(says) && !rule.unless.some(says);
}

/** Sets harmless expressions aside: their words then mean nothing to the rules. */
export function setAside(patterns: Pattern[], spoken: Spoken): Spoken {
  const left = spoken.meanings.slice();
  for (const pattern of patterns) {
    let found = findPattern(pattern, spoken);
    while (found) {
      for (let at = found.from; at < found.to; at++) left[at] = NOTHING;
      found = findPattern(pattern, spoken, found.to);
    }
  }
  return { meanings: left, live: spoken.live };
}
