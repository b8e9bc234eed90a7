// Turns TypeScript into what Node and browsers run: the server and each of its threads with all they load into one file in
// `dist/src/`, modules and commands file by file, each page's script into one small file under `dist/web/`. It takes a second
// or two, so `npm start` does it every time; learning what danger and languages sound like takes some more, once.
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { buildDesk } from './build/desk.mjs';
import { buildLanguages } from './build/languages.mjs';
import { learnPackModels } from './build/pack-models.mjs';
import { readWidgetWords } from './build/widget-words.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
// After an update the packages may be those of before; that is said in one line, not in a page of what could not be found.
const versionOf = (folder) => {
  const file = join(folder, 'package.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).version : undefined;
};
const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
const stale = Object.keys(dependencies).filter((name) => versionOf(join(root, 'node_modules', name)) !== dependencies[name]);
if (stale.length > 0) {
  process.stderr.write(`Packages are missing or of another version (${stale.join(', ')}). Install them: npm ci\n`);
  process.exit(1);
}

const listed = (folder, ending) =>
  existsSync(join(root, folder))
    ? readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && entry.name.endsWith(ending) && !entry.parentPath.includes('node_modules'))
        .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    : [];

const forNode = {
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  // Node knows these itself; rewritten, an expression would be made anew each time it is asked.
  supported: { 'regexp-unicode-property-escapes': true },
  logLevel: 'warning',
};
const isThread = (file) => file.endsWith('.worker.ts');
const sources = [...listed('src', '.ts'), ...listed('tools', '.ts')];
const modules = sources.filter((file) => !isThread(file));
await build({ ...forNode, entryPoints: modules, outdir: join(root, 'dist'), outbase: root, sourcemap: 'linked' });

// Two thousand modules found, read and compiled one by one are half of a start. Outside stay packages with a compiled part,
// and those that few starts need: a file is read to its end whatever is used of it.
const APART = ['@node-rs/argon2', 'libsql', 'sharp', 'mongodb', 'nodemailer', 'twilio', 'dtrace-provider'];
const programs = [
  { in: join(root, 'src/app.ts'), out: 'server' },
  ...sources.filter(isThread).map((file) => ({ in: file, out: basename(file, '.ts') })),
];
const { outputFiles } = await build({
  ...forNode,
  entryPoints: programs,
  outdir: join(root, 'dist/src'),
  bundle: true,
  external: APART,
  minifyWhitespace: true,
  lineLimit: 200,
  write: false,
});
// Each thread keeps its program as text, with two bytes a character as soon as one of them stands beyond Latin 1. Only regular
// expressions have such ones here: esbuild escapes those in strings, and leaves comments out.
for (const { path, text } of outputFiles)
  writeFileSync(
    path,
    text.replace(/[^\0-\xff]/g, (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`),
  );

// What was built of a file that has moved since would be found instead of the folder that took its name.
const built = new Set([
  ...modules.map((file) => relative(root, file).replace(/\.ts$/, '.js')),
  ...programs.map(({ out }) => join('src', `${out}.js`)),
]);
for (const file of [...listed('dist/src', '.js'), ...listed('dist/tools', '.js')]) {
  if (built.has(relative(join(root, 'dist'), file))) continue;
  rmSync(file, { force: true });
  rmSync(`${file}.map`, { force: true });
}

const learnt = learnPackModels(root);
// Awaited at the end; until then a failure of it must not count as nobody's.
learnt.catch(() => {});

const pages = ['widget', 'demo', 'phones'].filter((page) => existsSync(join(root, 'web', page, 'index.ts')));
await build({
  entryPoints: pages.map((page) => ({ in: join(root, 'web', page, 'index.ts'), out: page })),
  outdir: join(root, 'dist/web'),
  bundle: true,
  minify: true,
  format: 'iife',
  target: ['es2020', 'safari14.1'],
  loader: { '.css': 'text', '.svg': 'text' },
  define: { WIDGET_WORDS: JSON.stringify(readWidgetWords(root)) },
  logLevel: 'warning',
});

await buildDesk(root);
await buildLanguages(root);
await learnt;
