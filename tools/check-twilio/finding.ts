/** What a check found, in a sentence an operator can act on. */

export interface Finding {
  /** `note`: worth knowing, nothing is broken. */
  state: 'good' | 'bad' | 'note';
  what: string;
  /** What to do about it; every failure has one. */
  cure?: string;
}

export const good = (what: string): Finding => ({ state: 'good', what });
export const bad = (what: string, cure: string): Finding => ({ state: 'bad', what, cure });
export const note = (what: string, cure?: string): Finding => ({ state: 'note', what, ...(cure ? { cure } : {}) });

const SIGNS = { good: '✓', bad: '✗', note: '!' };

export function lineOf({ state, what, cure }: Finding): string {
  return `${SIGNS[state]} ${what}${cure ? ` Cure: ${cure}` : ''}`;
}
