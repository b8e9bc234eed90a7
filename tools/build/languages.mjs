// What eld knows of sixty languages, cut down to those a French or British town meets: a fifth of the memory
// and the same scores. eld (Apache-2.0) offers such a subset only as a browser's download.
import { existsSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** Those the packs have stemmers for, and those of neighbours and newcomers. A language not listed is told by the town's own phrases alone. */
const KEPT = 'ar ca da de el en es eu fi fr hu it nl no pl pt ro ru sv tr uk zh'.split(' ');

export async function buildLanguages(root) {
  const from = join(root, 'node_modules/eld/src/ngrams/small.js');
  const folder = 'src/understanding/language';
  const file = join(root, 'dist', folder, 'languages.bin');
  const madeOf = [from, import.meta.filename, join(root, folder, 'language-table.ts')];
  if (existsSync(file) && madeOf.every((one) => statSync(one).mtimeMs < statSync(file).mtimeMs)) return;
  const { languages, ngrams } = (await import(from)).ngramsData;
  // A byte of UTF-8 stands in the table as one character.
  const { dictionary } = await import(join(root, 'node_modules/eld/src/dictionary.js'));
  const kept = Object.keys(languages).filter((id) => KEPT.includes(languages[id]));
  const scores = new Map();
  const table = {};
  for (const [ngram, all] of Object.entries(ngrams)) {
    const some = kept.filter((id) => id in all).map((id) => [id, all[id]]);
    if (some.length === 0) continue;
    const key = JSON.stringify(some);
    if (!scores.has(key)) scores.set(key, { at: scores.size, some: Object.fromEntries(some) });
    table[ngram] = scores.get(key).at;
  }
  const told = Object.fromEntries(kept.map((id) => [id, languages[id]]));
  const shared = [...scores.values()].map(({ some }) => some);
  const { writeTable } = createRequire(import.meta.url)(join(root, 'dist', folder, 'language-table.js'));
  writeFileSync(file, writeTable({ bytes: dictionary.join(''), languages: told, scores: shared, groups: table }));
}
