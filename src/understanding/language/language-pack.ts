/**
 * Reads a language pack, `locales/<code>/pack.yml`, as a person who knows the language wrote it,
 * and says in plain words what is missing or misspelt before anyone is served in that language.
 */
import { z } from 'zod';
import { BadPack, type Misfit } from '../../domain/language/bad-pack';
import { DANGER_KINDS } from '../../domain/language/danger';
import type { LanguagePack, WordRule } from '../../domain/language/language-pack';
import { AFTER_DANGER, FEELINGS } from '../../domain/language/said';
import { inAnyOrder, isPattern, isScript, withClasses } from '../../domain/language/word-pattern';
import { STEMMERS } from '../text/stems';

/** What is demanded is used, and named where it is missing: a language that has none of it says so with an empty list. */
const MISSING = 'is missing: see the pack of another language; [] or {} where this one has nothing of the kind';
const missing = { error: ({ input }: { input?: unknown }) => (input === undefined ? MISSING : undefined) };

const words = z.array(z.coerce.string().min(1), missing);
const said = z.array(z.string(), missing);
const rule = z.strictObject({ says: said, unless: said }, missing);
const whole = z.strictObject({ whole: words, ...rule.shape }, missing);
const expression = z
  .string()
  .min(1)
  .refine(isExpression, { error: ({ input }) => `"${input}" is not a regular expression` });
const yesNo = z.boolean(missing);
const record = <T extends z.ZodType>(value: T) => z.record(z.string(), value, missing);
const offsets = record(z.number().int());
const ruleOfEach = <K extends string>(keys: readonly K[]) => z.record(z.enum(keys), rule, missing);

const counting = z.strictObject(
  {
    articles: words,
    about: words,
    dozens: record(z.number().int().positive()),
    halves: words,
    joiners: words,
    joined_units: yesNo,
    scores: z.array(z.number().int(), missing),
    point: words,
    adjectives: words,
    no_amount: words,
    minus: words,
    minus_alone: yesNo,
    degrees: words,
    dictated: record(z.number().int().nonnegative()),
    addressed: record(z.enum(['@', '.', '-', '_'])),
    repeats: record(z.number().int().positive()),
    not: words,
  },
  missing,
);

const places = z.strictObject(
  {
    address: z.enum(['number-street', 'street-number'], missing),
    street_types: record(words),
    everyday_types: words,
    unsure_shortcuts: words,
    whole_types: words,
    last_types: words,
    links: words,
    of: words,
    titles: record(z.string().min(1)),
    before: words,
    before_unless: record(words),
    between: words,
    crossing: words,
    after_name: words,
    number_marks: words,
    beside: words,
    articles: words,
    fillers: words,
    around_number: words,
    singular: words,
    range: words,
    units: words,
    suffixes: record(words),
    denied: words,
    denied_between: words,
    whereabouts: z.strictObject({ leads: words, being: words, spots: words, never: words }, missing),
  },
  missing,
);

const UNIT = /^(\d+ )?(minute|hour|day|week|month|year)$/;
const FEAST = /^(\d\d-\d\d|easter( -?\d+)?)$/;

