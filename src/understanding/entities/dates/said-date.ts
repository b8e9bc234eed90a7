import type { DayPart } from '../../../domain/language/language-pack';

/** A date or a span of time as it was found in a message, and where. */
export interface SaidDate {
  text: string;
  /** `YYYY-MM-DD` or `YYYY-MM-DDTHH:mm`. */
  value: string;
  /** The other end, where a span of time was said; it follows as a date of its own. */
  until?: string;
  /** "mardi soir". */
  part?: DayPart;
  start: number;
  end: number;
}
