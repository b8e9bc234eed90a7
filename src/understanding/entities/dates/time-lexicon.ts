/**
 * The words in which a language speaks of when: its pack's, and the months and weekdays that Intl knows. A message
 * is read through it: shorthand written out ("dpuis", "sem"), a slip in a long word of time mended ("decenbre").
 */
import type { DayPart, LanguagePack, TimeUnit } from '../../../domain/language/language-pack';
import { editDistance, fold } from '../../../domain/language/words';
import { type PhraseFinder, phrasesIn } from '../../text/longest-match';
import { type Word, wordsOf } from '../../text/words';

export interface Unit {
  unit: TimeUnit;
  count: number;
}

export interface TimeLexicon {
  /** The words of a message as they are meant; several may stand at the same place of the text. */
  spelledOut(words: Word[]): Word[];
  mayHoldTime(words: Word[]): boolean;
  isTimeWord(text: string): boolean;
  /** Whether a day or a time may begin with this word: most words are not looked at any further. */
  mayBegin(word: Word): boolean;
  months: PhraseFinder<number>;
  /** 1 is Monday. */
  weekdays: PhraseFinder<number>;
  /** "les lundis", "Mondays": each of them, no day of the calendar. */
  everyWeekday: PhraseFinder<number>;
  units: PhraseFinder<Unit>;
  days: PhraseFinder<number>;
  parts: PhraseFinder<DayPart>;
  clock: PhraseFinder<string>;
  feasts: PhraseFinder<string>;
  eves: PhraseFinder<number>;
  edges: PhraseFinder<'start' | 'middle' | 'end'>;
  weekAfter: PhraseFinder<number>;
  minutes: PhraseFinder<number>;
  ordinals: PhraseFinder<number>;
  /** 'deuxième', 'last': which of a month's weekdays. */
  nth: PhraseFinder<number>;
  /** Lists of phrases by the pack's own names: 'past', 'at', 'fillers'… */
  is(list: PhraseList, words: Word[], at: number): number | null;
  /** The place where a phrase of the list begins that ends before `at`. */
  before(list: PhraseList, words: Word[], at: number): number | null;
}

const LISTS = [
  'past',
  'since',
  'pastAfter',
  'future',
  'futureAfter',
  'hours',
  'plus',
  'minus',
  'pastHour',
  'toHour',
  'roughly',
  'at',
  'fillers',
  'article',
  'next',
  'last',
  'this',
  'weekend',
  'until',
  'from',
  'inMonth',
  'lengths',
  'every',
  'about',
] as const;
export type PhraseList = (typeof LISTS)[number];

const LONGEST_PHRASE = 5;
const DAY_CODES = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
/** Letters from which on one slip, and two, are taken for slips. */
const ONE_SLIP = 5;
const TWO_SLIPS = 8;

