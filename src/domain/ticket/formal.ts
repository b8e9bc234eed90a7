/**
 * The legal clock of a formal request made to a French authority by electronic means: what its silence means and from which day
 * (CRPA L231-1 to L231-4, L112-8 to L112-11), and when the service is warned, so that silence never decides by oversight.
 */
import type { Localised } from '../language/localised';

const DAY = 24 * 3600_000;
/** Days before silence becomes a decision. */
const WARNED_BEFORE = 14;

/** What a topic's file says of it. */
export interface FormalRule {
  silence: 'accepted' | 'refused';
  months: number;
  /** In the town's words, with the fields of `FORMAL_FIELDS` in braces; those it does not have are the product's. */
  texts: Partial<Record<FormalText, Localised>> & { remedies: Localised };
}

const OF_EACH = ['reference', 'name', 'service', 'reach', 'authority'] as const;

/** What may stand in braces in each text of a formal request. */
export const FORMAL_FIELDS = {
  /** Said at once and sent by e-mail. */
  acknowledgement: [...OF_EACH, 'date', 'decides', 'silence'],
  /** Said after it: how a decision is appealed against. The town's alone. */
  remedies: OF_EACH,
  /** What the e-mail with both is called. */
  subject: OF_EACH,
  /** Said where no e-mail address was given: it is no formal request then. */
  noEmail: OF_EACH,
} as const;
export type FormalText = keyof typeof FORMAL_FIELDS;

/** What stands on a request. */
export interface Formal {
  silence: FormalRule['silence'];
  /** YYYY-MM-DD in the town's time: silence until the end of that day is a decision. */
  decidesOn: string;
  /** When the service is warned (ISO); absent once it was. */
  warnAt?: string;
}

/** @param received YYYY-MM-DD in the town's time; a month without that day ends with its last. */
export function formalOf({ silence, months }: FormalRule, received: string): Formal {
  const [year = 0, month = 1, day = 1] = received.split('-').map(Number);
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0));
  const decides = new Date(Date.UTC(last.getUTCFullYear(), last.getUTCMonth(), Math.min(day, last.getUTCDate())));
  const warnAt = new Date(decides.getTime() - WARNED_BEFORE * DAY).toISOString();
  return { silence, decidesOn: decides.toISOString().slice(0, 10), warnAt };
}
