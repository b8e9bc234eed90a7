/**
 * Screening: what is heard in a message before any topic. A phrase of a topic that is heard as one of these never
 * reaches it. The understanding makes it; whoever checks what a clerk wrote is handed it.
 */
export type ScreenedAs = 'danger' | 'opt-out' | 'yes' | 'no';

export interface Screening {
  hear(phrase: string): ScreenedAs | null;
  /** How much a text sounds like a language, by its code: 0 to 1. */
  sounds(text: string): (code: string) => number;
}
