/** Schemas of what the desk's page may ask: strict, so that a name nobody knows is a fault and never an operator. */
import { z } from 'zod';
import { MOST_UNDO_SECONDS, ROLES } from '../../domain/desk/agent';
import { TICKET_STATES } from '../../domain/ticket/states';
import { CANNED_FIELDS } from '../../domain/town';

/** Without control characters, trimmed, never empty. */
export const line = (most: number) =>
  z
    .string()
    .max(most)
    .transform((text) => text.replaceAll(/\p{Cc}+/gu, ' ').trim())
    .pipe(z.string().min(1));

export const EmailAddress = z
  .string()
  .max(254)
  .transform((text) => text.trim().toLowerCase())
  .pipe(z.email());

const Password = z.string().min(1).max(200);
const Code = z.string().regex(/^[\w-]{43}$/);
export const Id = z.string().regex(/^[\w-]{1,64}(:[\w-]{1,64})*$/);
/** As channels make them. */
export const ConversationId = z.string().min(1).max(200);
export const Language = z.string().regex(/^[a-z]{2,3}$/);

export const SignIn = z.strictObject({ email: EmailAddress, password: Password, town: Id.optional() });

export const LinkLook = z.strictObject({ code: Code });
export const LinkAccept = z.strictObject({
  code: Code,
  name: line(100),
  email: EmailAddress.optional(),
  password: Password,
});

export const MeChange = z.strictObject({
  status: z.enum(['available', 'away']).optional(),
  languages: z.array(Language).min(1).max(20).optional(),
  settings: z
    .strictObject({
      language: Language,
      theme: z.enum(['system', 'light', 'dark']),
      density: z.enum(['comfortable', 'compact']),
      keys: z.boolean(),
      sound: z.boolean(),
      soundFor: z.array(z.enum(['queue', 'mine', 'danger'])).max(3),
      undoSeconds: z.int().min(0).max(MOST_UNDO_SECONDS),
    })
    .partial()
    .optional(),
  password: z.strictObject({ old: Password, new: Password }).optional(),
});

/** As typed; the zero byte is no text in any database. */
const text = (most: number) =>
  z
    .string()
    .max(most)
    .transform((typed) => typed.replaceAll('\0', ''));

export const DraftText = z.strictObject({ text: text(10_000), seenLine: z.int().min(0).max(10_000_000) });
export const Kind = z.enum(['reply', 'note']);

const FIELDS: readonly string[] = CANNED_FIELDS;
const isFilled = (typed: string) => [...typed.matchAll(/\{([^{}]*)\}/g)].every(([, field = '']) => FIELDS.includes(field));

export const CannedText = z.strictObject({
  title: line(100),
  text: text(2000)
    .refine(isFilled, `a field in braces is one of ${FIELDS.join(', ')}`)
    .refine((typed) => typed.trim() !== '', 'is empty'),
  language: Language,
  service: Id.optional(),
  version: z.int().min(0).optional(),
});

export const TicketQuery = z.strictObject({
  state: z.enum(['open', 'closed', 'all', ...TICKET_STATES]).default('open'),
  service: Id.optional(),
  sector: Id.optional(),
  after: z
    .string()
    .regex(/^\d{4}-\d\d-\d\dT[\d:.]{8,12}Z~[0-9A-Z]{4}-[0-9A-Z]{4}$/)
    .optional(),
});

export const TicketChange = z.strictObject({
  state: z.enum(TICKET_STATES).optional(),
  words: text(1000).optional(),
  isPublic: z.boolean(),
  office: Id.optional(),
  revision: z.int().min(0),
});

export const Merge = z.strictObject({ into: text(20) });
export const Split = z.strictObject({});
export const Incident = z.strictObject({
  isDeclared: z.boolean(),
  /** How far it reaches; everywhere when absent. */
  metres: z.int().min(10).max(20_000).optional(),
  /** When there is news, as one says it: 'à 18 h'. */
  next: text(80).optional(),
});

export const TicketRouting = z.strictObject({ service: Id, reason: text(1000), revision: z.int().min(0) });

const Grants = z
  .array(z.strictObject({ role: z.enum(ROLES), services: z.union([z.literal('all'), z.array(Id).min(1).max(100)]) }))
  .min(1)
  .max(20);
const Languages = z.array(Language).min(1).max(20);
const Capacity = z.int().min(1).max(20);

export const NewPerson = z.strictObject({
  name: line(100),
  email: EmailAddress,
  roles: Grants,
  languages: Languages.optional(),
  capacity: Capacity.optional(),
});

export const PersonChange = z.strictObject({
  version: z.int().min(0),
  name: line(100).optional(),
  roles: Grants.optional(),
  languages: Languages.optional(),
  capacity: Capacity.optional(),
  isDisabled: z.boolean().optional(),
});
