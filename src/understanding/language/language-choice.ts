/**
 * Which language to answer in: one of the town's, kept through the conversation, changed only
 * when the words themselves say so. An emoji, "ok" or a street's name never changes it; a
 * language the town does not speak is recognised, so that its speaker is told how to go on.
 */
import type { ForeignLanguage } from '../../domain/language/foreign';
import type { HeardLanguage } from '../../domain/language/heard';
import type { LanguagePack } from '../../domain/language/language-pack';
import { fold } from '../../domain/language/words';
import { type Features, featuresOf } from '../learning/features';
import type { Model } from '../learning/model';
import { type Word, wordsOf } from '../text/words';
import { createWordReader } from '../topics/examples';
import { openDetector } from './language-detector';

export interface LanguageChooser {
  /**
   * @param spoken the words of the text that are listened to.
   * @param kept the language the conversation is in, where that is none of the town's.
   */
  hear(text: string, spoken: Word[], prior: string | null, kept?: string): HeardLanguage;
  /** Which of some languages a text sounds like most. */
  nearest(text: string, codes: string[]): string;
  /** Whether a text of some words clearly sounds more like one of the town's languages than like this one. */
  isRatherOurs(text: string, spoken: Word[], code: string): boolean;
  /** Whether a text, in which a sign of this language stands, sounds more like it than like any of the town's. */
  isRatherTheirs(text: string, code: string): boolean;
}

/** How much the town's own phrases weigh beside the detector. */
const OWN_WEIGHT = 1.5;
/** What the words must say to leave the language of the conversation. */
const SWITCH = 0.35;
/** At a first message less is enough to prefer a language to the town's first. */
const LEAN = 0.1;
/** By so much, and with so many known words, the town's own phrases alone settle it. */
const PLAIN_LEAD = 1;
const PLAIN_COVERAGE = 0.6;
/** So many words tell a language. */
const ENOUGH_WORDS = 16;
const ENOUGH_LETTERS = 160;
/** How far a foreign language must lead; more when the words are known here. */
const FOREIGN_LEAD = 0.12;
const KNOWN_HERE = 0.3;
/** Fewer letters are no sentence; so many times the lead makes them foreign all the same. */
const SENTENCE_LETTERS = 12;
const ASIDE = 2;
/** 'AB 123 CD' is a number plate, and neither Turkish nor English. */
const FEWEST_LETTERS = 5;

const GLUED = /[\p{L}\])][<>{}[\]()=/\\$:]{1,3}\p{L}/u;

/** So many of its commonest words make a foreign language, when they are more than those of the town's own. */
const FEWEST_COMMON = 2;
/**
 * And it must sound so: 'sa sen le gaz, é el répon pa' has two of Romanian and is French in a hurry. With more of them it need
 * only sound so: 'hay un bache muy grande en la calle'.
 */
const COMMON_LEAD = 0.1;
/** So many words that sound so much more like the town's languages are theirs, whatever foreign sign stands among them. */
const [OURS_WORDS, OURS_LEAD] = [6, 0.1];
/** Where a sign of a foreign language stands, little is enough: 'hay un incendio' is nearly French. */
const THEIRS_LEAD = 0.03;
/** So near two languages sound alike, and their words decide. */
const AS_NEAR = 0.1;
/** By so much another language must lead over the one the conversation is in. */
const LEAVE = 0.1;

