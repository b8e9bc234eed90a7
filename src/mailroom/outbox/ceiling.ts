/**
 * A ceiling for what a town sends in a day where each message costs money: a flaw, or somebody who plays with it, must not
 * cost a fortune overnight. What concerns danger and opting out goes all the same; the rest waits, and leaves when the
 * day is over or the ceiling is raised.
 */
import type { OutboxRow } from '../../store/rows/mail';
import { type MailroomParts, SECOND } from '../parts';

const NEAR = 0.8;
/** How soon a message that waits is looked at again. */
export const LOOKED_AGAIN = 15 * 60 * SECOND;

export interface Ceiling {
  isReached(row: OutboxRow): Promise<boolean>;
  /** A message has left, in so many pieces. */
  count(row: OutboxRow, pieces: number): Promise<void>;
}

/** Danger, an alert of it, the one confirmation of an opt-out. */
export function isExempt({ activity, alert }: OutboxRow): boolean {
  return alert !== undefined || activity.importance === 'high' || activity.channelData?.confirmsOptOut === true;
}

export function createCeiling({
  spending,
  limits,
  clock,
  log,
}: Pick<MailroomParts, 'spending' | 'limits' | 'clock' | 'log'>): Ceiling {
  const most = limits?.piecesPerDay ?? Number.POSITIVE_INFINITY;
  const today = () => clock().toISOString().slice(0, 10);
  return {
    async isReached(row) {
      if (isExempt(row) || !Number.isFinite(most)) return false;
      const { town } = row;
      if ((await spending.of(town, today())) < most) return false;
      if (await spending.isNews(town, today(), 'reached')) log('error', 'phone.ceiling-reached', { town, pieces: most });
      return true;
    },
    async count({ town }, pieces) {
      const all = await spending.add(town, today(), pieces);
      if (all < most * NEAR || !(await spending.isNews(town, today(), 'near'))) return;
      log('warn', 'phone.ceiling-near', { town, pieces: all, most });
    },
  };
}
