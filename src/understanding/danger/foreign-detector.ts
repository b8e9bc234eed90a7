/**
 * Danger, opting out, a person and help, said in languages that the town does not speak. Signs of two and more words
 * are heard whatever language a message seems to be in: a French street makes no Spanish sentence French, and a short
 * one is easily taken for another language. A single word counts only where its language was recognised.
 */
import type { DangerKind } from '../../domain/language/danger';
import { DANGER_KINDS } from '../../domain/language/danger';
import type { ForeignLanguage, SaidRule } from '../../domain/language/foreign';
import type { WantedMessages } from '../../domain/language/heard';
import { piecesOf } from '../../domain/language/word-pattern';
import { asWritten, createHanCutter, foreignWords } from '../text/foreign-words';
import { createLexicon, findPattern, type Lexicon, type Pattern, type Spoken, setAside } from '../text/word-patterns';
import { type Word, withoutShortNumber, wordsOf } from '../text/words';

export interface ForeignHeard {
  /** In which language it was said. */
  code: string;
  danger: DangerKind | null;
  /** Somebody may be in danger: one word that means it, in a message that seems to be in another language. */
  perhaps: DangerKind | null;
  optOut: 'stop' | 'start' | null;
  /** May mean that no more messages are wanted. */
  perhapsStop: boolean;
  wanted: WantedMessages;
  asks: 'person' | 'help' | null;
  /** The language that was recognised speaks of danger only so that nobody is in it. */
  isCalm: boolean;
}

/** @param nearest which of some languages the text sounds like most. */
export type ForeignDetector = (
  text: string,
  words: Word[],
  recognised: string | undefined,
  nearest: (codes: string[]) => string,
) => ForeignHeard | null;

/** Said of the past they are still true. */
const LASTING: ReadonlySet<DangerKind> = new Set(['self-harm', 'child-abuse', 'domestic-violence', 'missing']);
const CHINESE = 'zh';
/** A whole message of more words is looked up in no list. */
const LONGEST_WHOLE = 12;

interface Said {
  whole: Set<string>;
  says: Pattern[];
  unless: Pattern[];
}

interface CompiledLanguage {
  code: string;
  harmless: Pattern[];
  calm: Pattern[];
  past: Pattern[];
  now: Pattern[];
  dangers: Array<{ kind: DangerKind; said: Said }>;
  stop: Said;
  start: Said;
  ask: Said;
  how: Said;
  wanted: Said;
  keep: Said;
  others: Said;
  person: Said;
  help: Said;
}

/** What was said of one language: as typed, and with harmless expressions set aside. */
interface Hearing {
  whole: string;
  spoken: Spoken | null;
  /** One word is enough. */
  isOwn: boolean;
}

/** Languages ready to be heard; the same for all towns that do not speak them. */
export interface CompiledLanguages {
  lexicon: Lexicon;
  han: Lexicon;
  /** Chinese words, where there are no spaces to cut at. */
  known: Set<string>;
  compiled: CompiledLanguage[];
}

export function compileLanguages(languages: ForeignLanguage[]): CompiledLanguages {
  const lexicon = createLexicon([]);
  const han = createLexicon([]);
  const known = new Set<string>();
  const compiled = languages.map((language) =>
    language.code === CHINESE ? compile(language, han, known) : compile(language, lexicon),
  );
  return { lexicon, han, known, compiled };
}

/** @param isOurs whether words are one of the town's own phrases: 'agent' and 'menu' are in no other language. */
export function createForeignDetector(
  { lexicon, han, known, compiled }: CompiledLanguages,
  isOurs: (phrase: string) => boolean,
): ForeignDetector {
  const cut = createHanCutter(known);
  const kin = (code: string) => (code === CHINESE ? 'han' : 'letters');

  return (text, words, recognised, nearest) => {
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
      isOwn: code === recognised,
    });
    // Where the language that was recognised tells of danger only to ask about a course, its sister does not know better.
    const own = compiled.find(({ code }) => code === recognised);
    const isCalm = own !== undefined && isOnlyToldOf(own, hearingIn(own.code));
    const heard = compiled.flatMap((one) => {
      if (kin(one.code) === 'han' && cuts.length === 0) return [];
      const found = listen(one, hearingIn(one.code), isCalm);
      return found ? [found] : [];
    });
    if (heard.length === 0 && own && isCalm) return { ...NOTHING, code: own.code, isCalm };
    if (heard.length === 0) return null;
    const phrase = joined(words);
    if (recognised === undefined && phrase !== '' && isOurs(phrase)) return null;
    // The same words may be danger in several languages, and in each the same: whom to call is said in the likeliest.
    const graver = heard.filter(({ danger }) => danger !== null);
    const among = graver.length > 0 ? graver : heard;
    const codes = among.map(({ code }) => code);
    const code = recognised && codes.includes(recognised) ? recognised : codes.length > 1 ? nearest(codes) : codes[0]!;
    return among.find((one) => one.code === code)!;
  };
}

