/** The product's own sentences: as they stand in the locales, looked up in a language, with fields, numbers and plurals filled in. */

/**
 * What WhatsApp lets through to a citizen who has been silent for more than 24 hours: words that Meta has approved
 * beforehand, with `{{1}}`, `{{2}}`… to fill in. One of `locales/<code>/templates.yml`.
 */
export interface Template {
  category: 'utility';
  body: string;
  /** An example of each variable, in their order: Meta asks for them. */
  samples: string[];
  /** One that a person of the town hall may send: what it is for, and what each variable asks for, as agents read it. */
  desk?: { title: string; fields: string[] };
}

/** The product's own words in one language: `locales/<code>/sentences.yml`, with nested names joined by dots. */
export interface Sentences {
  code: string;
  sentences: Record<string, string>;
  /** By name: `ticket_done`. */
  templates: Record<string, Template>;
  /** Words that are covered on screen for those who wish it. */
  abuse: string[];
}

/** Where sentences are looked up: a town's languages, and the locale of each. */
interface SentenceBook {
  get(town: string): { languages: readonly string[] } | undefined;
  locale(language: string): Sentences | undefined;
}

/**
 * The product's own sentence in a language, or in the town's first where it is missing. A sentence that counts
 * (`{count}`) may have a form for each of the language's plurals: `form.delay.one`, `form.delay.other`.
 */
export function sentenceOf(
  towns: SentenceBook,
  townId: string,
  language: string,
  id: string,
  fields: Record<string, string | number> = {},
): string {
  const fallback = towns.get(townId)?.languages[0];
  const text = formOf(towns, language, id, fields.count) ?? (fallback && formOf(towns, fallback, id, fields.count));
  if (text === undefined) throw new Error(`No sentence "${id}" in the locales ${language} or ${fallback}`);
  return filledIn(text, fields, language);
}

/** A sentence with its `{fields}` filled; numbers are written as the language does. */
export function filledIn(text: string, fields: Record<string, string | number> = {}, language?: string): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = fields[name];
    return value === undefined ? whole : typeof value === 'number' ? numbersOf(language).format(value) : value;
  });
}

function formOf(towns: SentenceBook, language: string, id: string, count: string | number | undefined): string | undefined {
  const sentences = towns.locale(language)?.sentences;
  if (typeof count !== 'number') return sentences?.[id];
  return sentences?.[`${id}.${pluralsOf(language).select(count)}`] ?? sentences?.[`${id}.other`] ?? sentences?.[id];
}

const plurals = new Map<string, Intl.PluralRules>();
const numbers = new Map<string, Intl.NumberFormat>();

function pluralsOf(language: string): Intl.PluralRules {
  const known = plurals.get(language) ?? new Intl.PluralRules(language);
  plurals.set(language, known);
  return known;
}

function numbersOf(language = 'en'): Intl.NumberFormat {
  const known = numbers.get(language) ?? new Intl.NumberFormat(language);
  numbers.set(language, known);
  return known;
}
