/**
 * A year of a town of 75,000: 475,000 contacts by every way, 62 of 100 out of hours, one hour with nine times the usual, worked
 * through by its services. Everything goes through the door that citizens and agents use: Direct Line and signed webhooks over
 * HTTP, the desk's own addresses. Only the clock is not real: it is moved on when nothing is left to do.
 */
import { createCalendar } from '../../../src/towns/calendar/calendar';
import { type Checked, check, faults } from './check';
import { type Lived, live } from './drive';
import { planYear } from './plan';

export interface YearParts {
  /** Of the whole year. */
  contacts: number;
  /** The town is so much smaller. */
  scale: number;
  /** All of it, or some that have the worst hour among them. */
  days: number;
  folder: string;
  /** Where what was learnt from phrases is kept; beside the data when absent. */
  modelsDir?: string;
  says?: (day: number, lived: Lived) => boolean;
}

export interface YearColumn {
  days: number;
  scale: number;
  lived: Lived;
  checked: Checked;
  faults: string[];
  /** Contacts of the plan in its worst hour, of the year's mean. */
  worst: number;
}

const FIRST_DAY = '2026-09-01';
const HOURS = 24;

/** @returns null when it was stopped before its last day. */
export async function yearColumn({
  contacts,
  scale,
  days,
  folder,
  modelsDir,
  says = () => false,
}: YearParts): Promise<YearColumn | null> {
  const year = planYear(contacts * scale, FIRST_DAY);
  const whole = Math.ceil(year.hours.length / HOURS);
  const stormy = Math.floor(year.worst / HOURS);
  const from = days >= whole ? 0 : Math.min(stormy, whole - days) * HOURS;
  const { lived, hall, desk, town } = await live(year, { from, days: Math.min(days, whole) }, folder, says, modelsDir);
  try {
    const span = year.hours.slice(from, from + days * HOURS);
    if (lived.hours < span.length) return null;
    const [begin = 0, end = 0] = [span[0]?.from, (span.at(-1)?.from ?? 0) + 3600_000];
    const checked = await check({ hall, desk, town }, createCalendar(), [begin, end]);
    const mean = (contacts * scale) / year.hours.length;
    return { days, scale, lived, checked, faults: faults({ lived, checked }), worst: lived.worstHour / mean };
  } finally {
    await hall.close();
  }
}

export function yearTable({ days, scale, lived, checked, worst, faults: found }: YearColumn): string[] {
  const { byWay, byOutcome, services } = lived;
  const list = (counts: Record<string, number>) =>
    Object.entries(counts)
      .map(([what, count]) => `${count.toLocaleString('en')} ${what}`)
      .join(', ');
  const share = ((100 * lived.outOfHours) / Math.max(1, lived.contacts)).toFixed(0);
  return [
    `A town's year: ${days} days at ${scale} of 75,000 inhabitants, every contact and every change over HTTP, on a simulated clock.`,
    '',
    '| | |',
    '|---|---|',
    `| contacts | ${lived.contacts.toLocaleString('en')}: ${list(byWay)} |`,
    `| out of hours; worst hour, of the mean | ${share} %; ${worst.toFixed(1)} |`,
    `| what citizens had in hand | ${list(byOutcome)} |`,
    `| what services did | ${list(services.worked.done)} |`,
    `| news: told, not told, twice; the longest wait (s) | ${checked.news - checked.notTold}, ${checked.notTold}, ${checked.toldTwice}; ${(checked.longestMs / 1000).toFixed(1)} |`,
    `| reminders, wrong ones | ${checked.reminders}, ${checked.wrongReminders} |`,
    `| rows left over; conversations in the nightly reports | ${checked.leftOver}; ${checked.withoutOutcome} |`,
    `| the town's figures: contacts, requests; requests in the store | ${checked.counted.contacts}, ${checked.counted.requests}; ${checked.tickets} |`,
    `| took (min), contacts/s | ${(lived.tookMs / 60_000).toFixed(1)}, ${((lived.contacts / lived.tookMs) * 1000).toFixed(1)} |`,
    '',
    found.length === 0 ? 'Nothing is wrong.' : `Wrong: ${found.join('; ')}.`,
    ...lived.lost,
    ...checked.named,
    ...new Set(services.worked.refused),
  ];
}
