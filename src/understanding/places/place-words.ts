/**
 * The words of places as citizens type them: "av j jaures", "14 bis", "en face du stade".
 * Cuts a message into words that remember where they stood, and holds the short word lists
 * that tell a street from the rest of a sentence. French street types; French and English around them.
 */
import { fold } from '../../domain/language/words';

/** One word of a message: folded, with its place in the original (UTF-16, end exclusive). */
export interface Word {
  text: string;
  start: number;
  end: number;
  /** What stands between the word before and this one holds more than spaces, hyphens and apostrophes. */
  isAfterBreak: boolean;
}

/** Messages are cut here: nobody gives an address after this many words. */
const MOST_WORDS = 400;

export function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  let last = 0;
  let isDotted = false;
  for (const found of text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)) {
    const between = text.slice(last, found.index);
    const isAfterBreak = between !== ' ' && /[^\s'’\-°]/u.test(isDotted && between.startsWith('.') ? between.slice(1) : between);
    last = found.index + found[0].length;
    const word = { text: fold(found[0]), start: found.index, end: last, isAfterBreak };
    isDotted = isShortcut(word.text);
    words.push(word);
    if (words.length === MOST_WORDS) break;
  }
  return words;
}

/** A dot after 'av', 'j' or 'gal' ends no sentence. */
function isShortcut(word: string): boolean {
  return (word.length === 1 && word >= 'a' && word <= 'z') || TITLES.has(word) || (TYPE_BY_WORD.get(word) ?? word) !== word;
}

/** Street types by every way of writing them, folded. Two words are joined by a space. */
const STREET_TYPES: Record<string, readonly string[]> = {
  rue: ['rue', 'r', 'ru'],
  avenue: ['avenue', 'av', 'ave', 'aven'],
  boulevard: ['boulevard', 'bd', 'bld', 'blvd', 'bvd', 'boul'],
  place: ['place', 'pl', 'plc'],
  allee: ['allee', 'all', 'alle', 'alee', 'allees'],
  chemin: ['chemin', 'ch', 'che', 'chem', 'chm'],
  route: ['route', 'rte', 'rt'],
  impasse: ['impasse', 'imp'],
  square: ['square', 'sq'],
  quai: ['quai', 'qu'],
  cours: ['cours', 'crs'],
  passage: ['passage', 'pass', 'psg'],
  faubourg: ['faubourg', 'fg', 'fbg'],
  residence: ['residence', 'res'],
  promenade: ['promenade', 'prom'],
  esplanade: ['esplanade', 'esp'],
  lotissement: ['lotissement', 'lot'],
  'rond point': ['rond point', 'rdpt', 'rpt'],
  ...Object.fromEntries(
    'sente sentier ruelle venelle villa cite mail parvis voie montee traverse clos hameau cour pont cote rocade'
      .split(' ')
      .map((word) => [word, [word]]),
  ),
};

const TYPE_BY_WORD = new Map(
  Object.entries(STREET_TYPES).flatMap(([type, ways]) => ways.map((way): [string, string] => [way, type])),
);

/** First words of types of two words. */
const PAIRED = new Set([...TYPE_BY_WORD.keys()].flatMap((way) => (way.includes(' ') ? [way.split(' ')[0]!] : [])));

/** The street type that a word stands for, abbreviated or in full; 'rond' stands for nothing without 'point'. */
export function streetType(word: string, next?: string): { type: string; words: number } | null {
  const pair = next === undefined || !PAIRED.has(word) ? undefined : TYPE_BY_WORD.get(`${word} ${next}`);
  if (pair) return { type: pair, words: 2 };
  const single = TYPE_BY_WORD.get(word);
  return single ? { type: single, words: 1 } : null;
}

/** Types whose full words are long enough to be recognised with a slip: 'boulvard', 'avenu'. */
export const LONG_TYPES: readonly string[] = Object.keys(STREET_TYPES).filter((type) => type.length >= 6 && !type.includes(' '));

/** Types that are everyday words too ("une place", "la route nationale"): a street of another type is not read into them. */
export const EVERYDAY_TYPES: ReadonlySet<string> = new Set([
  'place',
  'route',
  'cours',
  'passage',
  'chemin',
  'cour',
  'voie',
  'pont',
  'cote',
  'parvis',
  'mail',
  'clos',
]);

/** Shortcuts that are other words as often ("all four tyres"): they only stand for their own type. */
export const UNSURE_SHORTCUTS: ReadonlySet<string> = new Set([
  'all',
  'alle',
  'ch',
  'che',
  'pl',
  'qu',
  'res',
  'pass',
  'lot',
  'imp',
  'prom',
  'esp',
]);

