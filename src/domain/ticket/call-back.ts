/** The time at which the citizen of a request is to be called back: an answer of its form, and a place that is taken for it. */
import type { Ticket } from './ticket';

/** The field of the form. */
export const SLOT = 'slot';

/** Which place it is, and the inbox id of the message that has it; null where nobody is to be called at a time. */
export function callBackOf({ id, service, answers }: Ticket): { service: string; at: string; by: string } | null {
  const at = answers.find(({ field }) => field === SLOT)?.value;
  return typeof at === 'string' && !Number.isNaN(Date.parse(at)) ? { service, at, by: id.replace(/#\d+$/, '') } : null;
}
