/**
 * What citizens say that asks for nothing of the town's: once whom to call in danger was told, and how they feel. By rules
 * in words, `after_danger` and `feelings` of each language pack.
 */

export const AFTER_DANGER = [
  /** Help is called, on its way or there. */
  'called',
  /** "They are here": helpers, or those who were feared. */
  'here',
  /** The line is engaged, nobody answers. */
  'unanswered',
  /** Called, and nobody has come. */
  'late',
  /** Who cannot speak, or has nothing to call with. */
  'silent',
  /** Who does not want to call, or is afraid to. */
  'refuses',
  /** That nobody can help: whoever thinks of dying is only listened to. */
  'hopeless',
  /** Where one could go. */
  'shelter',
  /** Whether a call costs, stands on the bill, is seen by others. */
  'traces',
  /** Which number it was. */
  'number',
  /** Whether one may go back in. */
  'back',
  'over',
  /** Who was feared has gone: of somebody hurt it may say that they died. */
  'left',
  /** Thanks, or good night. */
  'farewell',
  /** It was something else: the neighbour's barbecue. */
  'mistake',
] as const;
export type AfterDanger = (typeof AFTER_DANGER)[number];

export const FEELINGS = ['weary', 'lonely', 'insult', 'love', 'praise'] as const;
export type Feeling = (typeof FEELINGS)[number];