/** Street types that English puts last: "Pasteur street". */
export const LAST_TYPES: ReadonlySet<string> = new Set([
  'street',
  'st',
  'road',
  'rd',
  'avenue',
  'ave',
  'boulevard',
  'blvd',
  'square',
  'lane',
  'alley',
]);

/** Small words inside a name that may be dropped or confused. */
export const LINKS: ReadonlySet<string> = new Set(['de', 'du', 'des', 'd', 'la', 'le', 'les', 'l']);

/** Titles and saints, as people shorten them; a title alone names nobody. */
const TITLES: ReadonlyMap<string, string> = new Map(
  Object.entries({
    gal: 'general',
    gl: 'general',
    mal: 'marechal',
    cdt: 'commandant',
    cmdt: 'commandant',
    cne: 'capitaine',
    dr: 'docteur',
    prof: 'professeur',
    pdt: 'president',
    mgr: 'monseigneur',
    st: 'saint',
    ste: 'sainte',
  }),
);
export const TITLE_WORDS: ReadonlySet<string> = new Set(TITLES.values());

export function withoutShortcut(word: string): string {
  return TITLES.get(word) ?? word;
}

/** Words after which a bare landmark is a place: "devant l'école", "opposite the stadium". */
export const BEFORE_PLACE: ReadonlySet<string> = new Set(
  (
    'devant dvt devan derriere deriere ds face cote pres proche niveau hauteur angle coin entree sortie parking parvis vers sur dans a au aux contre autour bord long mur grille trottoir ' +
    'opposite outside near behind front next beside by at around corner across inside'
  ).split(' '),
);

/** Small words between such a word and the place. */
export const BETWEEN: ReadonlySet<string> = new Set([
  ...LINKS,
  'of',
  'the',
  'un',
  'une',
  'notre',
  'petit',
  'petite',
  'ancien',
  'ancienne',
  'nouveau',
  'nouvelle',
]);

/** Two streets and one of these words make a crossing. */
export const CROSSING: ReadonlySet<string> = new Set([
  'angle',
  'coin',
  'croisement',
  'carrefour',
  'intersection',
  'croise',
  'corner',
  'crossing',
  'junction',
  'crossroads',
]);

/** Words that may follow a street name cut short ("rue Victor et…"); any other word would belong to another name. */
export const AFTER_NAME: ReadonlySet<string> = new Set(
  'et est ou au aux a au devant derriere face pres depuis pour svp stp sil merci bonjour il y qui dans en c ca sur avec cote hier ce cette and at by near opposite since please in it is on'.split(
    ' ',
  ),
);

/** Words that say the number behind them is a door. */
export const NUMBER_MARKS: ReadonlySet<string> = new Set('au n no num numero number at outside'.split(' '));

/** Words that add nothing to a reply that gives a place: "c'est le 14 je crois". */
export const FILLERS: ReadonlySet<string> = new Set(
  'c cest ce est au a n no num numero svp stp merci oui non je crois pense environ plutot pardon desole et s il vous plait it its is i think at number please yes sorry about thanks thank you'.split(
    ' ',
  ),
);

/** A number before one of these counts something: time, distance, money, a date. */
const UNITS: ReadonlySet<string> = new Set(
  (
    'h heure heures hour hours min mn minutes jour jours j day days semaine semaines week weeks mois month months an ans annee annees year years m metre metres meter meters km cm kg euro euros eur fois ' +
    'janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre january february march april may june july august september october november december am pm eme er nd rd th'
  ).split(' '),
);

const NUMBER = /^(\d{1,4})(bis|ter|quater|[a-d])?$/;
const MARKED_NUMBER = /^n(?:o|um|umero)?(\d{1,4})(bis|ter|quater|[a-d])?$/;
const SUFFIX = /^(bis|ter|quater|b)$/;

/** A door number at a word: its text ('14 bis') and how many words it takes; null when the word is none or counts something. */
export function numberAt(words: readonly Word[], index: number): { number: string; words: number } | null {
  const word = words[index];
  const found = word && (NUMBER.exec(word.text) ?? MARKED_NUMBER.exec(word.text));
  if (!found || Number(found[1]) === 0) return null;
  const next = words[index + 1];
  const suffix = found[2] ?? (next && !next.isAfterBreak && SUFFIX.test(next.text) ? next.text : undefined);
  const taken = suffix !== undefined && found[2] === undefined ? 2 : 1;
  const after = words[index + taken];
  if (after && !after.isAfterBreak && UNITS.has(after.text)) return null;
  const digits = String(Number(found[1]));
  return { number: suffix ? `${digits} ${suffix === 'b' ? 'bis' : suffix}` : digits, words: taken };
}
