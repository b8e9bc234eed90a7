/**
 * Microsoft's recognizers-text, kept where it can be stopped: some texts take it minutes. One
 * question at a time; the thread that asks waits no longer than its patience and then ends us.
 */
import { parentPort } from 'node:worker_threads';
import { recognizeDateTime, recognizeNumber } from '@microsoft/recognizers-text-suite';

export interface Question {
  id: number;
  text: string;
  culture: string;
  /** Local wall time as if it were UTC: the recognizers know no zones. */
  wall: number;
}

export interface Answer {
  id: number;
  numbers: Array<{ text: string; value: number }>;
  /** Every reading of a date, earliest first: `YYYY-MM-DD` or `YYYY-MM-DD HH:mm:ss`. */
  dates: Array<{ text: string; start: number; end: number; values: string[] }>;
}

interface Resolved {
  text: string;
  start: number;
  end: number;
  resolution?: { value?: string; values?: Array<Record<string, string>> | null } | null;
}

parentPort?.on('message', ({ id, text, culture, wall }: Question) => {
  const local = new Date(wall + new Date(wall).getTimezoneOffset() * 60_000);
  const numbers = (recognizeNumber(text, culture) as Resolved[]).flatMap((found) => {
    const value = Number(found.resolution?.value);
    return Number.isFinite(value) ? [{ text: found.text, value }] : [];
  });
  const dates = (recognizeDateTime(text, culture, undefined, local) as Resolved[]).flatMap((found) => {
    const values = (found.resolution?.values ?? []).flatMap((one) => {
      const value = one.value ?? one.start ?? one.end;
      return value && /^\d{4}-\d\d-\d\d/.test(value) ? [value] : [];
    });
    return values.length > 0 ? [{ text: found.text, start: found.start, end: found.end + 1, values }] : [];
  });
  parentPort?.postMessage({ id, numbers, dates } satisfies Answer);
});