export function createLanguageChooser(
  packs: Record<string, LanguagePack>,
  model: Model | null,
  foreign: ForeignLanguage[],
): LanguageChooser {
  const languages = Object.keys(packs);
  const detect = openDetector();
  const readWord = createWordReader({ stemmer: 'none' });
  const counts = createCounting(Object.values(packs));
  const common = createCommonWords(Object.values(packs), foreign);
  // The detector's other languages would only be noise on short messages.
  const strangers = foreign.map(({ code }) => code);
  const vocabularies = vocabulariesOf(foreign);
  const scriptOf = createScripts(Object.values(packs), foreign, vocabularies);
  const shorthand = new Set(Object.values(packs).flatMap((pack) => Object.keys(pack.shorthand).map(fold)));
  /** 'Ya kelkun' is French in a hurry. */
  const isShorthand = (word: string) => shorthand.has(word);
  /** Of Arabic in Latin letters the detector knows nothing. */
  const isLatin = new Set(foreign.filter(({ script }) => script === 'Latin').map(({ code }) => code));
  /** By how much a text sounds more like this language than like the town's. */
  const leadOver = (text: string, code: string): number => {
    const sounds = detect(text.slice(0, ENOUGH_LETTERS));
    return sounds(code) - Math.max(...languages.map(sounds));
  };
  /** Of the foreign languages that a text sounds like, the one most of whose words are known. */
  const likeliest = (sounds: (code: string) => number, read: string[]): string => {
    const most = Math.max(...strangers.map(sounds));
    const near = strangers.filter((code) => sounds(code) >= most - AS_NEAR);
    const known = new Map(near.map((code) => [code, read.filter((word) => vocabularies.get(code)!.has(word)).length]));
    const better = (one: string, other: string) => known.get(one)! - known.get(other)! || sounds(one) - sounds(other);
    return near.reduce((best, other) => (better(other, best) > 0 ? other : best), near[0] ?? '');
  };
  /** Which of some languages a text sounds like most; the one the conversation is in, where it is among them. */
  const nearest = (text: string, codes: string[], kept?: string): string => {
    if (kept && codes.includes(kept)) return kept;
    const sounds = detect(text.slice(0, ENOUGH_LETTERS));
    return codes.reduce((best, other) => (sounds(other) > sounds(best) ? other : best));
  };

  /** A conversation in Portuguese stays in it while words could be Spanish as well, or French. */
  function staying(heard: HeardLanguage, typed: string, kept: string): HeardLanguage {
    if (heard.foreign === kept || (heard.foreign && !isLatin.has(heard.foreign))) return heard;
    // What says nothing of its language changes nothing: 'ok', a street, a number.
    if (!heard.foreign && !heard.isSure) return heard;
    const sounds = detect(typed.slice(0, ENOUGH_LETTERS));
    const lead = heard.foreign ? sounds(heard.foreign) - sounds(kept) : -leadOver(typed, kept);
    return lead > LEAVE ? heard : { ...heard, isSure: false, foreign: kept };
  }

  function hearFirst(written: string, all: Word[], prior: string | null, abroad: string | undefined): HeardLanguage {
    const typed = withoutCode(written);
    const spoken = typed === written ? all : all.filter(({ start }) => typed[start] !== ' ');
    const kept = prior && languages.includes(prior) ? prior : languages[0]!;
    const words = apartFromDigits(spoken);
    const letters = lettersIn(words);
    if (letters < 2) return { code: kept, isSure: false };
    if (spoken.some((word) => !word.isLatin)) {
      const other = withoutDigits(typed).replace(/\P{L}/gu, '');
      const code = mostlyNotLatin(other) ? scriptOf(other, spoken, (codes) => nearest(typed, codes, abroad)) : undefined;
      if (code) return languages.includes(code) ? { code, isSure: true } : { code: kept, isSure: false, foreign: code };
    }
    const read = words.slice(0, ENOUGH_WORDS).map((word) => word.text);
    const counting = counts(read);
    if (counting) return { code: counting, isSure: false };
    const spokenLike = common(read, typed.slice(0, ENOUGH_LETTERS));
    if (spokenLike.length > 0) {
      const sounds = detect(typed.slice(0, ENOUGH_LETTERS));
      const { code, said } = spokenLike.reduce((first, other) => (sounds(other.code) > sounds(first.code) ? other : first));
      const least = said > FEWEST_COMMON ? 0 : COMMON_LEAD;
      if (!isLatin.has(code) || leadOver(typed, code) > least) return { code: kept, isSure: false, foreign: code };
    }
    const features = featuresOf(read.map(readWord));
    const own = marginsOf(languages, model, features);
    const coverage = model ? model.vectorizer.coverage(features) : 0;
    if (words.length > 2 && coverage > PLAIN_COVERAGE && leadOf(own) > PLAIN_LEAD) return { code: bestOf(own), isSure: true };
    const sounds = detect((words.length < spoken.length ? withoutDigits(typed) : typed).slice(0, ENOUGH_LETTERS));
    const stranger = likeliest(sounds, read);
    const ours = Math.max(...languages.map(sounds));
    // Two or three words in the middle of a conversation are hardly a change of language: 'ok tant pis'.
    const isAside = prior !== null && letters < SENTENCE_LETTERS;
    const lead = FOREIGN_LEAD * (isAside ? ASIDE : 1) + coverage * KNOWN_HERE;
    if (words.length > 1 && letters >= FEWEST_LETTERS && sounds(stranger) - ours > lead && !read.every(isShorthand)) {
      return { code: kept, isSure: false, foreign: stranger };
    }
    for (const code of languages) own.set(code, sounds(code) + OWN_WEIGHT * own.get(code)!);
    const best = bestOf(own);
    const ownLead = leadOf(own);
    const isSure = ownLead > SWITCH * (isAside ? ASIDE : 1) && words.length > 1 && letters >= FEWEST_LETTERS;
    const isPreferred = isSure || (prior === null && ownLead > LEAN);
    return { code: isPreferred ? best : kept, isSure };
  }

  return {
    nearest: (text, codes) => nearest(text, codes),
    isRatherTheirs: (text, code) => leadOver(text, code) >= THEIRS_LEAD,
    isRatherOurs(text, spoken, code) {
      return isLatin.has(code) && spoken.length >= OURS_WORDS && leadOver(text, code) < -OURS_LEAD;
    },
    hear(written, all, prior, foreign) {
      const heard = hearFirst(written, all, prior, foreign);
      return foreign && isLatin.has(foreign) ? staying(heard, withoutCode(written), foreign) : heard;
    },
  };
}

