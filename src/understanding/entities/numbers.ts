/**
 * How many, as citizens write it: "1 500", "1,200", "deux cent cinquante", "une douzaine", "two and a half".
 * Written signs follow the language (Intl), words follow its pack; both are read in one pass, whatever is typed.
 */
import type { LanguagePack } from '../../domain/language/language-pack';
import { fold } from '../../domain/language/words';
import { phrasesIn } from '../text/longest-match';
import type { Word } from '../text/words';
import { separatorsOf } from './number-signs';

export interface SaidNumber {
  text: string;
  value: number;
  start: number;
  end: number;
  /** The words it takes, as places in the list of words: the end is exclusive. */
  from: number;
  to: number;
}

export interface NumberReader {
  /** Every number of a message. */
  all(text: string, words: Word[]): SaidNumber[];
  /** The number that begins with this word. "un" and "a" are one only where they count. */
  at(text: string, words: Word[], from: number, counts: boolean): SaidNumber | null;
}

/** Nobody names more in one message. */
const MOST_NUMBERS = 30;
/** More words in a row than any amount a citizen writes. */
const MOST_WORDS = 24;
/** A 'dozen' at the beginning counts; a 'couple' there is two people. */
const FEWEST_BARE = 2;
const DIGITS = /\d{1,12}/y;
const DOOR_LETTERS = ['a', 'b', 'c', 'd'];
const HALVES: Record<string, number> = { '½': 0.5, '¼': 0.25, '¾': 0.75 };

/** What stands before it, the sign, and a space: no more is looked at, however long the text is. */
const SIGN_WIDTH = 3;

