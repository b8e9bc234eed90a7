/**
 * What the carrier says became of a message: applied forwards only, since receipts come in any
 * order and more than once. One that proves a message left settles a row whose fate was unknown;
 * one that says it failed sends it again, another way, or gives it up, as the failure asks.
 */
import type { Delivery } from '../../domain/message/courier';
import type { OutboxRow } from '../../store/rows/mail';
import { type MailroomParts, SECOND } from '../parts';
import { isOfAgent } from './letter-row';
import type { NeverAgain } from './never-again';
import { ASKED_AFTER } from './unanswered';

export interface DeliveryReceipt {
  /** The outbox row it is about; a receipt without one is not ours. */
  outboxId?: string;
  providerId: string;
  /** The provider's own word: 'delivered', 'read', 'failed'… */
  status: string;
  /** Nothing that would need asking for comes after it. */
  isFinal?: boolean;
  /** What a failure asks for; absent while nothing failed. */
  verdict?: Delivery;
}

/** A message that was accepted and then failed this often is given up: each sending costs money and holds up the next. */
const MOST_SENDINGS = 4;
const ANY: Array<OutboxRow['state']> = ['due', 'sending', 'unknown', 'sent', 'dead'];

export function createReceipts(
  { mail, clock, onDelivery }: Pick<MailroomParts, 'mail' | 'clock' | 'onDelivery'>,
  neverAgain: NeverAgain,
  again: (conversation: string) => void,
) {
  return async (receipt: DeliveryReceipt, isForward: (before: string | undefined, next: string) => boolean): Promise<void> => {
    const row = receipt.outboxId ? await mail.outbox.get(receipt.outboxId) : null;
    const { verdict, status, providerId, isFinal } = receipt;
    if (!row || row.failedId === providerId || !isForward(row.receipt, status)) return;
    const known = { receipt: status, providerId };
    if (!verdict) {
      const wait = isFinal ? { $unset: ['askAt'] } : {};
      const askAt = isFinal ? undefined : clock().getTime() + ASKED_AFTER;
      await mail.outbox.move(row._id, ANY, { $set: { ...known, state: 'sent', leaseUntil: 0, askAt }, ...wait });
    } else if (verdict.outcome === 'later' && row.attempts < MOST_SENDINGS) {
      const waitMs = verdict.afterMs ?? 60 * SECOND;
      const dueAt = clock().getTime() + waitMs;
      // The next sending has receipts of its own, so the last word on this one is forgotten.
      await mail.outbox.move(row._id, ANY, {
        $set: { state: 'due', dueAt, waitMs, leaseUntil: 0, reason: verdict.reason, failedId: providerId },
        $unset: ['receipt', 'askAt'],
      });
      again(row.conversation);
    } else {
      const isRefused = verdict.outcome === 'never';
      const { changes, isReplaced } = await neverAgain(row, {
        reason: 'reason' in verdict ? verdict.reason : status,
        event: 'failed',
        isRefused,
        isOptedOut: isRefused && verdict.optedOut === true,
      });
      await mail.outbox.move(row._id, ANY, { $set: { ...known, ...changes }, $unset: ['askAt'] });
      if (isReplaced) again(row.conversation);
    }
    if (isOfAgent(row)) onDelivery?.(row.town, row.conversation);
  };
}
