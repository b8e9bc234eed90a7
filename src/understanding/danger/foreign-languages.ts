/**
 * What is known of languages that no town speaks, made ready to be listened for: the same for all towns.
 */
import { DANGER_KINDS, type DangerKind } from '../../domain/language/danger';
import { COURTESIES, type Courtesy, type ForeignLanguage, type SaidRule } from '../../domain/language/foreign';
import { piecesOf } from '../../domain/language/word-pattern';
import { asWritten, foreignWords } from '../text/foreign-words';
import { createLexicon, type Lexicon, type Pattern } from '../text/word-patterns';
import { type Word, wordsOf } from '../text/words';

export const CHINESE = 'zh';
/** A whole message of more words is looked up in no list. */
export const LONGEST_WHOLE = 12;

export interface Said {
  whole: Set<string>;
  says: Pattern[];
  unless: Pattern[];
}

export interface CompiledLanguage {
  code: string;
  harmless: Pattern[];
  calm: Pattern[];
  past: Pattern[];
  now: Pattern[];
  /** Gravest first; `alarms` are whole messages that may also stand beside an address. */
  dangers: Array<{ kind: DangerKind; advice: string | null; alarms: Pattern[]; said: Said }>;
  /** Numbers of the words by which danger is told; and the commonest words. */
  vocabulary: Set<number>;
  common: Set<string>;
  courtesies: Array<[Courtesy, Set<string>]>;
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

/** @param known takes the words of the rules, where there are no spaces to cut at. */
function compile(language: ForeignLanguage, lexicon: Lexicon, known?: Set<string>): CompiledLanguage {
  const pattern = (source: string): Pattern => {
    const pieces = piecesOf(source).map(asWritten);
    for (const word of pieces.flatMap((piece) => piece.replace(/\?$/, '').split('|'))) if (word !== '...') known?.add(word);
    return lexicon.compile(pieces.join(' '));
  };
  const asSaid = (text: string) => (known ? text.replace(/[^\p{L}\p{N}]+/gu, '') : asWhole(text));
  const said = ({ whole, says, unless }: SaidRule): Said => ({
    whole: new Set(whole.map(asSaid)),
    says: says.map(pattern),
    unless: unless.map(pattern),
  });
  const { danger, optOut } = language;
  const grave = (kind: DangerKind) => DANGER_KINDS.indexOf(kind);
  const dangers = danger.rules
    .map(({ kind, advice, ...rule }) => {
      const alarms = known ? [] : rule.whole.map((text) => pattern(text.replace(/[^\p{L}\p{N}\s'’]+/gu, ' ')));
      return { kind, advice, alarms, said: said(rule) };
    })
    .sort((one, other) => grave(one.kind) - grave(other.kind));
  const now = danger.now.map(pattern);
  const alarming = [...now, ...dangers.flatMap(({ alarms, said: { says } }) => [...alarms, ...says])];
  return {
    code: language.code,
    vocabulary: new Set(alarming.flatMap(({ items }) => items.flatMap(({ words }) => words))),
    common: new Set([...language.common, ...language.polite].flatMap((text) => asSaid(text).split(' '))),
    courtesies: COURTESIES.map((name) => [name, new Set(language.courtesies[name].map(asSaid))]),
    harmless: danger.harmless.map(pattern),
    calm: danger.calm.map(pattern),
    past: danger.past.map(pattern),
    ...{ now, dangers },
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

function asWhole(text: string): string {
  return joined(foreignWords(text, wordsOf(text)));
}

export function joined(words: Word[]): string {
  return words.length > LONGEST_WHOLE ? '' : words.map(({ text }) => text).join(' ');
}
