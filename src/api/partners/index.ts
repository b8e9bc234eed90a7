/**
 * Requests handed to other authorities, worked on by whichever process comes first: the letter is written into the outbox
 * under an id of its own, so once; what became of it stands in the history; by Open311 the other side is asked, many requests
 * at a time and ever less often, how it goes on. Every step is one write on the request, found again after a crash.
 */

import { authorityOf } from '../../domain/forwarding/forwarding';
import { type Forward, forwardLetterId, type Partner } from '../../domain/forwarding/partner';
import type { Letter } from '../../domain/message/courier';
import { isOpen, mayMove } from '../../domain/ticket/states';
import type { Ticket, TicketEvent } from '../../domain/ticket/ticket';
import type { Towns } from '../../domain/town';
import { createRecurring } from '../../recurring';
import type { Mail, OutboxRow } from '../../store/rows/mail';
import type { Tickets } from '../../store/rows/tickets';
import { type HandedPhotos, letterOf } from './letters';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const AT_ONCE = 200;
/** Requests asked about in one call. */
const MOST_ASKED = 50;
/** Between two looks at a letter on its way. */
const LETTER_LOOK = { least: SECOND, most: 5 * MINUTE };
/** Between two questions about a request, by how long it has been there; those of one server are asked together. */
const ASKED_EVERY = { least: 10 * MINUTE, most: 6 * HOUR };
const STEP = 5 * MINUTE;
/** Asked about no more after a year. */
const FORGOTTEN_AFTER = 365 * 24 * HOUR;
const TOKEN = 'token:';

/** Where a request stands at the other side. */
export interface PartnerStatus {
  id: string;
  status: 'open' | 'closed';
  notes: string;
}

export interface ForwardingParts {
  tickets: Pick<Tickets, 'forwards' | 'setForward' | 'change'>;
  mail: Pick<Mail, 'outbox'>;
  post(letter: Letter): Promise<'new' | 'known'>;
  towns: Towns;
  ask: {
    statuses(town: string, partner: string, ids: readonly string[]): Promise<PartnerStatus[] | null>;
    promised(town: string, partner: string, token: string): Promise<string | null>;
  };
  /** Links to the photos among some files. */
  photosOf(files: readonly string[]): Promise<HandedPhotos>;
  clock: () => Date;
  sweepMs?: number;
  fault: (where: string, error: unknown) => void;
}

type Forwarded = Ticket & { forward: Forward };

const between = ({ least, most }: { least: number; most: number }, wanted: number) => Math.min(most, Math.max(least, wanted));