/** @param isCalm nobody is in danger, whatever words say so. */
const NOTHING = {
  danger: null,
  perhaps: null,
  optOut: null,
  perhapsStop: false,
  wanted: null,
  asks: null,
  isCalm: false,
} as const;

function listen(one: CompiledLanguage, hearing: Hearing, isCalm: boolean): ForeignHeard | null {
  const { code } = one;
  const sure = isCalm ? null : dangerIn(one, hearing);
  const perhaps = isCalm || sure || hearing.isOwn ? null : dangerIn(one, { ...hearing, isOwn: true });
  const says = (said: Said) => isSaid(said, hearing);
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
  const asks = says(one.person) ? 'person' : says(one.help) ? 'help' : null;
  if (!sure && !perhaps && !optOut && !perhapsStop && !asks && !isKept) return null;
  return { code, danger: sure, perhaps, optOut, perhapsStop, wanted, asks, isCalm };
}

function dangerIn(language: CompiledLanguage, hearing: Hearing): DangerKind | null {
  const told = toldIn(language, hearing);
  return told === null || told.isCalm ? null : told.kind;
}

/** Danger is spoken of, and so that nobody is in it; or something is asked about a course, a drill, a book, and nothing is told of now. */
function isOnlyToldOf(language: CompiledLanguage, hearing: Hearing): boolean {
  const { spoken } = hearing;
  const told = toldIn(language, { ...hearing, isOwn: true });
  if (told !== null || !spoken) return told?.isCalm ?? false;
  const says = (pattern: Pattern) => findPattern(pattern, spoken) !== null;
  return language.calm.some(says) && !language.now.some(says);
}

function toldIn(
  { dangers, harmless, calm, past, now }: CompiledLanguage,
  { whole, spoken, isOwn }: Hearing,
): { kind: DangerKind; isCalm: boolean } | null {
  const alone = dangers.find(({ said }) => said.whole.has(whole));
  if (alone) return { kind: alone.kind, isCalm: false };
  if (!spoken || !dangers.some(({ said }) => said.says.some(({ id }) => spoken.live[id] === 1))) return null;
  const left = setAside(harmless, spoken);
  const found = dangers.find(({ said }) => isSaid(said, { whole, spoken: left, isOwn }));
  if (!found) return null;
  const says = (pattern: Pattern) => findPattern(pattern, left) !== null;
  const isCalm = calm.some(says) || (!LASTING.has(found.kind) && past.some(says));
  return { kind: found.kind, isCalm: isCalm && !now.some(says) };
}

function isSaid({ whole: alone, says, unless }: Said, { whole, spoken, isOwn }: Hearing): boolean {
  if (alone.has(whole)) return true;
  if (!spoken) return false;
  const isThere = (pattern: Pattern) => findPattern(pattern, spoken) !== null;
  return says.some((pattern) => (isOwn || pattern.items.length > 1) && isThere(pattern)) && !unless.some(isThere);
}

/** @param known takes the words of the rules, where there are no spaces to cut at. */
function compile(language: ForeignLanguage, lexicon: Lexicon, known?: Set<string>): CompiledLanguage {
  const pattern = (source: string): Pattern => {
    const pieces = piecesOf(source).map(asWritten);
    for (const word of pieces.flatMap((piece) => piece.replace(/\?$/, '').split('|'))) if (word !== '...') known?.add(word);
    return lexicon.compile(pieces.join(' '));
  };
  const said = ({ whole, says, unless }: SaidRule): Said => ({
    whole: new Set(whole.map((text) => (known ? text.replace(/[^\p{L}\p{N}]+/gu, '') : asWhole(text)))),
    says: says.map(pattern),
    unless: unless.map(pattern),
  });
  const { danger, optOut } = language;
  const grave = (kind: DangerKind) => DANGER_KINDS.indexOf(kind);
  return {
    code: language.code,
    harmless: danger.harmless.map(pattern),
    calm: danger.calm.map(pattern),
    past: danger.past.map(pattern),
    now: danger.now.map(pattern),
    dangers: danger.rules
      .map(({ kind, ...rule }) => ({ kind, said: said(rule) }))
      .sort((one, other) => grave(one.kind) - grave(other.kind)),
    stop: said(optOut.stop),
    start: said(optOut.start),
    ask: said(optOut.ask),
    how: said(optOut.how),
    wanted: said(optOut.wanted),
    keep: said(optOut.keep),
    others: said(optOut.others),
    person: said(language.person),
    help: said(language.help),
  };
}

function joined(words: Word[]): string {
  return words.length > LONGEST_WHOLE ? '' : words.map(({ text }) => text).join(' ');
}

function asWhole(text: string): string {
  return joined(foreignWords(text, wordsOf(text)));
}
