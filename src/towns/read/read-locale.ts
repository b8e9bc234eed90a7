/**
 * A language of the product, `locales/<code>/`: its own sentences (`sentences.yml`), the
 * texts that the law wants published (`legal.yml`), the
 * phrases that steer a conversation (`phrases.yml`), what is sent to a WhatsApp that fell silent
 * (`templates.yml`), and the language pack (`pack.yml`, and what citizens ordinarily write,
 * `ordinary.yml`), which is handed on as it is written to the part that understands.
 */
import { z } from 'zod';
import { ABUSE_WORD } from '../../domain/language/abuse';
import type { Template } from '../../domain/language/sentences';
import { phraseKey } from '../../domain/language/words';
import { checkTemplates, compareTemplates, templateFile } from '../check/check-templates';
import type { Fault } from '../fault';
import { fitTo, readYaml, type Source } from '../yaml/yaml-source';
import { rule, text } from './fields';
import type { TownFiles } from './read-folder';

export interface Locale {
  /** 'fr' */
  code: string;
  /** In its own language: 'français'. */
  name: string;
  /** Sentence id to text with `{placeholders}`; nested ids are joined by dots: 'form.summary'. */
  sentences: Record<string, string>;
  templates: Record<string, Template>;
  /** Control intent to phrases: `{greet: ['bonjour', …]}`. */
  controlPhrases: Record<string, string[]>;
  /** Words that hurt whoever reads them, `abuse.yml`; none where there is no such file. */
  abuse: string[];
  /** What stands in `pack.yml`, with `ordinary.yml` in its field `ordinary`; checked by the part that understands. */
  pack: unknown;
}

export interface ReadLocale {
  locale: Locale;
  faults: Fault[];
  /** Null when the sentences could not be read. */
  source: Source | null;
  /** Null when the templates could not be read. */
  templateSource: Source | null;
  /** Null when the phrases could not be read. */
  phraseSource: Source | null;
}

type Nested = string | { [key: string]: Nested };
const nested: z.ZodType<Nested> = z.union([
  text,
  z.record(
    z.string(),
    z.lazy(() => nested),
  ),
]);
const sentenceFile = z.record(z.string(), nested);
const abuseFile = z.array(z.string().max(60).regex(ABUSE_WORD, 'a word, `word*` or a few words'));
const packFile = z.looseObject({
  ordinary: rule(
    z.unknown().optional(),
    (value) => value === undefined,
    'stands in a file of its own',
    'Move it into ordinary.yml.',
  ),
});
const ordinaryFile = z.array(text);
const phraseFile = z.record(z.string(), z.array(text));

/** What is read in place of a file that is not there, and what to do about it. */
interface Missing {
  empty: string;
  fix?: string;
}
const NO_ORDINARY: Missing = {
  empty: '[]',
  fix: 'List in it what citizens write when nobody is in danger, a line each: the phrases of your topics are a beginning.',
};

export function readLocale(files: TownFiles): ReadLocale {
  const faults: Fault[] = [...files.faults];
  const fileText = (name: string, { empty, fix = `Copy ${name} from another language and translate it.` }: Missing): string => {
    const written = files.texts.get(name);
    if (written !== undefined) return written;
    faults.push({
      file: files.nameOf(name),
      line: 1,
      severity: 'fault',
      code: 'missing-file',
      message: `The language has no ${name}.`,
      fix,
    });
    return empty;
  };
  const parse = <T>(
    name: string,
    schema: z.ZodType<T>,
    missing: Missing = { empty: '{}' },
  ): { value: T | null; source: Source | null } => {
    const { source, faults: broken } = readYaml(files.nameOf(name), fileText(name, missing));
    faults.push(...broken);
    if (!source) return { value: null, source };
    const { value, faults: misfits } = fitTo(schema, source);
    faults.push(...misfits);
    return { value, source };
  };
  const { value, source } = parse('sentences.yml', sentenceFile);
  // What the law wants published are sentences too, long ones.
  const { value: legal } = parse('legal.yml', sentenceFile);
  const { value: controlPhrases, source: phraseSource } = parse('phrases.yml', phraseFile);
  const { value: templates, source: templateSource } = parse('templates.yml', templateFile);
  if (templates && templateSource) faults.push(...checkTemplates(templates, templateSource));
  const { value: pack } = parse('pack.yml', packFile);
  const { value: ordinary } = parse('ordinary.yml', ordinaryFile, NO_ORDINARY);
  const abuse = files.texts.has('abuse.yml') ? parse('abuse.yml', abuseFile).value : [];
  const locale: Locale = {
    code: files.id,
    name: new Intl.DisplayNames([files.id], { type: 'language' }).of(files.id) ?? files.id,
    sentences: Object.fromEntries([...flatten(value ?? {}), ...flatten(legal ?? {})]),
    templates: templates ?? {},
    controlPhrases: controlPhrases ?? {},
    abuse: abuse ?? [],
    pack: { ...pack, ordinary: ordinary ?? [] },
  };
  return { locale, faults, source, templateSource, phraseSource };
}

