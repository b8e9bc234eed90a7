/**
 * Typing errors as thumbs make them, the same at every run: a letter left out, doubled, swapped
 * with its neighbour or replaced by the key beside it, in about one long word of three.
 */
import { seeded } from '../../src/understanding';

const SHARE = 0.3;
const SHORTEST = 4;
const ROWS: Record<string, string[]> = {
  fr: ['azertyuiop', 'qsdfghjklm', 'wxcvbn'],
  en: ['qwertyuiop', 'asdfghjkl', 'zxcvbnm'],
};

export function withTypingErrors(texts: string[], language: string, seed = 5): string[] {
  const random = seeded(seed);
  return texts.map((text) =>
    text.replace(/[\p{L}\p{M}]+/gu, (word) =>
      word.length >= SHORTEST && random() < SHARE ? slip(word, language, random) : word,
    ),
  );
}

function slip(word: string, language: string, random: () => number): string {
  const at = 1 + Math.floor(random() * (word.length - 2));
  const [before, letter, after] = [word.slice(0, at), word[at]!, word.slice(at + 1)];
  switch (Math.floor(random() * 4)) {
    case 0:
      return before + after;
    case 1:
      return before + letter + letter + after;
    case 2:
      return before + after.slice(0, 1) + letter + after.slice(1);
    default:
      return before + beside(letter.toLowerCase(), language, random) + after;
  }
}

function beside(letter: string, language: string, random: () => number): string {
  for (const row of ROWS[language] ?? ROWS.en!) {
    const at = row.indexOf(letter);
    if (at >= 0) return row[at === 0 ? 1 : at === row.length - 1 ? at - 1 : at + (random() < 0.5 ? -1 : 1)]!;
  }
  return letter;
}
