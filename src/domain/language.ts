/**
 * What the product must know of a language to listen in it: how a clerk's YAML file
 * `locales/<code>/pack.yml` describes yes and no, opt-out words, text-message shorthand
 * and the words of danger. Adding a language is adding that file.
 */
import type { DangerKind } from './danger';

/**
 * Word patterns are written as citizens speak: words in order, `a|b` for either, `prefix*`,
 * `word?` for one that may be missing, `#` for a number, `...` for up to six words in between. Accents, case,
 * elisions and one typing error in a long word do not matter.
 */
export interface WordRule {
  says: string[];
  /** Not when the message also says one of these. */
  unless: string[];
}

/** Also for a whole message of one of these, give or take case, accents and punctuation. */
export interface WholeRule extends WordRule {
  whole: string[];
}

export interface DangerRule extends WholeRule {
  kind: DangerKind;
}

export type TimeUnit = 'minute' | 'hour' | 'day' | 'week' | 'month' | 'year';

/** How a language speaks of when. */
export interface TimeWords {
  /** Before a span that has passed: "il y a", "depuis", "for". */
  past: string[];
  /** After it: "ago". */
  pastAfter: string[];
  /** Before a span to come: "dans", "in". */
  future: string[];
  units: Record<string, TimeUnit>;
  /** Days by name, counted from today: `{avant-hier: -2}`. */
  days: Record<string, number>;
  /** Times by name: `{midi: '12:00'}`. */
  clock: Record<string, string>;
  /** The article before a bare day of the month: "le 3". */
  article: string[];
  /** Words that make it worth asking recognizers-text for a date. */
  clues: string[];
}

/** How people ask and refuse, whatever it is about: what is asked for is then heard without these words. */
export interface WishWords {
  report: WordRule & {
    /** Words of the wish itself: 'signaler', 'voudrais'. A final `*` stands for any ending. */
    words: string[];
    /** A wish also when a sentence begins with one of them: 'report a pothole'. */
    opening: string[];
    /** They name nothing that could be reported: 'a problem', 'something'. */
    nothing: string[];
  };
  /** 'Not a person, please': by steering intent. */
  refused: Record<string, WordRule>;
  /** After one of them something else begins: 'but', 'just', 'rather'. */
  turns: string[];
}

export interface LanguagePack {
  /** ISO 639-1, the folder's name. */
  code: string;
  /** The language's name in itself: "français". */
  name: string;
  /** Culture of recognizers-text, e.g. `fr-fr`; null where it has none. */
  culture: string | null;
  /** Stemmer of natural by its suffix: `fr`, `en`, `es`… or `none`. */
  stemmer: string;
  /** Words too common to say anything, for finding answers. */
  stopWords: string[];
  /** Text-message spellings: `{slt: salut, jai: "j'ai"}`. */
  shorthand: Record<string, string>;
  yes: string[];
  no: string[];
  /** Words for the first, second, third… of a list offered; several each. */
  ordinals: string[][];
  /** Words that open a second request in one message: "et aussi", "by the way". */
  joiners: string[];
  wishes: WishWords;
  /** Small number words, for counts and ages; longer ones are read by recognizers-text. */
  numbers: Record<string, number>;
  time: TimeWords;
  /** What only a child says of itself: "j'ai 9 ans", "ma maîtresse". */
  minor: WordRule;
  /** What the carriers' laws call opting out, in and asking for help (protocols.md 1.10). */
  optOut: { stop: WholeRule; start: WholeRule; help: WholeRule };
  danger: {
    /** Harmless expressions set aside before the rules are read: "feu rouge", "prix du gaz". */
    harmless: string[];
    /** Correct words one letter away from a word of danger: "adresse" is no "agresse". */
    lookAlikes: string[];
    rules: DangerRule[];
  };
}
