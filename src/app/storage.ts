/** Opens where everything is kept, and tells the operator what is odd about it. The rows are prepared later, behind the open door. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../config';
import type { Log } from '../log';
import { openDatabase, type Trouble } from '../store';
import { createStore } from '../store/store';

export async function openStorage({ store: back, dataDir }: Config, log: Log, isOpenToAll: boolean) {
  const onTrouble = ({ state, reason }: Trouble) => log(state === 'up' ? 'info' : 'error', `store.${state}`, { reason });
  const isNew = back.kind === 'sqlite' && !existsSync(back.file);
  const database = await openDatabase({ ...back, onTrouble });
  if (isOpenToAll) log('warn', 'data.open-to-all', { folder: dataDir, cure: `chmod 700 ${dataDir}` });
  // Where there was one yesterday, it is missing: a volume that was not mounted, a folder that was renamed.
  if (isNew) log('warn', 'store.created', { folder: dataDir });
  return { database, store: createStore(database), files: await database.openFiles(join(dataDir, 'files')) };
}
