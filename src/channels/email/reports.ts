/**
 * What mail servers say became of a letter of ours (RFC 3464): it did not arrive, and never will at that address. Told to
 * the outbox as any carrier's receipt is, before the row of the report is done; told twice, it changes nothing.
 */
import { z } from 'zod';
import type { Activity } from '../../domain/message/activity';
import type { Delivery, Received } from '../channel';

export interface ReportParts {
  /** The row of the outbox that left under this Message-ID. */
  outboxIdOf(messageId: string): Promise<string | null>;
  onReceipt(
    receipt: { outboxId: string; providerId: string; status: string; isFinal: true; verdict: Delivery },
    isForward: (before: string | undefined) => boolean,
  ): Promise<void>;
}

const Report = z.object({ messageId: z.string(), status: z.string() });

export function createReports({ outboxIdOf, onReceipt }: ReportParts): (message: Received) => Promise<Activity> {
  return async ({ activity }) => {
    const report = Report.safeParse(activity.channelData?.report);
    const outboxId = report.success ? await outboxIdOf(report.data.messageId) : null;
    if (report.success && outboxId) {
      const { messageId: providerId, status } = report.data;
      const verdict: Delivery = { outcome: 'never', reason: `bounced-${status}` };
      const receipt = { outboxId, providerId, status: 'undelivered', isFinal: true as const, verdict };
      await onReceipt(receipt, (before) => before !== 'undelivered');
    }
    return activity;
  };
}
