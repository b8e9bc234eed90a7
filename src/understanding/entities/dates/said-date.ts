/** A date or a span of time as it was found in a message, and where. */
export interface SaidDate {
  text: string;
  /** `YYYY-MM-DD` or `YYYY-MM-DDTHH:mm`. */
  value: string;
  /** The other end, where a span of time was said; it follows as a date of its own. */
  until?: string;
  start: number;
  end: number;
}
