/**
 * Several requests in one message: "lampadaire cassé rue des Lilas et aussi des poubelles pas
 * ramassées au 6". A message is cut where its own joints are, and stays one request unless the
 * pieces are surely about different things.
 */
import type { Heard, HeardIntent } from '../../domain/language/heard';
import type { LanguagePack } from '../../domain/language/language-pack';
import { fold } from '../../domain/language/words';
import { findReferences } from '../../domain/ticket/ticket';
import { OUTSIDE } from '../learning/model';
import { hasClauseEnd, hasSentenceEnd } from '../text/clauses';
import { compileRule, createLexicon, isSaid } from '../text/word-patterns';
import { type Word, wordsOf } from '../text/words';
import { createPairs } from './pairs';

/** A piece of one word ('pothole and a broken lamp') says little, unless it is as plain as that. */
const SURE_OF_WORD = 0.9;
const MOST_PIECES = 4;
/** Of a piece of more words the first and the last half of so many are heard. */
const LONGEST_PIECE = 60;
/** Of a piece of more words each half is heard as well. */
const LONG_PIECE = 16;
/** Both pieces must be this sure of what they are about. */
const SURE = 0.5;
/** 'And pushchairs cannot get past' tells what comes of it: a second report is surer. */
const SURE_OF_REPORT = 0.65;
/** 'We are moving in January' is told beside a question, and is none that surely. */
const SURE_OF_ASKED = 0.7;
/** Commas part the requests of a list ("a, b and c") and also the words of one request: at commas so many others must be found… */
const SHORTEST_LIST = 3;
/** …each so surely. */
const SURE_IN_LIST = 0.75;
/** A shorter word that comes again is a small one. */
const SHORTEST_AGAIN = 4;
/** 'lampadaire cassé + bac volé' */
const PLUS = /(^|\s)\+/;
/** '1) the opening hours 2) the price of a passport' */
const LIST_NUMBER = /^[1-9]$/;
/** Courtesies and moods are no request of their own. */
export const NOT_A_REQUEST = new Set([
  OUTSIDE,
  'greet',
  'thanks',
  'bye',
  'complaint',
  'help',
  'about_bot',
  'cancel',
  'stop',
  'switch_language',
  'talk_to_human',
  'emergency',
]);

type Hear = (words: Word[]) => HeardIntent[];

interface Piece {
  from: number;
  to: number;
}

export interface SplitOptions {
  /** A stretch of the text that is one thing, whatever joins it: 'the corner of rue Carnot and rue Hoche'. */
  whole?: { start: number; end: number } | null;
  /** Whether whoever tells of a topic asks for something by it: a report is told, a question is asked. */
  isRequest?: (topic: string) => boolean;
  /** Where in the text the words of a place end. */
  ends?: () => number[];
}

/** The requests of a message; where it is one, what it asks of its topic in several pieces: a court and the price of a swim. */
export type Splitter = (text: string, words: Word[], hear: Hear, options?: SplitOptions) => Pick<Heard, 'parts' | 'within'>;

/** Joining words by their first, the longest first: "et aussi" before "et". */
type Joiners = Map<string, string[][]>;

