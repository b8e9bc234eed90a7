/** A letter as it is first written into the outbox: due at once, never tried, nobody's. */
import type { Letter } from '../../domain/message/courier';
import { unaskedOf } from '../../domain/message/letter';
import type { OutboxRow } from '../../store/rows/mail';

/** Where a letter stands among those of its conversation: by time (milliseconds since 1970), then by number. */
export function orderOf(at: number, n: number): string {
  return `${String(at).padStart(14, '0')}-${String(n).padStart(9, '0')}`;
}

/** @param at when it is due, in milliseconds since 1970. */
export function rowOf(
  { id, ...letter }: Letter,
  { at, ...known }: { at: number } & Pick<OutboxRow, 'order'> & Partial<Pick<OutboxRow, 'alert' | 'insteadOf'>>,
): OutboxRow {
  const campaign = unaskedOf(letter.activity)?.campaign;
  const many = campaign === undefined ? {} : { campaign };
  return { _id: id, ...letter, ...known, ...many, state: 'due', attempts: 0, dueAt: at, leaseUntil: 0 };
}

/** Whether a person of the town hall wrote it, who looks what becomes of it. */
export function isOfAgent({ activity }: Pick<OutboxRow, 'activity'>): boolean {
  return (activity.channelData?.author as { kind?: string } | undefined)?.kind === 'agent';
}
