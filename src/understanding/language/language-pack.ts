/**
 * Reads a language pack, `locales/<code>/pack.yml`, as a person who knows the language wrote it,
 * and says in plain words what is missing or misspelt before anyone is served in that language.
 */
import { parse } from 'yaml';
import { z } from 'zod';
import { DANGER_KINDS } from '../../domain/language/danger';
import type { LanguagePack } from '../../domain/language/language-pack';
import { isPattern } from '../../domain/language/word-pattern';
import { STEMMERS } from '../text/stems';

const words = z.array(z.coerce.string().min(1));
const pattern = z.string().refine(isPattern, {
  error: ({ input }) => `"${input}" is not a word pattern: words, a|b, prefix*, word?, # for a number, and ... between words`,
});
const expression = z
  .string()
  .min(1)
  .refine(isExpression, { error: ({ input }) => `"${input}" is not a regular expression` });
const rule = z.strictObject({ says: z.array(pattern), unless: z.array(pattern).default([]) });
const optOut = z.strictObject({ ...rule.shape, whole: words.min(1) });

const counting = z.strictObject({
  articles: words.default([]),
  dozens: z.record(z.string(), z.number().int().positive()).default({}),
  halves: words.default([]),
  joiners: words.default([]),
  point: words.default([]),
  adjectives: words.default([]),
  not: words.default([]),
});

const offsets = z.record(z.string(), z.number().int());
const time = z.strictObject({
  past: words,
  since: words.default([]),
  past_after: words.default([]),
  future: words,
  future_after: words.default([]),
  units: z.record(
    z.string(),
    z
      .string()
      .regex(
        /^(\d+ )?(minute|hour|day|week|month|year)$/,
        'a unit is minute, hour, day, week, month or year, or so many of one: "2 week"',
      ),
  ),
  days: offsets,
  weekdays: z.record(z.string(), z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'])).default({}),
  months: z.record(z.string(), z.number().int().min(1).max(12)).default({}),
  clock: z.record(z.string(), z.string().regex(/^\d\d:\d\d$/)).default({}),
  parts: z.record(z.string(), z.enum(['morning', 'afternoon', 'evening', 'night'])).default({}),
  twelve_hours: z.boolean().default(false),
  hours: words.default([]),
  minutes: offsets.default({}),
  plus: words.default([]),
  minus: words.default([]),
  past_hour: words.default([]),
  to_hour: words.default([]),
  at: words.default([]),
  fillers: words.default([]),
  article: words.default([]),
  ordinals: offsets.default({}),
  next: words.default([]),
  last: words.default([]),
  this: words.default([]),
  week_after: offsets.default({}),
  weekend: words.default([]),
  edges: z.record(z.string(), z.enum(['start', 'middle', 'end'])).default({}),
  until: words.default([]),
  from: words.default([]),
  in_month: words.default([]),
  feasts: z
    .record(
      z.string(),
      z.string().regex(/^(\d\d-\d\d|easter( -?\d+)?)$/, 'a feast is a month and day, "12-25", or days from Easter, "easter 39"'),
    )
    .default({}),
  eves: offsets.default({}),
  seasons: words.default([]),
  lengths: words.default([]),
  every: words.default([]),
  about: words.default([]),
  past_tense: z
    .strictObject({ helpers: words.default([]), endings: words.default([]), words: words.default([]), never: words.default([]) })
    .default({ helpers: [], endings: [], words: [], never: [] }),
  clues: words.default([]),
});

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
  continued: words.default([]),
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
  follow_ups: words.default([]),
  ages: z.record(z.string(), z.number().int().nonnegative().max(120)).default({}),
  numbers: z.record(z.string(), z.number().int().nonnegative()).default({}),
  counting: counting.default({ articles: [], dozens: {}, halves: [], joiners: [], point: [], adjectives: [], not: [] }),
  plates: z
    .strictObject({ said: words.default([]), vehicles: words.default([]), never: words.default([]) })
    .default({ said: [], vehicles: [], never: [] }),
  time,
  /** A child's own words. */
  minor: rule.default({ says: [], unless: [] }),
  opt_out: z.strictObject({ stop: optOut, start: optOut, help: optOut, ask: optOut }),
  danger: z.strictObject({
    harmless: z.array(pattern).default([]),
    look_alikes: words.default([]),
    sentences: z.partialRecord(z.enum([...DANGER_KINDS, 'none']), words).default({}),
    openings: words.default([]),
    retold: z.array(z.string().includes('...')).default([]),
    clues: z
      .strictObject({
        sounds: z.array(z.tuple([expression, z.string()])).default([]),
        notions: z.record(z.string(), words).default({}),
      })
      .default({ sounds: [], notions: {} }),
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
  const { stop_words: stopWords, follow_ups: followUps, opt_out: optOutRules, time, danger, ...rest } = read.data;
  const { look_alikes: lookAlikes, ...dangers } = danger;
  return { code, ...rest, stopWords, followUps, time: camelCased(time), optOut: optOutRules, danger: { ...dangers, lookAlikes } };
}

function isExpression(source: string): boolean {
  try {
    return new RegExp(source) instanceof RegExp;
  } catch {
    return false;
  }
}

type Camel<K> = K extends `${infer Head}_${infer Tail}` ? `${Head}${Capitalize<Camel<Tail>>}` : K;

/** `past_after` is `pastAfter` in code. */
function camelCased<T extends object>(record: T): { [K in keyof T as Camel<K>]: T[K] } {
  const entries = Object.entries(record).map(([key, value]) => [
    key.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase()),
    value,
  ]);
  return Object.fromEntries(entries) as { [K in keyof T as Camel<K>]: T[K] };
}
