/** What the routes of topics take: a change of what a topic's file holds, made of one text of it and none other. */
import { z } from 'zod';
import { Language, line } from '../api/requests';

const typed = (most: number) =>
  z
    .string()
    .max(most)
    .transform((text) => text.replaceAll(/[^\P{Cc}\n]/gu, ' ').trim());
const said = typed(4000).pipe(z.string().min(1));
const texts = z.record(Language, said);
const phrases = z.record(Language, z.array(line(300)).max(1000));
export const TopicId = z.string().regex(/^[a-z][a-z0-9_-]{0,63}$/);

export const Edit = z.strictObject({
  kind: z.literal('question').optional(),
  service: TopicId.optional(),
  title: z.record(Language, line(120)).optional(),
  phrases: phrases.optional(),
  answer: texts.optional(),
  details: z
    .array(z.strictObject({ id: TopicId, phrases, answer: texts }))
    .max(100)
    .optional(),
  verified: z.strictObject({ by: TopicId.optional(), on: z.iso.date(), until: z.iso.date(), source: line(500) }).optional(),
});
/** Of what the change was made; empty for a topic that is new. */
const base = z.string().regex(/^([0-9a-f]{64})?$/);
export const Draft = z.strictObject({ base, edit: Edit });
export const Trial = z.strictObject({ base, edit: Edit, question: line(400), language: Language });
/** As typed: what is half done is kept as well. */
const half = z
  .string()
  .max(100_000)
  .transform((text) => text.replaceAll('\0', ''));
const halves = z.record(Language, half);
const Fields = z.strictObject({
  id: half,
  service: half,
  titles: halves,
  phrases: halves,
  answer: halves,
  details: z.array(z.strictObject({ id: half, phrases: halves, answer: halves })).max(100),
  verified: z.strictObject({ by: half, on: half, until: half, source: half }),
});
export const KeptDraft = z.strictObject({ base, before: Fields, fields: Fields });
export const Undo = z.strictObject({ base });
export const Flag = z.strictObject({ note: line(300) });
