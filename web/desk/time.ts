// Moments and durations in words, in the agent's language and the town's time zone.
import { useSyncExternalStore } from 'react';
import { useDesk } from './state/store';
import { useWords, type Words } from './words';

const MINUTE = 60_000;

export function inWords(milliseconds: number, t: Words): string {
  const minutes = Math.max(0, Math.floor(milliseconds / MINUTE));
  if (minutes < 1) return t.time.now;
  if (minutes < 60) return t.time.minutes(minutes);
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return t.time.hours(hours, minutes % 60);
  return t.time.days(Math.floor(hours / 24));
}

const TICK_MS = 15_000;
let now = Date.now();
let ticking: ReturnType<typeof setInterval> | undefined;
const waiting = new Set<() => void>();

function tick(): void {
  now = Date.now();
  for (const listener of waiting) listener();
}

/** One clock for all that is on the page: it moves by its timer alone, never because something is drawn. */
function onTick(listener: () => void): () => void {
  waiting.add(listener);
  ticking ??= setInterval(tick, TICK_MS);
  return () => {
    waiting.delete(listener);
    if (waiting.size > 0) return;
    clearInterval(ticking);
    ticking = undefined;
  };
}

const readClock = () => {
  // Nobody has looked for a while: the time of before is not shown again.
  if (!ticking && Date.now() - now > TICK_MS) now = Date.now();
  return now;
};

/** The time of day, moved on every quarter of a minute, so that waits on screen are never far off. */
export function useNow(): number {
  return useSyncExternalStore(onTick, readClock);
}

export function useMoments() {
  const t = useWords();
  const zone = useDesk(({ me }) => me?.town.timeZone);
  const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(t.locale, { timeZone: zone, ...options });
  const day = format({ dateStyle: 'long' });
  const shortDay = format({ day: 'numeric', month: 'short' });
  const date = new Intl.DateTimeFormat(t.locale, { timeZone: 'UTC', dateStyle: 'medium' });
  const clock = format({ hour: '2-digit', minute: '2-digit' });
  return {
    clock: (moment: string) => clock.format(Date.parse(moment)),
    dayAndClock: (moment: string) => `${shortDay.format(Date.parse(moment))}, ${clock.format(Date.parse(moment))}`,
    shortDay: (moment: string) => shortDay.format(Date.parse(moment)),
    /** A day with its year; of a day that stands alone, 'YYYY-MM-DD', the same in every zone. */
    date: (day: string) => date.format(Date.parse(`${day.slice(0, 10)}T12:00:00Z`)),
    day(moment: string): string {
      const at = day.format(Date.parse(moment));
      if (at === day.format(Date.now())) return t.talk.today;
      if (at === day.format(Date.now() - 24 * 60 * MINUTE)) return t.talk.yesterday;
      return at;
    },
  };
}
