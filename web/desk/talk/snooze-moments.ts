// Moments that are meant by the town's clock, whatever zone the screen that shows them is set to.

const HOUR_MS = 60 * 60_000;
/** When the working day begins. */
const MORNING = '09:00';

export type Later = 'hour' | 'tomorrow' | 'monday';

/** What the town's clock shows, as a field for a moment takes it: 'YYYY-MM-DDTHH:MM'. */
export function wallClock(moment: Date, timeZone: string): string {
  const shown = new Intl.DateTimeFormat('en-GB', {
    ...{ timeZone, calendar: 'gregory', numberingSystem: 'latn', hourCycle: 'h23' },
    ...{ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' },
  } as Intl.DateTimeFormatOptions).formatToParts(moment);
  const part = (type: Intl.DateTimeFormatPartTypes) => shown.find((one) => one.type === type)?.value ?? '';
  return `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}`;
}

/** When the town's clock shows this; of an hour that a clock change leaves out, the same time after it. Undefined for no moment. */
export function momentAt(wall: string, timeZone: string): Date | undefined {
  const asUtc = Date.parse(`${wall}Z`);
  if (Number.isNaN(asUtc)) return undefined;
  const offsetAt = (at: number) => Date.parse(`${wallClock(new Date(at), timeZone)}Z`) - at;
  // The offset of about then, and once more where a clock change lies between.
  const near = asUtc - offsetAt(asUtc);
  const found = asUtc - offsetAt(near);
  return new Date(wallClock(new Date(found), timeZone) === wall ? found : Math.max(near, found));
}

/** The moment that is meant. */
export function momentOf(later: Later, now: Date, timeZone: string): Date {
  if (later === 'hour') return new Date(now.getTime() + HOUR_MS);
  const day = new Date(`${wallClock(now, timeZone).slice(0, 10)}T00:00:00Z`);
  const days = later === 'tomorrow' ? 1 : (8 - day.getUTCDay()) % 7 || 7;
  day.setUTCDate(day.getUTCDate() + days);
  return momentAt(`${day.toISOString().slice(0, 10)}T${MORNING}`, timeZone) ?? now;
}
