// Builds the agents' console into `dist/web/desk/`: script, style sheet and font under names that carry a hash of their content,
// so that a browser keeps them for good, and a page that names them, which it asks for each time.
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { build } from 'esbuild';

/** React Aria carries its words in 34 languages; the desk speaks these. A language added to `web/desk/words/` is added here. */
const SPOKEN = /\/(?:fr-FR|en-US|es-ES)\.m?js$/;
const spokenOnly = {
  name: 'spoken-only',
  setup(building) {
    building.onLoad(
      { filter: /react-aria[^/]*\/dist\/private\/intl\/.*\.m?js$|react-stately\/dist\/private\/intl\/.*\.m?js$/ },
      ({ path }) => (SPOKEN.test(path) ? undefined : { contents: 'export default {};', loader: 'js' }),
    );
  },
};

export async function buildDesk(root) {
  const folder = join(root, 'dist/web/desk');
  const { metafile } = await build({
    entryPoints: [
      { in: join(root, 'web/desk/index.tsx'), out: 'desk' },
      { in: join(root, 'web/desk/desk.css'), out: 'desk' },
    ],
    outdir: folder,
    entryNames: '[name]-[hash]',
    assetNames: '[name]-[hash]',
    bundle: true,
    minify: true,
    format: 'iife',
    target: ['es2022', 'chrome123', 'firefox121', 'safari17.5'],
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"' },
    loader: { '.woff2': 'file' },
    plugins: [spokenOnly],
    metafile: true,
    logLevel: 'warning',
  });
  const named = Object.keys(metafile.outputs).map((path) => basename(path));
  const page = readFileSync(join(root, 'web/desk/index.html'), 'utf8')
    .replace(
      'desk.css',
      named.find((name) => name.endsWith('.css')),
    )
    .replace(
      'desk.js',
      named.find((name) => name.endsWith('.js')),
    );
  writeFileSync(join(folder, 'index.html'), page);
  // What an earlier build left, last: a process that starts meanwhile finds a whole page.
  for (const old of readdirSync(folder)) if (!named.includes(old) && old !== 'index.html') rmSync(join(folder, old));
}
