/**
 * What the product must know of a language to listen in it: how a clerk's YAML file
 * `locales/<code>/pack.yml` describes yes and no, opt-out words, text-message shorthand
 * and the words of danger, and `ordinary.yml` beside it what nobody is in danger in.
 * Adding a language is adding these files.
 */
import type { PlaceWords, PlateWords } from './address-words';
import type { DangerKind } from './danger';
import type { AfterDanger, Feeling } from './said';

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

/** What is seen in words beside their spelling. */
export interface Clues {
  /** How words sound: what is written, an expression over the letters of a word, and what is heard. */
  sounds: Array<[string, string]>;
  /** What words stand for, by notion; `brul*` for all that begin so. */
  notions: Record<string, string[]>;
}

/** Also for a whole message of one of these, give or take case, accents and punctuation. */
export interface WholeRule extends WordRule {
  whole: string[];
}

export interface DangerRule extends WholeRule {
  kind: DangerKind;
}

export type TimeUnit = 'minute' | 'hour' | 'day' | 'week' | 'month' | 'year';

/** A part of the day: what "six o'clock" means depends on it. */
export type DayPart = 'morning' | 'afternoon' | 'evening' | 'night';

/** How a language speaks of how many; the number words themselves are `LanguagePack.numbers`. */
export interface CountingWords {
  /** Words that are one only where they count: "un", "a". */
  articles: string[];
  /** What stands between them and a dozen: "une bonne douzaine". */
  about: string[];
  /** Nouns that are numbers: "douzaine", "dozen". */
  dozens: Record<string, number>;
  /** "et demi", "and a half". */
  halves: string[];
  /** Between the parts of one number: "et", "and". */
  joiners: string[];
  /** Before decimals said in words: "virgule", "point". */
  point: string[];
  /** Numbers that are adjectives behind a noun: "un vélo neuf". */
  adjectives: string[];
  /** Phrases with a number word in which nothing is counted: "no one". */
  not: string[];
  /** Letters that make the digits they are written together with something else than an amount: "1er", "2nd", "14h". */
  noAmount: string[];
  /** Before an amount below zero: "moins dix degrés"; `minusAlone` where it needs no word for degrees: "minus five". */
  minus: string[];
  minusAlone: boolean;
  degrees: string[];
  /** Digits as they are said only where a telephone number is dictated: "oh" is 0. */
  dictated: Record<string, number>;
  /** Signs of an e-mail address as they are said, by what they stand for: `{arobase: '@', point: '.'}`. */
  addressed: Record<string, string>;
  /** How often the digit behind is said: "double", "triple". */
  repeats: Record<string, number>;
  /** Tens behind which units stand up to nineteen: "soixante-dix", "quatre-vingt-onze". */
  scores: number[];
  /** Tens and units are joined by a word: "treinta y cinco". */
  joinedUnits: boolean;
}