export function createSplitter(pack: LanguagePack): Splitter {
  const joiners: Joiners = new Map();
  const all = pack.joiners.map((joiner) => wordsOf(joiner).map((word) => word.text));
  for (const joiner of all.sort((one, other) => other.length - one.length)) {
    const first = joiner[0] ?? '';
    joiners.set(first, [...(joiners.get(first) ?? []), joiner]);
  }
  const continued = new Set(pack.continued);
  const openers = pack.openers.map((opener) => wordsOf(opener).map((word) => word.text));
  const people = new Set(pack.people);
  const nothing = new Set(pack.stopWords.map(fold));
  /** 'Un chien et son maître', 'my son and daughter': who it is about is no request. */
  const isSomebody = (some: Word[]) => {
    const telling = some.filter(({ text }) => !nothing.has(text));
    return telling.length > 0 && telling.every(({ text }) => people.has(text));
  };
  const opensAt = (words: Word[], at: number) =>
    openers.some((some) => some.every((word, place) => words[at + place]?.text === word));
  const pairs = createPairs(pack);
  const lexicon = createLexicon([], pack.pastAccent);
  const asides = compileRule(lexicon, { says: pack.asides, unless: [] });
  const isAside = (some: Word[]) => {
    const spoken = lexicon.read(some);
    return spoken !== null && isSaid(asides, spoken);
  };
  return (text, words, hear, { whole, isRequest = () => true, ends = () => [] } = {}) => {
    const isOutside = ({ from, to }: Piece) =>
      (!whole || words[from]!.start < whole.start || words[from]!.start >= whole.end) &&
      !(to === from + 1 && pairs.joins(words, from));
    const listen: Listen = (piece, sure) => {
      const said = words.slice(piece.from, piece.to);
      const isTold = isStatement(text, words, piece) ? isRequest : () => true;
      return isAside(said) || isSomebody(said)
        ? null
        : aboutWhat(text, said, hear, { sure, isRequest: isTold, isReport: isRequest });
    };
    const joints = jointsOf(text, words, joiners, continued, hasSentenceEnd).filter(isOutside);
    const parts = splitParts(text, words, joints, listen, SURE);
    const commas = jointsOf(text, words, joiners, continued, hasClauseEnd).filter(isOutside);
    const isList = commas.length >= SHORTEST_LIST - 1 && commas.length < MOST_PIECES;
    const list = isList ? splitParts(text, words, commas, listen, SURE_IN_LIST) : [];
    const best = list.length >= SHORTEST_LIST && list.length > parts.length ? list : parts;
    // What is dictated has no joints at all: 'lamp out rue Hugo bench broken', 'I want to vote I need a school'.
    const opens = (at: number) => opensAt(words, at);
    const { openings, again } = openingsOf(words, opens, ends());
    const isBegun = (at: number) => opens(at) || opens(at + 1) || again.has(at) || joints.some(({ to }) => to === at);
    const runOn = inOrder([...joints, ...openings]).filter(isOutside);
    const heard: Listen = (piece) => {
      const topic = listen(piece, SURE_IN_LIST);
      return topic && (isRequest(topic) || isBegun(piece.from)) ? topic : null;
    };
    const dictated = openings.length > 0 ? splitParts(text, words, runOn, heard, SURE_IN_LIST) : [];
    const requests = dictated.length > best.length ? dictated : best;
    return { parts: requests, within: requests.length > 0 ? [] : withinOne(text, words, joints, listen) };
  };
}

/** Joints without a word of their own: before what opens a request, behind a place, and where a first or last word comes again. */
function openingsOf(words: Word[], opens: (at: number) => boolean, ends: number[]): { openings: Piece[]; again: Set<number> } {
  const behind = new Set(ends.map((end) => words.findIndex(({ start }) => start >= end)));
  const isAgain = (word: Word | undefined, other: Word) => word?.text === other.text && other.text.length >= SHORTEST_AGAIN;
  const inside = words.map((_, at) => at).slice(2, -1);
  const again = inside.filter((at) => isAgain(words[at], words[0]!) || isAgain(words[at - 1], words.at(-1)!));
  const openings = inside.filter((at) => again.includes(at) || behind.has(at) || (opens(at) && !opens(at - 1)));
  return { openings: openings.map((at) => ({ from: at, to: at })), again: new Set(again.length > 0 ? [0, ...again] : []) };
}

/** The pieces of a message that are about one and the same thing, or lean on it: 'and how long does it take'. */
function withinOne(text: string, words: Word[], joints: Piece[], listen: Listen): string[] {
  const pieces = joints.length > 0 ? piecesOf(words.length, joints) : [];
  const topics = pieces.map((piece) => listen(piece, SURE));
  const [first] = topics;
  if (!first || topics.length < 2 || topics.some((topic) => topic !== null && topic !== first)) return [];
  return pieces.map(({ from, to }) => text.slice(words[from]!.start, words[to - 1]!.end));
}

function inOrder(joints: Piece[]): Piece[] {
  const sorted = joints.toSorted((one, other) => one.from - other.from || one.to - other.to);
  return sorted.filter(({ from }, at) => at === 0 || from >= sorted[at - 1]!.to);
}

type Listen = (piece: Piece, sure: number) => string | null;

