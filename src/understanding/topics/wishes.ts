/**
 * What a message asks for, told apart from how it asks: 'I want to report' is heard as a wish, and what is reported
 * without it; a steering word counts only where nothing else is asked for, and not at all where it is refused.
 */
import type { HeardIntent } from '../../domain/language/heard';
import type { LanguagePack } from '../../domain/language/language-pack';
import { fold } from '../../domain/language/words';
import { cutWhere, hasClauseEnd } from '../text/clauses';
import { type CompiledRule, compileRule, createLexicon, isSaid, type Lexicon } from '../text/word-patterns';
import { plain, type Word } from '../text/words';
import { NOT_A_REQUEST } from './multi-intent';

/** What only steers: never what a wish to report is about. */
export const STEERING: ReadonlySet<string> = new Set([
  'ticket_status',
  'help',
  'cancel',
  'stop',
  'talk_to_human',
  'switch_language',
  'greet',
  'thanks',
  'bye',
]);
/** What is done before the rest is heard; the others are courtesies, or moods, and yield. */
const DONE_FIRST: readonly string[] = ['cancel', 'switch_language', 'ticket_status'];
const YIELDING: ReadonlySet<string> = new Set([...DONE_FIRST, 'help', 'greet', 'thanks', 'bye', 'stop', 'complaint']);
const SURE = 0.5;
/** A clause of a request has at least so many words that say something. */
const SHORTEST = 1;
const MOST_CLAUSES = 8;

export interface Wishes {
  /** Nothing is taken apart: one request, or none. */
  read(text: string, words: Word[], hear: Hear): Read;
  /** What the words are about, without those of a wish to report. */
  about(words: Word[], hear: Hear): HeardIntent[];
}

/** @param without topics that are known not to be meant. */
export type Hear = (words: string[], without?: ReadonlySet<string>) => HeardIntent[];

export interface Read {
  /** The words to be heard as the request, and what they cannot be about; null when the message is heard as it stands. */
  asked: { words: string[]; without?: ReadonlySet<string>; isReport: boolean } | null;
  wish: 'report' | null;
  beside: { topic: string; rest: string } | null;
  refused: string | null;
}

interface Clause {
  words: Word[];
  refused: string | null;
  isReport: boolean;
}

const NOTHING_READ: Read = { asked: null, wish: null, beside: null, refused: null };