/** How a language speaks of when. Names of months and weekdays are Intl's; here is what people say besides. */
export interface TimeWords {
  /** Before a span that has passed: "il y a", "depuis", "for". */
  past: string[];
  /** Those of them that also stand before a day: "depuis lundi". */
  since: string[];
  /** After it: "ago". */
  pastAfter: string[];
  /** Before a span to come: "dans", "in". */
  future: string[];
  /** After it: "from now". */
  futureAfter: string[];
  /** `{jour: 'day', fortnight: '2 week'}` */
  units: Record<string, string>;
  /** Days by name, counted from today: `{avant-hier: -2}`. */
  days: Record<string, number>;
  /** Weekdays (`mon`…) and months (1 to 12) as people also write them. */
  weekdays: Record<string, string>;
  months: Record<string, number>;
  /** Times by name: `{midi: '12:00'}`. */
  clock: Record<string, string>;
  parts: Record<string, DayPart>;
  /** Whether "four o'clock" by day is 16:00: nobody says sixteen. */
  twelveHours: boolean;
  /** "heures", "o'clock": after a number said in words. */
  hours: string[];
  /** Minutes by name: `{quart: 15, 'half': 30}`, and what comes between them and the hour. */
  minutes: Record<string, number>;
  /** Behind the hour: "et quart", "moins dix". */
  plus: string[];
  minus: string[];
  /** Before the hour: "quarter past six", "ten to six". */
  pastHour: string[];
  toHour: string[];
  /** Behind an hour: '5ish'. */
  roughly: string[];
  /** Before a time of day: "à", "at", "vers". */
  at: string[];
  /** Between a day and its time, and inside a day: "le", "on", "the", "vers". */
  fillers: string[];
  /** The article before a bare day of the month: "le 3". */
  article: string[];
  /** Behind a day of the month: "er", "st"; and words for the first: "premier". */
  ordinals: Record<string, number>;
  /** Which of a month's weekdays, the last as -1: "deuxième", "second". */
  nth: Record<string, number>;
  /** "prochain", "next"; "dernier", "last"; "ce", "this". */
  next: string[];
  last: string[];
  this: string[];
  /** A week after the day named: "en huit", "week". */
  weekAfter: Record<string, number>;
  /** "un week-end", as Saturday and Sunday. */
  weekend: string[];
  /** "début", "mi", "fin" of a week, a month, a year. */
  edges: Record<string, 'start' | 'middle' | 'end'>;
  /** Between the two ends of a span: "au", "to"; and before the first: "du", "from", "entre". */
  until: string[];
  from: string[];
  /** Before a month named alone: "en", "in". */
  inMonth: string[];
  /** Feasts by name, as month-day or days from Easter: `{noël: '12-25', ascension: 'easter 39'}`. */
  feasts: Record<string, string>;
  /** The day before and after: `{veille: -1}`. */
  eves: Record<string, number>;
  /** Times that are in no calendar: "vacances", "summer". */
  seasons: string[];
  /** Words that make a span a mere length: "valable", "valid". */
  lengths: string[];
  /** "tous les", "every": days that come again and again are no dates. */
  every: string[];
  /** Vague counts before a unit: "quelques". */
  about: string[];
  /** How a sentence is known to speak of the past. */
  pastTense: { helpers: string[]; endings: string[]; words: string[]; never: string[]; determiners: string[] };
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
  /** What it is written in, by its name in Unicode: 'Latin', 'Cyrillic'. */
  script: string;
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
  /** Words that open a second request in one message: "et aussi", "by the way". */
  joiners: string[];
  /** Words behind which a joining word joins the two ends of one thing: "between" the library and the church. */
  pairs: string[];
  /** Patterns of what is told beside a request and asks nothing: "I pay my taxes". */
  asides: string[];
  /** First words of a clause without a subject of its own: after a joiner it goes on with what was said. */
  continued: string[];
  /** How requests begin that nothing joins: "je voudrais", "what time". */
  openers: string[];
  /** Whom one speaks of: "son", "chien". */
  people: string[];
  wishes: WishWords;
  /** How a question begins that leans on the last answer: "and for", "but", "what if". */
  followUps: string[];
  /** People called by their age: `{baby: 0}`. */
  ages: Record<string, number>;
  /** Number words, from which longer ones are made. */
  numbers: Record<string, number>;
  counting: CountingWords;
  plates: PlateWords;
  places: PlaceWords;
  /** A word that ends in "é" as typed tells what is over: "brûlé", where "brûle" is now. */
  pastAccent: boolean;
  time: TimeWords;
  /** What only a child says of itself: "j'ai 9 ans", "ma maîtresse". */
  minor: WordRule;
  /** An excuse for one's tone: "pardon, je me suis énervé". */
  excuse: WordRule;
  /** What is said once whom to call was told. */
  afterDanger: Record<AfterDanger, WordRule>;
  /** How somebody feels, who asks for nothing. */
  feelings: Record<Feeling, WordRule>;
  /** What the carriers' laws call opting out, in and asking for help (protocols.md 1.10); `ask`: may mean opting out, and is asked back. */
  /** `how`: asked how it is done, and not yet asked for; `wanted`: messages are asked for, or missed. */
  /** `keep`: they are to go on, whatever is denied of ending them; `others`: somebody else writes, or it is another list. */
  /** `open`: ends them where nothing but words `among` stand behind it: 'take my number off'; else it is asked. */
  optOut: {
    stop: WholeRule;
    start: WholeRule;
    help: WholeRule;
    ask: WholeRule;
    how: WordRule;
    wanted: WordRule;
    keep: WordRule;
    others: WordRule;
    open: { says: string[]; among: string[] };
  };
  danger: {
    /** Harmless expressions set aside before the rules are read: "feu rouge", "prix du gaz". */
    harmless: string[];
    /** Correct words one letter away from a word of danger: "adresse" is no "agresse". */
    lookAlikes: string[];
    rules: DangerRule[];
    /** How each kind sounds, and under `none` how the same words sound when nobody is in danger; `(a|b)` for either. */
    sentences: Partial<Record<DangerKind | 'none', string[]>>;
    /** What may stand before anything that is said: "je vous informe que". */
    openings: string[];
    /** How danger is told of when nobody is in it, `...` for the words of danger: "dans le film, ..." */
    retold: string[];
    /** What citizens write every day, nobody in danger: what danger is told from, the same for every town. */
    ordinary: string[];
    clues: Clues;
  };
}
