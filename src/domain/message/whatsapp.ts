/**
 * WhatsApp's rules that more than one room goes by: free words reach a citizen for a day after they last wrote, and after
 * that only words that Meta has approved beforehand, with a few fields filled in (protocols.md 1.9).
 */

const WINDOW_MS = 24 * 60 * 60 * 1000;
/** A message written just before the window closes may arrive just after it. */
const MARGIN_MS = 60 * 1000;
/** Characters of a template with its fields filled in. */
export const LONGEST_TEMPLATE = 1024;

/** How long free words may still be sent to a citizen last heard at this moment, milliseconds; zero or less when they may not. */
export function windowLeftMs(heardAt: Date, now: Date): number {
  return heardAt.getTime() + WINDOW_MS - MARGIN_MS - now.getTime();
}

/** The words of a template with its variables (`{{1}}`, `{{2}}`…) filled in, in their order. */
export function fillTemplate(body: string, values: readonly string[]): string {
  return body.replace(/\{\{(\d+)\}\}/g, (_, number: string) => values[Number(number) - 1] ?? '');
}
