/** Schemas of what the desk's page may ask: strict, so that a name nobody knows is a fault and never an operator. */
import { z } from 'zod';
import { ABUSE_KINDS, LONGEST_REST } from '../../domain/desk/abuse';
import { MOST_UNDO_SECONDS, PANE_WIDTH, ROLES } from '../../domain/desk/agent';
import { TICKET_STATES } from '../../domain/ticket/states';
import { CANNED_FIELDS } from '../../domain/town';
import { OUTCOMES } from '../queue/action';

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

const Filter = z.strictObject({
  service: Id.optional(),
  sector: Id.optional(),
  state: z.enum(['open', 'closed', 'all']).optional(),
});

const SavedFilter = Filter.extend({
  id: z.uuid(),
  name: line(60),
  view: z.enum(['desk', 'tickets']),
  list: z.enum(['queue', 'mine', 'parked']).optional(),
});

const PaneWidth = z.number().min(PANE_WIDTH.least).max(PANE_WIDTH.most);

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
      soundFor: z.array(z.enum(['queue', 'mine', 'mention', 'danger'])).max(4),
      soundRepeats: z.boolean(),
      coversAbuse: z.boolean(),
      undoSeconds: z.int().min(0).max(MOST_UNDO_SECONDS),
      filters: z.array(SavedFilter).max(30),
      passedTo: z.array(Id).max(5),
      shown: z
        .strictObject({
          ...{ desk: Filter, tickets: Filter, citizen: z.boolean(), map: z.boolean() },
          widths: z.strictObject({ list: PaneWidth, citizen: PaneWidth }).partial(),
        })
        .partial(),
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
export const Kind = z.enum(['reply', 'note', 'whisper']);

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
  /** Handed to that authority in the same step; `agreed`: how the citizen said that they may be named. */
  forward: z.strictObject({ withPerson: z.boolean(), agreed: line(200).optional() }).optional(),
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

/** More are sent in pieces, so that a page hears how far it is. */
const MOST_AT_ONCE = 50;

/** The same done to several requests, each as it stood when it was chosen. */
export const ManyChanges = z.strictObject({
  rows: z
    .array(z.strictObject({ reference: text(20), revision: z.int().min(0) }))
    .min(1)
    .max(MOST_AT_ONCE),
  change: z.union([TicketChange.omit({ revision: true }), TicketRouting.omit({ revision: true })]),
});

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

export const MOST_FILES = 5;

/** Characters an agent may write at once: what one WhatsApp message holds. */
const LONGEST = 1600;
const LONGEST_NOTE = 4000;
/** Of a template's fields: characters of one, and how many. */
const LONGEST_VALUE = 300;
const MOST_VALUES = 10;

const spoken = (most: number) =>
  z
    .string()
    .max(most)
    .transform((words) => words.replaceAll(/[^\P{Cc}\n\t]/gu, '').trim())
    .pipe(z.string().min(1));

const actionId = z.uuid();
const moment = z.iso.datetime({ precision: 3 });
const outcome = z.enum(OUTCOMES);

export const ActionBody = z.discriminatedUnion('kind', [
  z.strictObject({ actionId, kind: z.literal('claim'), beyondCapacity: z.boolean().optional() }),
  z.strictObject({
    actionId,
    kind: z.literal('say'),
    text: spoken(LONGEST).or(z.literal('')),
    seenLine: z.number().int().min(0),
    thenClose: outcome.optional(),
    uploads: z.array(actionId).max(MOST_FILES).optional(),
    leavesInSeconds: z.number().int().min(0).max(MOST_UNDO_SECONDS).optional(),
  }),
  z.strictObject({
    actionId,
    kind: z.literal('template'),
    template: Id,
    // Meta takes neither line breaks nor many spaces.
    values: z.array(line(LONGEST_VALUE).transform((value) => value.replaceAll(/\s+/g, ' '))).max(MOST_VALUES),
    seenLine: z.number().int().min(0),
  }),
  z.strictObject({ actionId, kind: z.literal('takeBack'), sent: actionId }),
  z.strictObject({ actionId, kind: z.literal('refuse') }),
  z.strictObject({ actionId, kind: z.literal('note'), text: spoken(LONGEST_NOTE) }),
  z.strictObject({ actionId, kind: z.literal('readMention') }),
  z.strictObject({
    actionId,
    kind: z.literal('transfer'),
    agent: Id.optional(),
    service: Id.optional(),
    note: z.string().max(LONGEST_NOTE),
  }),
  z.strictObject({
    actionId,
    kind: z.literal('reportAbuse'),
    abuse: z.enum(ABUSE_KINDS),
    note: z.string().max(1000),
    pauseMinutes: z.number().int().min(1).max(LONGEST_REST).optional(),
  }),
  z.strictObject({ actionId, kind: z.literal('whisper'), text: spoken(LONGEST_NOTE) }),
  z.strictObject({ actionId, kind: z.literal('takeOver') }),
  z.strictObject({ actionId, kind: z.literal('giveBack') }),
  z.strictObject({ actionId, kind: z.literal('close'), outcome, seenLine: z.number().int().min(0).optional() }),
  z.strictObject({ actionId, kind: z.literal('reopen') }),
  z.strictObject({ actionId, kind: z.literal('park'), until: moment.optional() }),
  z.strictObject({ actionId, kind: z.literal('unpark') }),
  z.strictObject({ actionId, kind: z.literal('acknowledge'), alert: line(20) }),
]);

/** What is done to several at once: whatever is said to a citizen is said to one. */
export const ManyActions = z.strictObject({
  actionId,
  ids: z.array(ConversationId).min(1).max(MOST_AT_ONCE),
  action: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('claim') }),
    z.strictObject({ kind: z.literal('note'), text: spoken(LONGEST_NOTE) }),
    z.strictObject({
      kind: z.literal('transfer'),
      agent: Id.optional(),
      service: Id.optional(),
      note: z.string().max(LONGEST_NOTE),
    }),
    z.strictObject({ kind: z.literal('close'), outcome }),
    z.strictObject({ kind: z.literal('park'), until: moment.optional() }),
    z.strictObject({ kind: z.literal('unpark') }),
    z.strictObject({ kind: z.literal('giveBack') }),
  ]),
});
