/** Reads the configuration, opens the door, and closes it on a signal. Nothing else. */
import nodeModule from 'node:module';
import { join, relative } from 'node:path';
import { builtFile } from './built-file';
import { type Config, ConfigFault, readConfig } from './config';
import { tendHeap } from './heap';
import { makeFolder } from './make-folder';
import { TownFaults } from './towns/fault';
import { openTownsInThread } from './towns/read/read-in-thread';

/** From Node 22.10 on, what was compiled at a start before is compiled already. */
const compiler = nodeModule as object as { enableCompileCache?(folder: string): unknown; flushCompileCache?(): void };

async function main(): Promise<void> {
  // Node is silent about what packages use of it, as long as they stand below node_modules; in one file with us they do not.
  process.noDeprecation = true;
  const config = readConfig(process.env);
  keepCompiled(join(config.modelsDir, 'compiled'));
  const towns = openTownsInThread(config, config.modelsDir);
  // Awaited by the app; until it listens, a fault in a folder must not count as nobody's.
  towns.catch(() => {});
  // Loaded while the towns are being read.
  const { createApp } = require(builtFile('server.js')) as typeof import('./app');
  const app = await createApp(config, { towns });
  process.stdout.write(banner(config, app.url));
  void app.welcome.then(
    (lines) => process.stdout.write(lines.map((line) => `  ${line}\n`).join('')),
    () => {},
  );
  // A database written by a newer version is never touched: better closed than wrong.
  void app.refused.then((error) => {
    if (error) return fail(error);
    tendHeap();
    compiler.flushCompileCache?.();
    process.stdout.write('  Ready: citizens are answered.\n\n');
  });
  let isClosing = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (isClosing) process.exit(1);
      isClosing = true;
      app.close().then(
        () => process.exit(0),
        () => process.exit(1),
      );
    });
  }
}

main().catch(fail);

/** Where the folder cannot be made, what opens it says so: Node's own way of making it may never come back. */
function keepCompiled(folder: string): void {
  if (!compiler.enableCompileCache) return;
  try {
    makeFolder(folder);
    compiler.enableCompileCache(folder);
  } catch {}
}

function banner({ mode, dataDir, publicUrl, store }: Config, url: string): string {
  const data = relative(process.cwd(), dataDir) || '.';
  const lines =
    mode === 'demo'
      ? [
          `Guichet is open: ${url}`,
          `Demo: a town page with the chat. Everything is kept in ${data}; nothing leaves this machine.`,
        ]
      : [
          `Guichet is open: ${url}, for citizens at ${publicUrl}`,
          `Live. Kept in ${store.kind === 'mongo' ? `MongoDB at ${serversOf(store.uri)}` : store.file}.`,
        ];
  return ['', ...lines, 'Stop it with Ctrl-C.', ''].map((line) => (line ? `  ${line}\n` : '\n')).join('');
}

/** The servers of an address, without who logs in. */
function serversOf(uri: string): string {
  return uri.replace(/^mongodb(\+srv)?:\/\/(.*@)?/, '').replace(/[/?].*$/, '');
}

/** What an operator can mend: told plainly, without a stack. */
const PLAIN_CODES = new Set(['EADDRINUSE', 'schema-too-new', 'start-fault', 'store-address', 'store-harmed']);

function fail(error: unknown): void {
  // What an operator can mend is said plainly; anything else with its stack.
  const isPlain = error instanceof ConfigFault || error instanceof TownFaults || PLAIN_CODES.has(codeOf(error));
  process.stderr.write(`${isPlain ? (error as Error).message : ((error as Error).stack ?? String(error))}\n`);
  process.exit(2);
}

function codeOf(error: unknown): string {
  return String((error as NodeJS.ErrnoException).code);
}