const time = z.strictObject(
  {
    past: words,
    since: words,
    past_after: words,
    future: words,
    future_after: words,
    units: record(z.string().regex(UNIT, 'a unit is minute, hour, day, week, month or year, or so many of one: "2 week"')),
    days: offsets,
    weekdays: record(z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'])),
    months: record(z.number().int().min(1).max(12)),
    clock: record(z.string().regex(/^\d\d:\d\d$/)),
    parts: record(z.enum(['morning', 'afternoon', 'evening', 'night'])),
    twelve_hours: yesNo,
    hours: words,
    minutes: offsets,
    plus: words,
    minus: words,
    past_hour: words,
    to_hour: words,
    roughly: words,
    at: words,
    fillers: words,
    article: words,
    ordinals: offsets,
    nth: offsets,
    next: words,
    last: words,
    this: words,
    week_after: offsets,
    weekend: words,
    edges: record(z.enum(['start', 'middle', 'end'])),
    until: words,
    from: words,
    in_month: words,
    feasts: record(z.string().regex(FEAST, 'a feast is a month and day, "12-25", or days from Easter, "easter 39"')),
    eves: offsets,
    seasons: words,
    lengths: words,
    every: words,
    about: words,
    past_tense: z.strictObject({ helpers: words, endings: words, words, never: words, determiners: words }, missing),
    clues: words,
  },
  missing,
);

const schema = z.strictObject({
  name: z.string(missing).min(1),
  culture: z.string(missing).nullable(),
  script: z.string(missing).refine(isScript, { error: ({ input }) => `"${input}" is no script of Unicode` }),
  stemmer: z.enum(STEMMERS, missing),
  /** Classes of words that stand for themselves in rules: `$child`. */
  classes: record(z.string().min(1)),
  stop_words: words,
  shorthand: record(z.string().min(1)),
  yes: words.min(1),
  no: words.min(1),
  joiners: words,
  pairs: words,
  asides: said,
  continued: words,
  openers: words,
  people: words,
  wishes: z.strictObject(
    {
      report: z.strictObject({ ...rule.shape, words, opening: words, nothing: words }, missing),
      refused: record(rule),
      turns: words,
    },
    missing,
  ),
  follow_ups: words,
  ages: record(z.number().int().nonnegative().max(120)),
  numbers: record(z.number().int().nonnegative()),
  counting,
  plates: z.strictObject({ said: words, vehicles: words, never: words }, missing),
  places,
  past_accent: yesNo,
  time,
  /** A child's own words. */
  minor: rule,
  /** Excuses for one's tone, in which nobody is in danger. */
  excuse: rule,
  /** What is said once whom to call was told. */
  after_danger: ruleOfEach(AFTER_DANGER),
  /** How somebody feels, who asks for nothing. */
  feelings: ruleOfEach(FEELINGS),
  /** A file of its own, `ordinary.yml`, which whoever reads the folder puts here. */
  ordinary: z.array(z.string()).default([]),
  opt_out: z.strictObject(
    {
      ...{ stop: whole, start: whole, help: whole, ask: whole, how: rule, wanted: rule, keep: rule, others: rule },
      open: z.strictObject({ says: said, among: said }, missing),
    },
    missing,
  ),
  danger: z.strictObject(
    {
      harmless: said,
      look_alikes: words,
      sentences: z.partialRecord(z.enum([...DANGER_KINDS, 'none']), words, missing),
      openings: words,
      retold: z.array(z.string().includes('...'), missing),
      clues: z.strictObject({ sounds: z.array(z.tuple([expression, z.string()]), missing), notions: record(words) }, missing),
      rules: z
        .array(
          z.strictObject({ kind: z.enum(DANGER_KINDS), says: said, unless: said.default([]), whole: words.default([]) }),
          missing,
        )
        .min(1),
    },
    missing,
  ),
});

type Written = z.output<typeof schema>;

/**
 * @param raw what stands in the file.
 * @param file where it stands: `locales/<code>/pack.yml`; the folder names the language.
 */
export function readPack(raw: unknown, file: string): LanguagePack {
  const code = /([a-z]{2,3})[\\/][^\\/]+$/.exec(file)?.[1];
  if (!code) throw new Error(`${file}: a language pack stands in a folder named after its language, e.g. locales/fr/pack.yml.`);
  const read = schema.safeParse(raw);
  const misfits = read.success ? [] : read.error.issues.flatMap(misfitsOf);
  const pack = read.success ? packOf(code, read.data, (message) => misfits.push({ path: [], message })) : null;
  if (!pack || misfits.length > 0) throw new BadPack(code, misfits, file);
  return pack;
}

/** A field that nobody reads is told where it stands, not at what it stands in. */
function misfitsOf(issue: z.core.$ZodIssue): Misfit[] {
  if (issue.code !== 'unrecognized_keys') return [{ path: issue.path, message: issue.message }];
  return issue.keys.map((key) => ({ path: [...issue.path, key], message: 'nobody reads this field' }));
}

function packOf(code: string, written: Written, complain: (fault: string) => void): LanguagePack {
  const {
    classes: named,
    wishes,
    minor,
    excuse,
    after_danger: afterDanger,
    feelings,
    danger,
    opt_out: optOut,
    time,
    places,
    counting,
    ordinary,
    ...rest
  } = written;
  const classes: Record<string, string> = {};
  for (const [name, some] of Object.entries(named)) classes[name] = withClasses(some, classes);
  const patterns = (some: string[]): string[] =>
    some.flatMap((source) => {
      const whole = inAnyOrder(withClasses(source, classes));
      if (!whole.every(isPattern))
        complain(
          `"${source}" is not a word pattern: words, a|b, prefix*, word?, # for a number, ... between words, $class, "a + b"`,
        );
      return whole;
    });
  const ruled = <T extends WordRule>(rule: T): T => ({ ...rule, says: patterns(rule.says), unless: patterns(rule.unless) });
  const ruledEach = <K extends string>(rules: Record<K, WordRule>) =>
    Object.fromEntries(Object.entries<WordRule>(rules).map(([name, rule]) => [name, ruled(rule)])) as Record<K, WordRule>;
  const { look_alikes: lookAlikes, harmless, rules, ...dangers } = danger;
  return {
    code,
    ...camelCased(rest),
    asides: patterns(rest.asides),
    wishes: {
      ...wishes,
      report: ruled(wishes.report),
      refused: ruledEach(wishes.refused),
    },
    counting: camelCased(counting),
    places: camelCased(places),
    time: camelCased(time),
    minor: ruled(minor),
    excuse: ruled(excuse),
    afterDanger: ruledEach(afterDanger),
    feelings: ruledEach(feelings),
    optOut: {
      ...{ stop: ruled(optOut.stop), start: ruled(optOut.start), help: ruled(optOut.help), ask: ruled(optOut.ask) },
      ...{ how: ruled(optOut.how), wanted: ruled(optOut.wanted), keep: ruled(optOut.keep), others: ruled(optOut.others) },
      open: { says: patterns(optOut.open.says), among: optOut.open.among },
    },
    danger: { ...dangers, ordinary, lookAlikes, harmless: patterns(harmless), rules: rules.map(ruled) },
  };
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
