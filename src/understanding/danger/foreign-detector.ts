/**
 * Danger, opting out, a person and help, said in languages that the town does not speak. Signs of two and more words
 * are heard whatever language a message seems to be in: a French street makes no Spanish sentence French, and a short
 * one is easily taken for another language. A single word counts only where its language was recognised.
 */
import type { DangerKind } from '../../domain/language/danger';
import type { Courtesy } from '../../domain/language/foreign';
import type { Heard, WantedMessages } from '../../domain/language/heard';
import type { OwnWords } from '../language/own-words';
import { createHanCutter, foreignWords } from '../text/foreign-words';
import { findPattern, type Pattern, type Spoken, setAside } from '../text/word-patterns';
import { type Word, withoutShortNumber } from '../text/words';
import { CHINESE, type CompiledLanguage, type CompiledLanguages, joined, LONGEST_WHOLE, type Said } from './foreign-languages';

export interface ForeignHeard {
  /** In which language it was said. */
  code: string;
  danger: DangerKind | null;
  /** The special advice for it, where a rule names one. */
  advice: string | null;
  /** Somebody may be in danger: one word that means it, in a message that seems to be in another language. */
  perhaps: DangerKind | null;
  optOut: 'stop' | 'start' | null;
  /** May mean that no more messages are wanted. */
  perhapsStop: boolean;
  wanted: WantedMessages;
  asks: Heard['asks'];
  /** The language that was recognised speaks of danger only so that nobody is in it. */
  isCalm: boolean;
}

export interface Around {
  /** The language that the text seems to be in, where that is none of the town's. */
  recognised: string | undefined;
  /** Which the conversation is in, where that is none of the town's. */
  kept: string | undefined;
  /** Which of some languages the text sounds like most. */
  nearest(codes: string[]): string;
  /** The words that are not of an address, where one is named; asked for only where they could decide. */
  beside(): Word[] | null;
}

export type ForeignDetector = (text: string, words: Word[], around: Around) => ForeignHeard | null;

/** Said of the past they are still true. */
const LASTING: ReadonlySet<DangerKind> = new Set(['self-harm', 'child-abuse', 'domestic-violence', 'missing']);
/** So few words, all of one language, are in it. */
const FEW_WORDS = 4;
/** So many different words of a language that are in none of the town's. */
const FEWEST_STRANGE = 2;

/** What was said of one language: as typed, and with harmless expressions set aside. */
interface Hearing {
  whole: string;
  spoken: Spoken | null;
  /** One word is enough. */
  isOwn: boolean;
}

