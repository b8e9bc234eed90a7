/**
 * Requests about one incident put together and taken apart again. Both histories say so; what is said of the one that was put
 * aside lands on the other, and its citizen hears what becomes of that. Each step has an id of its own: begun again after a
 * crash, it is finished and nothing is done twice.
 */

import type { ChannelName } from '../../domain/conversation';
import { isOfProgram } from '../../domain/programs/api-key';
import { isOpen } from '../../domain/ticket/states';
import type { Ticket, TicketEvent } from '../../domain/ticket/ticket';
import type { Followers } from '../../store/rows/followers';
import type { Tickets } from '../../store/rows/tickets';

type By = { id: string; name: string };
interface MergingParts {
  tickets: Tickets;
  followers: Followers;
}

/** `elsewhere`: it is put together with another already. */
export type MergeOutcome = 'merged' | 'unknown' | 'itself' | 'elsewhere' | 'other-topic' | 'not-open';

const PAGE = 200;
const LONGEST_CHAIN = 5;

/** Where what is said of a request lands: the request it was put together with, or itself. */
export async function standsAt(tickets: Tickets, town: string, reference: string): Promise<string> {
  let at = reference;
  for (let n = 0; n < LONGEST_CHAIN; n += 1) {
    const next = (await tickets.byReference(town, at))?.mergedInto;
    if (!next) return at;
    at = next;
  }
  return at;
}

export async function mergeTickets(
  { tickets, followers }: MergingParts,
  source: Ticket,
  into: string,
  agent: By,
  now: Date,
): Promise<MergeOutcome> {
  const { town, reference } = source;
  const target = await tickets.byReference(town, await standsAt(tickets, town, into));
  if (!target) return 'unknown';
  if (target.reference === reference) return 'itself';
  if (source.mergedInto && source.mergedInto !== target.reference) return 'elsewhere';
  if (source.topic !== target.topic) return 'other-topic';
  if (!source.mergedInto && !(isOpen(source) && isOpen(target))) return 'not-open';
  const times = source.history.filter(({ kind }) => kind === 'split').length;
  const base = { at: now.toISOString(), by: 'agent', agent, kind: 'merged' } as const;
  const id = `merge:${reference}:${times}`;
  await tickets.change(town, reference, { ...base, id, text: target.reference, isPublic: true }, () => ({
    state: 'closed',
    mergedInto: target.reference,
  }));
  await tickets.change(town, target.reference, { ...base, id, text: reference, isPublic: false }, () => ({}));
  const follow = { town, reference: target.reference, at: base.at };
  if (!isOfProgram(source.channel)) {
    const { conversation, address } = source;
    await followers.add({ ...follow, conversation, channel: source.channel as ChannelName, address, own: reference });
  }
  for (let after: string | undefined; ; ) {
    const page = await followers.of(town, reference, PAGE, after);
    for (const { conversation, channel, address, isQuiet } of page)
      await followers.add({ ...follow, conversation, channel, address, ...(isQuiet ? { isQuiet } : {}) });
    if (page.length < PAGE) return 'merged';
    after = page.at(-1)?.id;
  }
}

/** Taken apart: it stands for itself again. Those who followed it alone go on following both. */
export async function splitTicket({ tickets, followers }: MergingParts, source: Ticket, agent: By, now: Date): Promise<boolean> {
  const { town, reference, mergedInto } = source;
  if (!mergedInto) return false;
  const times = source.history.filter(({ kind }) => kind === 'split').length;
  const base: Omit<TicketEvent, 'text'> = {
    id: `split:${reference}:${times}`,
    at: now.toISOString(),
    by: 'agent',
    agent,
    kind: 'split',
    isPublic: false,
  };
  await followers.remove(town, mergedInto, source.conversation);
  await tickets.change(town, mergedInto, { ...base, text: reference }, () => ({}));
  await tickets.change(town, reference, { ...base, text: mergedInto }, () => ({ state: 'new', mergedInto: null }));
  return true;
}

/** Declared, or over: whoever reports it from now on hears that it is known, and its words go to everybody. */
export async function declareIncident(
  { tickets }: MergingParts,
  { town, reference, revision }: Ticket,
  incident: { metres?: number; next?: string } | null,
  agent: By,
  now: Date,
): Promise<void> {
  const event: TicketEvent = {
    id: `incident:${revision}`,
    at: now.toISOString(),
    by: 'agent',
    agent,
    kind: 'incident',
    text: incident ? (incident.next ?? '') : 'over',
    isPublic: false,
  };
  await tickets.change(town, reference, event, () => ({ incident }));
}
