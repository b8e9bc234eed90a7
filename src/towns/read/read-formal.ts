/** What a topic's file says of the legal clock of its requests (`formal:`), with the texts that the town's lawyer words. */
import { z } from 'zod';
import { FORMAL_FIELDS, type FormalRule } from '../../domain/ticket/formal';
import { filledWith } from './fields';

export const formal = z.strictObject({
  silence: z.enum(['accepted', 'refused']),
  months: z.number().int().min(1).max(24),
  remedies: filledWith(FORMAL_FIELDS.remedies),
  acknowledgement: filledWith(FORMAL_FIELDS.acknowledgement).optional(),
  subject: filledWith(FORMAL_FIELDS.subject).optional(),
  no_email: filledWith(FORMAL_FIELDS.noEmail).optional(),
});

export function toFormalRule({ silence, months, no_email, ...texts }: z.output<typeof formal>): FormalRule {
  return { silence, months, texts: { ...texts, noEmail: no_email } };
}
