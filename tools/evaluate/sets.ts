/**
 * Reads evaluation sets, which stand outside the repository: one JSON object a line, in the
 * formats their sources publish. A line that does not fit is named with its number.
 */
import { readFileSync } from 'node:fs';
import { z } from 'zod';

const labelled = z.object({
  text: z.string(),
  intent: z.string().min(1),
  split: z.string().default('test'),
  lang: z.string().min(2).default('en'),
});
const citizen = z.object({
  id: z.string().optional(),
  text: z.string(),
  lang: z.string().min(2),
  intent: z.string().min(1),
  also: z.array(z.string()).default([]),
  tags: z.array(z.string()).default([]),
  entities: z
    .array(z.object({ type: z.string(), value: z.string(), start: z.number().int(), end: z.number().int() }))
    .default([]),
});
const danger = z.object({
  id: z.string().optional(),
  text: z.string(),
  lang: z.string().min(2),
  /** Somebody is in danger, or may be, now. */
  danger: z.boolean(),
  /** What it is about: 'fire', 'self-harm'… */
  kind: z.string().optional(),
  /** How it is said: 'sms', 'past', 'idiom'… */
  form: z.string().optional(),
});
const entities = z.object({
  id: z.string().optional(),
  text: z.string(),
  lang: z.string().min(2),
  /** Several dates or places: the first one read may be any of them. Several of another kind: all of them. */
  expect: z.record(
    z.string(),
    z
      .union([z.string(), z.number(), z.null(), z.array(z.union([z.string(), z.number()]))])
      .transform((value) => (value === null ? [] : [value].flat())),
  ),
});
const faq = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('faq'),
    id: z.coerce.string(),
    question: z.string(),
    alt: z.array(z.string()).default([]),
    answer: z.string(),
  }),
  z.object({
    type: z.literal('query'),
    text: z.string(),
    expected: z.union([z.array(z.coerce.string()), z.coerce.string().transform((id) => [id])]),
  }),
]);

export type Labelled = z.infer<typeof labelled>;
export type Citizen = z.infer<typeof citizen>;
export type Danger = z.infer<typeof danger>;
export type EntityRow = z.infer<typeof entities>;
export type Faq = z.infer<typeof faq>;
export type AnySet =
  | { kind: 'danger'; rows: Danger[] }
  | { kind: 'entities'; rows: EntityRow[] }
  | { kind: 'labelled'; rows: Labelled[] }
  | { kind: 'citizen'; rows: Citizen[] }
  | { kind: 'faq'; rows: Faq[] };

/** Which of the formats a file is in is told by its first line. */
export function readSet(file: string): AnySet {
  const lines = readFileSync(file, 'utf8').split('\n');
  const first = JSON.parse(lines.find((line) => line.trim() !== '') ?? '{}') as Record<string, unknown>;
  if ('danger' in first) return { kind: 'danger', rows: readLines(file, lines, danger) };
  if ('expect' in first) return { kind: 'entities', rows: readLines(file, lines, entities) };
  if ('type' in first) return { kind: 'faq', rows: readLines(file, lines, faq) };
  if ('split' in first) return { kind: 'labelled', rows: readLines(file, lines, labelled) };
  if ('intent' in first) return { kind: 'citizen', rows: readLines(file, lines, citizen) };
  throw new Error(`${file}: neither messages with an intent nor questions and answers.`);
}

function readLines<T>(file: string, lines: string[], schema: z.ZodType<T>): T[] {
  return lines.flatMap((line, at) => {
    if (line.trim() === '') return [];
    try {
      return [schema.parse(JSON.parse(line))];
    } catch (fault) {
      throw new Error(
        `${file}, line ${at + 1}: ${fault instanceof z.ZodError ? z.prettifyError(fault) : (fault as Error).message}`,
      );
    }
  });
}
