/**
 * Words without their endings, by natural's stemmers: "poubelles", "poubelle" are one.
 * Only its sub-paths are loaded: its front door brings databases along.
 */
import type { LanguagePack } from '../../domain/language/language-pack';
import { remembering } from '../../recent';

interface Stemmer {
  stem(word: string): string;
}

const MODULES: Record<string, () => Stemmer> = {
  de: () => require('natural/lib/natural/stemmers/porter_stemmer_de'),
  en: () => require('natural/lib/natural/stemmers/porter_stemmer'),
  es: () => require('natural/lib/natural/stemmers/porter_stemmer_es'),
  fr: () => require('natural/lib/natural/stemmers/porter_stemmer_fr'),
  it: () => require('natural/lib/natural/stemmers/porter_stemmer_it'),
  nl: () => require('natural/lib/natural/stemmers/porter_stemmer_nl'),
  no: () => require('natural/lib/natural/stemmers/porter_stemmer_no'),
  pt: () => require('natural/lib/natural/stemmers/porter_stemmer_pt'),
  ru: () => require('natural/lib/natural/stemmers/porter_stemmer_ru'),
  sv: () => require('natural/lib/natural/stemmers/porter_stemmer_sv'),
  uk: () => require('natural/lib/natural/stemmers/porter_stemmer_uk'),
};

/** Words as they are. */
const NONE = 'none';

export const STEMMERS = [...Object.keys(MODULES), NONE];

/** Citizens repeat themselves: words already stemmed are remembered, up to this many. */
const REMEMBERED = 20_000;

export type Stem = (word: string) => string;

const made = new Map<string, Stem>();

export function stemmerOf(pack: Pick<LanguagePack, 'stemmer'>): Stem {
  if (pack.stemmer === NONE) return (word) => word;
  const known = made.get(pack.stemmer);
  if (known) return known;
  const load = MODULES[pack.stemmer];
  if (!load) throw new Error(`No stemmer called "${pack.stemmer}". There are: ${STEMMERS.join(', ')}.`);
  const stemmer = load();
  const stem = remembering(REMEMBERED, (word) => (word.length > 2 ? stemmer.stem(word) || word : word));
  made.set(pack.stemmer, stem);
  return stem;
}
