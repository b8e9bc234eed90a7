/**
 * `npm run check-store`: whether a database keeps the promises Guichet stands on. It asks what a server with this STORE would use;
 * where STORE is not set and MONGODB_URI is, that server, in a
 * scratch database of its own that is taken away afterwards; without, the embedded store on the disk of DATA_DIR.
 * Ends with 0 when everything holds, 1 when something does not, 2 when it could not be asked.
 */
import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { readConfig } from '../src/config';
import { type Database, openDatabase, whileAway } from '../src/store';
import { checkStore } from '../src/store/contract/check';
import { runCommand } from './run-command';

const USAGE = `npm run check-store     whether the database of the settings keeps the promises that Guichet stands on: STORE and MONGODB_URI
say which, DATA_DIR where the embedded store's scratch file may lie`;

const PATIENCE_MS = 15_000;
const say = (line: string) => process.stdout.write(`${line}\n`);

async function openScratch(name: string): Promise<{ database: Database; remove: () => Promise<void> }> {
  const { DATA_DIR, MONGODB_URI, STORE = MONGODB_URI ? 'mongo' : 'sqlite' } = process.env;
  const { store, dataDir } = readConfig({ DATA_DIR, MONGODB_URI, STORE });
  if (store.kind === 'mongo') {
    say(`The server of MONGODB_URI, in the scratch database ${name}:`);
    const database = await openDatabase({ ...store, database: name });
    return { database, remove: () => database.drop().finally(() => database.close()) };
  }
  const file = join(dataDir, `${name}.db`);
  say(`The embedded store in ${dataDir} (set MONGODB_URI to ask a MongoDB server):`);
  const database = await openDatabase({ kind: 'sqlite', file });
  const remove = async () => {
    await database.close();
    for (const end of ['', '-wal', '-shm']) rmSync(file + end, { force: true });
  };
  return { database, remove };
}

async function main(): Promise<number> {
  const { database, remove } = await openScratch(`guichet_check_${randomBytes(6).toString('hex')}`);
  try {
    await whileAway(() => database.ping(), PATIENCE_MS);
    return (await checkStore(database, say)) ? 0 : 1;
  } finally {
    await remove();
  }
}

runCommand({ usage: USAGE, options: {}, main, atFault: 2, lead: 'The store could not be checked: ' });
