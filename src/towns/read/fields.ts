/**
 * The small shapes that town and topic files are made of: a text in several languages,
 * phrases by language, a date, opening hours as a clerk writes them.
 */
import { z } from 'zod';
import type { DayHours, Weekday } from '../../domain/town';

/** Adds a rule with what is wrong (after the name of the field) and how to mend it. */
export function rule<T extends z.ZodType>(schema: T, holds: (value: z.output<T>) => boolean, message: string, fix: string): T {
  return schema.refine((value) => holds(value as z.output<T>), { error: message, params: { fix } }) as T;
}

const languageKey = z
  .string()
  .regex(/^[a-z]{2,3}$/, 'Languages are named by their code: fr, en, es… Between { } put a text that holds a comma in quotes.');

export const text = z.string().trim().min(1);
export const localised = z.record(languageKey, text);
/** A text in each language with fields in braces, of which each must be one of these: citizens would read another as it stands. */
export function filledWith(fields: readonly string[]) {
  const isFilled = (words: string) => [...words.matchAll(/\{([^{}]*)\}/g)].every(([, field = '']) => fields.includes(field));
  return rule(
    localised,
    (texts) => Object.values(texts).every(isFilled),
    'has a field in braces that nobody fills in',
    `Use one of {${fields.join('}, {')}}.`,
  );
}
export const wordLists = z.record(languageKey, z.array(text));

export const identifier = rule(
  z.string(),
  (value) => /^[a-z][a-z0-9_-]*$/.test(value),
  'is not a valid identifier',
  'Use small letters without accents, digits, "-" and "_", starting with a letter.',
);

export const date = rule(
  z.string(),
  (value) => /^\d{4}-\d{2}-\d{2}$/.test(value) && isRealDate(value),
  'is not a date',
  'Write year-month-day, for example 2026-09-01.',
);

export const hours = rule(
  z.string(),
  (value) => readSpans(value) !== null,
  'cannot be read as opening hours: times overlap, end before they start, or are not written as expected',
  'Write "08:30-12:00, 13:30-17:30", earliest first, or "closed"; until after midnight: "18:00-02:00".',
);

export const phone = rule(
  z.string(),
  (value) => /^\+[1-9]\d{6,14}$/.test(value),
  'is not an international phone number',
  'Write it as +33612345678: a plus sign, the country code, no leading zero, no spaces.',
);

/** A number as people dial it where the town is: short ones have no country code. */
export const dialled = rule(
  z.string(),
  (value) => /^\+?\d(?:[\d ]{0,18}\d)?$/.test(value),
  'is not a number that can be dialled',
  'Write digits and spaces only, between quotes, for example "36 46".',
);

export const webAddress = rule(
  z.string(),
  (value) => /^https:\/\/[^\s.]+\.\S+$/.test(value) && URL.canParse(value),
  'is not a web address',
  'Write a full address that starts with https://',
);

/** What pages are called, by address. */
export const email = rule(
  text,
  (value) => z.email().safeParse(value).success,
  'is not an e-mail address',
  'Write it as name@town.example.',
);

const source = rule(
  text,
  (value) => (looksLikeAddress(value) ? webAddress.safeParse(value).success : /\p{L}{3}/u.test(value)),
  'is not an address that can be checked',
  'Write a full address that starts with https:// and holds no space, or the name of the document.',
);

/** Begins as addresses do; what does not is taken for the name of a document. */
function looksLikeAddress(value: string): boolean {
  return /^(\w+:\/|https?:|www\b|[\w-]+(\.[\w-]+)*\.[a-z]{2,}(\/|$))/i.test(value);
}

/** Who vouches for a fact, and how long. */
export const verified = z.strictObject({ by: identifier.optional(), on: date, until: date, source });

export const links = z.record(
  rule(
    webAddress,
    (value) => !value.endsWith('/'),
    'ends in a slash',
    'Leave out the last slash: the name holds for the page and all below it.',
  ),
  localised,
);

export const origin = rule(
  z.string(),
  (value) => value === '*' || isOrigin(value),
  'is not the origin of a web site',
  'Write the scheme and host only, for example https://www.bellerive.example, without a path.',
);

/**
 * `08:30-12:00, 13:30-17:30` or `closed`; null when it cannot be read, or spans are inverted or overlap. The last one may
 * end on the next day, before six in the morning: `18:00-02:00`. Any other that ends before it begins is a slip.
 */
export function readSpans(written: string): DayHours | null {
  if (written.trim() === 'closed') return [];
  const spans: DayHours = [];
  const parts = written.split(',');
  for (const [n, part] of parts.entries()) {
    const found = /^\s*(\d\d:\d\d)\s*-\s*(\d\d:\d\d)\s*$/.exec(part);
    const [from, to] = [found?.[1] ?? '', found?.[2] ?? ''];
    if (!isTime(from) || !(isTime(to) || to === '24:00') || from === to) return null;
    if (from > to && (n < parts.length - 1 || from < EARLIEST_NIGHT || to > LATEST_NIGHT)) return null;
    if (spans.length > 0 && from < spans.at(-1)![1]) return null;
    spans.push([from, to]);
  }
  return spans;
}

const EARLIEST_NIGHT = '12:00';
const LATEST_NIGHT = '06:00';

export const WEEKDAYS: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** The days `mon`, `mon-fri` or `tue-sat` stands for; null when it stands for none. */
export function readDays(written: string): Weekday[] | null {
  const [from, to = from, ...rest] = written.split('-').map((day) => WEEKDAYS.indexOf(day as Weekday));
  if (rest.length > 0 || from === undefined || to === undefined || from < 0 || to < from) return null;
  return WEEKDAYS.slice(from, to + 1);
}

function isTime(written: string): boolean {
  return /^([01]\d|2[0-3]):[0-5]\d$/.test(written);
}

function isRealDate(written: string): boolean {
  const moment = new Date(`${written}T00:00:00Z`);
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(written);
}

function isOrigin(written: string): boolean {
  return URL.canParse(written) && new URL(written).origin === written;
}

/** Undefined where it is no JSON. */
export function parseJson(written: string): unknown {
  try {
    return JSON.parse(written);
  } catch {
    return undefined;
  }
}
