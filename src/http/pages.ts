/**
 * The files a browser asks for: the widget's script, the desk's page, and in demo mode the town page that carries the chat.
 * Read once at start from folders of our own; nothing in a request ever names a path on disk.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Exchange, Route } from '../domain/http/route';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};

/** What a page of ours may do: its own scripts and styles only, nothing inline. */
const PAGE_POLICY = [
  "default-src 'self'",
  "connect-src 'self' ws: wss:",
  "img-src 'self' data: blob:",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'self'",
].join('; ');

/** The desk's: everything it shows comes from here, is a photo it has just fetched, or is drawn by whom the operator chose for its map. */
function deskPolicy(tiles: string | undefined): string {
  return [
    "default-src 'self'",
    `img-src 'self' data: blob:${tiles ? ` ${new URL(tiles).origin}` : ''}`,
    "connect-src 'self' ws: wss:",
    "base-uri 'none'",
    "object-src 'none'",
    "frame-ancestors 'none'",
    "form-action 'self'",
  ].join('; ');
}

/** Names of files change with each build, and there are many: as labels they would make a new series each. */
const COUNTED_AS = 'static';

/** A name with a hash of what is in the file is never anything else. */
const HASHED = /-[0-9A-Z]{8}\.\w+$/i;

/**
 * @param built the folder of bundled scripts. @param web the folder of sources with the pages' HTML, CSS and pictures.
 * @param tiles the address that the pictures under the desk's map come from.
 */
export function createPages(built: string, web: string, isDemo: boolean, tiles?: string): Route[] {
  const policy = deskPolicy(tiles);
  const routes = [file('/widget.js', join(built, 'widget.js'), { embed: true }), ...deskPages(join(built, 'desk'), policy)];
  if (!isDemo) return routes;
  for (const page of ['demo', 'phones']) {
    const folder = join(web, page);
    if (!existsSync(join(folder, 'index.html'))) continue;
    const at = page === 'demo' ? '/demo' : `/demo/${page}`;
    routes.push(file(page === 'demo' ? '/' : at, join(folder, 'index.html')));
    for (const name of readdirSync(folder)) {
      if (name !== 'index.html' && TYPES[extname(name)]) routes.push(file(`${at}/${name}`, join(folder, name)));
    }
    if (existsSync(join(built, `${page}.js`))) routes.push(file(`${at}/${page}.js`, join(built, `${page}.js`)));
  }
  return routes;
}

/** One page, whatever is open in it: its own script reads the rest of the address. */
function deskPages(folder: string, policy: string): Route[] {
  if (!existsSync(join(folder, 'index.html'))) return [];
  const files = readdirSync(folder).filter((name) => name !== 'index.html' && TYPES[extname(name)]);
  const page = (path: string) => file(path, join(folder, 'index.html'), { policy, keep: 'no-cache' });
  return [
    ...files.map((name) =>
      file(`/desk/${name}`, join(folder, name), {
        policy,
        keep: HASHED.test(name) ? 'public, max-age=31536000, immutable' : 'no-cache',
      }),
    ),
    page('/desk'),
    page('/desk/*'),
  ];
}

interface FileOptions {
  embed?: boolean;
  policy?: string;
  /** For how long a browser may keep it. */
  keep?: string;
}

function file(
  path: string,
  from: string,
  { embed = false, policy = PAGE_POLICY, keep = 'public, max-age=300' }: FileOptions = {},
): Route {
  const bytes = readFileSync(from);
  const zipped = gzipSync(bytes, { level: 9 });
  const headers = {
    'Content-Type': TYPES[extname(from)] ?? 'application/octet-stream',
    'Cache-Control': keep,
    Vary: 'Accept-Encoding',
    'Content-Security-Policy': policy,
    // Other sites' pages load the widget's script; everything else stays at home.
    ...(embed ? { 'Cross-Origin-Resource-Policy': 'cross-origin', 'Access-Control-Allow-Origin': '*' } : {}),
  };
  return {
    caller: 'anyone',
    method: 'get',
    path,
    countedAs: COUNTED_AS,
    body: 'none',
    async handle({ request, response }: Exchange) {
      const takesGzip = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
      response.writeHead(200, { ...headers, ...(takesGzip ? { 'Content-Encoding': 'gzip' } : {}) });
      response.end(takesGzip ? zipped : bytes);
    },
  };
}
