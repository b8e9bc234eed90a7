/** How days, times of day and phone numbers are written in the language of a conversation; made in `bot/wording.ts`. */

export interface Wording {
  /** A date (YYYY-MM-DD): "1er septembre 2026". */
  day(date: string): string;
  /** "lundi 30 novembre"; with its year when that is not soon. */
  weekday(date: string): string;
  /** "lundi", from any date of that weekday; `isShort`: "lun". */
  dayName(date: string, isShort?: boolean): string;
  /** A wall time (HH:mm): "8 h 30", "14 h", "2.30pm". */
  time(time: string): string;
  /** "aujourd'hui à 14 h", "demain vendredi à 8 h 30", "lundi 30 novembre à 9 h". */
  when(date: string, time: string): string;
  /** A phone number (E.164) as the people of the town write it, "06 39 98 12 34", or another country's with its code; anything else as it is. */
  contact(value: string): string;
}

/** With a capital, as a sentence begins. */
export function capital(text: string): string {
  const [first = ''] = text;
  return first.toLocaleUpperCase() + text.slice(first.length);
}
