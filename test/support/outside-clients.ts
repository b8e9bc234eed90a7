/**
 * Two Direct Line clients nobody here wrote, in a page of an origin that is not ours: what an
 * embedding site would do. They are installed apart (`npm ci --prefix test/clients`), since
 * they weigh more than everything else together.
 */
import { appendFileSync, existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

const CLIENTS = join(__dirname, '../clients/node_modules');
const SCRIPTS: Record<string, string> = {
  '/directline.js': join(CLIENTS, 'botframework-directlinejs/dist/directline.js'),
  '/webchat.js': join(CLIENTS, 'botframework-webchat/dist/webchat.js'),
};
const PAGE = `<!doctype html><html lang="fr"><meta charset="utf-8"><title>Une page d'ailleurs</title>
<link rel="icon" href="data:,"><style>body{margin:0}#chat{height:720px;width:420px}</style><div id="chat"></div>`;

/**
 * Declares the tests of an outside client. Where it is not installed they are skipped by name,
 * but in CI, where nothing may be skipped, they fail.
 */
export function withOutsideClients(name: string, tests: () => void): void {
  const isInstalled = Object.values(SCRIPTS).every((file) => existsSync(file));
  const missing = `${name}: not installed, run "npm ci --prefix test/clients"`;
  if (isInstalled) describe(name, tests);
  else if (process.env.CI) test(missing, () => Promise.reject(new Error(missing)));
  else {
    if (process.env.GUICHET_SKIPS) appendFileSync(process.env.GUICHET_SKIPS, `${missing}\n`);
    test.skip(missing, () => {});
  }
}

/** A site on a port of its own, and so an origin of its own, that has the two clients' scripts. */
export async function openOutsideSite() {
  const server = createServer(async ({ url = '/' }, response) => {
    const script = SCRIPTS[url];
    response.setHeader('Content-Type', script ? 'text/javascript; charset=utf-8' : 'text/html; charset=utf-8');
    response.end(script ? await readFile(script) : PAGE);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Runs in the page before any script: remembers its sockets, so that a test can cut them. */
export function rememberSockets(): void {
  // biome-ignore lint/suspicious/noExplicitAny: a browser's own, which these types do not know
  const page = globalThis as any;
  page.sockets = [];
  page.WebSocket = class extends page.WebSocket {
    constructor(url: string, protocols?: string[]) {
      super(url, protocols);
      page.sockets.push(this);
    }
  };
}
