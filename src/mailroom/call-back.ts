/** Somebody else can be called at the time of a request that was withdrawn, whoever withdrew it. */
import { callBackOf } from '../domain/ticket/call-back';
import type { MailroomParts } from './parts';

export async function freeCallBack(
  { tickets, callbacks }: Pick<MailroomParts, 'tickets' | 'callbacks'>,
  town: string,
  reference: string,
): Promise<void> {
  const ticket = await tickets.byReference(town, reference);
  const place = ticket?.state === 'withdrawn' ? callBackOf(ticket) : null;
  if (place) await callbacks.free({ town, service: place.service, at: place.at }, place.by);
}