export function createForwarding({ tickets, mail, post, towns, ask, photosOf, clock, sweepMs = SECOND, fault }: ForwardingParts) {
  const sweeps = createRecurring(sweepMs, sweep);
  const now = () => clock().getTime();

  /** The next question, at a moment that others of the same server share. */
  const askAt = ({ at, failures = 0 }: Forward) => {
    const wait = between(ASKED_EVERY, Math.max((now() - Date.parse(at)) / 10, failures * failures * ASKED_EVERY.least));
    return now() - Date.parse(at) > FORGOTTEN_AFTER ? 0 : Math.ceil((now() + wait) / STEP) * STEP;
  };

  /** A step of the history, once under its id, and where the handing over stands after it. */
  function note(
    { town, reference, forward: { id, to } }: Forwarded,
    what: NonNullable<TicketEvent['partner']>,
    { text, isPublic = false }: { text?: string; isPublic?: boolean },
    fields: (ticket: Ticket & { forward: Forward }) => Partial<Ticket>,
  ): Promise<void> {
    const event: TicketEvent = {
      ...{ id: `${id}~${what}`, at: clock().toISOString(), by: 'system', kind: 'partner', partner: what, office: to, isPublic },
      ...(text ? { text } : {}),
    };
    return tickets.change(town, reference, event, (ticket) =>
      ticket.forward?.id === id ? fields({ ...ticket, forward: ticket.forward }) : null,
    );
  }

  const failed = (ticket: Forwarded, reason: string) =>
    note(ticket, 'failed', { text: reason }, ({ forward }) => ({ forward: { ...forward, state: 'failed', lookAt: 0 } }));

  async function send(ticket: Forwarded): Promise<void> {
    const { forward } = ticket;
    const town = towns.get(ticket.town);
    const authority = town && authorityOf(town, towns.topic(town.id, forward.to), forward.to);
    if (!town || !authority?.[forward.way]) return failed(ticket, 'no-partner');
    const photos = forward.photos ? await photosOf(ticket.files) : undefined;
    await post(letterOf(ticket, forward, authority, town, { towns, photos }));
    await tickets.setForward(ticket, { ...forward, state: 'on-its-way', lookAt: now() + LETTER_LOOK.least });
  }

  async function follow(ticket: Forwarded): Promise<void> {
    const { forward, town, reference } = ticket;
    const row = await mail.outbox.get(forwardLetterId(town, reference, forward));
    if (row?.state === 'sent') return sent(ticket, row);
    if (row?.state === 'dead' || row?.state === 'cancelled') return failed(ticket, row.reason ?? row.state);
    // Written, and gone from the store: nothing is known of it any more.
    if (!row) return failed(ticket, 'unknown');
    const wait = between(LETTER_LOOK, (now() - Date.parse(forward.at)) / 4);
    await tickets.setForward(ticket, { ...forward, lookAt: now() + wait });
  }

  /** With the other's reference, a token for one, or neither: an e-mail has none. */
  async function sent(ticket: Forwarded, { providerId = '' }: OutboxRow): Promise<void> {
    const isTold = ticket.forward.way === 'open311' && providerId !== '';
    if (isTold && providerId.startsWith(TOKEN))
      return note(ticket, 'sent', {}, (same) => taken(same, { token: providerId.slice(TOKEN.length), lookAt: now() + MINUTE }));
    if (isTold)
      return note(ticket, 'received', { text: providerId }, (same) =>
        taken(same, { reference: providerId, lookAt: askAt(same.forward) }),
      );
    return note(ticket, 'sent', {}, (same) => taken(same, { lookAt: 0 }));
  }

  /** Somebody has it now. */
  function taken(ticket: Forwarded, more: Partial<Forward>): Partial<Ticket> {
    const isNew = ticket.state === 'new';
    return { forward: { ...ticket.forward, state: 'sent', ...more }, ...(isNew ? { state: 'assigned' as const } : {}) };
  }

  async function askToken(ticket: Forwarded): Promise<void> {
    const { forward, town } = ticket;
    const reference = await ask.promised(town, forward.to, forward.token ?? '');
    if (!reference) return again(ticket);
    await note(ticket, 'received', { text: reference }, ({ forward: { token: _, failures: __, ...same } }) => ({
      forward: { ...same, reference, lookAt: askAt(forward) },
    }));
  }

  /** Nothing was learnt: asked again, later each time. */
  async function again(ticket: Forwarded): Promise<void> {
    const forward = { ...ticket.forward, failures: (ticket.forward.failures ?? 0) + 1 };
    await tickets.setForward(ticket, { ...forward, lookAt: askAt(forward) });
  }

  async function askAbout(partner: string, those: Forwarded[]): Promise<void> {
    const [{ town }] = those as [Forwarded];
    const told = await ask.statuses(
      town,
      partner,
      those.map(({ forward }) => forward.reference ?? ''),
    );
    const byId = new Map(told?.map((one) => [one.id, one]));
    for (const ticket of those) {
      const status = byId.get(ticket.forward.reference ?? '');
      if (!status) await again(ticket);
      else if (status.status === 'closed') await closed(ticket, status);
      else await stillOpen(ticket, status);
    }
  }

  function stillOpen(ticket: Forwarded, { notes }: PartnerStatus): Promise<void> {
    const { failures: _, ...same } = ticket.forward;
    return tickets.setForward(ticket, { ...same, status: 'open', notes, lookAt: askAt(same) });
  }

  /** As the town wants it: for the service to decide on, or said to the citizen at once. */
  function closed(ticket: Forwarded, { notes }: PartnerStatus): Promise<void> {
    const partner: Partner | undefined = towns.get(ticket.town)?.partners?.find(({ id }) => id === ticket.forward.to);
    const isTold = partner?.open311?.onClosed === 'tell';
    return note(ticket, 'closed', { text: notes, isPublic: isTold }, ({ forward, ...stands }) => ({
      forward: { ...forward, status: 'closed', notes, lookAt: 0 },
      ...(isTold && isOpen(stands) && mayMove(stands.state, 'resolved', 'system') ? { state: 'resolved' as const } : {}),
    }));
  }

  async function look(found: Forwarded[]): Promise<void> {
    const asked = new Map<string, Forwarded[]>();
    for (const ticket of found) {
      const { state, reference, token, to } = ticket.forward;
      if (state === 'to-send') await send(ticket);
      else if (state === 'on-its-way') await follow(ticket);
      else if (reference) {
        const key = `${ticket.town} ${to}`;
        asked.set(key, [...(asked.get(key) ?? []), ticket]);
      } else if (token) await askToken(ticket);
      else await tickets.setForward(ticket, { ...ticket.forward, lookAt: 0 });
    }
    for (const those of asked.values())
      for (let from = 0; from < those.length; from += MOST_ASKED)
        await askAbout(those[from]!.forward.to, those.slice(from, from + MOST_ASKED));
  }

  async function sweep(): Promise<void> {
    try {
      const found = await tickets.forwards(now(), AT_ONCE);
      await look(found.filter((ticket): ticket is Forwarded => ticket.forward !== undefined));
    } catch (error) {
      // The mailroom says it when the store is away.
      if ((error as { code?: string }).code !== 'store-unavailable') fault('requests handed over', error);
    }
  }

  return { start: () => sweeps.start(0), stop: sweeps.stop };
}
