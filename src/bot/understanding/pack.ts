/**
 * Reads a language pack, `locales/<code>/pack.yml`, as a person who knows the language wrote it,
 * and says in plain words what is missing or misspelt before anyone is served in that language.
 */
import { parse } from 'yaml';
import { z } from 'zod';
import { DANGER_KINDS } from '../../domain/danger';
import type { LanguagePack } from '../../domain/language';
import { STEMMERS } from './stems';
import { isPattern } from './word-patterns';

const words = z.array(z.coerce.string().min(1));
const pattern = z.string().refine(isPattern, {
  error: ({ input }) => `"${input}" is not a word pattern: words, a|b, prefix*, word?, # for a number, and ... between words`,
});
const rule = z.strictObject({ says: z.array(pattern), unless: z.array(pattern).default([]) });
const optOut = z.strictObject({ ...rule.shape, whole: words.min(1) });

const schema = z.strictObject({
  name: z.string().min(1),
  culture: z.string().nullable().default(null),
  stemmer: z.enum(STEMMERS),
  stop_words: words.default([]),
  shorthand: z.record(z.string(), z.string().min(1)).default({}),
  yes: words.min(1),
  no: words.min(1),
  ordinals: z.array(words.min(1)).min(3),
  joiners: words.default([]),
  wishes: z
    .strictObject({
      report: z.strictObject({
        ...rule.shape,
        words: words.default([]),
        opening: words.default([]),
        nothing: words.default([]),
      }),
      refused: z.record(z.string(), rule).default({}),
      turns: words.default([]),
    })
    .default({ report: { says: [], unless: [], words: [], opening: [], nothing: [] }, refused: {}, turns: [] }),
  numbers: z.record(z.string(), z.number().int().nonnegative()).default({}),
  time: z.strictObject({
    past: words,
    past_after: words.default([]),
    future: words,
    units: z.record(z.string(), z.enum(['minute', 'hour', 'day', 'week', 'month', 'year'])),
    days: z.record(z.string(), z.number().int()),
    clock: z.record(z.string(), z.string().regex(/^\d\d:\d\d$/)).default({}),
    article: words.default([]),
    clues: words.default([]),
  }),
  /** A child's own words. */
  minor: rule.default({ says: [], unless: [] }),
  opt_out: z.strictObject({ stop: optOut, start: optOut, help: optOut }),
  danger: z.strictObject({
    harmless: z.array(pattern).default([]),
    look_alikes: words.default([]),
    rules: z
      .array(
        z.strictObject({
          kind: z.enum(DANGER_KINDS),
          ...rule.shape,
          whole: words.default([]),
        }),
      )
      .min(1),
  }),
});

/** @param file where the text came from: `locales/<code>/pack.yml`; the folder names the language. */
export function readPack(text: string, file: string): LanguagePack {
  const code = /([a-z]{2,3})[\\/][^\\/]+$/.exec(file)?.[1];
  if (!code) throw new Error(`${file}: a language pack stands in a folder named after its language, e.g. locales/fr/pack.yml.`);
  let raw: unknown;
  try {
    raw = parse(text);
  } catch (fault) {
    throw new Error(`${file}: ${(fault as Error).message}`);
  }
  const read = schema.safeParse(raw);
  if (!read.success) {
    const faults = read.error.issues.map((issue) => `${issue.path.join('.') || 'the file'}: ${issue.message}`);
    throw new Error(`${file}:\n  ${faults.join('\n  ')}`);
  }
  const { stop_words: stopWords, opt_out: optOutRules, time, danger, ...rest } = read.data;
  const { look_alikes: lookAlikes, ...dangers } = danger;
  const { past_after: pastAfter, ...times } = time;
  return { code, ...rest, stopWords, time: { ...times, pastAfter }, optOut: optOutRules, danger: { ...dangers, lookAlikes } };
}
