// What danger and the languages sound like is learnt when the product is built, in a process beside what is built after it: the
// first start then finds it. Only when the languages or their files have changed, or the code that decides what is learnt.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { load } from 'js-yaml';

/** The file that has a number for what the same sources would now give, and those that say what the sources are. */
const CODE = [
  ...['learning/model-files.ts', 'learning/pack-models.ts', 'danger/danger-phrases.ts'],
  ...['danger/danger-models.ts', 'danger/teach-danger.ts', 'language/language-models.ts', 'language/teach-languages.ts'],
];

const foldersIn = (folder) =>
  existsSync(folder)
    ? readdirSync(folder, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => join(folder, name))
        .sort()
    : [];

/** What the towns speak; a file that cannot be read is told by the start. */
function languagesIn(town) {
  try {
    return load(readFileSync(join(town, 'town.yml'), 'utf8')).languages;
  } catch {
    return null;
  }
}

/** Resolves when it is learnt; rejects where learning failed. */
export async function learnPackModels(root) {
  const { TOWNS_DIR = 'towns', LOCALES_DIR = 'locales' } = process.env;
  const files = foldersIn(resolve(root, LOCALES_DIR)).flatMap((folder) =>
    ['pack.yml', 'ordinary.yml'].map((name) => join(folder, name)).filter(existsSync),
  );
  const code = CODE.map((name) => join(root, 'src/understanding', name));
  const mark = createHash('sha256').update(JSON.stringify(foldersIn(resolve(root, TOWNS_DIR)).map(languagesIn)));
  for (const file of [...files, ...code]) mark.update(`${file}\0`).update(readFileSync(file));
  const folder = join(root, 'dist/src/learnt');
  const learntFrom = join(folder, 'learnt-from');
  const now = mark.digest('hex');
  if (existsSync(learntFrom) && readFileSync(learntFrom, 'utf8') === now) return;
  rmSync(folder, { recursive: true, force: true });
  await new Promise((done, fail) => {
    const child = spawn(process.execPath, [join(root, 'dist/tools/build/learn-packs.js')], { cwd: root, stdio: 'inherit' });
    child.once('error', fail);
    child.once('exit', (status) =>
      status === 0 ? done() : fail(new Error(`The language packs were not learnt (exit code ${status}).`)),
    );
  });
  mkdirSync(folder, { recursive: true });
  writeFileSync(learntFrom, now);
}
