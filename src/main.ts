/** Reads the configuration, opens the door, and closes it on a signal. Nothing else. */
import { relative } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { ConfigFault, readConfig } from './config';
import { openTownsAside } from './towns/aside';
import { TownFaults } from './towns/fault';

// A town's machine is small. Left alone the heap grows to twice what is in use before it is swept; a fifth above it is enough.
setFlagsFromString('--heap-growing-percent=20');

async function main(): Promise<void> {
  const config = readConfig(process.env);
  const towns = openTownsAside(config, config.modelsDir);
  // Awaited by the app; until it listens, a fault in a folder must not count as nobody's.
  towns.catch(() => {});
  // Loaded while the towns are being read.
  const { createApp } = require('./app') as typeof import('./app');
  const app = await createApp(config, { towns });
  process.stdout.write(
    [
      '',
      `  Guichet is open: ${app.url}`,
      config.mode === 'demo'
        ? '  Demo: a town page with the chat. Everything is kept in DATA; nothing leaves this machine.'.replace(
            'DATA',
            relative(process.cwd(), config.dataDir) || '.',
          )
        : '',
      '  Stop it with Ctrl-C.',
      '',
      '',
    ].join('\n'),
  );
  // A database written by a newer version is never touched: better closed than wrong.
  void app.refused.then((error) => error && fail(error));
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

/** A port that is taken; a database that a newer version wrote. */
const PLAIN_CODES = new Set(['EADDRINUSE', 'schema-too-new']);

function fail(error: unknown): void {
  // What an operator can mend is said plainly; anything else with its stack.
  const isPlain = error instanceof ConfigFault || error instanceof TownFaults || PLAIN_CODES.has(codeOf(error));
  process.stderr.write(`${isPlain ? (error as Error).message : ((error as Error).stack ?? String(error))}\n`);
  process.exit(2);
}

function codeOf(error: unknown): string {
  return String((error as NodeJS.ErrnoException).code);
}
