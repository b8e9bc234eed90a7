/**
 * What a citizen's own words do to a request that stands: add, answer, take back, correct, open again. Whether it may be done is
 * asked of the request as it stands when it is done.
 */
import { isOpen, mayMove } from './states';
import type { Ticket, TicketAnswer, TicketEvent, TicketPlace } from './ticket';

const DAY = 24 * 3600_000;
/** So long after it was called done, the citizen's word opens a request again. */
export const REOPENED_FOR = 30 * DAY;

export type TicketChange =
  | { kind: 'comment'; text: string; files?: string[] }
  | { kind: 'attach'; files: string[] }
  | { kind: 'cancel' }
  /** 'It is not repaired.' */
  | { kind: 'reopen'; text: string; files?: string[] }
  /** 'Sorry, it is 21, not 12': another value of an answer, or another phone or e-mail. */
  | {
      kind: 'correct';
      field: string;
      /** Of an answer that was not given before: how its question is called. */
      label?: string;
      text: string;
      value: unknown;
      place?: TicketPlace;
      sector?: string | null;
      contact?: Ticket['contact'];
    };

/** When the service last called it done (milliseconds since 1970); null when it did not. */
export function resolvedAt({ history }: Pick<Ticket, 'history'>): number | null {
  const last = history.findLast(({ state, kind }) => state === 'resolved' && kind === 'state');
  return last ? Date.parse(last.at) : null;
}

/** Whether 'it is not repaired' opens it again. */
export function isReopenable(ticket: Pick<Ticket, 'state' | 'history'>, now: Date): boolean {
  const done = resolvedAt(ticket);
  return done !== null && mayMove(ticket.state, 'new', 'citizen') && !isOpen(ticket) && now.getTime() - done <= REOPENED_FOR;
}

/** The event a change adds, without who and when. */
export function eventOf(change: TicketChange): Pick<TicketEvent, 'kind' | 'text'> {
  switch (change.kind) {
    case 'comment':
      return { kind: 'comment', text: change.text };
    case 'attach':
      return { kind: 'attached' };
    case 'cancel':
      return { kind: 'cancelled' };
    case 'reopen':
      return { kind: 'reopened', text: change.text };
    case 'correct':
      return { kind: 'corrected', text: change.text };
  }
}

/** The fields a change writes on the ticket as it stands; null when it may not be made. A word or a photo sets going what waited for it. */
export function fieldsAfter(ticket: Ticket, change: TicketChange, at: string): Partial<Ticket> | null {
  const files = 'files' in change && change.files ? { files: [...ticket.files, ...change.files] } : {};
  const resumed: Partial<Ticket> = ticket.state === 'waiting' ? { state: 'in-progress' } : {};
  switch (change.kind) {
    case 'comment':
    case 'attach':
      return { ...files, ...resumed };
    case 'cancel':
      return mayMove(ticket.state, 'withdrawn', 'citizen') ? { state: 'withdrawn' } : null;
    case 'reopen':
      return isReopenable(ticket, new Date(at)) ? { ...files, state: 'new', reopened: (ticket.reopened ?? 0) + 1 } : null;
    case 'correct':
      return isOpen(ticket)
        ? {
            ...resumed,
            ...(change.place ? { place: change.place, sector: change.sector ?? null } : {}),
            ...(change.contact ? { contact: change.contact } : {}),
            answers: answersAfter(ticket.answers, change, at),
          }
        : null;
  }
}

function answersAfter(answers: TicketAnswer[], change: Extract<TicketChange, { kind: 'correct' }>, at: string): TicketAnswer[] {
  const { field, label, text, value } = change;
  if (label !== undefined && !answers.some((one) => one.field === field)) return [...answers, { field, label, text, value }];
  return answers.map((one) => (one.field === field ? corrected(one, change, at) : one));
}

function corrected(answer: TicketAnswer, { text, value }: { text: string; value: unknown }, at: string): TicketAnswer {
  return { ...answer, text, value, former: [...(answer.former ?? []), { text: answer.text, at }] };
}
