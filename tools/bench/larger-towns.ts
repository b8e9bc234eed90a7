/** Towns made larger for measuring: the demo's first town with more topics, and with more towns beside it. */
import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The demo's first town, and its second so many times less one, each with a number and an e-mail domain of its own. */
export function manyTowns(folder: string, towns: number): string {
  cpSync('towns/bellerive', join(folder, 'bellerive'), { recursive: true });
  for (let n = 1; n < towns; n += 1) {
    const copy = join(folder, `saint-aubin-${n}`);
    cpSync('towns/saint-aubin', copy, { recursive: true });
    const file = join(copy, 'town.yml');
    const written = readFileSync(file, 'utf8');
    const numbered = written.replace(/^ {2}sms: .*$/m, `  sms: '+336399842${String(n).padStart(2, '0')}'`);
    writeFileSync(file, numbered.replaceAll('@saint-aubin.example', `@saint-aubin-${n}.example`));
  }
  return folder;
}

/**
 * The demo's first town with each of its topics so many times: a copy is asked for in the same words with one more, which
 * is the copy's own, so that as many topics are to be told apart by as many phrases.
 */
export function manyTopics(folder: string, times: number): string {
  const town = join(folder, 'bellerive');
  cpSync('towns/bellerive', town, { recursive: true });
  const topics = join(town, 'topics');
  for (const [at, file] of readdirSync(topics)
    .filter((name) => name.endsWith('.yml'))
    .entries()) {
    const written = readFileSync(join(topics, file), 'utf8');
    for (let n = 1; n < times; n += 1)
      writeFileSync(join(topics, file.replace(/\.yml$/, `_${n}.yml`)), withWord(written, inventedWord(at * times + n)));
  }
  return folder;
}

const NEAR: Record<string, string> = { fr: 'près du', en: 'near the' };

/** Each phrase of a topic's file with a place of this name behind it. */
function withWord(written: string, word: string): string {
  return written.replace(/^phrases:\n(?:[ #].*\n|\n)+/m, (phrases) => {
    let near = '';
    return phrases.replace(/^ {2}(\w+):$|^( {4}- .*?)(["']?)$/gm, (whole, language, phrase, quote) => {
      if (language) near = NEAR[language] ?? '';
      return language ? whole : `${phrase} ${near} ${word}${quote}`;
    });
  });
}

const SYLLABLES = ['ba', 'do', 'fi', 'gu', 'ka', 'lo', 'mi', 'nu', 'pe', 'ra', 'so', 'ti', 'vu', 'za', 'che', 'dro'];

/** A word of no language, another for each number. */
function inventedWord(n: number): string {
  const places = [n % 16, Math.floor(n / 16) % 16, Math.floor(n / 256) % 16];
  return `${places.map((place) => SYLLABLES[place]).join('')}`;
}
