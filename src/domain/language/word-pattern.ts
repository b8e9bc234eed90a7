/**
 * How rules in words are written by people who know a language (`fuite|odeur ... gaz`, `poubel* brul*`): what is a
 * pattern, and classes of words that stand for themselves in several (`$child ... $burns`). Reading, no matching.
 */

/** An apostrophe parts words, as it does in messages. */
export function piecesOf(source: string): string[] {
  return source.trim().split(/[\s'\u2019]+/);
}

/** Patterns are checked when a file is read, so that its writer is told at once. */
export function isPattern(source: string): boolean {
  const pieces = piecesOf(source);
  return (
    pieces[0] !== '...' &&
    pieces.at(-1) !== '...' &&
    !pieces[0]!.endsWith('?') &&
    pieces.every((piece) => piece === '...' || /^[\p{L}\p{M}\p{N}|*#]+\??$/u.test(piece))
  );
}

/** Puts the words of each class in the place of its name; a name that is not known stays, and is no pattern. */
export function withClasses(source: string, classes: Record<string, string>): string {
  return source.replace(/\$([a-z_]+)/g, (name, id: string) => classes[id] ?? name);
}

/** `a + b`, said in either order with some words in between, as two patterns; any other source is one. */
export function inAnyOrder(source: string): string[] {
  const [one, other, ...more] = source.split(' + ');
  if (other === undefined || more.length > 0) return [source];
  return [`${one} ... ${other}`, `${other} ... ${one}`];
}

/** Whether Unicode knows a script of that name: 'Latin', 'Arabic'. */
export function isScript(name: string): boolean {
  if (!/^[A-Z][a-z_A-Z]*$/.test(name)) return false;
  try {
    return new RegExp(`\\p{Script=${name}}`, 'u').source !== '';
  } catch {
    return false;
  }
}