/** What one language has and another lacks: sentences and templates, and placeholders inside them. */
export function compareLocales(read: readonly ReadLocale[]): Fault[] {
  const ids = new Set(read.flatMap(({ locale }) => Object.keys(locale.sentences)));
  const faults = compareTemplates(
    read.map(({ locale, templateSource }) => ({ language: locale.name, templates: locale.templates, source: templateSource })),
  );
  for (const id of ids) {
    const model = read.find(({ locale }) => id in locale.sentences)!.locale;
    for (const { locale, source } of read) {
      if (!source || locale === model) continue;
      const complain = (code: string, message: string, fix: string) =>
        faults.push({ file: source.file, line: source.lineOf(id.split('.')), severity: 'fault', code, message, fix });
      const sentence = locale.sentences[id];
      if (sentence === undefined && isOtherPlural(id, locale.code)) continue;
      if (sentence === undefined) {
        complain(
          'missing-translation',
          `The sentence "${id}" is missing in ${locale.name}.`,
          `Translate: "${model.sentences[id]}".`,
        );
        continue;
      }
      const uneven = unevenPlaceholders(model.sentences[id]!, sentence);
      if (uneven.length > 0) {
        const fix = `Use the same placeholders in every language: ${uneven.map((name) => `{${name}}`).join(', ')}.`;
        complain('placeholder', `The sentence "${id}" does not have the same placeholders as in ${model.name}.`, fix);
      }
    }
  }
  return faults;
}

/** A plural that this language does not have: Polish has a form for few, French and English have none. */
function isOtherPlural(id: string, code: string): boolean {
  const category = /\.(zero|one|two|few|many)$/.exec(id)?.[1];
  const known: string[] = new Intl.PluralRules(code).resolvedOptions().pluralCategories;
  return category !== undefined && !known.includes(category);
}

/** Placeholders that stand in one of two texts but not in both, sorted. */
export function unevenPlaceholders(one: string, other: string): string[] {
  const [left, right] = [placeholdersOf(one), placeholdersOf(other)];
  const uneven = [...left, ...right].filter((name) => !(left.has(name) && right.has(name)));
  return [...new Set(uneven)].sort();
}

const ownersByLocale = new WeakMap<Locale, ReadonlyMap<string, string>>();

/** Keys of a language's control phrases, each with the intent that owns it; the same for every town, so worked out once. */
export function controlOwners(locale: Locale): ReadonlyMap<string, string> {
  const known = ownersByLocale.get(locale);
  if (known) return known;
  const entries = Object.entries(locale.controlPhrases);
  const owners = new Map(
    entries.flatMap(([intent, phrases]) => phrases.map((phrase): [string, string] => [phraseKey(phrase), intent])),
  );
  ownersByLocale.set(locale, owners);
  return owners;
}

export function placeholdersOf(written: string): Set<string> {
  return new Set([...written.matchAll(/\{([A-Za-z][\w.-]{0,60})\}/g)].map((found) => found[1]!));
}

function flatten(value: { [key: string]: Nested }, prefix = ''): Array<[string, string]> {
  return Object.entries(value).flatMap(([key, inner]) =>
    typeof inner === 'string' ? [[`${prefix}${key}`, inner] as [string, string]] : flatten(inner, `${prefix}${key}.`),
  );
}
