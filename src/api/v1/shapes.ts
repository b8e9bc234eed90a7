/**
 * What the REST API is asked and answers, as schemas: requests are parsed by them, the contract (OpenAPI) is made of them,
 * and what is answered is put together field by field below. Names as JSON APIs write them; moments in ISO 8601, UTC.
 */
import { z } from 'zod';
import type { Conversation } from '../../domain/conversation';
import type { Forward } from '../../domain/forwarding/partner';
import { isOpen, TICKET_STATES } from '../../domain/ticket/states';
import type { Ticket } from '../../domain/ticket/ticket';

const id = z.string().regex(/^[\w-]{1,64}$/);

export const Place = z.strictObject({ text: z.string(), latitude: z.number().nullable(), longitude: z.number().nullable() });

export const TicketShape = z.strictObject({
  reference: z.string(),
  topic: z.string(),
  service: z.string(),
  title: z.string(),
  state: z.enum(TICKET_STATES),
  is_open: z.boolean(),
  priority: z.enum(['normal', 'high']),
  channel: z.string(),
  place: Place.nullable(),
  opened_at: z.string(),
  updated_at: z.string(),
  revision: z.int(),
  /** Handed to another authority. */
  forward: z
    .strictObject({
      office: z.string(),
      way: z.enum(['email', 'open311']),
      with_person: z.boolean(),
      at: z.string(),
      state: z.enum(['to-send', 'on-its-way', 'sent', 'failed']),
      reference: z.string().nullable(),
      status: z.enum(['open', 'closed']).nullable(),
    })
    .nullable(),
  /** With the scope tickets.personal alone. */
  personal: z
    .strictObject({
      words: z.string(),
      answers: z.array(z.strictObject({ field: z.string(), label: z.string(), text: z.string() })),
      contact: z.strictObject({ kind: z.enum(['phone', 'email']), value: z.string() }).nullable(),
      language: z.string(),
    })
    .optional(),
});

export const TicketList = z.strictObject({ items: z.array(TicketShape), next: z.string().nullable() });
export const Changed = z.strictObject({ ticket: TicketShape, is_changed: z.boolean() });
export const ServiceList = z.strictObject({
  items: z.array(z.strictObject({ topic: z.string(), service: z.string(), title: z.string(), questions: z.array(z.string()) })),
});
export const ConversationList = z.strictObject({
  items: z.array(
    z.strictObject({
      id: z.string(),
      channel: z.string(),
      holder: z.enum(['queue', 'agent']),
      service: z.string(),
      priority: z.enum(['normal', 'high', 'danger']),
      queued_at: z.string(),
      taken_at: z.string().nullable(),
    }),
  ),
});
export const RefusalShape = z.strictObject({
  error: z.strictObject({ code: z.string(), message: z.string(), retryAfterSeconds: z.int().optional() }),
});

export const TicketQuery = z.strictObject({
  state: z.enum(['open', 'closed', 'all', ...TICKET_STATES]).default('open'),
  service: id.optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
  after: z
    .string()
    .regex(/^\d{4}-\d\d-\d\dT[\d:.]{8,12}Z~[0-9A-Z]{4}-[0-9A-Z]{4}$/)
    .optional(),
});

export const NewTicket = z.strictObject({
  topic: id,
  answers: z.record(z.string().regex(/^[\w-]{1,64}$/), z.string().max(1000)).default({}),
  place: z
    .strictObject({ text: z.string().max(200), latitude: z.number().min(-90).max(90), longitude: z.number().min(-180).max(180) })
    .partial()
    .optional(),
  contact: z
    .union([
      z.strictObject({ kind: z.literal('phone'), value: z.string().regex(/^\+\d{8,15}$/) }),
      z.strictObject({ kind: z.literal('email'), value: z.email().max(254).toLowerCase() }),
    ])
    .optional(),
  words: z.string().max(4000).default(''),
});

export const TicketChange = z.strictObject({
  state: z.enum(TICKET_STATES).optional(),
  words: z.string().max(1000).optional(),
  /** False: for colleagues alone; nobody is told. */
  is_public: z.boolean().default(true),
  /** With `moved`: the authority whose it is, of `partners` and of topics of kind elsewhere. */
  office: id.optional(),
  /** It is handed to that authority; `agreed`: how the citizen said that they may be named. */
  forward: z.strictObject({ with_person: z.boolean(), agreed: z.string().trim().min(1).max(200).optional() }).optional(),
});

export const Comment = z.strictObject({ text: z.string().min(1).max(1000), is_public: z.boolean().default(true) });

export function presentTicket(ticket: Ticket, isPersonal: boolean): z.infer<typeof TicketShape> {
  const { place, contact } = ticket;
  return {
    reference: ticket.reference,
    topic: ticket.topic,
    service: ticket.service,
    title: ticket.title,
    state: ticket.state,
    is_open: isOpen(ticket),
    priority: ticket.priority,
    channel: ticket.channel,
    place: place ? { text: place.text, latitude: place.latitude ?? null, longitude: place.longitude ?? null } : null,
    opened_at: ticket.openedAt,
    updated_at: ticket.updatedAt,
    revision: ticket.revision,
    forward: ticket.forward ? presentForward(ticket.forward) : null,
    ...(isPersonal
      ? {
          personal: {
            words: ticket.words,
            answers: ticket.answers.map(({ field, label, text }) => ({ field, label, text })),
            contact: contact ? { kind: contact.kind, value: contact.value } : null,
            language: ticket.language,
          },
        }
      : {}),
  };
}

function presentForward({ to, way, withPerson, at, state, reference, status }: Forward) {
  return { office: to, way, with_person: withPerson, at, state, reference: reference ?? null, status: status ?? null };
}

export function presentConversation({ id, channel, holder, queue }: Conversation): z.infer<typeof ConversationList>['items'] {
  if (!queue || holder === 'bot') return [];
  const { service, priority, queuedAt, takenAt } = queue;
  return [{ id, channel, holder, service, priority, queued_at: queuedAt, taken_at: takenAt ?? null }];
}
