/**
 * What is heard in a message before any topic: a phrase of a topic that is heard as one of these never reaches it.
 * The part that understands makes this ear; whoever checks what a clerk wrote is handed it.
 */
export type HeardFirst = 'danger' | 'opt-out' | 'yes' | 'no';

export interface FirstEar {
  hear(phrase: string): HeardFirst | null;
  /** How much a text sounds like a language, by its code: 0 to 1. */
  sounds(text: string): (code: string) => number;
}
