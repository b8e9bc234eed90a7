/** What became of words on their way to a telephone or a page, as the desk's page says it. */
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

/** A page tells up to which line it has come, and up to which one its citizen has read. */
export function onPage(line: number, reached: number, read: number): Delivered {
  return { delivery: line <= read ? 'read' : line <= reached ? 'delivered' : 'sent' };
}
