/**
 * Words as they sound: "kelkun", "quelkun" and "quelqu'un" are nearly one. Whoever is in a hurry writes what is heard, and
 * what is heard is written in a few ways that each language's pack lists.
 */

/** Citizens use the same words: those whose sound is known are remembered, up to this many. */
const REMEMBERED = 20_000;

export type Sound = (word: string) => string;

/** @param changes what is written and how it sounds, one after the other: expressions over the letters of one word. */
export function createSound(changes: ReadonlyArray<readonly [string, string]>): Sound {
  const steps = changes.map(([written, heard]) => [new RegExp(written, 'g'), heard] as const);
  const memory = new Map<string, string>();
  return (word) => {
    const known = memory.get(word);
    if (known !== undefined) return known;
    const sound = steps.reduce((heard, [written, as]) => heard.replace(written, as), word) || word;
    if (memory.size >= REMEMBERED) memory.clear();
    memory.set(word, sound);
    return sound;
  };
}
