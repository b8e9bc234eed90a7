/** What a language says around addresses, landmarks and number plates, as its pack holds it. */

/** How places are named: what tells an address from the sentence around it. */
export interface PlaceWords {
  /** How an address is written: "32 rue Victor Hugo", "calle Mayor, 32". */
  address: 'number-street' | 'street-number';
  /** Street types by every way of writing them; a type of two words is joined by a space. */
  streetTypes: Record<string, string[]>;
  /** Types that are everyday words too: a street of another type is not read into them. */
  everydayTypes: string[];
  /** Shortcuts that are other words as often: they only stand for their own type. */
  unsureShortcuts: string[];
  /** Types of streets that are small enough to be a place without a number: "square Carnot". */
  wholeTypes: string[];
  /** Types that stand behind the name: "Pasteur street". */
  lastTypes: string[];
  /** Small words inside a name that may be dropped or confused; `of` are those that say whose it is. */
  links: string[];
  of: string[];
  /** Titles and saints, as people shorten them. */
  titles: Record<string, string>;
  /** Words after which a bare landmark is a place; some are none right before it, or behind one of their list. */
  before: string[];
  beforeUnless: Record<string, string[]>;
  /** Small words between such a word and the place. */
  between: string[];
  /** Two streets and one of these words make a crossing. */
  crossing: string[];
  /** Words that may follow a street name cut short. */
  afterName: string[];
  /** Words that say the number behind them is a door; behind one of `beside`, an article does too. */
  numberMarks: string[];
  beside: string[];
  articles: string[];
  /** Words that add nothing to a reply that gives a place. */
  fillers: string[];
  /** Words that may stand around a door's number in a reply, and count nothing: "wait, it's not 14 but 12". */
  aroundNumber: string[];
  /** Articles of one thing: a number right behind one counts nothing ("du 14", and not "the 14"). */
  singular: string[];
  /** Before two doors between which something is: "entre le 5 et le 9". */
  range: string[];
  /** A number before one of these counts something. */
  units: string[];
  /** Behind a door's number, with other spellings: `{bis: ['b']}`. */
  suffixes: Record<string, string[]>;
  /** "Pas rue Pasteur": the place it is not; and small words between. */
  denied: string[];
  deniedBetween: string[];
  /**
   * How people say where they are and nothing else: more words like `before`, words around the place ("je suis"), spots
   * that every town has ("trottoir", "boulangerie"), and phrases that only look like it ("je suis à la rue").
   */
  whereabouts: { leads: string[]; being: string[]; spots: string[]; never: string[] };
}

/** How number plates are told from other letters and digits. */
export interface PlateWords {
  /** Words that announce one: "immatriculée", "plate". */
  said: string[];
  /** Vehicles: beside one of them a plate need not be in capitals. */
  vehicles: string[];
  /** Short words and units that stand between figures and are no part of a plate: "rue", "km". */
  never: string[];
}
