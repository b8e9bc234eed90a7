/**
 * What was not understood, or answered badly: kept so that people of the town hall can make an answer of it. Numbers,
 * addresses and whatever else holds a digit are taken out before it is written down: a clerk needs the question, not who asked.
 */
export type MissReason =
  /** Nothing in the words was known, or none of what was offered was meant. */
  | 'not-understood'
  /** The topic was known, and no verified answer says this. */
  | 'no-answer'
  /** The same answer had to be given again. */
  | 'asked-again'
  /** The citizen said that the answer did not help. */
  | 'not-useful'
  /** A person was asked for. */
  | 'handed-over';

const HIDDEN = '#';
const LONGEST = 400;

/** The words without e-mail addresses, links, and every word that holds a digit; cut to 400 characters. */
export function withoutNumbers(text: string): string {
  return text
    .slice(0, 4 * LONGEST)
    .replace(/https?:\/\/\S+|www\.\S+|\S+@\S+/giu, HIDDEN)
    .replace(/[^\s(),;:!?]*\p{N}[^\s(),;:!?]*/gu, HIDDEN)
    .replace(/#(?:[\s.,-]+#)+/g, HIDDEN)
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, LONGEST);
}