function splitParts(text: string, words: Word[], joints: Piece[], listen: Listen, sure: number): Heard['parts'] {
  if (joints.length === 0) return [];
  const pieces = piecesOf(words.length, joints);
  const parts: Array<Piece & { topic: string }> = [];
  for (const [at, { from, to }] of pieces.entries()) {
    // Too few are left for a second request: they need not be heard.
    if (parts.length + pieces.length - at < 2) return [];
    const intent = listen({ from, to }, sure);
    const last = parts.at(-1);
    if (intent && intent !== last?.topic) parts.push({ from, to, topic: intent });
    else if (last) last.to = to;
  }
  if (parts.length < 2) return [];
  parts[0]!.from = 0;
  return parts.map(({ from, to, topic }) => ({ topic, text: text.slice(words[from]!.start, words[to - 1]!.end) }));
}

/** A sentence of its own that is no question: what 'and' or 'also' brings in is asked as well, however it is put. */
function isStatement(text: string, words: Word[], { from, to }: Piece): boolean {
  const before = words[from - 1];
  const isBegun = !before || hasSentenceEnd(text, before, words[from]!);
  return isBegun && !text.slice(words[to - 1]!.end, words[to]?.start).includes('?');
}

function aboutWhat(
  text: string,
  said: Word[],
  hear: Hear,
  { sure, isRequest, isReport }: { sure: number; isRequest: (topic: string) => boolean; isReport: (topic: string) => boolean },
): string | null {
  const best = surest(said, hear);
  const piece = text.slice(said[0]!.start, said.at(-1)!.end);
  const floor = best && Math.max(sure, isReport(best.topic) ? SURE_OF_REPORT : 0, isRequest(best.topic) ? 0 : SURE_OF_ASKED);
  const isSure = best && best.confidence >= (said.length === 1 ? SURE_OF_WORD : floor!);
  if (best && isSure) return NOT_A_REQUEST.has(best.topic) ? null : best.topic;
  // 'And where does M84S-Z7QS stand': in pieces, the reference says what no word of its piece does.
  return findReferences(piece).length > 0 ? 'ticket_status' : null;
}

/** What a long sentence is about may stand in one half of it, and how it is written in the other. */
function surest(said: Word[], hear: Hear): HeardIntent | undefined {
  const half = Math.ceil(said.length / 2);
  const heard = said.length > LONGEST_PIECE ? [...said.slice(0, LONGEST_PIECE / 2), ...said.slice(-LONGEST_PIECE / 2)] : said;
  const stretches = said.length > LONG_PIECE ? [heard, said.slice(0, half), said.slice(half)] : [heard];
  return stretches.flatMap((some) => hear(some)[0] ?? []).sort((one, other) => other.confidence - one.confidence)[0];
}

function piecesOf(length: number, joints: Piece[]): Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (const joint of joints.slice(0, MOST_PIECES - 1)) {
    pieces.push({ from, to: joint.from });
    from = joint.to;
  }
  pieces.push({ from, to: length });
  return pieces.filter((piece) => piece.to > piece.from);
}

/** Where sentences (or clauses) end and where joining words and signs stand, which belong to no piece. */
function jointsOf(
  text: string,
  words: Word[],
  joiners: Joiners,
  continued: ReadonlySet<string>,
  hasEnd: typeof hasSentenceEnd,
): Piece[] {
  const joints: Piece[] = [];
  for (let at = 1; at < words.length; at++) {
    const joiner = joiners.get(words[at]!.text)?.find((some) => some.every((word, place) => words[at + place]?.text === word));
    const before = words[at - 1]!;
    const between = text.slice(before.end, words[at]!.start);
    const isNumbered = LIST_NUMBER.test(before.text) && between.startsWith(')');
    const isStop = isNumbered || PLUS.test(between) || hasEnd(text, before, words[at]!);
    if (!joiner && !isStop) continue;
    // 'clignote et s'éteint': the same thing does both.
    if (joiner && !isStop && continued.has(words[at + joiner.length]?.text ?? '')) continue;
    const to = Math.min(words.length, at + (joiner?.length ?? 0));
    const last = joints.at(-1);
    // 'Et il y a' and 'aussi' next to each other join once.
    if (last && last.to === at && !isNumbered) last.to = to;
    else joints.push({ from: isNumbered ? at - 1 : at, to });
    if (joiner) at += joiner.length - 1;
  }
  return joints;
}