export function createForeignDetector({ lexicon, han, known, compiled }: CompiledLanguages, ours: OwnWords): ForeignDetector {
  const cut = createHanCutter(known);
  const kin = (code: string) => (code === CHINESE ? 'han' : 'letters');

  return (text, words, { recognised, kept, nearest, beside }) => {
    if (words.length === 0) return null;
    const letters = foreignWords(text, words);
    const cuts = cut(text);
    const read = { letters: lexicon.read(letters), han: cuts.length > 0 ? han.read(cuts) : null };
    const whole = {
      letters: joined(withoutShortNumber(letters)),
      han:
        cuts.length > LONGEST_WHOLE
          ? ''
          : cuts
              .map((word) => word.text)
              .join('')
              .replace(/\p{N}+$/u, ''),
    };
    const hearingIn = (code: string): Hearing => ({
      whole: whole[kin(code)],
      spoken: read[kin(code)],
      isOwn: code === recognised || (recognised === undefined && code === kept),
    });
    const isKnown = (one: CompiledLanguage, at: number) =>
      one.common.has(letters[at]!.text) || read.letters?.meanings[at]?.some((meaning) => one.vocabulary.has(meaning)) === true;
    /** 'Feuer, schnell, rue de la Gare': two words of it that nobody here says, or nothing else beside the address. */
    const isTheirs: IsTheirs = (one, isAll) => {
      if (kin(one.code) === 'han') return false;
      const strange = letters.filter(({ text: word }, at) => isKnown(one, at) && !ours.isWord(word));
      const isStrange = new Set(strange.map(({ text: word }) => word)).size >= FEWEST_STRANGE;
      if (isStrange && !isAll) return true;
      const starts = new Set((beside() ?? (isStrange || letters.length <= FEW_WORDS ? letters : [])).map(({ start }) => start));
      return starts.size > 0 && letters.every(({ start }, at) => !starts.has(start) || isKnown(one, at));
    };
    // Where the language that was recognised tells of danger only to ask about a course, its sister does not know better.
    const spoken = compiled.find(({ code }) => code === recognised);
    const isCalm = spoken !== undefined && isOnlyToldOf(spoken, hearingIn(spoken.code));
    const heard = compiled.flatMap((one) => {
      if (kin(one.code) === 'han' && cuts.length === 0) return [];
      const found = listen(one, { ...hearingIn(one.code), letters, isOurs: ours.isWord, isTheirs }, isCalm);
      return found ? [found] : [];
    });
    if (heard.length === 0 && spoken && isCalm) return { ...NOTHING, code: spoken.code, isCalm };
    if (heard.length === 0) return null;
    const phrase = joined(words);
    if (recognised === undefined && kept === undefined && phrase !== '' && ours.isPhrase(phrase)) return null;
    // The same words may be danger in several languages, and in each the same: whom to call is said in the likeliest.
    const graver = heard.filter(({ danger }) => danger !== null);
    const among = graver.length > 0 ? graver : heard;
    const codes = among.map(({ code }) => code);
    const own = [recognised, kept].find((code) => code !== undefined && codes.includes(code));
    const code = own ?? (codes.length > 1 ? nearest(codes) : codes[0]!);
    return among.find((one) => one.code === code)!;
  };
}

/** @param isCalm nobody is in danger, whatever words say so. */
const NOTHING = {
  danger: null,
  advice: null,
  perhaps: null,
  optOut: null,
  perhapsStop: false,
  wanted: null,
  asks: null,
  isCalm: false,
} as const;

/** @param isAll whether no other words than the language's may stand beside those of danger. */
type IsTheirs = (one: CompiledLanguage, isAll: boolean) => boolean;

interface Heeding extends Hearing {
  letters: Word[];
  isOurs(word: string): boolean;
  isTheirs: IsTheirs;
}

function listen(one: CompiledLanguage, hearing: Heeding, isCalm: boolean): ForeignHeard | null {
  const { code } = one;
  const told = isCalm ? null : dangerIn(one, hearing);
  const suspected = isCalm || told || hearing.isOwn ? null : dangerIn(one, { ...hearing, isOwn: true });
  const says = (said: Said) => isSaid(said, hearing);
  const asks = says(one.person) ? 'person' : says(one.help) ? 'help' : courtesyIn(one, hearing.whole);
  // 'I need help' is no cry for it.
  const alarm = isCalm || told || asks ? null : alarmIn(one, hearing);
  const sure = told ?? (suspected && hearing.isTheirs(one, false) ? suspected : alarm);
  const perhaps = sure ? null : (suspected?.kind ?? null);
  const isStart = says(one.start);
  const isOfOthers = says(one.others);
  const isKept = !isOfOthers && says(one.keep);
  const isWanted = isKept || says(one.wanted);
  const wanted = isKept ? 'kept' : isWanted ? 'missed' : null;
  const isNone = isWanted || isOfOthers;
  const saysStop = !isStart && !isNone && says(one.stop);
  const isHow = saysStop && says(one.how);
  const isStop = saysStop && !isHow;
  const optOut = isStop ? 'stop' : isStart && !isKept ? 'start' : null;
  const perhapsStop = optOut === null && !isNone && (isHow || says(one.ask));
  if (!sure && !perhaps && !optOut && !perhapsStop && !asks && !isKept) return null;
  return { code, danger: sure?.kind ?? null, advice: sure?.advice ?? null, perhaps, optOut, perhapsStop, wanted, asks, isCalm };
}

