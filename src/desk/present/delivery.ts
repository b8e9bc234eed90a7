/** What became of words on their way to a telephone, as the desk's page says it. */
import type { OutboxRow } from '../../store/rows/mail';
import type { Line } from '../wire';

export type Delivered = Pick<Line, 'delivery' | 'deliveryReason'>;

export function deliveryOf({ state, receipt, reason }: Pick<OutboxRow, 'state' | 'receipt' | 'reason'>): Delivered {
  switch (state) {
    case 'due':
    case 'sending':
    case 'unknown':
      return { delivery: 'sending' };
    case 'dead':
    case 'cancelled':
      return { delivery: 'failed', ...(reason ? { deliveryReason: reason } : {}) };
    case 'sent':
      return { delivery: receipt === 'read' ? 'read' : receipt === 'delivered' ? 'delivered' : 'sent' };
  }
}
