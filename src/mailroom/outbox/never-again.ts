/**
 * The one place where a letter is given up: for good, or after its last try, whichever courier had it and whether it was
 * refused at once or failed later. It goes another way where one is open; is cancelled where its reader wants no more; else
 * it is dead, told to the operator, and listed by `npm run mail`.
 */
import type { Changes } from '../../store/collection';
import type { OutboxRow } from '../../store/rows/mail';
import type { MailroomParts } from '../parts';
import type { Fallback } from './fallback';

/** Why, and who says so: a refusal of the courier, or a try too many. */
export interface End {
  reason: string;
  /** `given-up`: it did not leave. `failed`: it left, and did not arrive. */
  event: 'given-up' | 'failed';
  isRefused: boolean;
  isOptedOut: boolean;
}

export interface Ended {
  /** What is to be written on the row by whoever holds it. */
  changes: NonNullable<Changes['$set']>;
  /** Another letter goes instead, in the same conversation. */
  isReplaced: boolean;
}

export type NeverAgain = (row: OutboxRow, end: End) => Promise<Ended>;

export function createNeverAgain({ log }: Pick<MailroomParts, 'log'>, fallback: Fallback): NeverAgain {
  return async (row, { reason, event, isRefused, isOptedOut }) => {
    const { _id: outbox, channel: lane } = row;
    const instead = isRefused && !isOptedOut ? await fallback.instead({ ...row, id: outbox }, reason) : null;
    if (!isOptedOut && !instead) log('error', `outbox.${event}`, { outbox, lane, reason });
    if (row.alert) log('error', 'alert.not-told', { outbox, alert: row.alert, reason });
    const state = isOptedOut || instead ? 'cancelled' : 'dead';
    return { changes: { state, reason, leaseUntil: 0, ...(instead ? { fallback: instead } : {}) }, isReplaced: instead !== null };
  };
}
