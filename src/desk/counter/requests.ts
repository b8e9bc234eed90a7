/** Schemas of what is noted at the counter: while it is typed, and when it is sent. */
import { z } from 'zod';
import { WAYS } from '../../domain/desk/counter';
import { maskNumbers } from '../../domain/language/mask';
import { Id, Language } from '../api/requests';

const MOST_WORDS = 2000;
const MOST_ANSWER = 1000;
const MOST_FIELDS = 40;

/** As typed, without control characters but line breaks, and without numbers that nobody may keep; may be empty. */
const typed = (most: number) =>
  z
    .string()
    .max(most)
    .transform((text) => maskNumbers(text.replaceAll(/[^\P{Cc}\n\t]/gu, '').trim()));

const contact = {
  way: z.enum(WAYS),
  language: Language,
  words: typed(MOST_WORDS),
  topic: Id.optional(),
  service: Id.optional(),
  name: typed(100).optional(),
  reach: typed(200).optional(),
  answers: z
    .record(z.string().regex(/^[\w-]{1,64}$/), typed(MOST_ANSWER))
    .refine((answers) => Object.keys(answers).length <= MOST_FIELDS, 'has too many fields'),
};

export const Reading = z.strictObject(contact);

/** Sent again under the same `actionId` it is opened once; with `text` its reference then goes to the phone that was noted. */
export const Contact = z.strictObject({ ...contact, actionId: z.uuid(), text: z.boolean().optional() });
