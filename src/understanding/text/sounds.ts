/**
 * Words as they sound: "kelkun", "quelkun" and "quelqu'un" are nearly one. Whoever is in a hurry writes what is heard, and
 * what is heard is written in a few ways that each language's pack lists.
 */

export type Sound = (word: string) => string;

/** @param changes what is written and how it sounds, one after the other: expressions over the letters of one word. */
export function createSound(changes: ReadonlyArray<readonly [string, string]>): Sound {
  const steps = changes.map(([written, heard]) => [new RegExp(written, 'g'), heard] as const);
  return (word) => steps.reduce((heard, [written, as]) => heard.replace(written, as), word) || word;
}
