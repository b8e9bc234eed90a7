/**
 * What is known of a language that the product does not speak, `locales/foreign/<code>.yml`: how danger, opting out, a
 * person and help are said in it, and the few sentences that are answered in it. The rest is said in the town's languages.
 */
import type { DangerKind } from './danger';

/** What a message may be and ask for nothing. */
export const COURTESIES = ['greet', 'thanks', 'bye'] as const;
export type Courtesy = (typeof COURTESIES)[number];

/** Any of these, unless the message also says one of those; `whole` is the message and nothing else. */
export interface SaidRule {
  whole: string[];
  says: string[];
  unless: string[];
}

export interface ForeignLanguage {
  /** ISO 639-1, the file's name. */
  code: string;
  /** The language's name in itself: "español". */
  name: string;
  /** The commonest words; none where letters alone tell the language. */
  common: string[];
  /** What it is written in, by its name in Unicode: 'Latin', 'Arabic'. */
  script: string;
  /** Letters that stand in no other language of the house. */
  letters: string;
  yes: string[];
  no: string[];
  danger: {
    /** Set aside before the rules are read: "fuegos artificiales". */
    harmless: string[];
    /** Not here, not true: "curso de", "¿qué hacer si…?", "novela". */
    calm: string[];
    /** Over: "el año pasado". What lasts (violence at home, a child ill-treated, a wish to die) is not over for that. */
    past: string[];
    /** Now after all: "socorro", "ahora mismo". */
    now: string[];
    /** `advice`: the sentence `danger.<advice>` is said first instead of the kind's own. */
    rules: Array<SaidRule & { kind: DangerKind; advice: string | null }>;
  };
  /** `ask`: may mean that no more messages are wanted; asked back. */
  /** `how`: asked how it is done, and not yet asked for; `wanted`: messages are asked for, or missed. */
  /** `keep`: they are to go on; `others`: somebody else writes, or it is another list. */
  optOut: Record<'stop' | 'start' | 'ask' | 'how' | 'wanted' | 'keep' | 'others', SaidRule>;
  person: SaidRule;
  help: SaidRule;
  /** Said beside an answer: 'please', 'I would like'. */
  polite: string[];
  /** Whole messages, or parts that make one: 'hallo', 'guten Tag'. */
  courtesies: Record<Courtesy, string[]>;
  /** What people say to any town hall, by control intent. */
  phrases: Record<string, string[]>;
  /** Sentences of the product in this language, by the ids of `locales/<code>/sentences.yml`. */
  sentences: Record<string, string>;
}