export function createWishes(pack: LanguagePack): Wishes {
  const { report, refused, turns } = pack.wishes;
  const lexicon = createLexicon([], pack.pastAccent);
  const reportRule = compileRule(lexicon, report);
  const refusals = Object.entries(refused).map(([topic, rule]) => ({ topic, rule: compileRule(lexicon, rule) }));
  const isWish = matcher(report.words);
  const isOpening = matcher(report.opening);
  const isNothing = matcher([...report.nothing, ...pack.stopWords]);
  const isTurn = matcher(turns);

  const clauseOf = (words: Word[]): Clause => {
    const refusal = refusals.find(({ rule }) => says(lexicon, rule, words))?.topic ?? null;
    const first = words.find(({ text }) => !isNothing(text));
    const isReport =
      says(lexicon, reportRule, words) ||
      (first !== undefined && isOpening(first.text) && !saysUnless(lexicon, reportRule, words));
    return { words, refused: refusal, isReport };
  };
  /** What is reported, without the words of the wish: 'is this where one reports a pothole' is about a pothole. */
  const thingOf = (words: Word[]) => {
    const others = words.filter(({ text }) => !isWish(text));
    const from = others.findIndex(({ text }) => !isNothing(text));
    return from < 0 ? others : others.slice(from, others.findLastIndex(({ text }) => !isNothing(text)) + 1);
  };
  const namesSomething = (words: Word[]) => words.some(({ text }) => !isNothing(text) && !isWish(text));

  function read(text: string, words: Word[], hear: Hear): Read {
    const clauses = partsOf(text, words, isTurn).map(clauseOf);
    const refusing = clauses.filter((clause) => clause.refused !== null && !clause.isReport);
    const kept = clauses.filter((clause) => !refusing.includes(clause));
    const without = new Set(refusing.flatMap((clause) => clause.refused ?? []));
    if (refusing.length > 0 && !kept.some((clause) => clause.isReport || namesSomething(clause.words)))
      return { ...NOTHING_READ, refused: refusing[0]!.refused };

    const wished = kept.find((clause) => clause.isReport);
    const { commands, requests } = told(kept, hear);
    const first = DONE_FIRST.find((topic) => commands.some((command) => command.topic === topic));
    const hasRequest = requests.length > 0 && commands.length > 0;
    // Where it stands and a story beside it are one question; a second request is said to be one.
    const isBeside =
      hasRequest && first !== undefined && (first !== 'ticket_status' || requests.some(({ isReport }) => isReport));
    const left =
      hasRequest && (isBeside || first === undefined)
        ? kept.filter((clause) => !commands.some((one) => one.clause === clause))
        : kept;
    const beside = isBeside ? { topic: first, rest: textOf(text, left) } : null;
    if (wished) {
      const thing = thingOf(left.flatMap((clause) => clause.words));
      if (!namesSomething(thing)) return { ...NOTHING_READ, wish: 'report', beside };
      return { ...NOTHING_READ, beside, asked: { words: plain(thing), without: STEERING, isReport: true } };
    }
    if (left.length === clauses.length) return NOTHING_READ;
    const isSteered = refusing.length > 0 || hasRequest;
    const asked = {
      words: plain(left.flatMap((clause) => clause.words)),
      without: isSteered ? without : undefined,
      isReport: false,
    };
    return { ...NOTHING_READ, beside, asked };
  }

  /** Which clauses steer, and which ask for something of the town's. */
  function told(clauses: Clause[], hear: Hear) {
    const commands: Array<{ clause: Clause; topic: string }> = [];
    const requests: Clause[] = [];
    if (clauses.length < 2) return { commands, requests };
    for (const clause of clauses) {
      if (clause.isReport) {
        requests.push(clause);
        continue;
      }
      const [top] = hear(plain(clause.words));
      if (!top || top.confidence < SURE) continue;
      if (YIELDING.has(top.topic)) commands.push({ clause, topic: top.topic === 'stop' ? 'cancel' : top.topic });
      else if (!NOT_A_REQUEST.has(top.topic) && !STEERING.has(top.topic) && contentOf(clause.words) > SHORTEST)
        requests.push(clause);
    }
    return { commands, requests };
  }

  const contentOf = (words: Word[]) => words.filter(({ text }) => !isNothing(text)).length;

  return {
    read,
    about(words, hear) {
      const thing = clauseOf(words).isReport ? thingOf(words) : [];
      return namesSomething(thing) ? hear(plain(thing), STEERING) : hear(plain(words));
    },
  };
}

function says(lexicon: Lexicon, rule: CompiledRule, words: Word[]): boolean {
  const spoken = lexicon.read(words);
  return spoken !== null && isSaid(rule, spoken);
}

function saysUnless(lexicon: Lexicon, { unless }: CompiledRule, words: Word[]): boolean {
  return says(lexicon, { says: unless, unless: [] }, words);
}

/** Words of a list, a final `*` standing for any ending. */
function matcher(list: string[]): (word: string) => boolean {
  const whole = new Set(list.filter((word) => !word.endsWith('*')).map(fold));
  const beginnings = list.filter((word) => word.endsWith('*')).map((word) => fold(word.slice(0, -1)));
  return (word) => whole.has(word) || beginnings.some((beginning) => word.startsWith(beginning));
}

/** A message cut where sentences and commas end and where a word turns to something else. */
function partsOf(text: string, words: Word[], isTurn: (word: string) => boolean): Word[][] {
  const clauses = cutWhere(words, (before, word) => hasClauseEnd(text, before, word) || isTurn(word.text));
  return clauses.length > MOST_CLAUSES
    ? [...clauses.slice(0, MOST_CLAUSES - 1), clauses.slice(MOST_CLAUSES - 1).flat()]
    : clauses;
}

function textOf(text: string, clauses: Clause[]): string {
  const words = clauses.flatMap((clause) => clause.words);
  const last = words.at(-1);
  return last ? text.slice(words[0]!.start, last.end) + (/^\s*[?!]/.exec(text.slice(last.end))?.[0].trim() ?? '') : '';
}
