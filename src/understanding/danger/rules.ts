/**
 * What must be heard before anything else: danger to people, and a citizen who wants no more
 * messages. Rules in words, from the language packs of every language the town speaks,
 * whatever language the message seems to be in.
 */
import { DANGER_KINDS, type DangerKind } from '../../domain/language/danger';
import type { Heard, WantedMessages } from '../../domain/language/heard';
import type { LanguagePack, WordRule } from '../../domain/language/language-pack';
import type { AfterDanger, Feeling } from '../../domain/language/said';
import { type CompiledRule, compileRule, createLexicon, isLastSaid, isSaid, type Spoken, setAside } from '../text/word-patterns';
import { type Word, withoutShortNumber, wordsOf } from '../text/words';

export type OptOut = 'stop' | 'start' | 'help';

export interface Rules {
  danger(words: Word[]): DangerKind | null;
  /** `optOutIn` hears what speaks against it in any of the town's languages. */
  optOut(words: Word[]): OptOut | null;
  /** May mean that no more messages are wanted: to be asked back. */
  perhapsStop(words: Word[]): boolean;
  /** "Comment…": asked how something is done. */
  asksHow(words: Word[]): boolean;
  /** Messages are asked for, or missed: "je ne reçois plus vos alertes". */
  wantsMessages(words: Word[]): boolean;
  /** They are to go on: "ne me désinscrivez pas". */
  keepsMessages(words: Word[]): boolean;
  /** Somebody else writes, or it is another list: "mon ex n'arrête pas de m'écrire". */
  isOfOthers(words: Word[]): boolean;
  /** A child speaks of itself. */
  isMinor(words: Word[]): boolean;
  /** Short, and nothing but an excuse for what was said before. */
  isExcuse(words: Word[]): boolean;
  afterDanger(words: Word[]): AfterDanger[];
  feelings(words: Word[]): Feeling[];
}

/** A message of more words is never a word of danger alone. */
const LONGEST_WHOLE = 4;
/** "STOP, j'ai déménagé à Lyon": words in all. */
const LONGEST_REASON = 8;
/** Who says more than this says more than an excuse. */
const LONGEST_EXCUSE = 10;
/** And more than this more than an answer to whom to call, or how they feel. */
const LONGEST_SAID = 25;
const OPT_OUTS: OptOut[] = ['stop', 'start', 'help'];

const made = new WeakMap<LanguagePack, Rules>();

/** The rules of a language: the same for all towns that speak it. */
export function rulesOf(pack: LanguagePack): Rules {
  const rules = made.get(pack) ?? createRules(pack);
  made.set(pack, rules);
  return rules;
}

