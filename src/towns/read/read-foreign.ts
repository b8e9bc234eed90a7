/**
 * A language that the product does not speak, `locales/foreign/<code>.yml`: what is listened for in it and what is said
 * in it. Rules are written in words, with classes of words (`$child`) and `a + b` for either order.
 */
import { z } from 'zod';
import { DANGER_KINDS } from '../../domain/language/danger';
import type { ForeignLanguage, SaidRule } from '../../domain/language/foreign';
import { inAnyOrder, isPattern, isScript, withClasses } from '../../domain/language/word-pattern';
import type { Fault } from '../fault';
import { fitTo, readYaml, type Source } from '../yaml/yaml-source';
import { text } from './fields';
import { type Locale, placeholdersOf } from './read-locale';

const words = z.array(z.coerce.string().trim().min(1));
const rule = z.strictObject({ whole: words.default([]), says: words.default([]), unless: words.default([]) });

const file = z.strictObject({
  name: text,
  common: words.default([]),
  script: z
    .string()
    .refine(isScript, { error: ({ input }) => `"${input}" is no script of Unicode` })
    .default('Latin'),
  letters: z.string().default(''),
  yes: words.min(1),
  no: words.min(1),
  classes: z.record(z.string().regex(/^[a-z_]+$/), text).default({}),
  danger: z.strictObject({
    harmless: words.default([]),
    calm: words.default([]),
    past: words.default([]),
    now: words.default([]),
    rules: z.array(z.strictObject({ kind: z.enum(DANGER_KINDS), advice: text.nullable().default(null), ...rule.shape })).min(1),
  }),
  opt_out: z.strictObject({ stop: rule, start: rule, ask: rule, how: rule, wanted: rule, keep: rule, others: rule }),
  person: rule,
  help: rule,
  polite: words.default([]),
  courtesies: z.strictObject({ greet: words.min(1), thanks: words.min(1), bye: words.min(1) }),
  phrases: z.record(z.string(), z.array(text)),
  sentences: z.record(z.string(), text),
});

export interface ReadForeign {
  language: ForeignLanguage | null;
  faults: Fault[];
  source: Source | null;
}

/** @param name as clerks know it: `locales/foreign/es.yml`. */
export function readForeign(code: string, name: string, written: string): ReadForeign {
  const { source, faults } = readYaml(name, written);
  if (!source) return { language: null, faults, source: null };
  const { value, faults: misfits } = fitTo(file, source);
  if (!value) return { language: null, faults: [...faults, ...misfits], source };
  const { classes: named, opt_out: optOut, danger, ...rest } = value;
  const classes: Record<string, string> = {};
  for (const [id, some] of Object.entries(named)) classes[id] = withClasses(some, classes);
  const complain = (path: string[], pattern: string) =>
    faults.push({
      file: name,
      line: source.lineOf(path),
      severity: 'fault',
      code: 'word-pattern',
      message: `"${pattern}" is not a word pattern.`,
      fix: 'Write words, a|b, prefix*, word?, ... for some words between, "a + b" for either order, $name of a class that stands above.',
    });
  const patterns = (path: string[], some: string[]): string[] =>
    some.flatMap((source) => {
      const whole = inAnyOrder(withClasses(source, classes));
      if (!whole.every(isPattern)) complain(path, source);
      return whole;
    });
  const said = (path: string[], { whole, says, unless }: z.output<typeof rule>): SaidRule => ({
    whole,
    says: patterns([...path, 'says'], says),
    unless: patterns([...path, 'unless'], unless),
  });
  const language: ForeignLanguage = {
    code,
    ...rest,
    danger: {
      harmless: patterns(['danger', 'harmless'], danger.harmless),
      calm: patterns(['danger', 'calm'], danger.calm),
      past: patterns(['danger', 'past'], danger.past),
      now: patterns(['danger', 'now'], danger.now),
      rules: danger.rules.map(({ kind, advice, ...one }, at) => ({
        kind,
        advice,
        ...said(['danger', 'rules', String(at)], one),
      })),
    },
    optOut: {
      stop: said(['opt_out', 'stop'], optOut.stop),
      start: said(['opt_out', 'start'], optOut.start),
      ask: said(['opt_out', 'ask'], optOut.ask),
      how: said(['opt_out', 'how'], optOut.how),
      wanted: said(['opt_out', 'wanted'], optOut.wanted),
      keep: said(['opt_out', 'keep'], optOut.keep),
      others: said(['opt_out', 'others'], optOut.others),
    },
    person: said(['person'], rest.person),
    help: said(['help'], rest.help),
  };
  return { language: faults.length > 0 ? null : language, faults, source };
}

/** Sentences that one foreign language has and another lacks, that the product does not know, or whose places to fill do not fit. */
export function compareForeign(read: readonly ReadForeign[], locales: readonly Locale[]): Fault[] {
  const model = locales[0];
  const known = read.flatMap(({ language, source }) => (language && source ? [{ language, source }] : []));
  const ids = new Set(known.flatMap(({ language }) => Object.keys(language.sentences)));
  const faults: Fault[] = [];
  for (const { language, source } of known) {
    const complain = (id: string, code: string, message: string, fix: string) =>
      faults.push({ file: source.file, line: source.lineOf(['sentences', id]), severity: 'fault', code, message, fix });
    for (const id of ids) {
      const own = language.sentences[id];
      const product = model?.sentences[id];
      if (own === undefined)
        complain(id, 'missing-translation', `The sentence "${id}" is missing in ${language.name}.`, `Translate: "${product}".`);
      else if (product === undefined)
        complain(id, 'unknown-sentence', `The product says no sentence "${id}".`, 'Use an id of locales/<code>/sentences.yml.');
      else {
        const strange = [...placeholdersOf(own)].filter((name) => !placeholdersOf(product).has(name));
        if (strange.length > 0)
          complain(id, 'placeholder', `Nothing fills {${strange[0]}} in the sentence "${id}".`, `It may hold: ${product}`);
      }
    }
  }
  return faults;
}