export function timeLexiconOf(pack: LanguagePack): TimeLexicon {
  const { time } = pack;
  const named = intlNames(pack.code, 'weekday', 7);
  const weekdays = { ...named, ...mapValues(time.weekdays, (code) => DAY_CODES.indexOf(code) + 1) };
  const months = { ...intlNames(pack.code, 'month', 12), ...time.months };
  const inPlural = Object.fromEntries(Object.entries(weekdays).map(([name, day]) => [`${name}s`, day]));
  const lists = new Map(LISTS.map((name) => [name, phrasesIn(Object.fromEntries(time[name].map((words) => [words, true])))]));
  const shorthand = new Map(
    Object.entries(pack.shorthand)
      .filter(([short]) => /^\p{L}+$/u.test(short))
      .map(([short, long]) => [fold(short), wordsOf(long)]),
  );
  // Not towards short forms: 'merci' is no 'mercr'.
  const mended = [
    ...Object.keys(named),
    ...Object.keys(months),
    ...Object.keys(time.days),
    ...time.since,
    ...time.next,
    ...time.last,
  ]
    .flatMap((phrase) => (/^\p{L}+$/u.test(phrase) ? [fold(phrase)] : []))
    .filter((word) => word.length > ONE_SLIP || (word.length === ONE_SLIP && word in foldedKeys(named)));
  const known = new Set([
    ...mended,
    ...Object.values({ ...time, pastTense: [], nth: {} }).flatMap((words) =>
      (Array.isArray(words) ? words : typeof words === 'object' ? Object.keys(words) : []).flatMap((phrase: string) =>
        wordsOf(phrase).map(({ text }) => text),
      ),
    ),
    ...Object.keys({ ...weekdays, ...inPlural, ...months }).flatMap((phrase) => wordsOf(phrase).map(({ text }) => text)),
  ]);
  const common = new Set([...time.fillers, ...time.article, ...time.at, ...time.this, ...time.from, ...time.until].map(fold));

  const { counting } = pack;
  const beginnings = new Set(
    [
      ...[
        weekdays,
        inPlural,
        months,
        time.units,
        time.days,
        time.clock,
        time.parts,
        time.feasts,
        time.eves,
        time.edges,
        time.minutes,
        time.ordinals,
        time.nth,
      ],
      ...[pack.numbers, counting.dozens],
    ]
      .flatMap((named) => Object.keys(named))
      .concat(time.past, time.future, time.next, time.last, time.this, time.weekend, counting.articles, counting.halves)
      .flatMap((phrase) => wordsOf(phrase)[0]?.text ?? []),
  );

  const mend = (word: Word): Word => {
    if (word.kind !== 'letters' || word.text.length < ONE_SLIP || known.has(word.text)) return word;
    const limit = word.text.length >= TWO_SLIPS ? 2 : 1;
    // A plural says that it comes again and again.
    const near = mended.find(
      (some) => some[0] === word.text[0] && word.text !== `${some}s` && editDistance(word.text, some, limit) <= limit,
    );
    return near ? { ...word, text: near } : word;
  };

  return {
    spelledOut: (words) =>
      words.flatMap((word) => {
        const long = word.kind === 'letters' && !known.has(word.text) ? shorthand.get(word.text) : undefined;
        return long ? long.map((part) => ({ ...part, start: word.start, end: word.end })) : [mend(word)];
      }),
    mayHoldTime: (words) => words.some(({ text, kind }) => kind === 'number' || (known.has(text) && !common.has(text))),
    isTimeWord: (text) => known.has(text),
    mayBegin: ({ kind, text }) => kind === 'number' || beginnings.has(text),
    months: phrasesIn(months),
    weekdays: phrasesIn(weekdays),
    everyWeekday: phrasesIn(inPlural),
    units: phrasesIn(mapValues(time.units, unitOf)),
    days: phrasesIn(time.days),
    parts: phrasesIn(time.parts),
    clock: phrasesIn(time.clock),
    feasts: phrasesIn(time.feasts),
    eves: phrasesIn(time.eves),
    edges: phrasesIn(time.edges),
    weekAfter: phrasesIn(time.weekAfter),
    minutes: phrasesIn(time.minutes),
    ordinals: phrasesIn(time.ordinals),
    nth: phrasesIn(time.nth),
    is: (list, words, at) => lists.get(list)!(words, at)?.to ?? null,
    before(list, words, at) {
      const find = lists.get(list)!;
      for (let from = Math.max(0, at - LONGEST_PHRASE); from < at; from++) if (find(words, from)?.to === at) return from;
      return null;
    },
  };
}

/** '2 week' */
function unitOf(written: string): Unit {
  const [, count = '1', unit] = /^(?:(\d+) )?(\w+)$/.exec(written)!;
  return { unit: unit as TimeUnit, count: Number(count) };
}

/** Names of weekdays and months in a language; short ones only where they are longer than three letters. */
function intlNames(code: string, part: 'weekday' | 'month', count: number): Record<string, number> {
  const names: Record<string, number> = {};
  for (const style of ['long', 'short'] as const) {
    const format = new Intl.DateTimeFormat(code, { [part]: style, timeZone: 'UTC' });
    for (let at = 1; at <= count; at++) {
      // 1 January 2024 is a Monday.
      const day = part === 'weekday' ? new Date(Date.UTC(2024, 0, at)) : new Date(Date.UTC(2024, at - 1, 1));
      const name = fold(format.format(day)).replace(/\.$/, '');
      if (style === 'long' || name.length > 3) names[name] = at;
    }
  }
  return names;
}

function foldedKeys<T>(record: Record<string, T>): Record<string, T> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [fold(key), value]));
}

function mapValues<T, R>(record: Record<string, T>, map: (value: T) => R): Record<string, R> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}
