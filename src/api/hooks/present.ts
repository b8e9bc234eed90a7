/**
 * What the programs of a town are told by web hook, field by field: a request and what became of it, a conversation and
 * who has it. No words, answers, names, numbers or addresses of a citizen: the API gives them to a key that may know.
 */
import type { Conversation } from '../../domain/conversation';
import type { HookEvent } from '../../domain/programs/hook';
import type { TicketState } from '../../domain/ticket/states';
import type { Ticket, TicketEvent } from '../../domain/ticket/ticket';

/** The body of a web hook, by the names of Standard Webhooks. */
export interface HookBody {
  type: HookEvent;
  timestamp: string;
  data: Record<string, unknown>;
}

const TYPES: Record<TicketEvent['kind'], HookEvent | null> = {
  opened: 'ticket.opened',
  state: 'ticket.state',
  cancelled: 'ticket.state',
  comment: 'ticket.comment',
  attached: 'ticket.attached',
  corrected: 'ticket.comment',
  reopened: 'ticket.state',
  // The citizen asked for the reference again: nothing of the request changed.
  recalled: null,
  // The town hall's own affair.
  reminded: null,
  routed: 'ticket.state',
  followed: null,
  helped: null,
  unhelped: null,
  merged: 'ticket.state',
  split: 'ticket.state',
  incident: null,
  linked: null,
  partner: null,
};

/** What the n-th event of a request's history is told as; null when it is nobody's business. */
export function presentTicketEvent(ticket: Ticket, n: number): HookBody | null {
  const event = ticket.history[n];
  const type = event && TYPES[event.kind];
  if (!event || !type) return null;
  const { reference, town, topic, service, title, priority, channel, openedAt, place } = ticket;
  const data = {
    ...{ reference, town, topic, service, title, priority, channel, opened_at: openedAt },
    state: stateAfter(ticket, n),
    place: place ? { text: place.text, latitude: place.latitude ?? null, longitude: place.longitude ?? null } : null,
    by: event.by,
    is_public: event.isPublic,
    revision: n,
  };
  return { type, timestamp: event.at, data };
}

/** The state that a request had once its n-th event had happened. */
function stateAfter({ history }: Ticket, n: number): TicketState {
  let state: TicketState = 'new';
  for (const event of history.slice(0, n + 1)) state = event.state ?? (event.kind === 'cancelled' ? 'withdrawn' : state);
  return state;
}

/** Who has a conversation now. `key` is the same as long as nobody else has it. */
export function presentConversation(conversation: Conversation): { key: string; body: HookBody } | null {
  const { id, town, channel, holder, queue, updatedAt } = conversation;
  if (!queue) return null;
  const { service, priority, queuedAt, takenAt, closedAt, ticket } = queue;
  const data = { conversation: id, town, channel, service, priority, queued_at: queuedAt, ticket: ticket ?? null };
  switch (holder) {
    case 'queue':
      return { key: `waiting-${queuedAt}-${service}`, body: { type: 'conversation.waiting', timestamp: updatedAt, data } };
    case 'agent':
      return {
        key: `taken-${queuedAt}-${takenAt ?? ''}-${service}`,
        body: { type: 'conversation.taken', timestamp: updatedAt, data: { ...data, taken_at: takenAt ?? null } },
      };
    case 'bot':
      if (!closedAt) return null;
      return {
        key: `ended-${queuedAt}-${closedAt}`,
        body: { type: 'conversation.ended', timestamp: updatedAt, data: { ...data, closed_at: closedAt } },
      };
    default:
      return holder satisfies never;
  }
}