export function createNumberReader(pack: LanguagePack): NumberReader {
  const {
    articles,
    about,
    dozens,
    halves,
    joiners,
    point,
    adjectives,
    not,
    noAmount,
    scores,
    joinedUnits,
    minus,
    minusAlone,
    degrees,
  } = pack.counting;
  const named = phrasesIn(pack.numbers);
  const nouns = phrasesIn(dozens);
  const isArticle = new Set(articles.map(fold));
  const isAbout = new Set(about.map(fold));
  const isHalf = new Set(halves.map(fold));
  const isJoiner = new Set(joiners.map(fold));
  const isPoint = new Set(point.map(fold));
  /** Right behind the digits these make them something else than an amount, as a single letter of a door does. */
  const isNoAmount = new Set([...noAmount.map(fold), ...DOOR_LETTERS]);
  const isAdjective = new Set(adjectives.map(fold));
  const isMinus = new Set(minus.map(fold));
  const isDegree = new Set(degrees.map(fold));
  const isStop = new Set(pack.stopWords.map(fold));
  const noNumber = phrasesIn(Object.fromEntries(not.map((words) => [words, true])));
  const { group, decimal } = separatorsOf(pack.code);

  /** Digits with their separators, where a word of digits begins. */
  const written = (text: string, words: Word[], from: number): SaidNumber | null => {
    const { start } = words[from]!;
    if (/[\p{L}\p{N}]$|\d[.,]$/u.test(text.slice(Math.max(0, start - 2), start))) return null;
    DIGITS.lastIndex = start;
    let whole = DIGITS.exec(text)?.[0];
    if (whole === undefined) return null;
    let end = start + whole.length;
    const take = (expression: RegExp): string | null => {
      expression.lastIndex = end;
      const found = expression.exec(text);
      if (!found) return null;
      end += found[0].length;
      return found[1]!;
    };
    if (whole.length <= 3) for (let part = take(group); part !== null; part = take(group)) whole += part;
    const parts = take(decimal);
    if (/^[\d]|^[.,]\d/.test(text.slice(end, end + 2)) && parts !== null) return null;
    const letters = /^\p{L}+/u.exec(text.slice(end, end + 20))?.[0] ?? '';
    if (isNoAmount.has(fold(letters))) return null;
    const behind = text[end + letters.length] ?? '';
    if (letters !== '' && /\d/.test(behind) && !/^[cdk]?m$/i.test(letters)) return null;
    let value = Number(`${whole}${parts === null ? '' : `.${parts}`}`);
    if (/^k$/i.test(letters)) {
      value *= 1000;
      end += 1;
    }
    const half = HALVES[text.slice(end).trimStart()[0] ?? ''];
    if (half) {
      value += half;
      end = text.indexOf(text.slice(end).trimStart()[0]!, end) + 1;
    }
    return said(text, words, from, end, value);
  };

  /** Number words in a row that make one number; null where none begins. */
  const composed = (words: Word[], from: number): { value: number; to: number } | null => {
    let [total, part, step, at] = [0, -1, Number.POSITIVE_INFINITY, from];
    const stop = Math.min(words.length, from + MOST_WORDS);
    while (at < stop) {
      const joined = at > from && isJoiner.has(words[at]!.text) ? 1 : 0;
      const next = named(words, at + joined);
      if (!next) break;
      const { value } = next;
      if (joined && !joinedUnits && part % 100 !== 0 && value % 10 !== 1) break;
      if (value >= 1000) {
        if (value >= step) break;
        total += Math.max(part, 1) * value;
        [part, step] = [0, value];
      } else if (value === 100) {
        if (part > 99) break;
        part = part > 0 ? part * 100 : 100;
      } else if (part < 0 || (part === 0 && total > 0)) part = value;
      else if (mayFollow(part % 100, value, part, scores)) part += value;
      else break;
      at = next.to;
    }
    if (at === from) return null;
    return { value: total + Math.max(part, 0), to: at };
  };

  /** Several readers ask for the number at the same place of the same message. */
  let asked: Word[] = [];
  let known = new Map<number, SaidNumber | null>();
  const at = (text: string, words: Word[], from: number, counts: boolean): SaidNumber | null => {
    if (asked !== words) [asked, known] = [words, new Map()];
    const key = counts ? from : -1 - from;
    const before = known.get(key);
    if (before !== undefined) return before;
    const number = find(text, words, from, counts);
    known.set(key, number);
    return number;
  };

  const find = (text: string, words: Word[], from: number, counts: boolean): SaidNumber | null => {
    const word = words[from];
    if (!word) return null;
    let found = /\d/.test(word.text) ? written(text, words, from) : null;
    if (!found && /\d/.test(word.text)) return null;
    if (!found) {
      const isOne = isArticle.has(word.text);
      const first = composed(words, from);
      // "a hundred", "une douzaine", "un million": the article is part of it.
      const rest = isOne && (!first || first.to === from + 1) ? composed(words, from + 1) : null;
      const bare = from === 0 ? nouns(words, from) : null;
      const noun = isOne || isHalf.has(word.text) ? dozenAt(words, from) : bare && bare.value > FEWEST_BARE ? bare : null;
      if (noun) return said(text, words, from, words[noun.to - 1]!.end, noun.value);
      if (isOne && rest && rest.value >= 100 && named(words, from + 1)!.value >= 100)
        found = said(text, words, from, words[rest.to - 1]!.end, rest.value);
      else if (first && (!isOne || first.to > from + 1 || counts)) {
        if (first.to === from + 1 && isAdjective.has(word.text) && !countsHere(words, from)) return null;
        found = said(text, words, from, words[first.to - 1]!.end, first.value);
      } else if (isOne && (counts || halfAfter(words, from + 1) !== null)) found = said(text, words, from, word.end, 1);
      else return null;
    }
    return withMore(text, words, found);
  };

  /** "neuf" is new behind a noun: "un vélo neuf", but "nous sommes neuf", "neuf vélos". */
  const countsHere = (words: Word[], from: number): boolean => {
    const [before, next] = [words[from - 1], words[from + 1]];
    return !before || isStop.has(before.text) || (next !== undefined && !isStop.has(next.text) && next.kind === 'letters');
  };

  /** "une douzaine", "half a dozen", "une bonne demi-douzaine", "une douzaine et demie". */
  const dozenAt = (words: Word[], from: number): { value: number; to: number } | null => {
    let [place, share] = [from, 1];
    for (; place < from + 4 && words[place]; place++) {
      const { text } = words[place]!;
      const noun = nouns(words, place);
      if (noun && place > from) {
        const half = halfAfter(words, noun.to);
        // "a couple of hundred", "une dizaine de mille".
        const of = named(words, noun.to) ?? ((words[noun.to]?.text.length ?? 0) <= 2 ? named(words, noun.to + 1) : null);
        if (of && of.value >= 100) return { value: noun.value * of.value, to: of.to };
        // "a couple of dozen"
        const more = nouns(words, noun.to);
        if (more) return { value: noun.value * more.value, to: more.to };
        return half === null ? { value: noun.value * share, to: noun.to } : { value: noun.value * 1.5, to: half };
      }
      if (isHalf.has(text)) share = 0.5;
      else if (!isArticle.has(text) && !(place > from && isAbout.has(text))) return null;
    }
    return null;
  };

  /** The place after "et demi", "and a half". */
  const halfAfter = (words: Word[], from: number): number | null => {
    if (!isJoiner.has(words[from]?.text ?? '')) return null;
    const half = isArticle.has(words[from + 1]?.text ?? '') ? from + 2 : from + 1;
    return isHalf.has(words[half]?.text ?? '') ? half + 1 : null;
  };

  /** What may stand behind a number and belongs to it: "2 millions", "two dozen", "deux et demi", "trois virgule cinq". */
  const withMore = (text: string, words: Word[], number: SaidNumber): SaidNumber => {
    let { value, to } = number;
    const times = named(words, to);
    if (times && times.value >= 1000 && /^\s*$/.test(text.slice(number.end, words[to]!.start))) {
      const rest = composed(words, times.to);
      const isRest = rest !== null && rest.value < times.value;
      value = value * times.value + (isRest ? rest.value : 0);
      to = isRest ? rest.to : times.to;
    } else if (times && times.value === 100 && value < 10) {
      const rest = composed(words, to);
      value = value * 100 + (rest ? rest.value - 100 : 0);
      to = rest?.to ?? times.to;
    }
    const noun = nouns(words, to);
    if (noun) [value, to] = [value * noun.value, noun.to];
    const half = halfAfter(words, to);
    if (half !== null) {
      [value, to] = [value + 0.5, half];
      const dozen = noun ? null : nouns(words, to);
      if (dozen) [value, to] = [value * dozen.value, dozen.to];
    }
    if (half === null && isPoint.has(words[to]?.text ?? '') && Number.isInteger(value)) {
      const digits: number[] = [];
      let last = to + 1;
      for (let next = composed(words, last); next && digits.length < 4; next = composed(words, last)) {
        digits.push(next.value);
        last = next.to;
      }
      if (digits.length > 0) [value, to] = [Number(`${value}.${digits.join('')}`), last];
    }
    return to === number.to ? number : said(text, words, number.from, words[to - 1]!.end, value);
  };

  return {
    at,
    all(text, words) {
      const found: SaidNumber[] = [];
      // A word that may be an article counts where hardly anything else is said, or beside another number.
      const isShort = words.length <= 2;
      for (let from = 0; from < words.length && found.length < MOST_NUMBERS; ) {
        const skipped = noNumber(words, from);
        if (skipped) {
          from = skipped.to;
          continue;
        }
        const number = at(text, words, from, named(words, from) !== null && (isShort || besideNumber(text, words, from)));
        if (number) found.push(belowZero(text, words, number));
        from = number ? number.to : from + 1;
      }
      return found;
    },
  };

  /** "-5 degrés", "moins dix degrés", "minus five": a sign is one where degrees are counted, and no dash of a list. */
  function belowZero(text: string, words: Word[], number: SaidNumber): SaidNumber {
    const isDegrees = /^\s?°/.test(text.slice(number.end)) || isDegree.has(words[number.to]?.text ?? '');
    const before = words[number.from - 1];
    const isSaid = before !== undefined && isMinus.has(before.text) && /^\s+$/.test(text.slice(before.end, number.start));
    const sign = /(?:^|[\s(])([-−–])\s?$/u.exec(text.slice(Math.max(0, number.start - SIGN_WIDTH), number.start));
    if (number.value <= 0 || !(isSaid ? isDegrees || minusAlone : sign && isDegrees)) return number;
    const start = isSaid ? before.start : number.start - (sign![0].length - sign![0].indexOf(sign![1]!));
    return { ...number, text: text.slice(start, number.end), value: -number.value, start };
  }

  function besideNumber(text: string, words: Word[], from: number): boolean {
    const next = words[from + 2];
    if (!next || !joinsNumbers.test(text.slice(words[from]!.end, next.start))) return false;
    return /\d/.test(next.text) || named(words, from + 2) !== null;
  }
}

/** "un ou deux", "un à deux", "one or two". */
const joinsNumbers = /^\s+\p{L}{1,2}\s+$/u;

/** Twenty-one, quatre-vingt-dix, soixante et onze: units after tens, teens where a language counts in scores. */
function mayFollow(tens: number, value: number, part: number, scores: number[]): boolean {
  if (value === 0) return false;
  if (tens === 0) return part >= 100 && value < 100;
  if (tens >= 20 && tens % 10 === 0 && value < 10) return true;
  return scores.includes(tens) && value < 20;
}

function said(text: string, words: Word[], from: number, end: number, value: number): SaidNumber {
  let to = from + 1;
  while (to < words.length && words[to]!.start < end) to++;
  const { start } = words[from]!;
  return { text: text.slice(start, end), value: Math.round(value * 1e6) / 1e6, start, end, from, to };
}