/** '[clic](javascript:alert(1))', 'https://…': what is glued together by such signs is in no language. Places stay where they were. */
function withoutCode(written: string): string {
  return written.replace(/\S+/g, (token) => (GLUED.test(token) ? ' '.repeat(token.length) : token));
}

/** Digits, and what is written together with them, are in no language: a reference is not English because it begins with 'the'. */
function withoutDigits(typed: string): string {
  return typed.replace(/[\p{L}\p{N}]+/gu, (word) => (/\p{N}/u.test(word) ? ' ' : word));
}

/** The words that are not written together with digits. */
function apartFromDigits(spoken: Word[]): Word[] {
  if (!spoken.some((word) => word.kind === 'number')) return spoken;
  const apart: Word[] = [];
  for (let from = 0, to = 1; from < spoken.length; from = to++) {
    while (to < spoken.length && spoken[to]!.start === spoken[to - 1]!.end) to += 1;
    const run = spoken.slice(from, to);
    if (run.every((word) => word.kind !== 'number')) apart.push(...run);
  }
  return apart;
}

function lettersIn(words: Word[]): number {
  return words.reduce((sum, { kind, start, end }) => sum + (kind === 'letters' ? end - start : 0), 0);
}

/**
 * Letters of an alphabet say at once what a detector needs a sentence for; of several languages written in it, the one
 * whose own letters are there, else the one most of whose commonest words are, else the nearest.
 */
