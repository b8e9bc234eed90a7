/**
 * Rules written in words, as a language pack holds them: `fuite|odeur ... gaz`, `poubel* brul*`.
 * Matching takes time proportional to the message whatever it says, and forgives one
 * typing error in a long word, never in a short one.
 */
import type { WordRule } from '../../domain/language';
import { isOneSlip } from './speller';
import { fold, type Word } from './words';

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
  /** Patterns whose rarest word occurs, by number; no other can be found. */
  live: Uint8Array;
}

const NOTHING: readonly number[] = [];
/** Words already looked up are remembered, up to this many. */
const REMEMBERED = 20_000;

/** Words of all rules of a language, so that each word of a message is looked up once. */
export interface Lexicon {
  compile(source: string): Pattern;
  read(words: Word[]): Spoken;
}

export function createLexicon(lookAlikes: string[]): Lexicon {
  const whole = new Map<string, number>();
  const prefixes = new Map<string, number>();
  const nearly = new Map<string, Array<{ text: string; number: number }>>();
  const alike = new Set(lookAlikes.map(fold));
  let shortestPrefix = Number.POSITIVE_INFINITY;
  let longestPrefix = 0;
  const memory = new Map<string, readonly number[]>();
  /** For each word, the patterns that cannot be found without it or one of its alternatives. */
  const needing: number[][] = [];
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
      shortestPrefix = Math.min(shortestPrefix, text.length);
      longestPrefix = Math.max(longestPrefix, text.length);
    } else if (text.length >= FORGIVEN_FROM) {
      for (const shape of withoutOne(text)) nearly.set(shape, [...(nearly.get(shape) ?? []), { text, number }]);
    }
    return number;
  };

  const lookUp = (word: string): readonly number[] => {
    if (/^\p{N}/u.test(word)) return whole.has(word) ? [anyNumber, whole.get(word)!] : [anyNumber];
    const found: number[] = [];
    const exact = whole.get(word);
    if (exact !== undefined) found.push(exact);
    for (let length = shortestPrefix; length <= Math.min(longestPrefix, word.length); length++) {
      const number = prefixes.get(word.slice(0, length));
      if (number !== undefined) found.push(number);
    }
    if (found.length > 0 || word.length < FORGIVEN_FROM - 1 || alike.has(word)) return found;
    for (const shape of withoutOne(word)) {
      for (const { text, number } of nearly.get(shape) ?? [])
        if (!found.includes(number) && isOneSlip(word, text)) found.push(number);
    }
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
      memory.clear();
      if (items.length === 0) throw new Error(`A word pattern needs at least one word: "${source}".`);
      const id = compiled++;
      const key = items
        .filter((item) => !item.isOptional)
        .reduce((best, item) => (item.words.length < best.words.length ? item : best));
      for (const word of key.words) {
        needing[word] ??= [];
        needing[word].push(id);
      }
      return { source, id, items };
    },
    read(words) {
      const live = new Uint8Array(compiled);
      const meanings = words.map((word) => {
        const text = word.isPast ? `${word.text}e` : word.text;
        let found = memory.get(text);
        if (!found) {
          found = lookUp(text);
          if (word.isPast && found.length === 0) found = lookUp(word.text);
          if (memory.size >= REMEMBERED) memory.clear();
          memory.set(text, found.length > 0 ? found : NOTHING);
        }
        for (const meaning of found) for (const id of needing[meaning] ?? []) live[id] = 1;
        return found;
      });
      return { meanings, live };
    },
  };
}

/** An apostrophe parts words, as it does in messages. */
function piecesOf(source: string): string[] {
  return source.trim().split(/[\s'\u2019]+/);
}

/** The word itself and the word with each letter left out, first letter kept. */
function withoutOne(word: string): string[] {
  const shapes = [word];
  for (let at = 1; at < word.length; at++) shapes.push(word.slice(0, at) + word.slice(at + 1));
  return shapes;
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

/** Patterns are checked when a pack is read, so that a clerk is told at once. */
export function isPattern(source: string): boolean {
  const pieces = piecesOf(source);
  return (
    pieces[0] !== '...' &&
    pieces.at(-1) !== '...' &&
    !pieces[0]!.endsWith('?') &&
    pieces.every((piece) => piece === '...' || /^[\p{L}\p{M}\p{N}|*#]+\??$/u.test(piece))
  );
}