function createRules(pack: LanguagePack): Rules {
  const lexicon = createLexicon(pack.danger.lookAlikes, pack.pastAccent);
  const harmless = pack.danger.harmless.map(lexicon.compile);
  const dangers = DANGER_KINDS.flatMap((kind) =>
    pack.danger.rules
      .filter((rule) => rule.kind === kind)
      .map((rule) => ({
        kind,
        whole: new Set(rule.whole.map(asWhole)),
        rule: compileRule(lexicon, rule),
      })),
  );
  const alarming = dangers.flatMap(({ rule }) => rule.says.map(({ id }) => id));
  const optOuts = OPT_OUTS.map((kind) => ({
    kind,
    whole: new Set(pack.optOut[kind].whole.map(asWhole)),
    rule: compileRule(lexicon, pack.optOut[kind]),
  }));
  const ask = { whole: new Set(pack.optOut.ask.whole.map(asWhole)), rule: compileRule(lexicon, pack.optOut.ask) };
  const how = compileRule(lexicon, pack.optOut.how);
  const wanted = compileRule(lexicon, pack.optOut.wanted);
  const stop = optOuts.find(({ kind }) => kind === 'stop')!;
  const keep = compileRule(lexicon, pack.optOut.keep);
  const others = compileRule(lexicon, pack.optOut.others);
  const open = pack.optOut.open.says.map(lexicon.compile);
  const among = lexicon.compile(pack.optOut.open.among.join('|'));
  const minor = compileRule(lexicon, pack.minor);
  const excuse = compileRule(lexicon, pack.excuse);
  const compiledEach = <K extends string>(named: Record<K, WordRule>) =>
    Object.entries<WordRule>(named).map(([name, rule]) => ({ name: name as K, rule: compileRule(lexicon, rule) }));
  const afterDanger = compiledEach(pack.afterDanger);
  const feelings = compiledEach(pack.feelings);
  const longestWhole = Math.max(0, ...optOuts.flatMap(({ whole }) => [...whole].map((text) => text.split(' ').length)));

  /** Danger and opting out are listened for in the same words, one after the other: they are looked up once. */
  let last: { words: Word[]; spoken: Spoken | null } | undefined;
  const read = (words: Word[]): Spoken | null => {
    if (last?.words !== words) last = { words, spoken: lexicon.read(words) };
    return last.spoken;
  };

  return {
    perhapsStop(words) {
      if (ask.whole.has(joined(words.slice(0, LONGEST_WHOLE + 1)))) return true;
      const spoken = read(words);
      return (spoken !== null && (isSaid(ask.rule, spoken) || isOpen(spoken))) || beginsWithStop(words);
    },
    asksHow: (words) => says(how, words),
    wantsMessages: (words) => says(wanted, words),
    keepsMessages: (words) => says(keep, words),
    isOfOthers: (words) => says(others, words),
    isMinor: (words) => says(minor, words),
    afterDanger: (words) => namesIn(afterDanger, words),
    feelings: (words) => namesIn(feelings, words),
    isExcuse(words) {
      const spoken = words.length <= LONGEST_EXCUSE ? read(words) : null;
      return spoken !== null && isSaid(excuse, spoken);
    },
    danger(words) {
      const whole = words.length <= LONGEST_WHOLE ? joined(words) : '';
      const said = dangers.find((danger) => danger.whole.has(whole));
      if (said) return said.kind;
      const spoken = read(words);
      if (!spoken || !alarming.some((id) => spoken.live[id] === 1)) return null;
      const left = setAside(harmless, spoken);
      return dangers.find(({ rule }) => isSaid(rule, left))?.kind ?? null;
    },
    optOut(words) {
      if (words.length === 0) return null;
      const short = withoutShortNumber(spelled(words));
      const whole = short.length <= longestWhole ? joined(short) : '';
      const said = optOuts.find((kind) => kind.whole.has(whole));
      if (said) return said.kind;
      const spoken = read(words);
      if (!spoken) return null;
      const isAlone = isOpen(spoken) && open.some((pattern) => isLastSaid(pattern, among, spoken));
      return isAlone ? 'stop' : (optOuts.find(({ rule }) => isSaid(rule, spoken))?.kind ?? null);
    },
  };

  /** "Retirez mon numéro", whatever is said behind it. */
  function isOpen(spoken: Spoken): boolean {
    return isSaid({ says: open, unless: stop.rule.unless }, spoken);
  }

  function says(rule: CompiledRule, words: Word[]): boolean {
    const spoken = read(words);
    return spoken !== null && isSaid(rule, spoken);
  }

  function namesIn<K extends string>(rules: Array<{ name: K; rule: CompiledRule }>, words: Word[]): K[] {
    const spoken = words.length <= LONGEST_SAID ? read(words) : null;
    return spoken ? rules.filter(({ rule }) => isSaid(rule, spoken)).map(({ name }) => name) : [];
  }

  /** "STOP, j'ai déménagé": the word alone, and few behind it. */
  function beginsWithStop(words: Word[]): boolean {
    const [first, second] = words;
    if (!first || !second || words.length > LONGEST_REASON || !stop.whole.has(first.text)) return false;
    return second.start > first.end + 1;
  }
}

/** "S.T.O.P" is a word. */
function spelled(words: Word[]): Word[] {
  if (words.length < 3 || words.some(({ text, kind }) => text.length !== 1 || kind !== 'letters')) return words;
  return [{ ...words[0]!, text: words.map(({ text }) => text).join(''), end: words.at(-1)!.end }];
}

/** What is told of the one who writes, in any language of the town. */
export function toldIn(rules: readonly Rules[], words: Word[]): Pick<Heard, 'isMinor' | 'afterDanger' | 'feelings'> {
  return {
    isMinor: rules.some((rule) => rule.isMinor(words)),
    afterDanger: rules.flatMap((rule) => rule.afterDanger(words)),
    feelings: rules.flatMap((rule) => rule.feelings(words)),
  };
}

export interface HeardOptOut {
  optOut: OptOut | null;
  perhapsStop: boolean;
  wanted: WantedMessages;
  /** What the topics take for a wish to be left alone is none, or only perhaps one. */
  isNone: boolean;
  isAsked: boolean;
}

/**
 * What is said of messages in any language of the town. Whoever asks how they are stopped has not asked for it yet, whoever
 * misses them wants the contrary, and what somebody else sends is not ours to stop.
 */
export function optOutIn(rules: readonly Rules[], words: Word[]): HeardOptOut {
  const said = rules.map((rule) => rule.optOut(words)).find((kind) => kind !== null) ?? null;
  const isOfOthers = rules.some((rule) => rule.isOfOthers(words));
  const isKept = !isOfOthers && rules.some((rule) => rule.keepsMessages(words));
  const isWanted = isKept || rules.some((rule) => rule.wantsMessages(words));
  const isNone = isWanted || isOfOthers;
  const isAsked = rules.some((rule) => rule.asksHow(words));
  const isHow = said === 'stop' && isAsked;
  return {
    optOut: (said === 'stop' && (isHow || isNone)) || (said === 'start' && isKept) ? null : said,
    perhapsStop: !isNone && (isHow || rules.some((rule) => rule.perhapsStop(words))),
    wanted: isKept ? 'kept' : isWanted ? 'missed' : null,
    isNone,
    isAsked,
  };
}

function joined(words: Word[]): string {
  return words.map(({ text }) => text).join(' ');
}

function asWhole(text: string): string {
  return joined(wordsOf(text));
}
