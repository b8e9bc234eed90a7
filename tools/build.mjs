// Turns TypeScript into what Node and browsers run: the server file by file into `dist/`,
// each page's script into one small file under `dist/web/`. A fraction of a second, so `npm start` does it every time.
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { buildDesk } from './build-desk.mjs';
import { buildLanguages } from './build-languages.mjs';
import { readWidgetWords } from './build-widget-words.mjs';

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

const sources = [...listed('src', '.ts'), ...listed('tools', '.ts')];
await build({
  entryPoints: sources,
  outdir: join(root, 'dist'),
  outbase: root,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  // Node knows these itself; rewritten, an expression would be made anew each time it is asked.
  supported: { 'regexp-unicode-property-escapes': true },
  sourcemap: 'linked',
  logLevel: 'warning',
});

// What was built of a file that has moved since would be found instead of the folder that took its name.
const built = new Set(sources.map((file) => relative(root, file).replace(/\.ts$/, '.js')));
for (const file of [...listed('dist/src', '.js'), ...listed('dist/tools', '.js')]) {
  if (built.has(relative(join(root, 'dist'), file))) continue;
  rmSync(file, { force: true });
  rmSync(`${file}.map`, { force: true });
}

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
