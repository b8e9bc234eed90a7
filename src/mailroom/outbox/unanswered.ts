/**
 * A message that left, and of which nothing was heard since: receipts get lost like everything else. Half a day
 * later its carrier is asked once what became of it, so that one which never arrived does not pass for sent.
 */
import type { OutboxRow } from '../../store/rows/mail';
import { type MailroomParts, SECOND } from '../parts';

const MINUTE = 60 * SECOND;
/** Twilio's advice (protocols.md 1.6). */
export const ASKED_AFTER = 12 * 60 * MINUTE;
/** Twenty questions a minute and process: a backlog is worked off, and the carrier hardly notices. */
const MOST_AT_ONCE = 20;
const LOOK_EVERY = MINUTE;
/** A question that failed is asked again then; meanwhile no other process asks it. */
const ASKED_AGAIN_AFTER = 15 * MINUTE;

const ANY: Array<OutboxRow['state']> = ['due', 'sending', 'unknown', 'sent', 'dead', 'cancelled'];

export function createUnanswered({ mail, couriers, clock, log }: Pick<MailroomParts, 'mail' | 'couriers' | 'clock' | 'log'>) {
  const asking = new Map(couriers.flatMap(({ lane, inquire }) => (inquire ? [[lane, inquire] as const] : [])));
  let lookAt = 0;
  let inHand = 0;
  let isStopped = false;

  async function ask(row: OutboxRow): Promise<void> {
    const claimed = clock().getTime() + ASKED_AGAIN_AFTER;
    if (!(await mail.outbox.move(row._id, ANY, { $set: { askAt: claimed } }, { askAt: row.askAt ?? null }))) return;
    const inquire = asking.get(row.channel);
    if (inquire && row.providerId) await inquire(row._id, row.providerId);
    // Of this sending; another one, made meanwhile, has a question of its own.
    await mail.outbox.move(row._id, ANY, { $unset: ['askAt'] }, { providerId: row.providerId ?? null });
  }

  async function askAll(rows: OutboxRow[]): Promise<void> {
    for (const row of rows) {
      if (isStopped) return;
      try {
        await ask(row);
      } catch (error) {
        log('warn', 'outbox.unanswered', { outbox: row._id, reason: error instanceof Error ? error.name : 'unknown' });
      }
    }
  }

  return {
    /** Starts asking and does not wait: a slow carrier must not hold up the other sweeps. */
    async sweep(): Promise<void> {
      const now = clock().getTime();
      if (asking.size === 0 || inHand > 0 || now < lookAt) return;
      lookAt = now + LOOK_EVERY;
      const rows = await mail.unanswered(now, MOST_AT_ONCE);
      inHand += 1;
      void askAll(rows).finally(() => {
        inHand -= 1;
      });
    },
    inHand: () => inHand,
    /** The question under way is finished; the others are asked by the next process. */
    stop() {
      isStopped = true;
    },
  };
}
