/**
 * Screening: what is heard in a message before any topic. A phrase of a topic that is heard as one of these never
 * reaches it. The understanding makes it; whoever checks what a clerk wrote is handed it.
 */
export type ScreenedAs = 'opt-out' | 'yes' | 'no';

/** A phrase in the language that it stands under. */
export interface SpokenPhrase {
  text: string;
  language: string;
}

export interface Screening {
  hear(phrase: string): ScreenedAs | null;
  /** A rule hears danger in it; whether it is taken for danger is weighed. */
  soundsDangerous(phrase: string): boolean;
  /** How the bot of a town that speaks these languages takes each suspect. */
  weigh(suspects: readonly SpokenPhrase[], languages: readonly string[]): Promise<Array<'danger' | 'perhaps' | 'none'>>;
  /** How much a text sounds like a language, by its code: 0 to 1. */
  sounds(text: string): (code: string) => number;
  /** Codes of the languages that can be told by their sound. */
  languages: readonly string[];
}
