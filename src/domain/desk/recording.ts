/**
 * A conversation that was really had, as something to train with: what its citizen wrote, without whatever says who that was.
 * Rather too much is hidden than too little, and a person reads it before anybody plays it.
 */
import { fold, phraseKey } from '../language/words';
import { BEHIND_A_NAME, FIRST_NAMES } from './first-names';
import type { Exercise } from './training';

export interface Recording {
  /** 'recorded-…', so that none is called like one of the town's own files. */
  id: string;
  town: string;
  exercise: Exercise;
  /** Who read it. */
  by: { id: string; name: string };
  /** ISO. */
  at: string;
}

/** What is proposed for reading: nothing of it is kept before it was read. */
export interface RecordingDraft {
  language: string;
  service: string;
  opening: string[];
  turns: string[];
  /** How it ended: ids. */
  outcomes: string[];
}

export interface SaidLine {
  /** ISO. */
  at: string;
  from: 'citizen' | 'agent';
  text: string;
}

const HIDDEN = '#';
const RUN = /#(?:[\s.,-]*#)+/g;
const LINK_OR_EMAIL = /https?:\/\/\S+|www\.\S+|[^\s<>]+@[^\s<>]+/giu;
/** A phone, a card, a meter, a file: six digits or more, whatever stands between them. */
const LONG_NUMBER = /[+(]?\d(?:[\s.\-/()\u00a0\u202f]{0,2}\d){5,}/gu;
/** A request's reference and the like: letters and digits in two groups. */
const CODE = /\b(?=[A-Z0-9-]*\d)[A-Z0-9]{3,}-[A-Z0-9]{3,}\b/giu;
const WITH_DIGIT = /[^\s(),;:!?]*\p{N}[^\s(),;:!?]*/gu;
/** How people say who they are, in the languages that the desk speaks; the next two words are a name, however they are written. */
const INTRODUCED =
  /(m['’]appelle|nom est|nom,? c['’]est|nom ?:|name is|name['’]s|name ?:|me llamo|nombre es|nombre ?:)\s+(?:[\p{L}'’-]+)(?:[ \t]+[\p{L}'’-]+)?/giu;
/** Titles stay; who has one does not, however the name is written. */
const TITLED =
  /\b(m\.|mr\.?|mme|mlle|monsieur|madame|mrs\.?|miss|ms\.?|dr\.?|sr\.?|sra\.?|don|doña|señora?)[ \t]+(?!l[ea]s?\b|the\b|el\b|la\b)[\p{L}'’-]{2,}/giu;
const WORD = /[\p{L}][\p{L}\p{N}'’-]*/gu;
const LONGEST_NAME = 8;

/** What is known besides the words themselves. */
export interface Known {
  language: string;
  /** Of the town, as its file writes them. */
  streets: readonly string[];
  /** Names that were said elsewhere in the conversation: `personsIn`. */
  persons?: ReadonlySet<string>;
}

/**
 * Without what says who somebody is: links and e-mail addresses, every word with a digit (phones, doors, plates, references,
 * dates), names that follow an introduction or a title, the town's own streets, common first names with the word behind them, and
 * every word that a capital makes a name.
 */
export function withoutPersons(text: string, { language, streets, persons }: Known): string {
  const bare = text
    .replace(LINK_OR_EMAIL, HIDDEN)
    .replace(WITH_DIGIT, HIDDEN)
    .replace(INTRODUCED, `$1 ${HIDDEN}`)
    .replace(TITLED, `$1 ${HIDDEN}`);
  return withoutCapitals(withoutNames(withoutStreets(bare, streets), persons), language)
    .replace(RUN, HIDDEN)
    .replace(/[ \t]+/g, ' ')
    .trim();
}

/**
 * What must not stand in what a person has read either: links, e-mail addresses, long numbers, references, the town's streets with
 * a door. A price or an hour may.
 */
export function withoutContacts(text: string): string {
  return text.replace(LINK_OR_EMAIL, HIDDEN).replace(LONG_NUMBER, HIDDEN).replace(CODE, HIDDEN).replace(RUN, HIDDEN).trim();
}

/** Words, folded, that an introduction or a title makes names, in what anybody said. */
export function personsIn(texts: readonly string[]): ReadonlySet<string> {
  const named = texts.flatMap((text) =>
    [INTRODUCED, TITLED].flatMap((said) =>
      [...text.matchAll(said)].map(({ 0: whole, 1: begins = '' }) => whole.slice(begins.length)),
    ),
  );
  const words = named.flatMap((name) => name.match(WORD) ?? []).map(fold);
  return new Set(words.filter((word) => word.length > 2 && !BEHIND_A_NAME.has(word)));
}

/** Names without a capital; the word behind one belongs to it, unless it goes on with the sentence. */
function withoutNames(text: string, persons: ReadonlySet<string> = new Set()): string {
  const isName = (part: string) => FIRST_NAMES.has(part) || persons.has(part);
  let left = '';
  let done = 0;
  let isBehind = false;
  for (const { 0: word, index } of text.matchAll(WORD)) {
    const folded = fold(word);
    // 'jean-pierre' is a name, 'porte-fenêtre' is none; of "d'ahmed" the name goes.
    const parts = folded.split(/['-]/);
    const goesOn =
      isBehind && text.slice(done, index).trim() === '' && folded.length > 2 && !parts.some((part) => BEHIND_A_NAME.has(part));
    const isNamed = persons.has(folded) || parts.some(isName);
    if (isNamed || goesOn) {
      left += text.slice(done, index) + HIDDEN;
      done = index + word.length;
    }
    isBehind = isNamed;
  }
  return left + text.slice(done);
}

const keys = new WeakMap<readonly string[], ReadonlySet<string>>();

function withoutStreets(text: string, streets: readonly string[]): string {
  const known = keys.get(streets) ?? new Set(streets.map(phraseKey));
  keys.set(streets, known);
  const words = [...text.matchAll(WORD)].map(({ 0: word, index }) => ({ from: index, to: index + word.length, word }));
  let left = '';
  let done = 0;
  for (let first = 0; first < words.length; first += 1) {
    let last = -1;
    for (let next = first; next < Math.min(words.length, first + LONGEST_NAME); next += 1)
      if (known.has(phraseKey(text.slice(words[first]!.from, words[next]!.to)))) last = next;
    if (last === -1) continue;
    left += text.slice(done, words[first]!.from) + HIDDEN;
    done = words[last]!.to;
    first = last;
  }
  return left + text.slice(done);
}

/** Weekdays and months, which some languages write with a capital. */
function calendarOf(language: string): ReadonlySet<string> {
  const named = (options: Intl.DateTimeFormatOptions, at: number) =>
    phraseKey(new Intl.DateTimeFormat(language, { ...options, timeZone: 'UTC' }).format(at));
  return new Set([
    ...Array.from({ length: 7 }, (_, day) => named({ weekday: 'long' }, Date.UTC(2024, 0, 1 + day))),
    ...Array.from({ length: 12 }, (_, month) => named({ month: 'long' }, Date.UTC(2024, month, 15))),
  ]);
}

/** Within a sentence a capital makes a name; at its beginning only where another follows. */
function withoutCapitals(text: string, language: string): string {
  const calendar = calendarOf(language);
  const words = [...text.matchAll(WORD)].map(({ 0: word, index }) => ({ word, from: index, to: index + word.length }));
  const isName = words.map(
    ({ word }) => /^\p{Lu}/u.test(word) && !/^I(?:['’]\p{L}+)?$/u.test(word) && !calendar.has(phraseKey(word)),
  );
  const begins = words.map(({ from }) => /(?:^|[.!?…:\n]\s*|[-–—«"“(]\s*)$/u.test(text.slice(0, from)));
  let left = '';
  let done = 0;
  for (const [n, { from, to }] of words.entries()) {
    const follows = isName[n + 1] && !begins[n + 1] && text.slice(to, words[n + 1]!.from).trim() === '';
    if (!isName[n] || (begins[n] && !follows)) continue;
    left += text.slice(done, from) + HIDDEN;
    done = to;
  }
  return left + text.slice(done);
}

/**
 * What its citizen wrote from when it waited for a person (`since`, ISO) until the first answer, and after each; what was said to
 * the bot before is no part of it, but where nothing came later the last of that stands there. Null where nobody wrote, or nobody
 * answered.
 */
export function partsOf(lines: readonly SaidLine[], since: string): { opening: string[]; turns: string[] } | null {
  const answer = lines.findIndex(({ from }) => from === 'agent');
  const written = (some: readonly SaidLine[]) => some.filter(({ from, text }) => from === 'citizen' && text.trim());
  const before = written(lines.slice(0, Math.max(0, answer)));
  if (before.length === 0) return null;
  const waited = before.filter(({ at }) => at > since);
  const turns: string[] = [];
  let isNew = true;
  for (const { from, text } of lines.slice(answer)) {
    if (from === 'agent') isNew = true;
    else if (text.trim()) {
      if (isNew) turns.push(text);
      else turns[turns.length - 1] += `\n${text}`;
      isNew = false;
    }
  }
  return { opening: (waited.length > 0 ? waited : before.slice(-1)).map(({ text }) => text), turns };
}
