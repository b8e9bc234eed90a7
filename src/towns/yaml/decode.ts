/**
 * The bytes of a file as text. Files are UTF-8; one that a spreadsheet or an old editor saved otherwise is read all the
 * same, so that it is told once, as what it is, and not as a hundred odd letters.
 */
export interface Decoded {
  text: string;
  /** What it was saved as, when that is not UTF-8. */
  savedAs?: 'UTF-16' | 'Latin-1';
}

/** So much of a file tells whether every other byte is empty. */
const LOOKED_AT = 400;

export function decode(bytes: Buffer): Decoded {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { text: new TextDecoder('utf-16le').decode(bytes), savedAs: 'UTF-16' };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { text: new TextDecoder('utf-16be').decode(bytes), savedAs: 'UTF-16' };
  const wide = unmarked(bytes);
  if (wide) return { text: new TextDecoder(wide).decode(bytes), savedAs: 'UTF-16' };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return { text: new TextDecoder('windows-1252').decode(bytes), savedAs: 'Latin-1' };
  }
}

/** UTF-16 without a mark: most of it is Latin, so every other byte is empty. */
function unmarked(bytes: Buffer): string | null {
  const start = bytes.subarray(0, LOOKED_AT);
  const empty = [0, 0];
  for (const [index, byte] of start.entries()) if (byte === 0) empty[index % 2]! += 1;
  if (empty[1]! > start.length / 4) return 'utf-16le';
  return empty[0]! > start.length / 4 ? 'utf-16be' : null;
}