/** 'Fuego', which is danger alone, and beside it only an address and words of the same language. */
function alarmIn(one: CompiledLanguage, { letters, spoken, isOurs, isTheirs }: Heeding): Told | null {
  const said = ` ${joined(letters)} `;
  // 'Thank you for your help' cries for none.
  const isThanks = one.courtesies.some(
    ([name, some]) => name === 'thanks' && [...some].some((each) => said.includes(` ${each} `)),
  );
  if (!spoken || letters.length > LONGEST_WHOLE || isThanks) return null;
  const left = setAside(one.harmless, spoken);
  const isThere = (pattern: Pattern) => findPattern(pattern, left) !== null;
  const findStrange = (alarm: Pattern) => {
    const found = findPattern(alarm, left);
    return found && letters.slice(found.from, found.to).some((word) => !isOurs(word.text)) ? found : null;
  };
  const told = one.dangers.find(({ alarms, said }) => alarms.some(findStrange) && !said.unless.some(isThere));
  if (!told || one.calm.some(isThere)) return null;
  // 'Feuer! Feuer!'
  const isTwice = told.alarms.some((alarm) => {
    const first = findStrange(alarm);
    return first !== null && findPattern(alarm, left, first.to) !== null;
  });
  return isTwice || isTheirs(one, true) ? { ...told, isCalm: false } : null;
}

interface Told {
  kind: DangerKind;
  advice: string | null;
  isCalm: boolean;
}

function dangerIn(language: CompiledLanguage, hearing: Hearing): Told | null {
  const told = toldIn(language, hearing);
  return told === null || told.isCalm ? null : told;
}

/** 'Hallo', 'hola buenos días': nothing but greetings, thanks and good-byes; the first says which. */
function courtesyIn(one: CompiledLanguage, whole: string): Courtesy | null {
  if (whole === '') return null;
  const said = one.courtesies.find(([, some]) => some.has(whole));
  if (said) return said[0];
  const words = whole.split(' ');
  for (let at = words.length - 1; at > 0; at--) {
    const head = words.slice(0, at).join(' ');
    const first = one.courtesies.find(([, some]) => some.has(head));
    if (first && courtesyIn(one, words.slice(at).join(' '))) return first[0];
  }
  return null;
}

/** Danger is spoken of, and so that nobody is in it; or something is asked about a course, a drill, a book, and nothing is told of now. */
function isOnlyToldOf(language: CompiledLanguage, hearing: Hearing): boolean {
  const { spoken } = hearing;
  const told = toldIn(language, { ...hearing, isOwn: true });
  if (told !== null || !spoken) return told?.isCalm ?? false;
  const says = (pattern: Pattern) => findPattern(pattern, spoken) !== null;
  return (language.calm.some(says) || language.harmless.some(says)) && !language.now.some(says);
}

function toldIn({ dangers, harmless, calm, past, now }: CompiledLanguage, { whole, spoken, isOwn }: Hearing): Told | null {
  const alone = dangers.find(({ said }) => said.whole.has(whole));
  if (alone) return { kind: alone.kind, advice: alone.advice, isCalm: false };
  if (!spoken || !dangers.some(({ said }) => said.says.some(({ id }) => spoken.live[id] === 1))) return null;
  const left = setAside(harmless, spoken);
  const found = dangers.find(({ said }) => isSaid(said, { whole, spoken: left, isOwn }));
  if (!found) return null;
  const says = (pattern: Pattern) => findPattern(pattern, left) !== null;
  const isCalm = calm.some(says) || (!LASTING.has(found.kind) && past.some(says));
  return { kind: found.kind, advice: found.advice, isCalm: isCalm && !now.some(says) };
}

function isSaid({ whole: alone, says, unless }: Said, { whole, spoken, isOwn }: Hearing): boolean {
  if (alone.has(whole)) return true;
  if (!spoken) return false;
  const isThere = (pattern: Pattern) => findPattern(pattern, spoken) !== null;
  return says.some((pattern) => (isOwn || pattern.items.length > 1) && isThere(pattern)) && !unless.some(isThere);
}
