// Builds the agents' console into `dist/web/desk/`: scripts, style sheet and font under names that carry a hash of their content,
// so that a browser keeps them for good, and a page that names them, which it asks for each time. What one view alone needs
// (the map) is a script of its own, fetched with that view.
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

/** What the first script imports is fetched beside it, not after it. */
function preloads(outputs) {
  const [, { imports }] = outputs.find(([, { entryPoint }]) => entryPoint?.endsWith('index.tsx'));
  const first = imports.filter(({ kind }) => kind === 'import-statement').map(({ path }) => basename(path));
  return first.map((name) => `    <link rel="modulepreload" href="/desk/${name}" />\n`).join('');
}

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
    chunkNames: '[name]-[hash]',
    bundle: true,
    minify: true,
    format: 'esm',
    splitting: true,
    target: ['es2022', 'chrome123', 'firefox121', 'safari17.5'],
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"production"' },
    // Leaflet's own pictures (pins, a button for layers) are not shown here.
    loader: { '.woff2': 'file', '.png': 'empty' },
    plugins: [spokenOnly],
    metafile: true,
    logLevel: 'warning',
  });
  const outputs = Object.entries(metafile.outputs);
  const named = outputs.map(([path]) => basename(path));
  const made = (from) => basename(outputs.find(([, { entryPoint }]) => entryPoint?.endsWith(from))[0]);
  const page = readFileSync(join(root, 'web/desk/index.html'), 'utf8')
    .replace('desk.css', made('desk.css'))
    .replace('desk.js', made('index.tsx'))
    .replace('    <script', () => `${preloads(outputs)}    <script`);
  writeFileSync(join(folder, 'index.html'), page);
  // What an earlier build left, last: a process that starts meanwhile finds a whole page.
  for (const old of readdirSync(folder)) if (!named.includes(old) && old !== 'index.html') rmSync(join(folder, old));
}
