/**
 * What became of a message we sent: accepted, delivered, read, or failed and why. Receipts come
 * in any order and more than once (protocols.md 1.6), so each carries what is needed to apply it
 * only forwards.
 */
import { z } from 'zod';
import type { Delivery } from '../../channel';
import type { KnownMessage } from '../client';
import { deliveryForCode } from '../outgoing/error-codes';
import type { Form } from './signature';

const STATUSES = [
  'accepted',
  'scheduled',
  'queued',
  'sending',
  'sent',
  'partially_delivered',
  'delivered',
  'read',
  'failed',
  'undelivered',
  'canceled',
] as const;
type MessageStatus = (typeof STATUSES)[number];

export interface Receipt {
  /** From the callback's own query: links a receipt to its outbox row even when the sid was lost. */
  outboxId?: string;
  providerId: string;
  status: MessageStatus;
  errorCode?: number;
  /** Nothing that would need asking for comes after it. */
  isFinal?: true;
  /** What a failure asks for: `later` may be sent anew, `never` not. Absent while nothing failed. */
  verdict?: Delivery;
}

const Callback = z.object({
  MessageSid: z.string().regex(/^(SM|MM)[0-9a-fA-F]{32}$/),
  MessageStatus: z.enum(STATUSES),
  ErrorCode: z.coerce.number().int().positive().optional().catch(undefined),
  To: z.string().max(200).optional().catch(undefined),
  From: z.string().max(200).optional().catch(undefined),
  MessagingServiceSid: z.string().optional().catch(undefined),
});

/** The receipt and whom the message was for; null when it is not one we can read. */
export function readReceipt(
  form: Form,
  oid: string | null,
): { receipt: Receipt; to?: string; from?: string; service?: string } | null {
  const read = Callback.safeParse(form);
  if (!read.success) return null;
  const { MessageSid, MessageStatus, ErrorCode, To, From, MessagingServiceSid } = read.data;
  return {
    receipt: { ...(oid ? { outboxId: oid } : {}), ...receiptOf(MessageSid, MessageStatus, ErrorCode) },
    to: To,
    from: From,
    service: MessagingServiceSid,
  };
}

/** What was answered to a question about a message; null for a status that says nothing of its way. */
export function readStanding({ sid, status, errorCode }: KnownMessage, outboxId: string): Receipt | null {
  const read = z.enum(STATUSES).safeParse(status);
  if (!read.success) return null;
  const { verdict, ...receipt } = receiptOf(sid, read.data, errorCode);
  // Hours later the same words would only confuse: it is given up, and can be seen.
  const late = verdict?.outcome === 'later' ? ({ outcome: 'never', reason: verdict.reason } as const) : verdict;
  return { outboxId, ...receipt, ...(late ? { verdict: late } : {}) };
}

function receiptOf(providerId: string, status: MessageStatus, errorCode: number | undefined): Receipt {
  const hasFailed = status === 'failed' || status === 'undelivered';
  return {
    providerId,
    status,
    ...(errorCode ? { errorCode } : {}),
    ...(RANKS[status] >= RANKS.delivered ? { isFinal: true } : {}),
    ...(hasFailed ? { verdict: errorCode ? deliveryForCode(errorCode) : { outcome: 'never', reason: status } } : {}),
  };
}

const RANKS: Record<MessageStatus, number> = {
  accepted: 0,
  scheduled: 0,
  queued: 1,
  sending: 2,
  sent: 3,
  partially_delivered: 4,
  delivered: 5,
  read: 6,
  failed: 7,
  undelivered: 7,
  canceled: 7,
};

/**
 * Whether a receipt may be applied over the last one: statuses never go backwards, and an end is an end.
 * @param before as this channel said it earlier, kept since then.
 */
export function isForward(before: string | undefined, next: string): boolean {
  if (before === undefined) return true;
  const [had, has] = [before, next].map((status) => RANKS[status as MessageStatus]) as [number, number];
  if (had === RANKS.failed) return false;
  // A message that was delivered or read did not fail, whatever arrives late.
  return has === RANKS.failed ? had < RANKS.delivered : has > had;
}
