// Turns TypeScript into what Node and browsers run: the server file by file into `dist/`,
// each page's script into one small file under `dist/web/`. A fraction of a second, so `npm start` does it every time.
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { buildDesk } from './build-desk.mjs';
import { buildLanguages } from './build-languages.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const listed = (folder) =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && !entry.parentPath.includes('node_modules'))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name));

await build({
  entryPoints: [...listed('src'), ...listed('tools')],
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

const pages = ['widget', 'demo', 'phones'].filter((page) => existsSync(join(root, 'web', page, 'index.ts')));
await build({
  entryPoints: pages.map((page) => ({ in: join(root, 'web', page, 'index.ts'), out: page })),
  outdir: join(root, 'dist/web'),
  bundle: true,
  minify: true,
  format: 'iife',
  target: ['es2020', 'safari14.1'],
  loader: { '.css': 'text', '.svg': 'text' },
  logLevel: 'warning',
});

await buildDesk(root);
await buildLanguages(root);