function createScripts(
  own: LanguagePack[],
  foreign: ForeignLanguage[],
  vocabularies: ReadonlyMap<string, ReadonlySet<string>>,
): (text: string, words: Word[], nearest: (codes: string[]) => string) => string | undefined {
  const ours = own.map(({ code, script, stopWords }) => ({ code, script, letters: '', words: new Set(stopWords.map(fold)) }));
  const theirs = foreign.map(({ code, script, letters }) => ({ code, script, letters, words: vocabularies.get(code)! }));
  const known = [...ours, ...theirs]
    .filter(({ script }) => script !== 'Latin')
    .map(({ code, script, letters, words }) => ({
      ...{ code, words, letters: [...letters], shape: new RegExp(`\\p{Script=${script}}`, 'u') },
    }));
  return (text, words, nearest) => {
    const lower = text.toLowerCase();
    const written = known.filter(({ shape }) => shape.test(text));
    if (written.length < 2) return written[0]?.code;
    const lettered = written.find(({ letters }) => letters.some((letter) => lower.includes(letter)));
    if (lettered) return lettered.code;
    const counts = written.map(({ words: some }) => words.filter((word) => some.has(word.text)).length);
    const most = Math.max(...counts);
    const likely = written.filter((_, at) => counts[at] === most).map(({ code }) => code);
    return likely.length > 1 ? nearest(likely) : likely[0];
  };
}

/** All words that are known of each language. */
function vocabulariesOf(foreign: ForeignLanguage[]): Map<string, Set<string>> {
  return new Map(
    foreign.map(({ code, common, courtesies, yes, no, danger, phrases }) => {
      const said = [
        common,
        yes,
        no,
        ...Object.values(courtesies),
        ...Object.values(phrases),
        ...danger.rules.map(({ says }) => says),
      ];
      return [code, new Set(said.flat().flatMap((text) => wordsOf(text).map((word) => word.text)))];
    }),
  );
}

function mostlyNotLatin(letters: string): boolean {
  return (letters.match(/\p{Script=Latin}/gu)?.length ?? 0) * 2 < letters.length;
}

/** How much each of the town's languages sounds like its own phrases, -1 to 1. */
function marginsOf(languages: string[], model: Model | null, features: Features): Map<string, number> {
  const own = new Map(languages.map((code) => [code, 0]));
  const margins = model?.margins(features);
  for (const [label, code] of (model?.labels ?? []).entries()) own.set(code, Math.tanh(margins![label]!));
  return own;
}

function bestOf(scores: Map<string, number>): string {
  return [...scores].reduce((best, other) => (other[1] > best[1] ? other : best))[0];
}

function leadOf(scores: Map<string, number>): number {
  const [first = 0, second = -1] = [...scores.values()].sort((one, other) => other - one);
  return first - second;
}

/** 'Cent vingt kilos', 'half a dozen': words of which half and more are numbers of one language alone are in that one. */
function createCounting(packs: LanguagePack[]): (words: string[]) => string | null {
  const numbers = packs.map(({ code, numbers, counting }) => ({
    code,
    words: new Set([...Object.keys(numbers), ...Object.keys(counting.dozens), ...counting.halves].map(fold)),
  }));
  return (words) => {
    const found = numbers.filter(({ words: own }) => words.some((word) => own.has(word)));
    const [only] = found;
    if (!only || found.length > 1) return null;
    return 2 * words.filter((word) => only.words.has(word)).length >= words.length ? only.code : null;
  };
}

/** The foreign languages whose commonest words a message has most of, if they are more than those of the town's languages. */
function createCommonWords(
  own: LanguagePack[],
  foreign: ForeignLanguage[],
): (words: string[], typed: string) => Array<{ code: string; said: number }> {
  const ours = new Set(own.flatMap(({ stopWords }) => stopWords.map(fold)));
  const theirs = foreign.map(({ code, common, letters }) => ({ code, words: new Set(common.map(fold)), letters }));
  return (words, typed) => {
    const distinct = [...new Set(words)];
    const counts = theirs.map(({ code, words: some, letters }) => ({
      code,
      said:
        distinct.filter((word) => some.has(word) && !ours.has(word)).length +
        ([...letters].some((letter) => typed.includes(letter)) ? 1 : 0),
      not: distinct.filter((word) => !some.has(word) && ours.has(word)).length,
    }));
    const most = Math.max(0, ...counts.map(({ said }) => said));
    return counts.filter(({ said, not }) => said === most && said >= FEWEST_COMMON && said > not);
  };
}
